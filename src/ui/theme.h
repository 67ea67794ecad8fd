// Colours and measures of the look. Pure data; main thread.
#pragma once

#include <cstdint>
#include <string>

namespace chartside::ui {

/// 0xRRGGBB and an opacity. Converted to the renderer's order where it is drawn.
struct Color {
    uint32_t rgb = 0;
    float alpha = 1;

    Color with_alpha(float opacity) const { return {rgb, alpha * opacity}; }
};

std::string css_color(Color color); // "#16262B"
uint32_t packed_color(Color color); // 0xAABBGGRR, as draw lists take it
Color mix(Color from, Color to, float amount);

/// The tokens. Every text pair has a contrast of at least 4.5. Colour means something or is absent: accent is
/// what comes from the visit, hand the physician's own words and the patient's voice, warn what to look at,
/// rec recording and danger, ok safe and saved.
struct Palette {
    bool dark = false;
    Color background, surface, sunken, line;
    Color ink, ink2, ink3;
    Color accent, accent_ink, accent_tint;
    Color hand, hand_tint;
    Color rec, rec_ink, rec_tint;
    Color warn, warn_tint;
    Color ok, ok_tint;
};

/// The ground of a chip that only tells: in the dark, sunken alone would not show on the page's background.
Color quiet_chip_ground(const Palette& palette);

const Palette& light_palette();
const Palette& dark_palette();

/// Text sizes in CSS pixels at text size 100 %: glyph size over line height.
struct TextStyle {
    float em_px;
    float line_px;
    int weight; // 400, 500, 600
};

namespace text_style {
inline constexpr TextStyle title{18, 24, 600};
inline constexpr TextStyle heading{22, 30, 600};
inline constexpr TextStyle note{16, 26, 400};
inline constexpr TextStyle body{15, 22, 400};
inline constexpr TextStyle body_strong{15, 22, 600};
inline constexpr TextStyle row_name{15, 22, 500};
inline constexpr TextStyle button{15, 22, 500};
inline constexpr TextStyle small_button{14, 20, 500};
inline constexpr TextStyle card{14, 20, 400};
inline constexpr TextStyle card_strong{14, 20, 600};
inline constexpr TextStyle secondary{13, 18, 400};
inline constexpr TextStyle secondary_strong{13, 18, 600};
inline constexpr TextStyle label{12, 16, 500};
inline constexpr TextStyle label_strong{12, 16, 600};
inline constexpr TextStyle rail{11, 14, 500};
} // namespace text_style

namespace measure {
inline constexpr float control_radius = 10;
inline constexpr float card_radius = 12;
inline constexpr float touch = 44;
inline constexpr float recording_touch = 56;
inline constexpr float rail_width = 76;
inline constexpr float header_height = 64;
inline constexpr float gutter = 18;
} // namespace measure

} // namespace chartside::ui
