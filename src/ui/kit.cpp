#include "ui/kit.h"

#include "ui/text_layout.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>

namespace chartside::ui {

namespace {

ImRect to_imgui(Rect rect) { return {rect.x, rect.y, rect.right(), rect.bottom()}; }

struct Pair {
    Color ink, ground;
};

Pair tone_colors(const Palette& colors, ChipTone tone)
{
    switch (tone) {
    case ChipTone::accent: return {colors.accent, colors.accent_tint};
    case ChipTone::warn: return {colors.warn, colors.warn_tint};
    case ChipTone::ok: return {colors.ok, colors.ok_tint};
    case ChipTone::rec: return {colors.rec, colors.rec_tint};
    case ChipTone::hand: return {colors.hand, colors.hand_tint};
    case ChipTone::neutral: break;
    }
    return {colors.ink2, quiet_chip_ground(colors)};
}

} // namespace

static void reveal(UiContext& context, Rect rect, float margin)
{
    auto& scroll = context.scrolls[context.current_scroll];
    const float origin = scroll.rect.y - scroll.offset;
    scroll.reveal_top = rect.y - origin - margin;
    scroll.reveal_bottom = rect.bottom() - origin + margin;
    scroll.reveal = true;
    context.animating = true;
}

void keep_field_in_view(UiContext& context, Rect rect, NativeField& field)
{
    const ImRect clip = ImGui::GetCurrentWindow()->ClipRect;
    field.place.clip_top_px = std::clamp(clip.Min.y - field.place.y, 0.0f, field.place.height);
    field.place.clip_bottom_px = std::clamp(field.place.y + field.place.height - clip.Max.y, 0.0f, field.place.height);
    if (context.current_scroll.empty()) return;
    const std::string key = field.id + " " + std::to_string(static_cast<int>(clip.GetHeight())) + " " + std::to_string(static_cast<int>(field.place.height));
    if (key == context.kept_in_view) return;
    context.kept_in_view = key;
    if (rect.y < clip.Min.y || rect.bottom() > clip.Max.y) reveal(context, rect, 16);
}

Interaction interact(UiContext& context, std::string_view id, Rect rect, std::string_view role,
    std::string_view label, bool enabled, bool selected)
{
    Interaction result;
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    const ImGuiID item = window->GetID(id.data(), id.data() + id.size());
    const ImRect box = to_imgui(rect);
    const ImRect clip = window->ClipRect;
    const Rect visible = rect.intersected({clip.Min.x, clip.Min.y, clip.GetWidth(), clip.GetHeight()});
    context.elements.push_back({std::string(id), std::string(role), std::string(label),
        visible.empty() ? rect : visible, enabled, selected, !visible.empty()});
    const bool shown = ImGui::ItemAdd(box, item, nullptr, enabled ? 0 : ImGuiItemFlags_Disabled);
    ImGuiContext& imgui = *ImGui::GetCurrentContext();
    result.focused = enabled && imgui.NavId == item && imgui.NavCursorVisible;
    if (result.focused && context.last_focus != item && !context.current_scroll.empty()) {
        context.last_focus = item;
        reveal(context, rect, 8);
    }
    if (!shown || !enabled) return result;
    result.clicked = ImGui::ButtonBehavior(box, item, &result.hovered, &result.held);
    if (context.finger_down && visible.contains(context.finger_x, context.finger_y)) result.held = true;
    if (result.hovered) ImGui::SetMouseCursor(role == "textbox" ? ImGuiMouseCursor_TextInput : ImGuiMouseCursor_Hand);
    return result;
}

void describe(UiContext& context, std::string_view id, Rect rect, std::string_view role, std::string_view label)
{
    const ImRect clip = ImGui::GetCurrentWindow()->ClipRect;
    const Rect visible = rect.intersected({clip.Min.x, clip.Min.y, clip.GetWidth(), clip.GetHeight()});
    context.elements.push_back({std::string(id), std::string(role), std::string(label),
        visible.empty() ? rect : visible, true, false, !visible.empty()});
}

void fill(UiContext& context, Rect rect, Color color, float radius)
{
    context.list->AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, packed_color(color), radius);
}

void stroke(UiContext& context, Rect rect, Color color, float radius, float width)
{
    const float half = width / 2;
    context.list->AddRect({rect.x + half, rect.y + half}, {rect.right() - half, rect.bottom() - half}, packed_color(color),
        std::max(0.0f, radius - half), width);
}

void hairline(UiContext& context, float x0, float y0, float x1, float y1, Color color)
{
    const float thickness = std::max(1.0f, std::round(context.fonts.device_pixel_ratio())) /
        context.fonts.device_pixel_ratio();
    if (y0 == y1) {
        const float y = context.snap(y0);
        context.list->AddRectFilled({x0, y}, {x1, y + thickness}, packed_color(color));
    } else {
        const float x = context.snap(x0);
        context.list->AddRectFilled({x, y0}, {x + thickness, y1}, packed_color(color));
    }
}

void focus_ring(UiContext& context, Rect rect, float radius)
{
    const Rect outer = rect.inset(-4);
    ImGui::PushClipRect({outer.x - 1, outer.y - 1}, {outer.right() + 1, outer.bottom() + 1}, false);
    stroke(context, outer, context.colors().accent, radius + 4, 2);
    ImGui::PopClipRect();
}

void shadow(UiContext& context, Rect rect, float radius)
{
    const float strength = context.colors().dark ? 0.16f : 0.022f;
    for (int i = 1; i <= 8; ++i) {
        const Rect ring = rect.inset(-static_cast<float>(i) * 2);
        fill(context, {ring.x, ring.y + 4, ring.width, ring.height}, Color{0x000000, strength / (1 + 0.3f * static_cast<float>(i))},
            radius + static_cast<float>(i) * 2);
    }
}

float text_width(UiContext& context, std::string_view text, const TextStyle& style)
{
    return context.fonts.width(text, context.scaled(style));
}

float draw_line(UiContext& context, std::string_view text, const TextStyle& style, float x, float top, Color color,
    float max_width)
{
    const TextStyle scaled = context.scaled(style);
    const float baseline = context.fonts.baseline(scaled, top);
    float width = context.fonts.width(text, scaled);
    if (max_width > 0 && width > max_width) {
        static constexpr std::string_view dots = "…";
        const float room = max_width - context.fonts.width(dots, scaled);
        const auto& metrics = context.fonts.metrics(scaled.weight);
        float used = 0;
        size_t end = 0;
        for (size_t offset = 0; offset < text.size(); end = offset) {
            const float advance = metrics.advance(next_code_point(text, offset), scaled.em_px);
            if (used + advance > room) break;
            used += advance;
        }
        const std::string cut = std::string(text.substr(0, end)) + std::string(dots);
        context.fonts.draw(*context.list, cut, scaled, x, baseline, color);
        return max_width;
    }
    context.fonts.draw(*context.list, text, scaled, x, baseline, color);
    return width;
}

static TextLayout lay_out(UiContext& context, std::string_view text, const TextStyle& scaled, float width)
{
    const auto& metrics = context.fonts.metrics(scaled.weight);
    return lay_out_text(text, width, [&](char32_t c) { return metrics.advance(c, scaled.em_px); });
}

float draw_paragraph(UiContext& context, std::string_view text, const TextStyle& style, float x, float top,
    float width, Color color)
{
    if (text.empty()) return 0;
    const TextStyle scaled = context.scaled(style);
    const auto layout = lay_out(context, text, scaled, width);
    float y = top;
    for (const auto& line : layout.lines) {
        context.fonts.draw(*context.list, text.substr(line.start, line.end - line.start), scaled, x,
            context.fonts.baseline(scaled, y), color);
        y += scaled.line_px;
    }
    return y - top;
}

float draw_centered(UiContext& context, std::string_view text, const TextStyle& style, float center_x, float top,
    float width, Color color)
{
    const TextStyle scaled = context.scaled(style);
    const auto layout = lay_out(context, text, scaled, width);
    float y = top;
    for (const auto& line : layout.lines) {
        context.fonts.draw(*context.list, text.substr(line.start, line.end - line.start), scaled,
            context.snap(center_x - line.width_px / 2), context.fonts.baseline(scaled, y), color);
        y += scaled.line_px;
    }
    return y - top;
}

float draw_lines(UiContext& context, std::string_view text, const TextStyle& style, float x, float top, float width,
    int line_count, Color color)
{
    const TextStyle scaled = context.scaled(style);
    const auto layout = lay_out(context, text, scaled, width);
    const size_t count = std::min(layout.lines.size(), static_cast<size_t>(line_count));
    float widest = 0;
    for (size_t l = 0; l < count; ++l) {
        const auto& line = layout.lines[l];
        // What does not fit into the last line is cut there; the space at the end of the others hangs over.
        const bool last = l + 1 == count;
        draw_line(context, text.substr(line.start, (last ? text.size() : line.end) - line.start), style, x,
            top + static_cast<float>(l) * scaled.line_px, color, last ? width : 0);
        widest = std::max(widest, last && line.end < text.size() ? width : line.width_px);
    }
    return widest;
}

float paragraph_height(UiContext& context, std::string_view text, const TextStyle& style, float width)
{
    if (text.empty()) return 0;
    const TextStyle scaled = context.scaled(style);
    return static_cast<float>(lay_out(context, text, scaled, width).lines.size()) * scaled.line_px;
}

void draw_icon(UiContext& context, Icon icon, float size, float center_x, float center_y, Color color)
{
    if (icon != Icon::none) context.fonts.draw_icon(*context.list, icon, size, center_x, center_y, color);
}

float button_height(UiContext& context, const ButtonLook& look)
{
    return std::max(look.height > 0 ? look.height : measure::touch, context.text(22) + 20);
}

float button_width(UiContext& context, std::string_view label, const ButtonLook& look)
{
    const TextStyle& style = look.small ? text_style::small_button : text_style::button;
    const float icon = look.icon == Icon::none ? 0 : context.text(20) + (label.empty() ? 0 : 8);
    const float padding = look.small ? 12 : 17;
    return std::max(measure::touch, text_width(context, label, style) + icon + 2 * padding);
}

bool button(UiContext& context, std::string_view id, Rect rect, std::string_view label, const ButtonLook& look)
{
    const auto& colors = context.colors();
    const auto touch = interact(context, id, rect, "button", label, look.enabled, look.selected);
    Color ground = colors.surface, ink = colors.ink, border = colors.line;
    bool bordered = true, filled = true;
    switch (look.kind) {
    case ButtonKind::primary: ground = colors.accent; ink = colors.accent_ink; bordered = false; break;
    case ButtonKind::record: ground = colors.rec; ink = colors.rec_ink; bordered = false; break;
    case ButtonKind::danger: ink = colors.rec; break;
    case ButtonKind::plain: bordered = false; filled = false; ink = colors.ink2; break;
    case ButtonKind::quiet: break;
    }
    if (look.selected) {
        ground = colors.accent_tint;
        ink = colors.accent;
        border = colors.accent;
    }
    if (touch.held) {
        ground = mix(ground, colors.ink, 0.12f);
        filled = true;
    } else if (touch.hovered) {
        ground = filled ? mix(ground, bordered ? colors.sunken : colors.ink, bordered ? 1.0f : 0.08f)
                        : mix(colors.surface, colors.sunken, 1);
        filled = true;
    }
    if (!look.enabled) {
        ink = colors.ink3;
        if (look.kind == ButtonKind::primary || look.kind == ButtonKind::record) ground = colors.line;
    }
    if (filled) fill(context, rect, ground, measure::control_radius);
    if (bordered) stroke(context, rect, border, measure::control_radius);
    const TextStyle& style = look.small ? text_style::small_button : text_style::button;
    const float words = text_width(context, label, style);
    const float wanted_size = context.text(20);
    // Where both do not fit, the words stay.
    const bool shows_icon = look.icon != Icon::none && (label.empty() || words + wanted_size + 8 <= rect.width - 12);
    const float icon_size = shows_icon ? wanted_size : 0;
    const float gap = !shows_icon || label.empty() ? 0 : 8;
    float x = rect.center_x() - (words + icon_size + gap) / 2;
    if (icon_size > 0) draw_icon(context, look.icon, icon_size, x + icon_size / 2, rect.center_y(), ink);
    x += icon_size + gap;
    draw_line(context, label, style, x, rect.center_y() - context.scaled(style).line_px / 2, ink,
        std::max(20.0f, rect.right() - 4 - x));
    if (touch.focused) focus_ring(context, rect, measure::control_radius);
    return touch.clicked;
}

bool inline_button(UiContext& context, std::string_view id, float& x, float y, std::string_view label,
    const ButtonLook& look)
{
    const Rect rect{x, y, button_width(context, label, look), button_height(context, look)};
    x = rect.right() + 8;
    return button(context, id, rect, label, look);
}

bool icon_button(UiContext& context, std::string_view id, float center_x, float center_y, Icon icon,
    std::string_view label, bool enabled, float size)
{
    const Rect rect{center_x - measure::touch / 2, center_y - measure::touch / 2, measure::touch, measure::touch};
    const auto touch = interact(context, id, rect, "button", label, enabled);
    const auto& colors = context.colors();
    if (touch.held) fill(context, rect, mix(colors.sunken, colors.ink, 0.1f), measure::control_radius);
    else if (touch.hovered) fill(context, rect, colors.sunken, measure::control_radius);
    draw_icon(context, icon, context.text(size), center_x, center_y, enabled ? colors.ink2 : colors.ink3.with_alpha(0.5f));
    if (touch.focused) focus_ring(context, rect, measure::control_radius);
    return touch.clicked;
}

float chip_height(UiContext& context) { return context.text(16) + 10; }

float chip_width(UiContext& context, std::string_view label, Icon icon)
{
    return text_width(context, label, text_style::label) + (icon == Icon::none ? 0 : context.text(14) + 6) + 20;
}

static void draw_chip(UiContext& context, Rect rect, std::string_view label, Pair pair, Icon icon, bool icon_last = false)
{
    fill(context, rect, pair.ground, rect.height / 2);
    float x = rect.x + 10;
    const float size = context.text(14);
    if (icon != Icon::none) draw_icon(context, icon, size, icon_last ? rect.right() - 9 - size / 2 : x + size / 2, rect.center_y(), pair.ink);
    if (icon != Icon::none && !icon_last) x += size + 6;
    draw_line(context, label, text_style::label, x, rect.y + 5, pair.ink);
}

float chip(UiContext& context, std::string_view id, float x, float y, std::string_view label, ChipTone tone, Icon icon)
{
    const Rect rect{x, y, chip_width(context, label, icon), chip_height(context)};
    describe(context, id, rect, "status", label);
    draw_chip(context, rect, label, tone_colors(context.colors(), tone), icon);
    return rect.width;
}

bool chip_button(UiContext& context, std::string_view id, float x, float y, std::string_view label, ChipTone tone,
    Icon icon)
{
    const Rect rect{x, y, chip_width(context, label, icon), chip_height(context)};
    // The finger's target is larger than what is seen.
    const float reach = std::max(0.0f, (measure::touch - rect.height) / 2);
    const auto touch = interact(context, id, rect.inset(0, -reach), "button", label);
    auto pair = tone_colors(context.colors(), tone);
    if (touch.held || touch.hovered) pair.ground = mix(pair.ground, pair.ink, touch.held ? 0.2f : 0.08f);
    draw_chip(context, rect, label, pair, icon, true);
    stroke(context, rect, pair.ink.with_alpha(0.35f), rect.height / 2); // so that it looks like something to tap
    if (touch.focused) focus_ring(context, rect, rect.height / 2);
    return touch.clicked;
}

// Where a banner's words begin, right of its icon.
static float banner_indent(UiContext& context) { return 15 + context.text(18) + 9; }

float banner_height(UiContext& context, std::string_view text, float width)
{
    return paragraph_height(context, text, text_style::card, width - banner_indent(context) - 14) + 24;
}

float banner(UiContext& context, std::string_view id, float x, float y, float width, std::string_view text, ChipTone tone)
{
    const Pair pair = tone_colors(context.colors(), tone);
    const Rect box{x, y, width, banner_height(context, text, width)};
    fill(context, box, pair.ground, measure::control_radius);
    const Icon icon = tone == ChipTone::rec ? Icon::circle_alert : tone == ChipTone::warn ? Icon::triangle_alert : Icon::info;
    draw_icon(context, icon, context.text(18), box.x + 15 + context.text(9), box.y + 12 + context.scaled(text_style::card).line_px / 2, pair.ink);
    draw_paragraph(context, text, text_style::card, box.x + banner_indent(context), box.y + 12, width - banner_indent(context) - 14, pair.ink);
    describe(context, id, box, "status", text);
    return box.height;
}

void card(UiContext& context, Rect rect, bool warned)
{
    fill(context, rect, context.colors().surface, measure::card_radius);
    stroke(context, rect, warned ? context.colors().warn : context.colors().line, measure::card_radius);
}

void progress_bar(UiContext& context, std::string_view id, Rect rect, float share, std::string_view label)
{
    describe(context, id, rect, "progressbar", label);
    fill(context, rect, context.colors().line, rect.height / 2);
    const float width = std::clamp(share, 0.0f, 1.0f) * rect.width;
    if (width > 0) fill(context, {rect.x, rect.y, std::max(rect.height, width), rect.height}, context.colors().accent, rect.height / 2);
}

int choices(UiContext& context, std::string_view id, float x, float& y, float width,
    const std::vector<std::pair<std::string, std::string>>& items, std::string_view selected)
{
    int chosen = -1;
    float left = x;
    const ButtonLook look{.kind = ButtonKind::quiet, .small = true};
    const float height = button_height(context, look);
    for (size_t i = 0; i < items.size(); ++i) {
        const bool taken = items[i].first == selected;
        const float item_width = button_width(context, items[i].second, look) + 8;
        if (left > x && left + item_width > x + width) {
            left = x;
            y += height + 8;
        }
        const Rect rect{left, y, item_width, height};
        const std::string item_id = std::string(id) + "." + items[i].first;
        const auto touch = interact(context, item_id, rect, "radio", items[i].second, true, taken);
        const auto& colors = context.colors();
        Color ground = taken ? colors.accent_tint : colors.surface;
        if (touch.held || touch.hovered) ground = mix(ground, colors.ink, touch.held ? 0.1f : 0.04f);
        fill(context, rect, ground, measure::control_radius);
        stroke(context, rect, taken ? colors.accent : colors.line, measure::control_radius, taken ? 1.5f : 1);
        const float words = text_width(context, items[i].second, text_style::small_button);
        draw_line(context, items[i].second, text_style::small_button, rect.center_x() - words / 2,
            rect.center_y() - context.scaled(text_style::small_button).line_px / 2, taken ? colors.accent : colors.ink);
        if (touch.focused) focus_ring(context, rect, measure::control_radius);
        if (touch.clicked) chosen = static_cast<int>(i);
        left = rect.right() + 8;
    }
    y += height;
    return chosen;
}

bool field(UiContext& context, std::string_view id, float x, float& y, float width, const std::string& text,
    const FieldLook& look)
{
    const auto& colors = context.colors();
    if (!look.label.empty()) {
        draw_line(context, look.label, text_style::secondary_strong, x, y, colors.ink2, width);
        y += context.scaled(text_style::secondary_strong).line_px + 6;
    }
    const float height = std::max(measure::touch + 2, context.text(22) + 22);
    const Rect rect{x, y, width, height};
    const auto touch = interact(context, id, rect, "textbox", look.label);
    const bool lit = look.active || touch.focused;
    fill(context, rect, colors.surface, measure::control_radius);
    stroke(context, rect, lit ? colors.accent : touch.hovered ? colors.ink3 : mix(colors.line, colors.ink3, 0.45f),
        measure::control_radius, lit ? 2 : 1);
    const TextStyle scaled = context.scaled(text_style::body);
    const Rect inner{rect.x + 14, rect.center_y() - scaled.line_px / 2, rect.width - 28, scaled.line_px};
    if (look.active) {
        NativeField native;
        native.id = std::string(id);
        native.text = text;
        native.place = {.x = inner.x, .y = inner.y, .width = inner.width, .height = inner.height,
            .font_px = scaled.em_px, .line_height_px = scaled.line_px, .weight = scaled.weight, .multiline = false,
            .password = look.password, .dark = colors.dark, .ink = css_color(colors.ink), .background = "",
            .caret_color = css_color(colors.accent), .label = std::string(look.label),
            .placeholder = std::string(look.placeholder)};
        keep_field_in_view(context, rect, native);
        context.native_field = std::move(native);
    } else if (text.empty()) {
        draw_line(context, look.placeholder, text_style::body, inner.x, inner.y, colors.ink3, inner.width);
    } else if (look.password) {
        std::string dots;
        for (size_t i = 0; i < std::min<size_t>(text.size(), 24); ++i) dots += "•";
        draw_line(context, dots, text_style::body, inner.x, inner.y, colors.ink, inner.width);
    } else {
        draw_line(context, text, text_style::body, inner.x, inner.y, colors.ink, inner.width);
    }
    y = rect.bottom();
    if (!look.hint.empty()) {
        y += 6;
        y += draw_paragraph(context, look.hint, text_style::secondary, x, y, width, colors.ink3);
    }
    return touch.clicked && !look.active;
}

} // namespace chartside::ui
