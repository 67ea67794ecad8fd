// The small set of parts that every panel is made of. Each draws, and answers what was done to it. Main thread,
// inside a frame. Rectangles are CSS pixels; text styles are given at 100 % and scaled here.
#pragma once

#include "ui/ui_context.h"

#include <span>
#include <string>
#include <string_view>

namespace chartside::ui {

struct Interaction {
    bool hovered = false, held = false, clicked = false, focused = false;
};

/// Makes `rect` usable by pointer, touch and keyboard, and names it in the list of elements.
Interaction interact(UiContext& context, std::string_view id, Rect rect, std::string_view role,
    std::string_view label, bool enabled = true, bool selected = false);
/// Names drawn text for screen readers and tests.
void describe(UiContext& context, std::string_view id, Rect rect, std::string_view role, std::string_view label);

/// Scrolls the area that is being drawn to the field in `rect` when it is focused, when the soft keyboard comes and when
/// its text takes another line; not again, so that one may scroll away. Then says how much of the field is out of sight.
void keep_field_in_view(UiContext& context, Rect rect, NativeField& field);

// Plain drawing.
void fill(UiContext& context, Rect rect, Color color, float radius = 0);
void stroke(UiContext& context, Rect rect, Color color, float radius = 0, float width = 1);
void hairline(UiContext& context, float x0, float y0, float x1, float y1, Color color); // one device pixel at least
void focus_ring(UiContext& context, Rect rect, float radius);
void shadow(UiContext& context, Rect rect, float radius);

/// One line; returns its width. Cut with "..." where `max_width` is given and too small.
float draw_line(UiContext& context, std::string_view text, const TextStyle& style, float x, float top, Color color,
    float max_width = 0);
/// As many lines as needed; returns the height.
float draw_paragraph(UiContext& context, std::string_view text, const TextStyle& style, float x, float top,
    float width, Color color);
/// The same, each line centered.
float draw_centered(UiContext& context, std::string_view text, const TextStyle& style, float center_x, float top,
    float width, Color color);
/// At most `line_count` lines, of which the last is cut with "..." where the text is longer; returns the widest.
float draw_lines(UiContext& context, std::string_view text, const TextStyle& style, float x, float top, float width,
    int line_count, Color color);
float paragraph_height(UiContext& context, std::string_view text, const TextStyle& style, float width);
float text_width(UiContext& context, std::string_view text, const TextStyle& style);
void draw_icon(UiContext& context, Icon icon, float size, float center_x, float center_y, Color color);

// Parts.
enum class ButtonKind { primary, quiet, plain, danger, record };
struct ButtonLook {
    ButtonKind kind = ButtonKind::quiet;
    Icon icon = Icon::none;
    bool enabled = true;
    bool small = false;   // 14 px text, as in cards
    float height = 0;     // 0: a touch target
    bool selected = false;
};
float button_width(UiContext& context, std::string_view label, const ButtonLook& look);
float button_height(UiContext& context, const ButtonLook& look);
bool button(UiContext& context, std::string_view id, Rect rect, std::string_view label, const ButtonLook& look = {});
/// At (x, y), as wide as its words; moves `x` past itself and a gap of 8.
bool inline_button(UiContext& context, std::string_view id, float& x, float y, std::string_view label,
    const ButtonLook& look = {});
bool icon_button(UiContext& context, std::string_view id, float center_x, float center_y, Icon icon,
    std::string_view label, bool enabled = true, float size = 20);

enum class ChipTone { neutral, accent, warn, ok, rec, hand };
float chip_width(UiContext& context, std::string_view label, Icon icon);
float chip_height(UiContext& context);
/// Returns its width.
float chip(UiContext& context, std::string_view id, float x, float y, std::string_view label, ChipTone tone,
    Icon icon = Icon::none);
/// A chip to tap, its icon behind the words.
bool chip_button(UiContext& context, std::string_view id, float x, float y, std::string_view label, ChipTone tone,
    Icon icon);

/// What a person must know here and now: an icon and a sentence on a tinted ground. Returns its height.
float banner(UiContext& context, std::string_view id, float x, float y, float width, std::string_view text, ChipTone tone);
float banner_height(UiContext& context, std::string_view text, float width);
/// Says, centered from the top of `area`, that there is nothing here yet and what to do. Returns its height.
float empty_state(UiContext& context, Rect area, Icon icon, std::string_view title, std::string_view words);

void card(UiContext& context, Rect rect, bool warned = false);
void progress_bar(UiContext& context, std::string_view id, Rect rect, float share, std::string_view label);
/// A line of choices of which one is taken. Returns the index that was tapped, or -1. Moves `y` below itself.
int choices(UiContext& context, std::string_view id, float x, float& y, float width,
    const std::vector<std::pair<std::string, std::string>>& items, std::string_view selected);

struct FieldLook {
    std::string_view label;
    std::string_view placeholder;
    std::string_view hint;
    bool password = false;
    bool active = false; // the native field lies over it
};
/// A labelled single-line field at (x, y); true when it was tapped and wants focus. Moves `y` below itself.
bool field(UiContext& context, std::string_view id, float x, float& y, float width, const std::string& text,
    const FieldLook& look);

/// The surface of a screen's header, with the hairline under it.
void draw_header_bar(UiContext& context, Rect header);
struct Tab {
    const char* id;
    std::string label;
};
/// Tabs over the whole of `bar`. Returns the one that is, or was just made, current.
int tab_bar(UiContext& context, Rect bar, std::span<const Tab> tabs, int current);
/// A page's title and second line (`alarming`: in red) in the header; a title too long for one line takes two. Returns
/// the x where they end.
float header_titles(UiContext& context, Rect header, std::string_view title, std::string_view second, float max_width,
    bool alarming = false);

/// A scrolled region: draw from top() on, then say where the content ended.
class ScrollArea {
public:
    ScrollArea(UiContext& context, std::string id, Rect rect, bool follow_end = false);
    ~ScrollArea();
    ScrollArea(const ScrollArea&) = delete;
    ScrollArea& operator=(const ScrollArea&) = delete;
    float top() const { return m_top; }
    void end(float content_bottom);
    /// Brings a span of the screen into view, by this frame's positions.
    void reveal(float y_top, float y_bottom);

private:
    UiContext& m_context;
    ScrollState& m_state;
    std::string m_outer;
    float m_top;
};

/// A window above what was drawn: everything below is out of reach while it is open. True when the dimmed
/// surroundings were tapped.
class Layer {
public:
    Layer(UiContext& context, const char* id, Rect rect, float radius);
    ~Layer();
    Layer(const Layer&) = delete;
    Layer& operator=(const Layer&) = delete;
    bool dismissed() const { return m_dismissed; }

private:
    UiContext& m_context;
    ImDrawList* m_outer;
    bool m_dismissed = false;
};

} // namespace chartside::ui
