// Spoken numbers, doses, units and vitals as values: "fifty milligrams" -> 50 mg, "one forty over ninety" ->
// 140/90, "seven point two" -> 7.2. A value never changes: digits are copied as they stand ("1,000 mg"), thousands
// in the words they were said in ("one thousand mg"). Pure.
#pragma once

#include "note/words.h"

#include <optional>
#include <string>
#include <vector>

namespace chartside::note {

/// Merges number words, units and ratios of `words` into single number words, in place, and marks as unclear those
/// that run into each other.
void read_numbers(Words& words);

/// The numbers written in `text` with their unit where one follows, in one form for comparison:
/// "1,000 mg" -> "1000mg", "140/90" -> "140/90", "5 %" -> "5%".
std::vector<std::string> values_of(std::string_view text);

/// A cardinal that starts at words[i], as digits, and the number of words it takes; nothing where none starts.
struct SpokenNumber {
    std::string digits;
    size_t word_count = 0;
};
std::optional<SpokenNumber> spoken_number(const Words& words, size_t i);

} // namespace chartside::note
