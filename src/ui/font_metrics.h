// The advance widths and heights of a TrueType font, unhinted and unrounded. Owner: ui/fonts; any thread.
//
// Text is laid out with these and not with ImGui's metrics, which depend on the pixel size it bakes at: the
// native textarea that lies over drawn text measures linearly, and both must wrap at the same words.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace chartside::ui {

class FontMetrics {
public:
    /// Reads the tables head, hhea, hmtx and cmap (formats 4 and 12). `file` is not kept.
    static Result<FontMetrics> create(std::span<const uint8_t> file);

    /// Advance of one code point at `em_px` pixels an em. A code point the font lacks counts as its glyph 0.
    float advance(char32_t code_point, float em_px) const;
    bool has(char32_t code_point) const { return glyph_of(code_point) != 0; }
    float ascent(float em_px) const { return m_ascent * em_px; }
    float descent(float em_px) const { return m_descent * em_px; } // positive, below the baseline
    /// ImGui's font size (ascent minus descent) for `em_px`.
    float imgui_size(float em_px) const { return (m_ascent + m_descent) * em_px; }

private:
    uint32_t glyph_of(char32_t code_point) const;

    float m_ascent = 0, m_descent = 0; // in em
    std::vector<float> m_advances;     // by glyph, in em
    std::vector<uint16_t> m_glyphs;    // by code point up to 0xFFFF; 0: none
    std::unordered_map<uint32_t, uint32_t> m_far_glyphs; // beyond
};

} // namespace chartside::ui
