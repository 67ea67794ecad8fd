// What the panels share while they draw: fonts, colours, sizes, and what is the screen's alone (scrolling, which
// tab is open). Nothing here outlives the page; what must be kept is in State. Owner: app/frame; main thread.
#pragma once

#include "ui/fonts.h"
#include "ui/geometry.h"
#include "ui/layout.h"
#include "ui/levels.h"
#include "ui/text_field_place.h"
#include "ui/theme.h"

#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

struct ImDrawList;

namespace chartside::ui {

/// Something a person can use, or read, on the screen now. The page's mirror for screen readers and the browser
/// tests are made from these.
struct Element {
    std::string id, role, label;
    Rect rect; // clipped to what is visible
    bool enabled = true, selected = false, visible = true;
};

/// The native field that a panel wants over what it drew this frame.
struct NativeField {
    std::string id;
    TextFieldPlace place;
    std::string text;
    int caret = -1; // UTF-8 byte offset; -1: the end
};

struct ScrollState {
    float offset = 0;
    float velocity = 0; // px/s, after a finger left
    float content_height = 0;
    Rect rect;
    bool follow_end = false; // stays at the end while content grows, until scrolled away
    float reveal_top = 0, reveal_bottom = 0;
    bool reveal = false;     // bring [reveal_top, reveal_bottom] of the content into view

    float limit() const { return std::max(0.0f, content_height - rect.height); }
};

/// Draws the level bars into `rect`; implemented by render/ on the GPU.
using LevelPainter = std::function<void(ImDrawList& list, Rect rect, const LevelHistory& levels, Color color)>;

enum class ReviewTab : int { transcript, note, checks };

struct UiContext {
    Fonts fonts;
    const Palette* palette = &light_palette();
    float text_scale = 1;
    float width = 0, height = 0;
    Insets insets;
    LevelHistory levels;
    LevelPainter paint_levels;

    // One frame.
    ImDrawList* list = nullptr;
    std::vector<Element> elements;
    std::vector<std::string> scroll_order; // areas that a pointer can reach, back to front
    std::string current_scroll;
    std::optional<NativeField> native_field;
    bool animating = false; // asks for another frame

    // Touch: what a finger rests on, for pressed looks. A finger that scrolls presses nothing.
    bool finger_down = false;
    float finger_x = 0, finger_y = 0;

    // Kept between frames.
    std::map<std::string, ScrollState> scrolls;
    ReviewTab review_tab = ReviewTab::note;
    bool record_note_shown = false; // Record in one column: the note instead of what is heard
    bool checks_open = false;    // the sheet, where checks are no column
    bool devices_open = false;   // the list of microphones
    std::string shown_sentence;  // the last selection that was scrolled into view
    std::string shown_in_note;
    int edit_caret = -1;         // where the tap that began an edit fell, in bytes of the sentence; -1: the end
    unsigned last_focus = 0;
    std::string kept_in_view;    // the field that was scrolled to, with the height of its area

    const Palette& colors() const { return *palette; }
    /// Sizes are half pixels: the browser cuts a font's size off to 1/100 px and then to 1/64 px of the device, and only
    /// sizes that both leave alone are as wide in the native field as drawn.
    TextStyle scaled(TextStyle style) const
    {
        return {std::round(style.em_px * text_scale * 2) / 2, std::round(style.line_px * text_scale), style.weight};
    }
    float text(float px) const { return px * text_scale; }
    /// To the nearest whole pixel of the device.
    float snap(float px) const
    {
        const float ratio = fonts.device_pixel_ratio();
        return std::round(px * ratio) / ratio;
    }
};

} // namespace chartside::ui
