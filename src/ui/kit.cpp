#include "ui/kit.h"

#include "ui/text_layout.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>

namespace chartside::ui {

namespace {

ImU32 pack(Color color)
{
    return IM_COL32((color.rgb >> 16) & 0xFF, (color.rgb >> 8) & 0xFF, color.rgb & 0xFF,
        static_cast<int>(color.alpha * 255 + 0.5f));
}

ImRect to_imgui(Rect rect) { return {rect.x, rect.y, rect.right(), rect.bottom()}; }

float snap(UiContext& context, float value)
{
    const float ratio = context.fonts.device_pixel_ratio();
    return std::round(value * ratio) / ratio;
}

struct Pair {
    Color ink, ground;
};

Pair chip_colors(const Palette& colors, ChipTone tone)
{
    switch (tone) {
    case ChipTone::accent: return {colors.accent, colors.accent_tint};
    case ChipTone::warn: return {colors.warn, colors.warn_tint};
    case ChipTone::ok: return {colors.ok, colors.ok_tint};
    case ChipTone::rec: return {colors.rec, colors.rec_tint};
    case ChipTone::hand: return {colors.hand, colors.hand_tint};
    case ChipTone::neutral: break;
    }
    return {colors.ink2, colors.sunken};
}

} // namespace

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
        auto& scroll = context.scrolls[context.current_scroll];
        const float origin = scroll.rect.y - scroll.offset;
        scroll.reveal_top = rect.y - origin - 8;
        scroll.reveal_bottom = rect.bottom() - origin + 8;
        scroll.reveal = true;
        context.animating = true;
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
    context.list->AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, pack(color), radius);
}

void stroke(UiContext& context, Rect rect, Color color, float radius, float width)
{
    const float half = width / 2;
    context.list->AddRect({rect.x + half, rect.y + half}, {rect.right() - half, rect.bottom() - half}, pack(color),
        std::max(0.0f, radius - half), width);
}

void hairline(UiContext& context, float x0, float y0, float x1, float y1, Color color)
{
    const float thickness = std::max(1.0f, std::round(context.fonts.device_pixel_ratio())) /
        context.fonts.device_pixel_ratio();
    if (y0 == y1) {
        const float y = snap(context, y0);
        context.list->AddRectFilled({x0, y}, {x1, y + thickness}, pack(color));
    } else {
        const float x = snap(context, x0);
        context.list->AddRectFilled({x, y0}, {x + thickness, y1}, pack(color));
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
    const float icon_size = look.icon == Icon::none ? 0 : context.text(20);
    const float gap = look.icon == Icon::none || label.empty() ? 0 : 8;
    float x = rect.center_x() - (words + icon_size + gap) / 2;
    if (icon_size > 0) draw_icon(context, look.icon, icon_size, x + icon_size / 2, rect.center_y(), ink);
    x += icon_size + gap;
    draw_line(context, label, style, x, rect.center_y() - context.scaled(style).line_px / 2, ink,
        std::max(20.0f, rect.right() - 8 - x));
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
    std::string_view label, bool enabled)
{
    const Rect rect{center_x - measure::touch / 2, center_y - measure::touch / 2, measure::touch, measure::touch};
    const auto touch = interact(context, id, rect, "button", label, enabled);
    const auto& colors = context.colors();
    if (touch.held) fill(context, rect, mix(colors.sunken, colors.ink, 0.1f), measure::control_radius);
    else if (touch.hovered) fill(context, rect, colors.sunken, measure::control_radius);
    draw_icon(context, icon, context.text(20), center_x, center_y, enabled ? colors.ink2 : colors.ink3.with_alpha(0.5f));
    if (touch.focused) focus_ring(context, rect, measure::control_radius);
    return touch.clicked;
}

float chip_height(UiContext& context) { return context.text(16) + 10; }

float chip_width(UiContext& context, std::string_view label, Icon icon)
{
    return text_width(context, label, text_style::label) + (icon == Icon::none ? 0 : context.text(14) + 6) + 20;
}

static void draw_chip(UiContext& context, Rect rect, std::string_view label, Pair pair, Icon icon)
{
    fill(context, rect, pair.ground, rect.height / 2);
    float x = rect.x + 10;
    if (icon != Icon::none) {
        const float size = context.text(14);
        draw_icon(context, icon, size, x + size / 2, rect.center_y(), pair.ink);
        x += size + 6;
    }
    draw_line(context, label, text_style::label, x, rect.y + 5, pair.ink);
}

float chip(UiContext& context, std::string_view id, float x, float y, std::string_view label, ChipTone tone, Icon icon)
{
    const Rect rect{x, y, chip_width(context, label, icon), chip_height(context)};
    describe(context, id, rect, "status", label);
    draw_chip(context, rect, label, chip_colors(context.colors(), tone), icon);
    return rect.width;
}

bool chip_button(UiContext& context, std::string_view id, float x, float y, std::string_view label, ChipTone tone,
    Icon icon)
{
    const Rect rect{x, y, chip_width(context, label, icon), chip_height(context)};
    // The finger's target is larger than what is seen.
    const float reach = std::max(0.0f, (measure::touch - rect.height) / 2);
    const auto touch = interact(context, id, rect.inset(0, -reach), "button", label);
    auto pair = chip_colors(context.colors(), tone);
    if (touch.held || touch.hovered) pair.ground = mix(pair.ground, pair.ink, touch.held ? 0.2f : 0.08f);
    draw_chip(context, rect, label, pair, icon);
    if (touch.focused) focus_ring(context, rect, rect.height / 2);
    return touch.clicked;
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
        // A field that is scrolled out of sight has its native twin hidden, not hanging over other parts.
        const ImRect clip = ImGui::GetCurrentWindow()->ClipRect;
        if (rect.y >= clip.Min.y - 4 && rect.bottom() <= clip.Max.y + 4) context.native_field = native;
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

void draw_header_bar(UiContext& context, Rect header)
{
    const auto& colors = context.colors();
    fill(context, header, colors.surface);
    hairline(context, header.x, header.bottom() - 1, header.right(), header.bottom() - 1, colors.line);
}

float header_titles(UiContext& context, Rect header, std::string_view title, std::string_view second, float max_width)
{
    const float title_line = context.scaled(text_style::title).line_px, second_line = context.scaled(text_style::secondary).line_px;
    const float total = second.empty() ? title_line : title_line + second_line;
    const float x = header.x, y = header.center_y() - total / 2 - (second.empty() ? 0 : 1);
    const float a = draw_line(context, title, text_style::title, x, y, context.colors().ink, max_width);
    const float b = second.empty() ? 0
        : draw_line(context, second, text_style::secondary, x, y + title_line, context.colors().ink2, max_width);
    describe(context, "header.title", {x, y, std::max(a, b), total}, "text", title);
    return x + std::max(a, b);
}

ScrollArea::ScrollArea(UiContext& context, std::string id, Rect rect, bool follow_end)
    : m_context(context), m_state(context.scrolls[id]), m_outer(context.current_scroll)
{
    m_state.rect = rect;
    if (follow_end && m_state.content_height == 0) m_state.follow_end = true;
    if (m_state.reveal) {
        const float top = m_state.reveal_top, bottom = m_state.reveal_bottom;
        if (top < m_state.offset) m_state.offset = top;
        else if (bottom > m_state.offset + rect.height) m_state.offset = std::min(top, bottom - rect.height);
        m_state.reveal = false;
    }
    if (m_state.follow_end) m_state.offset = m_state.limit();
    m_state.offset = std::clamp(m_state.offset, 0.0f, m_state.limit());
    m_top = snap(context, rect.y - m_state.offset);
    context.scroll_order.push_back(id);
    context.current_scroll = std::move(id);
    ImGui::PushClipRect({rect.x, rect.y}, {rect.right(), rect.bottom()}, true);
}

void ScrollArea::end(float content_bottom)
{
    const float height = content_bottom - m_top;
    if (std::fabs(height - m_state.content_height) > 0.5f) m_context.animating = true;
    m_state.content_height = height;
    if (height <= m_state.rect.height + 1) return;
    const Rect& rect = m_state.rect;
    const float thumb = std::max(32.0f, rect.height * rect.height / height);
    const float travel = rect.height - thumb - 4;
    const float y = rect.y + 2 + travel * (m_state.limit() > 0 ? m_state.offset / m_state.limit() : 0);
    fill(m_context, {rect.right() - 6, y, 4, thumb}, m_context.colors().ink3.with_alpha(0.35f), 2);
}

void ScrollArea::reveal(float y_top, float y_bottom)
{
    m_state.reveal_top = y_top - m_top - 16;
    m_state.reveal_bottom = y_bottom - m_top + 16;
    m_state.reveal = true;
    m_state.follow_end = false;
    m_context.animating = true;
}

ScrollArea::~ScrollArea()
{
    ImGui::PopClipRect();
    m_context.current_scroll = m_outer;
}

Layer::Layer(UiContext& context, const char* id, Rect rect, float radius) : m_context(context), m_outer(context.list)
{
    constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
        ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoScrollWithMouse;
    // What lies below can neither be reached nor scrolled.
    for (auto& element : context.elements) element.enabled = false;
    context.scroll_order.clear();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({context.width, context.height});
    ImGui::Begin(id, nullptr, flags);
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
    context.list = ImGui::GetWindowDrawList();
    fill(context, {0, 0, context.width, context.height}, Color{0x0B1416, context.colors().dark ? 0.6f : 0.38f});
    shadow(context, rect, radius);
    fill(context, rect, context.colors().surface, radius);
    if (context.colors().dark) stroke(context, rect, context.colors().line, radius);
    const ImGuiIO& io = ImGui::GetIO();
    m_dismissed = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !ImGui::IsWindowAppearing() &&
        !rect.contains(io.MousePos.x, io.MousePos.y);
}

Layer::~Layer()
{
    ImGui::End();
    m_context.list = m_outer;
}

} // namespace chartside::ui
