#include "domain/word_diff.h"

#include <algorithm>
#include <cstddef>

namespace chartside {

namespace {

std::vector<TextSpan> split(std::string_view text)
{
    std::vector<TextSpan> words;
    size_t at = 0;
    const auto is_space = [&](size_t i) { return text[i] == ' ' || text[i] == '\n' || text[i] == '\t'; };
    while (at < text.size()) {
        while (at < text.size() && is_space(at)) ++at;
        const size_t start = at;
        while (at < text.size() && !is_space(at)) ++at;
        if (at > start) words.push_back({static_cast<int>(start), static_cast<int>(at)});
    }
    return words;
}

std::string_view word(std::string_view text, TextSpan span)
{
    return text.substr(static_cast<size_t>(span.start), static_cast<size_t>(span.end - span.start));
}

} // namespace

std::vector<TextSpan> changed_words(std::string_view before, std::string_view text)
{
    const auto old_words = split(before), new_words = split(text);
    const size_t rows = old_words.size() + 1, columns = new_words.size() + 1;
    // Longest common subsequence; a sentence has tens of words.
    std::vector<int> longest(rows * columns, 0);
    for (size_t i = rows - 1; i-- > 0;)
        for (size_t j = columns - 1; j-- > 0;)
            longest[i * columns + j] = word(before, old_words[i]) == word(text, new_words[j])
                ? longest[(i + 1) * columns + j + 1] + 1
                : std::max(longest[(i + 1) * columns + j], longest[i * columns + j + 1]);
    std::vector<TextSpan> changed;
    bool joins = false;
    size_t i = 0;
    for (size_t j = 0; j < new_words.size();) {
        if (i < old_words.size() && word(before, old_words[i]) == word(text, new_words[j])) {
            ++i;
            ++j;
            joins = false;
        } else if (i < old_words.size() && longest[(i + 1) * columns + j] >= longest[i * columns + j + 1]) {
            ++i;
        } else {
            if (joins) changed.back().end = new_words[j].end;
            else changed.push_back(new_words[j]);
            joins = true;
            ++j;
        }
    }
    return changed;
}

} // namespace chartside
