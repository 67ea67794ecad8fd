// What a single character is, for code that walks over text. ASCII by value; a byte of a longer UTF-8 character
// counts as a letter, so that a word with an accent stays one word. Pure; any thread.
#pragma once

namespace chartside {

constexpr bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A byte of UTF-8 text that belongs to a word's letters.
constexpr bool is_letter(char byte) { return is_ascii_letter(static_cast<unsigned char>(byte)) || static_cast<unsigned char>(byte) >= 0x80; }

} // namespace chartside
