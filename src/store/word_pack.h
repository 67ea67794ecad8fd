// The words of one segment as bytes of a row: 28 little-endian bytes a word. Pure; any thread.
//
// A visit of an hour has ten thousand words, always read and written with their segment: rows of their own would
// cost more than they hold.
#pragma once

#include "base/result.h"
#include "domain/transcript.h"

#include <cstdint>
#include <span>
#include <vector>

namespace chartside::store {

std::vector<uint8_t> pack_words(const std::vector<Word>& words);
Result<std::vector<Word>> unpack_words(std::span<const uint8_t> bytes);

} // namespace chartside::store
