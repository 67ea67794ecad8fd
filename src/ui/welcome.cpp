// The screens before the practice is open: starting, welcome, unlock, and what cannot be helped here.
#include "ui/panels.h"

#include "domain/clock_text.h"

namespace chartside::ui {

namespace {

constexpr float page_width = 460;

// The mark and the name, centered; returns the y below.
float draw_brand(UiContext& context, float x, float y)
{
    const auto& colors = context.colors();
    const Rect mark{x, y, 48, 48};
    fill(context, mark, colors.accent, measure::card_radius);
    draw_icon(context, Icon::stethoscope, 26, mark.center_x(), mark.center_y(), colors.accent_ink);
    return mark.bottom();
}

Rect column_of(UiContext& context)
{
    const float width = std::min(context.text(page_width), context.width - 40);
    return {std::round(context.width / 2 - width / 2), 0, width, 0};
}

// Content is centered in the window by the height it had in the last frame.
float centered_top(UiContext& context, const char* scroll_id)
{
    const float height = context.scrolls[scroll_id].content_height;
    const float free = context.height - context.insets.top - context.insets.bottom - height;
    return std::max(0.0f, free * 0.42f);
}

Rect whole(UiContext& context)
{
    return {0, context.insets.top, context.width, context.height - context.insets.top - context.insets.bottom};
}

void draw_problem(UiContext& context, std::string_view id, const std::string& problem, float x, float& y, float width)
{
    if (problem.empty()) return;
    const auto& colors = context.colors();
    const float text = paragraph_height(context, problem, text_style::card, width - 54);
    const Rect box{x, y, width, text + 22};
    fill(context, box, colors.rec_tint, measure::control_radius);
    draw_icon(context, Icon::circle_alert, 18, box.x + 23, box.y + 11 + 10, colors.rec);
    draw_paragraph(context, problem, text_style::card, box.x + 42, box.y + 11, width - 54, colors.rec);
    describe(context, id, box, "status", problem);
    y = box.bottom() + 14;
}

// A line of promise with its icon.
void draw_promise(UiContext& context, Icon icon, std::string_view words, float x, float& y, float width)
{
    const auto& colors = context.colors();
    draw_icon(context, icon, context.text(18), x + 10, y + context.text(10), colors.accent);
    y += draw_paragraph(context, words, text_style::card, x + 32, y, width - 32, colors.ink2) + 8;
}

void draw_working(UiContext& context, std::string_view words, float x, float& y, float width)
{
    describe(context, "welcome.working", {x, y, width, 20}, "status", words);
    y += draw_paragraph(context, words, text_style::card, x, y, width, context.colors().ink2) + 10;
}

} // namespace

Actions draw_blocked(const State& state, UiContext& context)
{
    ScrollArea scroll(context, "blocked", whole(context));
    const Rect column = column_of(context);
    const float start = scroll.top() + centered_top(context, "blocked") * 0;
    float y = start + std::max(24.0f, context.height * 0.22f);
    y = draw_brand(context, column.x, y) + 24;
    describe(context, "blocked.title", {column.x, y, column.width, 30}, "status", state.blocked.title + ". " + state.blocked.text);
    y += draw_paragraph(context, state.blocked.title, text_style::heading, column.x, y, column.width, context.colors().ink) + 8;
    y += draw_paragraph(context, state.blocked.text, text_style::body, column.x, y, column.width, context.colors().ink2);
    scroll.end(y + 24);
    return {};
}

Actions draw_starting(const State& state, UiContext& context)
{
    Actions actions;
    ScrollArea scroll(context, "starting", whole(context));
    const Rect column = column_of(context);
    float y = scroll.top() + std::max(24.0f, context.height * 0.26f);
    y = draw_brand(context, column.x, y) + 24;
    y += draw_paragraph(context, "Opening Chartside", text_style::heading, column.x, y, column.width, context.colors().ink) + 8;
    std::string words = "Looking for your practice on this device …";
    bool failed = false;
    for (const LoadProgress& part : state.loading) {
        if (part.failure.empty()) continue;
        words = part.label + ": " + part.failure;
        failed = true;
    }
    draw_working(context, words, column.x, y, column.width);
    float x = column.x;
    if (failed && inline_button(context, "starting.retry", x, y + 6, "Try again", {.kind = ButtonKind::primary, .icon = Icon::refresh}))
        actions.push_back(action::RetryLoading{});
    scroll.end(y + 80);
    return actions;
}

Actions draw_welcome(const State& state, UiContext& context)
{
    Actions actions;
    const auto& colors = context.colors();
    ScrollArea scroll(context, "welcome", whole(context));
    const Rect column = column_of(context);
    const float top = scroll.top() + std::max(20.0f, (context.height - context.text(690)) * 0.4f);
    float y = draw_brand(context, column.x, top) + 20;
    y += draw_paragraph(context, "Chartside listens to a visit and drafts the note", text_style::heading, column.x, y, column.width, colors.ink) + 14;
    draw_promise(context, Icon::shield_check, "Everything stays on this device: the sound, the words and the notes.", column.x, y, column.width);
    draw_promise(context, Icon::audio_lines, "Every sentence shows the words it comes from, and plays them.", column.x, y, column.width);
    draw_promise(context, Icon::pen_line, "You read, change and sign. It is a draft, and not a medical device.", column.x, y, column.width);
    y += 14;

    const PassphraseForm& typed = state.passphrase;
    if (field(context, "passphrase.first", column.x, y, column.width, typed.first,
            {.label = "Choose a passphrase", .placeholder = "Four or five words", .hint = "It locks what is kept here. Nobody can recover it for you.",
                .password = true, .active = state.field.id == "passphrase.first"}))
        actions.push_back(action::FocusField{"passphrase.first"});
    y += 16;
    if (field(context, "passphrase.again", column.x, y, column.width, typed.again,
            {.label = "Type it again", .placeholder = "", .hint = "", .password = true, .active = state.field.id == "passphrase.again"}))
        actions.push_back(action::FocusField{"passphrase.again"});
    y += 18;
    const bool differ = !typed.again.empty() && typed.first != typed.again && state.field.id != "passphrase.again";
    draw_problem(context, "welcome.problem", differ ? "The two passphrases are not the same. Type the second one again." : state.open_problem, column.x, y, column.width);
    if (state.opening) {
        draw_working(context, "Making your practice. This takes a second or two, so that guessing a passphrase would take years.", column.x, y, column.width);
    } else {
        const ButtonLook create{.kind = ButtonKind::primary, .icon = Icon::lock, .enabled = !typed.first.empty() && typed.first == typed.again};
        const float tall = button_height(context, create);
        if (button(context, "welcome.create", {column.x, y, column.width, tall}, "Start my practice", create))
            actions.push_back(action::CreatePractice{typed.first});
        y += tall + 10;
        if (button(context, "welcome.demo", {column.x, y, column.width, tall}, "Demo with made-up patients", {.kind = ButtonKind::quiet}))
            actions.push_back(action::OpenDemo{});
        y += tall;
    }
    scroll.end(y + 28);
    return actions;
}

Actions draw_unlock(const State& state, UiContext& context)
{
    Actions actions;
    const auto& colors = context.colors();
    ScrollArea scroll(context, "unlock", whole(context));
    const Rect column = column_of(context);
    float y = draw_brand(context, column.x, scroll.top() + std::max(20.0f, (context.height - context.text(420)) * 0.38f)) + 20;
    y += draw_paragraph(context, "Your practice is locked", text_style::heading, column.x, y, column.width, colors.ink) + 6;
    y += draw_paragraph(context, "What is kept on this device opens with your passphrase.", text_style::body, column.x, y, column.width, colors.ink2) + 22;
    if (field(context, "passphrase.first", column.x, y, column.width, state.passphrase.first,
            {.label = "Passphrase", .placeholder = "", .hint = "", .password = true, .active = state.field.id == "passphrase.first"}))
        actions.push_back(action::FocusField{"passphrase.first"});
    y += 18;
    draw_problem(context, "unlock.problem", state.open_problem, column.x, y, column.width);
    if (state.opening) {
        draw_working(context, "Opening. This takes a second or two, so that guessing a passphrase would take years.", column.x, y, column.width);
    } else {
        const ButtonLook open{.kind = ButtonKind::primary, .icon = Icon::key};
        const float tall = button_height(context, open);
        if (button(context, "unlock.open", {column.x, y, column.width, tall}, "Unlock", open)) actions.push_back(action::UnlockPractice{state.passphrase.first});
        y += tall + 10;
        if (button(context, "unlock.demo", {column.x, y, column.width, tall}, "Demo with made-up patients", {.kind = ButtonKind::plain}))
            actions.push_back(action::OpenDemo{});
        y += tall;
    }
    scroll.end(y + 28);
    return actions;
}

} // namespace chartside::ui
