#include "cli/figures.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace chartside::cli {
namespace {

double percentile(std::vector<double> values, double share)
{
    if (values.empty()) return 0;
    std::ranges::sort(values);
    return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

} // namespace

void print_figure(const Figure& figure, bool as_json)
{
    const double low = percentile(figure.samples, 0.1), high = percentile(figure.samples, 0.9);
    if (!as_json) {
        std::printf("%-24s %8.3f %-9s  n %zu, 10 %% %.3f, 90 %% %.3f\n", figure.name.c_str(), figure.value,
                    figure.unit.c_str(), figure.samples.size(), low, high);
        return;
    }
    nlohmann::ordered_json line{{"name", figure.name}, {"value", figure.value}, {"unit", figure.unit},
                                {"n", figure.samples.size()}, {"p10", low}, {"p90", high}, {"peer", nullptr}, {"ratio", nullptr}};
    std::puts(line.dump().c_str());
}

} // namespace chartside::cli
