// Matching of fixed phrases at a place in a clause. Pure; any thread.
#pragma once

#include "note/words.h"

#include <initializer_list>
#include <string_view>

namespace chartside::note {

/// True where the words from `at` on are those of `phrase` (lower case, one space between).
bool phrase_at(const Words& words, size_t at, std::string_view phrase);
/// Number of words of the first of `phrases` that stands at `at`; 0 where none does.
size_t match_any(const Words& words, size_t at, std::initializer_list<std::string_view> phrases);
/// The same for what the words end with, where something stands before it.
size_t match_ending(const Words& words, std::initializer_list<std::string_view> phrases);
/// First place of `phrase`, or words.size().
size_t find_phrase(const Words& words, std::string_view phrase, size_t from = 0);

} // namespace chartside::note
