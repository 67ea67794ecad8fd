// Turns text into the speech model's tokens, as the model's own tokenizer does. Pure; any thread.
//
// The vocabulary is a byte-pair one whose tokens are numbered in the order in which they were merged, and every way
// to put a token together from two others is a merge (tests/python/test_tokenizer.py holds both against
// tokenizer.json). So the list of merges need not ship: the pair to join next is the one whose token has the lowest
// number.
#pragma once

#include "speech/tokenizer.h"

#include <string_view>
#include <unordered_map>
#include <vector>

namespace chartside::speech {

class TokenEncoder {
public:
    /// `tokenizer` must outlive the encoder.
    explicit TokenEncoder(const Tokenizer& tokenizer);

    /// The tokens of `text` (UTF-8) as it stands; a word that follows another begins with a space. What no token
    /// spells becomes byte tokens. Takes time with the square of the length: meant for words, not for pages.
    std::vector<int> encode(std::string_view text) const;

private:
    static constexpr int no_token = -1;

    int token_of(std::string_view piece) const;

    std::unordered_map<std::string_view, int> m_tokens;
    std::vector<int> m_byte_tokens; // by byte
};

} // namespace chartside::speech
