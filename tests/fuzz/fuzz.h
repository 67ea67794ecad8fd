// What the fuzz targets share. Each target is one libFuzzer program: LLVMFuzzerTestOneInput gets bytes as a damaged file
// or a hostile one would bring them, and ends the program where a promise of the parser's header does not hold.
#pragma once

#include "base/result.h"
#include "base/text.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

namespace chartside::fuzz {

/// libFuzzer keeps the input that led here and prints where it is.
inline void require(bool holds, const char* what)
{
    if (holds) return;
    std::fprintf(stderr, "fuzz: it does not hold that %s\n", what);
    std::abort();
}

/// A refusal is shown to a user: it is a sentence.
inline void require_sentence(const Error& error)
{
    require(is_valid_utf8(error.message), "a refusal is text");
    require(error.message.size() >= 10 && error.message.back() == '.', "a refusal is a sentence");
}

/// Takes the input apart: a few numbers first, the rest is the file.
class Input {
public:
    Input(const uint8_t* data, size_t size) : m_bytes(data, size) {}

    uint8_t byte()
    {
        if (m_bytes.empty()) return 0;
        const uint8_t first = m_bytes.front();
        m_bytes = m_bytes.subspan(1);
        return first;
    }
    std::span<const uint8_t> rest() const { return m_bytes; }
    std::string_view text() const { return {reinterpret_cast<const char*>(m_bytes.data()), m_bytes.size()}; }

private:
    std::span<const uint8_t> m_bytes;
};

} // namespace chartside::fuzz
