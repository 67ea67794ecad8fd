// Set-up: when the practice locks itself, and what opens it.
#include "ui/panels.h"
#include "ui/set_up_parts.h"

namespace chartside::ui {

namespace {

const char* recovery_words(RecoveryCode recovery)
{
    switch (recovery) {
    case RecoveryCode::checked: return "On paper, and typed back once.";
    case RecoveryCode::unchecked: return "Made, but never typed back from the paper.";
    case RecoveryCode::none: break;
    }
    return "There is none. A forgotten passphrase then loses everything that is kept here.";
}

} // namespace

void draw_lock_settings(const State& state, UiContext& context, float x, float& y, float width, Preferences& preferences, bool& change, Actions& actions)
{
    const auto& colors = context.colors();
    group_title(context, "Lock", x, y);
    if (state.demo) {
        y += draw_paragraph(context, "The demo’s patients are made up, so it has no lock. A practice of your own has a passphrase.", text_style::card, x, y, width, colors.ink2) + 4;
        return;
    }
    draw_line(context, "Locks itself when nobody touches it, or it is out of sight, for", text_style::secondary_strong, x, y, colors.ink2, width);
    y += context.scaled(text_style::secondary_strong).line_px + 6;
    static const std::vector<std::pair<std::string, std::string>> minutes = {{"1", "1 min"}, {"2", "2 min"}, {"5", "5 min"}, {"15", "15 min"}, {"30", "30 min"}};
    const int chosen = choices(context, "set_up.lock_after", x, y, width, minutes, std::to_string(state.preferences.lock_after_minutes));
    if (chosen >= 0) {
        preferences.lock_after_minutes = std::stoi(minutes[static_cast<size_t>(chosen)].first);
        change = true;
    }
    y += 4;
    y += draw_paragraph(context, "Not while a visit is recorded or written.", text_style::secondary, x, y, width, colors.ink2) + 18;

    fact(context, "Passphrase", "Opens the practice. Nobody can look it up for you.", x, y, width);
    if (line_button(context, "set_up.passphrase", x, y, "Change the passphrase", Icon::key)) actions.push_back(action::BeginKeyTask{KeyTask::change_passphrase});
    describe(context, "set_up.recovery", {x, y, width, 40}, "status", recovery_words(state.keys.recovery));
    fact(context, "Recovery code", recovery_words(state.keys.recovery), x, y, width);
    const bool has_code = state.keys.recovery != RecoveryCode::none;
    if (line_button(context, "set_up.recovery_code", x, y, has_code ? "Make a new code" : "Make a recovery code", Icon::file_text))
        actions.push_back(action::BeginKeyTask{KeyTask::confirm_code});
    if (!state.keys.device_possible && !state.keys.device_added) return;
    fact(context, "This device’s lock", state.keys.device_added ? "Your finger, face or PIN opens the practice too." : "Your finger, face or PIN can open the practice, beside the passphrase.", x, y, width);
    if (state.keys.device_added) {
        if (line_button(context, "set_up.device_remove", x, y, "Take it away", Icon::close)) actions.push_back(action::RemoveDevice{});
    } else if (line_button(context, "set_up.device_add", x, y, "Add this device’s lock", Icon::shield_check)) {
        actions.push_back(action::BeginKeyTask{KeyTask::confirm_device});
    }
}

} // namespace chartside::ui
