#include "ui/font_metrics.h"

#include <algorithm>
#include <cstring>

namespace chartside::ui {

namespace {

// Big-endian reads that answer 0 outside the file, so that a damaged font cannot lead us astray.
struct Reader {
    std::span<const uint8_t> bytes;
    uint32_t u16(size_t at) const
    {
        return at + 2 <= bytes.size() ? uint32_t(bytes[at]) << 8 | bytes[at + 1] : 0;
    }
    int32_t i16(size_t at) const { return static_cast<int16_t>(u16(at)); }
    uint32_t u32(size_t at) const { return u16(at) << 16 | u16(at + 2); }

    size_t table(const char* tag) const
    {
        const uint32_t count = u16(4);
        for (uint32_t i = 0; i < count; ++i) {
            const size_t record = 12 + size_t(i) * 16;
            if (record + 16 <= bytes.size() && std::memcmp(bytes.data() + record, tag, 4) == 0) return u32(record + 8);
        }
        return 0;
    }
};

Error unreadable()
{
    return {ErrorCode::corrupt, "A font of this page could not be read. Reload the page.", "font tables missing"};
}

} // namespace

Result<FontMetrics> FontMetrics::create(std::span<const uint8_t> file)
{
    const Reader reader{file};
    const size_t head = reader.table("head"), hhea = reader.table("hhea"), hmtx = reader.table("hmtx"),
                 cmap = reader.table("cmap");
    if (!head || !hhea || !hmtx || !cmap) return unreadable();
    const float units = static_cast<float>(reader.u16(head + 18));
    const uint32_t metric_count = reader.u16(hhea + 34);
    if (units <= 0 || metric_count == 0 || hmtx + size_t(metric_count) * 4 > file.size()) return unreadable();

    FontMetrics metrics;
    metrics.m_ascent = static_cast<float>(reader.i16(hhea + 4)) / units;
    metrics.m_descent = -static_cast<float>(reader.i16(hhea + 6)) / units;
    metrics.m_advances.resize(metric_count);
    for (uint32_t i = 0; i < metric_count; ++i)
        metrics.m_advances[i] = static_cast<float>(reader.u16(hmtx + size_t(i) * 4)) / units;
    metrics.m_glyphs.assign(0x10000, 0);

    size_t format4 = 0, format12 = 0;
    for (uint32_t i = 0; i < reader.u16(cmap + 2); ++i) {
        const size_t subtable = cmap + reader.u32(cmap + 4 + size_t(i) * 8 + 4);
        if (reader.u16(subtable) == 4) format4 = subtable;
        if (reader.u16(subtable) == 12) format12 = subtable;
    }
    if (!format4 && !format12) return unreadable();
    if (format4) {
        const uint32_t segments = reader.u16(format4 + 6) / 2;
        const size_t ends = format4 + 14, starts = ends + segments * 2 + 2, deltas = starts + segments * 2,
                     offsets = deltas + segments * 2;
        for (uint32_t s = 0; s < segments; ++s) {
            const uint32_t end = reader.u16(ends + s * 2), start = reader.u16(starts + s * 2);
            const uint32_t delta = reader.u16(deltas + s * 2), offset = reader.u16(offsets + s * 2);
            for (uint32_t c = start; c <= end && c < 0xFFFF; ++c) {
                uint32_t glyph = c;
                if (offset) glyph = reader.u16(offsets + s * 2 + offset + (c - start) * 2);
                if (glyph || !offset) metrics.m_glyphs[c] = static_cast<uint16_t>((glyph + delta) & 0xFFFF);
            }
        }
    }
    if (format12) {
        const uint32_t groups = std::min<uint32_t>(reader.u32(format12 + 12), 20000);
        for (uint32_t g = 0; g < groups; ++g) {
            const size_t group = format12 + 16 + size_t(g) * 12;
            const uint32_t start = reader.u32(group), end = reader.u32(group + 4), first = reader.u32(group + 8);
            for (uint32_t c = start; c <= end && c - start < 0x10000; ++c) {
                if (c < 0x10000) metrics.m_glyphs[c] = static_cast<uint16_t>(first + c - start);
                else metrics.m_far_glyphs[c] = first + c - start;
            }
        }
    }
    return metrics;
}

uint32_t FontMetrics::glyph_of(char32_t code_point) const
{
    if (code_point < m_glyphs.size()) return m_glyphs[code_point];
    const auto found = m_far_glyphs.find(code_point);
    return found == m_far_glyphs.end() ? 0 : found->second;
}

float FontMetrics::advance(char32_t code_point, float em_px) const
{
    const size_t glyph = std::min<size_t>(glyph_of(code_point), m_advances.size() - 1);
    return m_advances[glyph] * em_px;
}

} // namespace chartside::ui
