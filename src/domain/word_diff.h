// Which words of a changed sentence are the physician's own. Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

namespace chartside {

/// Bytes [start, end) of the new text.
struct TextSpan {
    int start = 0, end = 0;
    bool operator==(const TextSpan&) const = default;
};

/// The spans of `text` whose words are not in `before`, by the longest common run of words; neighbours are joined.
/// White space separates words. Everything is own when the two share no word.
std::vector<TextSpan> changed_words(std::string_view before, std::string_view text);

} // namespace chartside
