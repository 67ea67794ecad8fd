// A table is refused with a sentence, or read so that writing its fields and reading them again gives the same.
#include "fuzz.h"

#include "interchange/csv.h"

using namespace chartside;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    auto table = interchange::parse_csv({reinterpret_cast<const char*>(data), size});
    if (!table.ok()) {
        fuzz::require_sentence(table.error());
        return 0;
    }
    std::string written;
    const auto write = [&](const std::vector<std::string>& row) {
        for (size_t i = 0; i < row.size(); ++i) written += (i > 0 ? "," : "") + interchange::csv_field(row[i]);
        written += "\n";
    };
    write(table->columns);
    for (const auto& row : table->rows) {
        fuzz::require(row.size() == table->columns.size(), "rows are as wide as the columns");
        write(row);
    }
    auto again = interchange::parse_csv(written);
    // A row of one empty field is written as an empty line, which is no row.
    if (table->columns.size() == 1) return 0;
    fuzz::require(again.ok() && again->columns == table->columns && again->rows == table->rows, "what was written is read the same");
    return 0;
}
