// Turns the speech model's token numbers into text. Pure; any thread. Reads the binary that
// tools/models/tokenizer.py writes from tokenizer.json (its layout is described there).
#pragma once

#include "base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chartside::speech {

class Tokenizer {
public:
    enum class Kind : uint8_t { text = 0, byte = 1, special = 2 };

    static constexpr int start_token = 1;
    static constexpr int end_token = 2;

    static Result<Tokenizer> create(std::span<const uint8_t> file);

    int token_count() const { return static_cast<int>(m_entries.size()); }
    Kind kind(int token) const { return m_entries[static_cast<size_t>(token)].kind; }
    /// The token's bytes; a word starts with a space. A byte token is one byte, which may be part of a character.
    std::string_view bytes(int token) const;

    /// The text of `tokens`, without special tokens, without leading space, as well-formed UTF-8: bytes that form
    /// no character are left out. `token_ends[i]`, if asked for, is the length of the text after token i.
    std::string decode(std::span<const int> tokens, std::vector<size_t>* token_ends = nullptr) const;

private:
    struct Entry {
        Kind kind;
        uint8_t byte_count;
        uint32_t start;
    };
    std::vector<Entry> m_entries;
    std::string m_bytes;
};

} // namespace chartside::speech
