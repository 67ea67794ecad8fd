// Figures of the eval verbs, one a line: the objects that `bench --json` and `eval --json` write. Main thread.
#pragma once

#include <string>
#include <vector>

namespace chartside::cli {

struct Figure {
    std::string name;
    double value;
    std::string unit;
    std::vector<double> samples; // one a file or a visit
};

/// {"name","value","unit","n","p10","p90","peer","ratio"} on one line, or the same for a reader.
void print_figure(const Figure& figure, bool as_json);

} // namespace chartside::cli
