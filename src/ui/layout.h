// Which of the three layouts a width gets, and where its parts lie. Pure; any thread.
#pragma once

#include "ui/geometry.h"

namespace chartside::ui {

enum class WidthClass : int {
    narrow, // below 700: one column, tabs at the bottom
    medium, // 700 to 1100: two columns, the third as a sheet
    wide,   // from 1100: three columns
};

WidthClass width_class(float width_px);

/// The safe area and the soft keyboard, cut off the canvas.
struct Insets {
    float top = 0, right = 0, bottom = 0, left = 0;
};

struct ShellLayout {
    WidthClass width_class = WidthClass::wide;
    Rect rail;    // empty where tabs take its place
    Rect tabs;    // empty but in the narrow layout, and there while the soft keyboard is up
    Rect header;
    Rect content;
};

/// `text_scale` widens what holds text. While somebody is `typing` on a screen that the soft keyboard leaves little of,
/// the tabs give way. Without a shell (welcome) use the whole canvas instead.
ShellLayout lay_out_shell(float width_px, float height_px, Insets insets, float text_scale, bool typing = false);

/// The columns of Review in `content`; the checks are empty where they are a sheet.
struct ReviewLayout {
    Rect transcript, note, checks;
};
ReviewLayout lay_out_review(Rect content, WidthClass width, float text_scale);

} // namespace chartside::ui
