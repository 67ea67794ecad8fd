// The larger parts of the kit: headers, tabs, scrolling areas, windows above the screen.
#include "ui/kit.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>

namespace chartside::ui {

void draw_header_bar(UiContext& context, Rect header)
{
    const auto& colors = context.colors();
    fill(context, header, colors.surface);
    hairline(context, header.x, header.bottom() - 1, header.right(), header.bottom() - 1, colors.line);
}

float header_titles(UiContext& context, Rect header, std::string_view title, std::string_view second, float max_width,
    bool alarming)
{
    const float second_line = second.empty() ? 0 : context.scaled(text_style::secondary).line_px;
    float width = text_width(context, title, text_style::title);
    TextStyle style = text_style::title;
    if (width > max_width) style = {15, 19, 600}; // a long name is set smaller, in two lines where one is not enough
    const float line = context.scaled(style).line_px;
    const float lines = paragraph_height(context, title, style, max_width) > line ? 2.0f : 1.0f;
    const bool second_fits = lines * line + second_line <= header.height - 6;
    const float total = lines * line + (second_fits ? second_line : 0);
    const float x = header.x, y = header.center_y() - total / 2 - (second.empty() ? 0 : 1);
    width = draw_lines(context, title, style, x, y, max_width, static_cast<int>(lines), context.colors().ink);
    if (second_fits)
        width = std::max(width, draw_line(context, second, text_style::secondary, x, y + lines * line,
            alarming ? context.colors().rec : context.colors().ink2, max_width));
    describe(context, "header.title", {x, y, width, total}, "text", title);
    return x + width;
}

int tab_bar(UiContext& context, Rect bar, std::span<const Tab> tabs, int current)
{
    const auto& colors = context.colors();
    fill(context, bar, colors.surface);
    hairline(context, bar.x, bar.bottom() - 1, bar.right(), bar.bottom() - 1, colors.line);
    const TextStyle& style = text_style::small_button;
    const float width = bar.width / static_cast<float>(tabs.size());
    for (int i = 0; i < static_cast<int>(tabs.size()); ++i) {
        const Tab& tab = tabs[static_cast<size_t>(i)];
        const Rect rect{bar.x + width * static_cast<float>(i), bar.y, width, bar.height - 1};
        const auto touch = interact(context, tab.id, rect, "tab", tab.label, true, i == current);
        if (touch.held) fill(context, rect, colors.sunken);
        const float words = std::min(text_width(context, tab.label, style), width - 12);
        draw_line(context, tab.label, style, rect.center_x() - words / 2, rect.center_y() - context.scaled(style).line_px / 2,
            i == current ? colors.accent : colors.ink2, words);
        if (i == current) fill(context, {rect.center_x() - words / 2 - 8, rect.bottom() - 2, words + 16, 3}, colors.accent, 1.5f);
        if (touch.focused) focus_ring(context, rect.inset(6), 6);
        if (touch.clicked) current = i;
    }
    return current;
}

float empty_state(UiContext& context, Rect area, Icon icon, std::string_view title, std::string_view words)
{
    const auto& colors = context.colors();
    const float center = area.center_x(), size = context.text(32);
    float y = area.y;
    draw_icon(context, icon, size, center, y + size / 2, colors.ink3);
    y += size + 12;
    describe(context, "empty", {area.x, y, area.width, context.text(60)}, "status", std::string(title) + ". " + std::string(words));
    draw_line(context, title, text_style::body_strong, center - text_width(context, title, text_style::body_strong) / 2, y, colors.ink);
    y += context.scaled(text_style::body_strong).line_px + 4;
    return y + draw_centered(context, words, text_style::card, center, y, std::min(area.width, context.text(360)), colors.ink2) - area.y;
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
    m_top = context.snap(rect.y - m_state.offset);
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
