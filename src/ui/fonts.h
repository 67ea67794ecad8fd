// The page's own font files, drawn through ImGui's atlas at any size and pixel ratio. Owner: UiContext; main thread.
#pragma once

#include "base/result.h"
#include "ui/font_metrics.h"
#include "ui/icons.h"
#include "ui/theme.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

struct ImDrawList;
struct ImFont;
struct ImFontBaked;

namespace chartside::ui {

enum class Face : int { regular, medium, semibold, icons };

class Fonts {
public:
    /// Hands a TrueType file to ImGui and keeps it for as long as the atlas may ask for glyphs.
    Status add(Face face, std::vector<uint8_t> file);
    bool complete() const;

    void set_device_pixel_ratio(float ratio) { m_device_pixel_ratio = ratio; }
    float device_pixel_ratio() const { return m_device_pixel_ratio; }

    const FontMetrics& metrics(int weight) const { return *face(weight).metrics; }
    float width(std::string_view text, const TextStyle& style) const;

    /// Draws one line. `x` is its left edge, `baseline_y` its baseline; both may lie between pixels, of which the
    /// baseline is moved to the next whole one.
    void draw(ImDrawList& list, std::string_view text, const TextStyle& style, float x, float baseline_y,
        Color color) const;
    /// Draws an icon of `size_px` with its center at (x, y).
    void draw_icon(ImDrawList& list, Icon icon, float size_px, float center_x, float center_y, Color color) const;
    /// Baseline of text in a line of `style` whose top is `line_top`, as CSS places it.
    float baseline(const TextStyle& style, float line_top) const;

private:
    struct FaceData {
        std::vector<uint8_t> file;
        std::optional<FontMetrics> metrics;
        ImFont* font = nullptr;
    };
    const FaceData& face(int weight) const;
    void draw_glyph(ImDrawList& list, const FaceData& data, float em_px, char32_t code_point, float x,
        float baseline_y, unsigned packed_color) const;

    FaceData m_faces[4];
    float m_device_pixel_ratio = 1;
};

} // namespace chartside::ui
