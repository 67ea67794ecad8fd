// The screens before the practice is open: starting, welcome, unlock, and what cannot be helped here.
#include "ui/panels.h"

#include <cmath>

namespace chartside::ui {

namespace {

constexpr float page_width = 460;

// The column of such a page, in the upper middle of the window. Everything in it stands below what stands above.
struct Page {
    Page(UiContext& shared, const char* id, float typical_height)
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
    ~Page() { scroll.end(y + 28); }

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

} // namespace

Actions draw_blocked(const State& state, UiContext& context)
{
    Actions actions;
    Page page(context, "blocked", 320);
    describe(context, "blocked.title", {page.x, page.y, page.width, 30}, "status", state.blocked.title + ". " + state.blocked.text);
    page.heading(state.blocked.title, 8);
    page.text(state.blocked.text, text_style::body, 24);
    if (page.wide_button("blocked.again", state.blocked.way_out, {.kind = ButtonKind::primary, .icon = Icon::refresh})) actions.push_back(action::TryAgain{});
    return actions;
}

Actions draw_starting(const State& state, UiContext& context)
{
    Actions actions;
    Page page(context, "starting", 320);
    page.heading("Opening Chartside", 8);
    std::string failure;
    for (const LoadProgress& part : state.loading)
        if (!part.failure.empty()) failure = part.label + ": " + part.failure;
    if (failure.empty()) {
        page.working("Looking for your practice on this device …");
    } else {
        page.y += 6;
        page.problem("starting.problem", failure);
        if (page.wide_button("starting.retry", "Try again", {.kind = ButtonKind::primary, .icon = Icon::refresh}))
            actions.push_back(action::RetryLoading{});
    }
    return actions;
}

Actions draw_welcome(const State& state, UiContext& context)
{
    Actions actions;
    Page page(context, "welcome", 640);
    page.heading("Chartside listens and drafts the note", 14);
    page.promise(Icon::shield_check, "All of it stays on this device: sound, words and notes.");
    page.promise(Icon::audio_lines, "Every sentence shows the words it comes from, and plays them.");
    page.promise(Icon::pen_line, "You read, change and sign. It is a draft, not a medical device.");
    page.y += 14;

    const PassphraseForm& typed = state.passphrase;
    page.passphrase(state, actions, "passphrase.first", typed.first,
        {.label = "Choose a passphrase", .placeholder = "Four or five words", .hint = "It locks what is kept here. Nobody can recover it for you."});
    page.passphrase(state, actions, "passphrase.again", typed.again, {.label = "Type it again", .placeholder = "", .hint = ""});
    page.y += 2;
    const bool differ = !typed.again.empty() && typed.first != typed.again && state.field.id != "passphrase.again";
    page.problem("welcome.problem", differ ? "The two passphrases are not the same. Type the second one again." : state.open_problem);
    const bool may_create = !state.opening && !typed.first.empty() && typed.first == typed.again;
    if (page.wide_button("welcome.create", state.opening ? "Making your practice …" : "Start my practice",
            {.kind = ButtonKind::primary, .icon = Icon::lock, .enabled = may_create}))
        actions.push_back(action::CreatePractice{typed.first});
    page.wait_or_demo(state, actions, "welcome.demo", ButtonKind::quiet);
    return actions;
}

Actions draw_unlock(const State& state, UiContext& context)
{
    Actions actions;
    Page page(context, "unlock", 420);
    page.heading("Your practice is locked", 6);
    page.text("What is kept on this device opens with your passphrase.", text_style::body, 22);
    page.passphrase(state, actions, "passphrase.first", state.passphrase.first, {.label = "Passphrase", .placeholder = "", .hint = ""});
    page.y += 2;
    page.problem("unlock.problem", state.open_problem);
    if (page.wide_button("unlock.open", state.opening ? "Opening …" : "Unlock", {.kind = ButtonKind::primary, .icon = Icon::key, .enabled = !state.opening}))
        actions.push_back(action::UnlockPractice{state.passphrase.first});
    page.wait_or_demo(state, actions, "unlock.demo", ButtonKind::plain);
    return actions;
}

} // namespace chartside::ui
