#include "speech/tokenizer.h"

#include "base/text.h"

#include <cstring>

namespace chartside::speech {
namespace {

constexpr size_t header_bytes = 12;
constexpr uint32_t known_version = 1;
constexpr uint32_t most_tokens = 1 << 20;

Error damaged(const std::string& detail)
{
    return {ErrorCode::corrupt, "The speech model's list of words is damaged. Fetch the models again.", detail};
}

uint32_t u32_at(std::span<const uint8_t> bytes, size_t at)
{
    return bytes[at] | uint32_t{bytes[at + 1]} << 8 | uint32_t{bytes[at + 2]} << 16 | uint32_t{bytes[at + 3]} << 24;
}

} // namespace

Result<Tokenizer> Tokenizer::create(std::span<const uint8_t> file)
{
    if (file.size() < header_bytes || std::memcmp(file.data(), "CSTK", 4) != 0) return damaged("no CSTK header");
    if (u32_at(file, 4) != known_version)
        return Error{ErrorCode::newer_version, "The speech model is of another version. Fetch the models again.",
                     "token file version " + std::to_string(u32_at(file, 4))};
    const uint32_t count = u32_at(file, 8);
    if (count <= end_token || count > most_tokens) return damaged("token count " + std::to_string(count));
    Tokenizer tokenizer;
    tokenizer.m_entries.reserve(count);
    size_t at = header_bytes;
    for (uint32_t i = 0; i < count; i++) {
        if (at + 2 > file.size() || file[at] > 2 || at + 2 + file[at + 1] > file.size())
            return damaged("token " + std::to_string(i));
        const uint8_t byte_count = file[at + 1];
        const std::string_view name(reinterpret_cast<const char*>(file.data()) + at + 2, byte_count);
        if (file[at] == static_cast<uint8_t>(Kind::byte) ? byte_count != 1 : !is_valid_utf8(name)) return damaged("token " + std::to_string(i));
        tokenizer.m_entries.push_back({static_cast<Kind>(file[at]), byte_count, static_cast<uint32_t>(tokenizer.m_bytes.size())});
        tokenizer.m_bytes += name;
        at += 2 + size_t{byte_count};
    }
    if (at != file.size()) return damaged("bytes follow the last token");
    return tokenizer;
}

std::string_view Tokenizer::bytes(int token) const
{
    const Entry& entry = m_entries[static_cast<size_t>(token)];
    return std::string_view(m_bytes).substr(entry.start, entry.byte_count);
}

std::string Tokenizer::decode(std::span<const int> tokens, std::vector<size_t>* token_ends) const
{
    std::string text;
    std::string pending; // bytes of a character that is not complete yet
    const auto complete_character = [&] {
        if (is_valid_utf8(pending)) text += pending;
        pending.clear();
    };
    if (token_ends) token_ends->clear();
    for (const int token : tokens) {
        const bool known = token >= 0 && token < token_count();
        if (known && kind(token) == Kind::byte) {
            const auto byte = static_cast<unsigned char>(bytes(token).front());
            const bool continues = (byte & 0xC0) == 0x80;
            if (!continues) pending.clear();
            pending.push_back(static_cast<char>(byte));
            if (is_valid_utf8(pending)) complete_character();
        } else if (known && kind(token) == Kind::text) {
            pending.clear();
            text += bytes(token);
        }
        if (token_ends) token_ends->push_back(text.size());
    }
    size_t leading = 0;
    while (leading < text.size() && text[leading] == ' ') leading++;
    text.erase(0, leading);
    if (token_ends)
        for (size_t& end : *token_ends) end = end > leading ? end - leading : 0;
    return text;
}

} // namespace chartside::speech
