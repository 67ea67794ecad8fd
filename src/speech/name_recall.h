// How many of the names that were said are in a transcript, and how many are there that were not said. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace chartside::speech {

struct NameCounts {
    size_t said = 0;  // times that a name is in the reference
    size_t heard = 0; // of those, also in the transcript
    size_t wrong = 0; // times that the transcript has a name more often than the reference
};

/// `names` of one or more words; compared as normal_words() gives them.
NameCounts count_names(std::string_view reference, std::string_view heard, std::span<const std::string> names);

} // namespace chartside::speech
