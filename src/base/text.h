// UTF-8 helpers shared by every room. Pure; any thread.
//
// Inside C++ all text is UTF-8 and every character offset is a byte offset into it. JSON and the DOM count
// UTF-16 code units; convert at that boundary only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chartside {

/// Number of UTF-16 code units that the first `byte_offset` bytes of `utf8` take.
size_t utf16_offset(std::string_view utf8, size_t byte_offset);
/// Byte offset of the UTF-16 code unit `utf16_units`; clamped to the end.
size_t utf8_offset(std::string_view utf8, size_t utf16_units);
/// True where `text` is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates).
bool is_valid_utf8(std::string_view text);

std::string to_lower_ascii(std::string_view text);
std::string_view trim(std::string_view text);

} // namespace chartside
