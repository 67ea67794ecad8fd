#include "store/word_pack.h"

#include <bit>
#include <cstring>

namespace chartside::store {

// start_char i32, end_char i32, start_ms f64, end_ms f64, confidence f32.
constexpr size_t packed_word_bytes = 28;
static_assert(std::endian::native == std::endian::little, "rows are copied as they lie in memory");

std::vector<uint8_t> pack_words(const std::vector<Word>& words)
{
    std::vector<uint8_t> bytes(words.size() * packed_word_bytes);
    uint8_t* cursor = bytes.data();
    const auto put = [&cursor](auto value) {
        std::memcpy(cursor, &value, sizeof(value));
        cursor += sizeof(value);
    };
    for (const Word& word : words) {
        put(static_cast<int32_t>(word.start_char));
        put(static_cast<int32_t>(word.end_char));
        put(word.start_ms);
        put(word.end_ms);
        put(word.confidence);
    }
    return bytes;
}

Result<std::vector<Word>> unpack_words(std::span<const uint8_t> bytes)
{
    if (bytes.size() % packed_word_bytes != 0) {
        return Error{ErrorCode::corrupt, "The transcript of this visit fails its check. Restore it from a backup.",
            "store: packed words have " + std::to_string(bytes.size()) + " bytes"};
    }
    std::vector<Word> words(bytes.size() / packed_word_bytes);
    const uint8_t* cursor = bytes.data();
    const auto take = [&cursor](auto& value) {
        std::memcpy(&value, cursor, sizeof(value));
        cursor += sizeof(value);
    };
    for (Word& word : words) {
        int32_t start_char = 0;
        int32_t end_char = 0;
        take(start_char);
        take(end_char);
        word.start_char = start_char;
        word.end_char = end_char;
        take(word.start_ms);
        take(word.end_ms);
        take(word.confidence);
    }
    return words;
}

} // namespace chartside::store
