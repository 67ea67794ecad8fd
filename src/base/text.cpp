#include "base/text.h"

namespace chartside {
namespace {

// Length in bytes of the sequence that starts with `lead`, or 1 for a stray byte.
size_t sequence_length(unsigned char lead)
{
    if (lead < 0x80) return 1;
    if ((lead & 0xE0) == 0xC0) return 2;
    if ((lead & 0xF0) == 0xE0) return 3;
    if ((lead & 0xF8) == 0xF0) return 4;
    return 1;
}

} // namespace

size_t utf16_offset(std::string_view utf8, size_t byte_offset)
{
    size_t units = 0;
    for (size_t i = 0; i < utf8.size() && i < byte_offset;) {
        size_t length = sequence_length(static_cast<unsigned char>(utf8[i]));
        units += length == 4 ? 2 : 1;
        i += length;
    }
    return units;
}

size_t utf8_offset(std::string_view utf8, size_t utf16_units)
{
    size_t i = 0;
    for (size_t units = 0; i < utf8.size() && units < utf16_units;) {
        size_t length = sequence_length(static_cast<unsigned char>(utf8[i]));
        units += length == 4 ? 2 : 1;
        i += length;
    }
    return i < utf8.size() ? i : utf8.size();
}

bool is_valid_utf8(std::string_view text)
{
    auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
    for (size_t i = 0; i < text.size();) {
        unsigned char lead = byte(i);
        if (lead < 0x80) {
            i++;
            continue;
        }
        size_t length = sequence_length(lead);
        if (length == 1 || i + length > text.size()) return false;
        unsigned code = lead & (0xFF >> (length + 1));
        for (size_t k = 1; k < length; k++) {
            if ((byte(i + k) & 0xC0) != 0x80) return false;
            code = (code << 6) | (byte(i + k) & 0x3F);
        }
        static constexpr unsigned smallest[] = {0, 0, 0x80, 0x800, 0x10000};
        if (code < smallest[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
        i += length;
    }
    return true;
}

std::string to_lower_ascii(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

std::string_view trim(std::string_view text)
{
    auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

} // namespace chartside
