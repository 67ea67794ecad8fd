#include "speech/token_encoder.h"

#include <algorithm>

namespace chartside::speech {
namespace {

size_t character_bytes(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

} // namespace

TokenEncoder::TokenEncoder(const Tokenizer& tokenizer) : m_byte_tokens(256, no_token)
{
    m_tokens.reserve(static_cast<size_t>(tokenizer.token_count()));
    for (int token = 0; token < tokenizer.token_count(); token++) {
        const std::string_view bytes = tokenizer.bytes(token);
        if (bytes.empty()) continue;
        if (tokenizer.kind(token) == Tokenizer::Kind::text) m_tokens.try_emplace(bytes, token);
        else if (tokenizer.kind(token) == Tokenizer::Kind::byte) m_byte_tokens[static_cast<unsigned char>(bytes.front())] = token;
    }
}

int TokenEncoder::token_of(std::string_view piece) const
{
    const auto found = m_tokens.find(piece);
    return found == m_tokens.end() ? no_token : found->second;
}

std::vector<int> TokenEncoder::encode(std::string_view text) const
{
    std::vector<std::string_view> pieces; // neighbours, so that two of them joined are a view of `text` too
    for (size_t at = 0; at < text.size();) {
        pieces.push_back(text.substr(at, character_bytes(static_cast<unsigned char>(text[at]))));
        at += pieces.back().size();
    }
    for (;;) {
        size_t best = 0;
        int best_token = no_token;
        for (size_t i = 0; i + 1 < pieces.size(); i++) {
            const int token = token_of({pieces[i].data(), pieces[i].size() + pieces[i + 1].size()});
            if (token == no_token || (best_token != no_token && token >= best_token)) continue;
            best = i;
            best_token = token;
        }
        if (best_token == no_token) break;
        pieces[best] = {pieces[best].data(), pieces[best].size() + pieces[best + 1].size()};
        pieces.erase(pieces.begin() + static_cast<ptrdiff_t>(best) + 1);
    }
    std::vector<int> tokens;
    for (const std::string_view piece : pieces) {
        const int token = token_of(piece);
        if (token != no_token) {
            tokens.push_back(token);
            continue;
        }
        for (const char byte : piece)
            if (const int byte_token = m_byte_tokens[static_cast<unsigned char>(byte)]; byte_token != no_token) tokens.push_back(byte_token);
    }
    return tokens;
}

} // namespace chartside::speech
