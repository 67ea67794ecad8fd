#include "interchange/csv.h"

namespace chartside::interchange {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

} // namespace

int CsvTable::column(std::string_view name) const
{
    for (size_t i = 0; i < columns.size(); i++)
        if (columns[i] == name) return static_cast<int>(i);
    return -1;
}

Result<CsvTable> parse_csv(std::string_view text)
{
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    CsvTable table;
    std::vector<std::string> row;
    std::string field;
    bool quoted = false, was_quoted = false;
    size_t line = 1, row_line = 1;
    auto refuse = [](size_t at, const std::string& what) {
        return Error{ErrorCode::invalid_input, "Line " + std::to_string(at) + " of the table " + what + ".", "csv"};
    };
    auto end_field = [&] {
        row.push_back(std::move(field));
        field.clear();
        was_quoted = false;
    };
    auto end_row = [&]() -> bool {
        end_field();
        bool blank = row.size() == 1 && row[0].empty();
        if (table.columns.empty()) {
            if (!blank) table.columns = std::move(row);
        } else if (!blank) {
            if (row.size() != table.columns.size()) return false;
            table.rows.push_back(std::move(row));
        }
        row.clear();
        return true;
    };
    for (size_t i = 0; i < text.size(); i++) {
        char c = text[i];
        if (c == '\n') line++;
        if (quoted) {
            if (c != '"') field += c;
            else if (i + 1 < text.size() && text[i + 1] == '"') { field += '"'; i++; }
            else quoted = false;
            continue;
        }
        if (c == '"' && field.empty() && !was_quoted) {
            quoted = was_quoted = true;
        } else if (c == ',') {
            end_field();
        } else if (c == '\n' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n')) {
            if (c == '\r') { i++; line++; }
            if (!end_row()) return refuse(row_line, "has another number of fields than its first line");
            row_line = line;
        } else {
            field += c;
        }
    }
    if (quoted) return refuse(row_line, "opens a quotation mark that is never closed");
    if (!field.empty() || !row.empty() || was_quoted)
        if (!end_row()) return refuse(row_line, "has another number of fields than its first line");
    if (table.columns.empty()) return Error{ErrorCode::invalid_input, "The table is empty; give one with a line of column names.", "csv"};
    return table;
}

std::string csv_field(std::string_view value)
{
    // A byte order mark is quoted too: at the front of a table it would be taken for the table's own.
    if (value.find_first_of(",\"\r\n") == std::string_view::npos && !value.starts_with(byte_order_mark)) return std::string(value);
    std::string quoted = "\"";
    for (char c : value) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

} // namespace chartside::interchange
