// What opens the practice: the recovery code on paper, a new passphrase, the device's own lock. One task a page.
#include "ui/column_page.h"

namespace chartside::ui {

namespace {

constexpr TextStyle code_style{20, 30, 600};

// The code in lines of at most four groups, as paper has them.
void draw_code(UiContext& context, ColumnPage& page, const std::string& code)
{
    const auto& colors = context.colors();
    constexpr size_t group_step = 5; // four characters and a hyphen
    std::vector<std::string> lines;
    for (size_t at = 0; at < code.size(); at += group_step) {
        const std::string group = code.substr(at, group_step - 1);
        const bool is_full = at % (4 * group_step) == 0;
        if (!is_full && !lines.empty() && text_width(context, lines.back() + "  " + group, code_style) < page.width - 40) lines.back() += "  " + group;
        else lines.push_back(group);
    }
    const float line = context.scaled(code_style).line_px;
    const Rect box{page.x, page.y, page.width, line * static_cast<float>(std::max<size_t>(1, lines.size())) + 32};
    fill(context, box, colors.sunken, measure::card_radius);
    stroke(context, box, colors.line, measure::card_radius);
    describe(context, "keys.code", box, "status", code.empty() ? "Making the code" : code);
    float y = box.y + 16;
    if (code.empty()) draw_line(context, "Making it …", text_style::body, box.x + 20, y, colors.ink2);
    for (const std::string& words : lines) {
        draw_line(context, words, code_style, box.x + 20, y, colors.ink);
        y += line;
    }
    page.y = box.bottom() + 18;
}

void ask_for_passphrase(const State& state, ColumnPage& page, Actions& actions)
{
    page.passphrase(state, actions, "keys.present", state.key_form.present, {.label = "Your passphrase", .placeholder = "", .hint = ""});
}

void ask_for_new_passphrase(const State& state, ColumnPage& page, Actions& actions)
{
    const KeyForm& form = state.key_form;
    page.passphrase(state, actions, "keys.first", form.first, {.label = "New passphrase", .placeholder = "Four or five words", .hint = ""});
    page.passphrase(state, actions, "keys.again", form.again, {.label = "Type it again", .placeholder = "", .hint = ""});
}

bool confirm(ColumnPage& page, const State& state, const char* label, Icon icon)
{
    page.y += 2;
    page.problem("keys.problem", state.key_form.problem);
    return page.wide_button("keys.confirm", state.key_form.busy ? "One moment …" : label, {.kind = ButtonKind::primary, .icon = icon, .enabled = !state.key_form.busy});
}

void leave(ColumnPage& page, const State& state, Actions& actions, const char* label)
{
    if (page.wide_button("keys.later", label, {.kind = ButtonKind::plain, .enabled = !state.key_form.busy})) actions.push_back(action::LeaveKeyTask{});
}

void draw_show_code(const State& state, UiContext& context, ColumnPage& page, Actions& actions)
{
    const KeyForm& form = state.key_form;
    page.heading("Your recovery code", 8);
    page.text("If the passphrase is forgotten, this code opens the practice, and nothing else does. Put it on paper, and keep the paper away from this device.", text_style::body, 20);
    draw_code(context, page, form.code);
    page.problem("keys.problem", form.problem);
    const bool there = !form.code.empty();
    const float half = (page.width - 10) / 2, height = button_height(context, {});
    if (button(context, "keys.print", {page.x, page.y, half, height}, "Print", {.icon = Icon::file_text, .enabled = there})) actions.push_back(action::PrintRecoveryCode{});
    if (button(context, "keys.copy", {page.x + half + 10, page.y, half, height}, "Copy", {.icon = Icon::copy, .enabled = there})) actions.push_back(action::CopyRecoveryCode{});
    page.y += height + 10;
    if (page.wide_button("keys.on_paper", "I have it on paper", {.kind = ButtonKind::primary, .icon = Icon::check, .enabled = there}))
        actions.push_back(action::BeginKeyTask{KeyTask::check_code});
    // A code that could not be made holds nobody up.
    if (page.wide_button("keys.later", "Later", {.kind = ButtonKind::plain, .enabled = !form.busy || !form.problem.empty()})) actions.push_back(action::LeaveKeyTask{});
}

void draw_check_code(const State& state, ColumnPage& page, Actions& actions)
{
    const KeyForm& form = state.key_form;
    page.heading("Is it on the paper?", 8);
    page.text("Type these two groups from the paper, so that it is sure to open the practice one day.", text_style::body, 20);
    const std::string first = "Group " + std::to_string(form.asked_groups[0] + 1), second = "Group " + std::to_string(form.asked_groups[1] + 1);
    page.plain_field(state, actions, "keys.group_a", form.typed_groups[0], {.label = first, .placeholder = "4 characters", .hint = ""});
    page.plain_field(state, actions, "keys.group_b", form.typed_groups[1], {.label = second, .placeholder = "4 characters", .hint = ""});
    if (confirm(page, state, "Check", Icon::clipboard_check)) actions.push_back(action::CheckRecoveryCode{});
    if (page.wide_button("keys.show", "Show the code again", {})) actions.push_back(action::BeginKeyTask{KeyTask::show_code});
    leave(page, state, actions, "Later");
}

} // namespace

Actions draw_keys(const State& state, UiContext& context)
{
    Actions actions;
    ColumnPage page(context, "keys", 560);
    switch (state.key_form.task) {
    case KeyTask::new_passphrase:
        page.heading("Choose a new passphrase", 8);
        page.text("The recovery code opened the practice. The new passphrase takes the place of the forgotten one.", text_style::body, 20);
        ask_for_new_passphrase(state, page, actions);
        if (confirm(page, state, "Set the new passphrase", Icon::key)) actions.push_back(action::ChangePassphrase{});
        leave(page, state, actions, "Later");
        break;
    case KeyTask::change_passphrase:
        page.heading("Change the passphrase", 8);
        page.text("Visits, notes and sound stay as they are; only what opens them changes.", text_style::body, 20);
        ask_for_passphrase(state, page, actions);
        ask_for_new_passphrase(state, page, actions);
        if (confirm(page, state, "Change it", Icon::key)) actions.push_back(action::ChangePassphrase{});
        leave(page, state, actions, "Cancel");
        break;
    case KeyTask::confirm_code:
        page.heading("Make a recovery code", 8);
        page.text(state.keys.recovery == RecoveryCode::none ? "It opens the practice if the passphrase is forgotten." : "The code on the paper that you have now will open nothing any more.",
            text_style::body, 20);
        ask_for_passphrase(state, page, actions);
        if (confirm(page, state, "Make the code", Icon::key)) actions.push_back(action::MakeRecoveryCode{});
        leave(page, state, actions, "Cancel");
        break;
    case KeyTask::confirm_device:
        page.heading("Open with this device’s lock", 8);
        page.text("Your finger, face or PIN then opens the practice on this device, beside the passphrase. Whoever can unlock this device can open it too.",
            text_style::body, 20);
        ask_for_passphrase(state, page, actions);
        if (confirm(page, state, "Add this device’s lock", Icon::shield_check)) actions.push_back(action::AddDevice{});
        leave(page, state, actions, "Cancel");
        break;
    case KeyTask::check_code: draw_check_code(state, page, actions); break;
    case KeyTask::show_code:
    case KeyTask::none: draw_show_code(state, context, page, actions); break;
    }
    return actions;
}

} // namespace chartside::ui
