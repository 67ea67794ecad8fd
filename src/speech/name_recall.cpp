#include "speech/name_recall.h"

#include "speech/word_error.h"

#include <algorithm>
#include <set>
#include <vector>

namespace chartside::speech {
namespace {

size_t times_in(const std::vector<std::string>& words, const std::vector<std::string>& name)
{
    size_t times = 0;
    for (size_t at = 0; at + name.size() <= words.size(); at++)
        times += std::equal(name.begin(), name.end(), words.begin() + static_cast<ptrdiff_t>(at));
    return times;
}

} // namespace

NameCounts count_names(std::string_view reference, std::string_view heard, std::span<const std::string> names)
{
    const auto said_words = normal_words(reference), heard_words = normal_words(heard);
    std::set<std::vector<std::string>> distinct;
    for (const std::string& name : names)
        if (auto words = normal_words(name); !words.empty()) distinct.insert(std::move(words));
    NameCounts counts;
    for (const auto& name : distinct) {
        const size_t said = times_in(said_words, name), got = times_in(heard_words, name);
        counts.said += said;
        counts.heard += std::min(said, got);
        counts.wrong += got - std::min(said, got);
    }
    return counts;
}

} // namespace chartside::speech
