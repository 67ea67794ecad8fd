// The rail at the left, or the tabs at the bottom where the screen is narrow.
#include "ui/panels.h"

#include <cmath>
#include <cstdio>

namespace chartside::ui {

namespace {

struct Item {
    const char* id;
    const char* label;
    Icon icon;
    Screen screen;
};

constexpr Item items[] = {
    {"rail.today", "Today", Icon::calendar, Screen::today},
    {"rail.notes", "Notes", Icon::file_text, Screen::notes},
    {"rail.set_up", "Set-up", Icon::settings, Screen::set_up},
};

bool is_current(const State& state, Screen screen)
{
    if (screen == Screen::today) return state.screen == Screen::today || state.screen == Screen::record;
    if (screen == Screen::notes) return state.screen == Screen::notes || state.screen == Screen::review;
    return state.screen == screen;
}

bool rail_item(UiContext& context, const char* id, Rect rect, std::string_view label, Icon icon, bool current)
{
    const auto& colors = context.colors();
    const auto touch = interact(context, id, rect, "tab", label, true, current);
    if (current) fill(context, rect, colors.accent_tint, measure::control_radius);
    else if (touch.held || touch.hovered) fill(context, rect, colors.sunken, measure::control_radius);
    const Color ink = current ? colors.accent : colors.ink2;
    const float line = context.scaled(text_style::rail).line_px, icon_size = context.text(20);
    const float top = rect.center_y() - (icon_size + 4 + line) / 2;
    draw_icon(context, icon, icon_size, rect.center_x(), top + icon_size / 2, ink);
    const float words = text_width(context, label, text_style::rail);
    draw_line(context, label, text_style::rail, rect.center_x() - words / 2, top + icon_size + 4, ink);
    if (touch.focused) focus_ring(context, rect.inset(4), measure::control_radius);
    return touch.clicked;
}

void sent_counter(const State& state, UiContext& context, Rect rect)
{
    const auto& colors = context.colors();
    char label[48];
    std::snprintf(label, sizeof label, "%.0f B sent", state.bytes_sent);
    describe(context, "rail.sent", rect, "status", label);
    const float line = context.scaled(text_style::rail).line_px, icon_size = context.text(20);
    const float top = rect.center_y() - (icon_size + 4 + line) / 2;
    draw_icon(context, Icon::shield_check, icon_size, rect.center_x(), top + icon_size / 2, colors.ink2);
    const float words = text_width(context, label, text_style::rail);
    draw_line(context, label, text_style::rail, rect.center_x() - words / 2, top + icon_size + 4, colors.ink2);
}

} // namespace

Actions draw_rail(const State& state, UiContext& context, const ShellLayout& shell)
{
    Actions actions;
    const auto& colors = context.colors();
    if (shell.width_class == WidthClass::narrow) {
        if (shell.tabs.empty()) return actions;
        fill(context, shell.tabs, colors.surface);
        hairline(context, shell.tabs.x, shell.tabs.y, shell.tabs.right(), shell.tabs.y, colors.line);
        const float bar = shell.tabs.height - context.insets.bottom;
        const float width = shell.tabs.width / 4;
        float x = shell.tabs.x;
        for (const Item& item : items) {
            const Rect rect{x + 4, shell.tabs.y + 4, width - 8, bar - 8};
            if (rail_item(context, item.id, rect, item.label, item.icon, is_current(state, item.screen)))
                actions.push_back(action::ShowScreen{item.screen});
            x += width;
        }
        if (rail_item(context, "rail.lock", {x + 4, shell.tabs.y + 4, width - 8, bar - 8}, "Lock", Icon::lock, false))
            actions.push_back(action::Lock{});
        return actions;
    }
    Rect rail = shell.rail;
    fill(context, rail, colors.surface);
    hairline(context, rail.right() - 1, 0, rail.right() - 1, context.height, colors.line);
    rail.cut_left(context.insets.left);
    rail = rail.inset(8, 0);
    rail.width -= 1;

    const Rect mark{std::round(rail.center_x() - 19.5f), rail.y + 14, 40, 40};
    fill(context, mark, colors.accent, measure::control_radius);
    draw_icon(context, Icon::stethoscope, 22, mark.center_x(), mark.center_y(), colors.accent_ink);

    const float height = 34 + context.text(22);
    float y = rail.y + 68;
    for (const Item& item : items) {
        if (rail_item(context, item.id, {rail.x, y, rail.width, height}, item.label, item.icon, is_current(state, item.screen)))
            actions.push_back(action::ShowScreen{item.screen});
        y += height + 4;
    }
    const float bottom = rail.bottom() - 12;
    if (rail_item(context, "rail.lock", {rail.x, bottom - height, rail.width, height}, "Lock", Icon::lock, false))
        actions.push_back(action::Lock{});
    sent_counter(state, context, {rail.x, bottom - 2 * height - 4, rail.width, height});
    return actions;
}

} // namespace chartside::ui
