// RFC 4180 tables: quoted fields, doubled quotes, line breaks inside quotes. Pure; any thread.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace chartside::interchange {

struct CsvTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows; // each as wide as columns

    /// Index of a column, or -1.
    int column(std::string_view name) const;
};

/// Refuses a table whose rows differ in width or whose quotes do not close, and names the line.
Result<CsvTable> parse_csv(std::string_view text);

/// One field, quoted where it has to be.
std::string csv_field(std::string_view value);

} // namespace chartside::interchange
