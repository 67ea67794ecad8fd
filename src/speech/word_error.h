// Word error rate: how far a transcript is from what was said. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chartside::speech {

struct WordErrors {
    size_t errors = 0; // substitutions, insertions and deletions of the best alignment
    size_t reference_words = 0;
};

/// Lower case, without punctuation; numbers below a hundred in words, so that "5 mg" and "five mg" agree.
std::vector<std::string> normal_words(std::string_view text);

WordErrors count_word_errors(std::string_view reference, std::string_view heard);

} // namespace chartside::speech
