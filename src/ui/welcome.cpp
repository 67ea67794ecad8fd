// The screens before the practice is open: starting, welcome, unlock, and what cannot be helped here.
#include "ui/column_page.h"

namespace chartside::ui {

Actions draw_blocked(const State& state, UiContext& context)
{
    Actions actions;
    ColumnPage page(context, "blocked", 320);
    describe(context, "blocked.title", {page.x, page.y, page.width, 30}, "status", state.blocked.title + ". " + state.blocked.text);
    page.heading(state.blocked.title, 8);
    page.text(state.blocked.text, text_style::body, 24);
    if (page.wide_button("blocked.again", state.blocked.way_out, {.kind = ButtonKind::primary, .icon = Icon::refresh})) actions.push_back(action::TryAgain{});
    return actions;
}

Actions draw_starting(const State& state, UiContext& context)
{
    Actions actions;
    ColumnPage page(context, "starting", 320);
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
    ColumnPage page(context, "welcome", 640);
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

// What was copied stays with the device when the practice is locked.
static void draw_clipboard_note(const State& state, UiContext& context, ColumnPage& page, Actions& actions)
{
    if (!state.clipboard_may_hold) return;
    page.y += 14;
    constexpr const char* words = "Something of a visit was copied. The clipboard may still hold it, and other programs can read it there.";
    describe(context, "unlock.clipboard", {page.x, page.y, page.width, 40}, "status", words);
    page.text(words, text_style::card, 10);
    if (page.wide_button("unlock.clear_clipboard", "Empty the clipboard", {.icon = Icon::clipboard_check})) actions.push_back(action::ClearClipboard{});
}

Actions draw_unlock(const State& state, UiContext& context)
{
    Actions actions;
    ColumnPage page(context, "unlock", 420);
    page.heading("Your practice is locked", 6);
    const bool with_code = state.unlock_with_code;
    page.text(with_code ? "Type the recovery code from your paper. You choose a new passphrase next." : "What is kept on this device opens with your passphrase.",
        text_style::body, 22);
    if (with_code) page.plain_field(state, actions, "passphrase.first", state.passphrase.first, {.label = "Recovery code", .placeholder = "7 groups of 4", .hint = ""});
    else page.passphrase(state, actions, "passphrase.first", state.passphrase.first, {.label = "Passphrase", .placeholder = "", .hint = ""});
    page.y += 2;
    page.problem("unlock.problem", state.open_problem);
    if (page.wide_button("unlock.open", state.opening ? "Opening …" : "Unlock", {.kind = ButtonKind::primary, .icon = Icon::key, .enabled = !state.opening}))
        actions.push_back(action::UnlockPractice{state.passphrase.first});
    if (!state.opening && state.keys.device_added && state.keys.device_possible
        && page.wide_button("unlock.device", "Open with this device’s lock", {.icon = Icon::shield_check}))
        actions.push_back(action::UnlockWithDevice{});
    if (!state.opening && state.keys.recovery != RecoveryCode::none
        && page.wide_button("unlock.other", with_code ? "Use the passphrase" : "Use the recovery code", {.kind = ButtonKind::plain}))
        actions.push_back(action::UseRecoveryCode{!with_code});
    page.wait_or_demo(state, actions, "unlock.demo", ButtonKind::plain);
    draw_clipboard_note(state, context, page, actions);
    return actions;
}

} // namespace chartside::ui
