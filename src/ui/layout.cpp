#include "ui/layout.h"

#include "ui/theme.h"

#include <cmath>

namespace chartside::ui {

WidthClass width_class(float width_px)
{
    if (width_px >= 1100) return WidthClass::wide;
    return width_px >= 700 ? WidthClass::medium : WidthClass::narrow;
}

namespace {
constexpr float keyboard_leaves_px = 600; // the lowest phone without a keyboard is higher
}

ShellLayout lay_out_shell(float width_px, float height_px, Insets insets, float text_scale, bool typing)
{
    ShellLayout layout;
    layout.width_class = width_class(width_px);
    Rect rest{insets.left, insets.top, width_px - insets.left - insets.right, height_px - insets.top - insets.bottom};
    const float grown = std::max(1.0f, text_scale);
    if (layout.width_class == WidthClass::narrow) {
        if (!typing || rest.height >= keyboard_leaves_px) {
            layout.tabs = rest.cut_bottom(std::round(36 + 20 * grown));
            // The bar's colour runs on under the home indicator.
            layout.tabs.height += insets.bottom;
        }
    } else {
        layout.rail = rest.cut_left(std::round(measure::rail_width + 20 * (grown - 1)));
        layout.rail.width += insets.left;
        layout.rail.x = 0;
    }
    // A narrow header has a name in two lines where the text is large.
    layout.header = rest.cut_top(std::round(measure::header_height * (layout.width_class == WidthClass::narrow ? 0.2f + 0.8f * grown : 0.5f + 0.5f * grown)));
    layout.content = rest;
    return layout;
}

ReviewLayout lay_out_review(Rect content, WidthClass width, float text_scale)
{
    ReviewLayout layout;
    const float grown = std::max(1.0f, text_scale);
    if (width == WidthClass::wide) {
        layout.checks = content.cut_right(std::round(std::min(298 * (0.6f + 0.4f * grown), content.width * 0.3f)));
        const float share = content.width > 1000 ? 0.4f : 0.425f;
        layout.transcript = content.cut_left(std::round(std::min(content.width * share, 460 * grown)));
        layout.note = content;
    } else if (width == WidthClass::medium) {
        layout.transcript = content.cut_left(std::round(content.width * 0.44f));
        layout.note = content;
    } else {
        layout.transcript = content;
        layout.note = content;
    }
    return layout;
}

} // namespace chartside::ui
