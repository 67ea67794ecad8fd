// A page of one column in the upper middle of the window, for the screens that stand alone: welcome, unlock, keys.
#pragma once

#include "ui/panels.h"

#include <algorithm>
#include <cmath>

namespace chartside::ui {

inline constexpr float page_width = 460;

// The column of such a page, in the upper middle of the window. Everything in it stands below what stands above.
struct ColumnPage {
    ColumnPage(UiContext& shared, const char* id, float typical_height)
        : context(shared), scroll(shared, id, {0, shared.insets.top, shared.width,
              shared.height - shared.insets.top - shared.insets.bottom}),
          width(std::min(shared.text(page_width), shared.width - 40)), x(std::round(shared.width / 2 - width / 2)),
          y(std::round(scroll.top() + std::max(24.0f, (shared.height - shared.text(typical_height)) * 0.4f)))
    {
        const auto& colors = context.colors();
        const Rect mark{x, y, 48, 48};
        fill(context, mark, colors.accent, measure::card_radius);
        draw_icon(context, Icon::stethoscope, 26, mark.center_x(), mark.center_y(), colors.accent_ink);
        y = mark.bottom() + 20;
    }
    ~ColumnPage() { scroll.end(y + 28); }

    void heading(std::string_view words, float gap)
    {
        y += draw_paragraph(context, words, text_style::heading, x, y, width, context.colors().ink) + gap;
    }
    void text(std::string_view words, const TextStyle& style, float gap)
    {
        y += draw_paragraph(context, words, style, x, y, width, context.colors().ink2) + gap;
    }
    // A line of promise with its icon.
    void promise(Icon icon, std::string_view words)
    {
        const auto& colors = context.colors();
        const float indent = context.text(18) + 14;
        draw_icon(context, icon, context.text(18), x + context.text(9), y + context.text(10), colors.accent);
        y += draw_paragraph(context, words, text_style::card, x + indent, y, width - indent, colors.ink2) + 8;
    }
    void problem(std::string_view id, const std::string& words)
    {
        if (!words.empty()) y += banner(context, id, x, y, width, words, ChipTone::rec) + 14;
    }
    bool wide_button(std::string_view id, std::string_view label, const ButtonLook& look)
    {
        const Rect rect{x, y, width, button_height(context, look)};
        y = rect.bottom() + 10;
        return button(context, id, rect, label, look);
    }
    void passphrase(const State& state, Actions& actions, const char* id, const std::string& typed, FieldLook look)
    {
        look.password = true;
        plain_field(state, actions, id, typed, look);
    }
    void plain_field(const State& state, Actions& actions, const char* id, const std::string& typed, FieldLook look)
    {
        look.active = state.field.id == id;
        if (field(context, id, x, y, width, typed, look)) actions.push_back(action::FocusField{id});
        y += 16;
    }
    void working(std::string_view words)
    {
        describe(context, "welcome.working", {x, y, width, 20}, "status", words);
        text(words, text_style::card, 0);
    }
    // Below the button that needs the passphrase: why that takes its time, or the way in without one.
    void wait_or_demo(const State& state, Actions& actions, std::string_view id, ButtonKind kind)
    {
        if (state.opening) working("This takes a second or two, so that guessing a passphrase would take years.");
        else if (wide_button(id, "Demo with made-up patients", {.kind = kind})) actions.push_back(action::OpenDemo{});
    }

    UiContext& context;
    ScrollArea scroll;
    float width, x, y;
};

} // namespace chartside::ui
