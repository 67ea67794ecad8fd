// What opens the practice: the recovery code, a new passphrase, the device's own lock; and what locking asks for.
#include "app/application.h"
#include "app/preferences_text.h"
#include "base/text.h"

#include <algorithm>
#include <cmath>

namespace chartside::app {

namespace {

constexpr size_t shortest_passphrase = 8;
constexpr int group_count = 7, group_characters = 4;

// As web/store/recovery_code.ts reads it: upper case, O as 0, I and L as 1.
std::string plain_group(std::string_view typed)
{
    std::string group;
    for (const char letter : typed) {
        if (letter == ' ' || letter == '-') continue;
        const char upper = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
        group += upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
    }
    return group;
}

std::string group_of(const std::string& code, int index)
{
    const size_t start = static_cast<size_t>(index) * (group_characters + 1);
    return start < code.size() ? code.substr(start, group_characters) : std::string();
}

} // namespace

void Application::begin_key_task(KeyTask task, bool from_set_up)
{
    m_state.key_form = {};
    m_state.key_form.task = task;
    m_state.key_form.from_set_up = from_set_up;
    m_state.screen = Screen::keys;
}

void Application::leave_key_task()
{
    m_state.screen = m_state.key_form.from_set_up ? Screen::set_up : Screen::today;
    m_state.key_form = {};
    m_state.field = {};
}

std::string* Application::key_field(const std::string& id)
{
    KeyForm& form = m_state.key_form;
    if (id == "keys.present") return &form.present;
    if (id == "keys.first") return &form.first;
    if (id == "keys.again") return &form.again;
    if (id == "keys.group_a") return &form.typed_groups[0];
    if (id == "keys.group_b") return &form.typed_groups[1];
    return nullptr;
}

void Application::apply_one(const action::UseRecoveryCode& use)
{
    m_state.unlock_with_code = use.use;
    m_state.passphrase = {};
    m_state.open_problem.clear();
}

void Application::apply_one(const action::UnlockWithDevice&)
{
    if (m_state.opening) return;
    m_state.open_problem.clear();
    m_state.opening = true;
    m_host.unlock_with_device();
}

void Application::apply_one(const action::ClearClipboard&)
{
    m_host.clear_clipboard();
}

void Application::apply_one(const action::BeginKeyTask& begin)
{
    KeyForm& form = m_state.key_form;
    if (form.task == KeyTask::show_code || form.task == KeyTask::check_code) { // to and fro, with the same code
        form.task = begin.task;
        form.problem.clear();
        form.typed_groups = {};
        return;
    }
    begin_key_task(begin.task, true);
}

void Application::apply_one(const action::LeaveKeyTask&)
{
    if (m_state.key_form.busy) return;
    const KeyTask task = m_state.key_form.task;
    leave_key_task();
    if (task == KeyTask::show_code || task == KeyTask::check_code)
        show_notice("The recovery code is not checked yet. Set-up makes a new one whenever you want it.");
    else if (task == KeyTask::new_passphrase)
        show_notice("Until you choose a new passphrase in Set-up, only the recovery code opens this practice.");
}

void Application::apply_one(const action::ChangePassphrase&)
{
    KeyForm& form = m_state.key_form;
    if (form.busy) return;
    if (form.task == KeyTask::change_passphrase && form.present.empty()) form.problem = "Type your present passphrase first.";
    else if (form.first.size() < shortest_passphrase)
        form.problem = "Use at least 8 characters. Four or five words are easy to remember and hard to guess.";
    else if (form.first != form.again) form.problem = "The two passphrases are not the same. Type the second one again.";
    else {
        form.problem.clear();
        form.busy = true;
        m_host.change_passphrase(form.present, form.first);
    }
}

void Application::apply_one(const action::MakeRecoveryCode&)
{
    KeyForm& form = m_state.key_form;
    if (form.busy) return;
    // Asked for in Set-up; right after the practice was made whoever is here has just chosen it.
    if (form.task == KeyTask::confirm_code && form.present.empty()) {
        form.problem = "Type your passphrase first.";
        return;
    }
    form.problem.clear();
    form.busy = true;
    m_host.make_recovery_code(form.present);
}

void Application::apply_one(const action::CheckRecoveryCode&)
{
    KeyForm& form = m_state.key_form;
    form.problem.clear();
    for (size_t i = 0; i < form.asked_groups.size(); ++i) {
        const int group = form.asked_groups[i];
        if (plain_group(form.typed_groups[i]) == group_of(form.code, group)) continue;
        form.problem = "Group " + std::to_string(group + 1) + " is not what stands in the code. Look at the paper and type it again.";
        return;
    }
    leave_key_task();
    m_state.keys.recovery = RecoveryCode::checked;
    m_host.recovery_code_checked();
    show_notice("The recovery code is checked. Keep the paper where only you find it.");
}

void Application::apply_one(const action::CopyRecoveryCode&)
{
    m_host.copy_text(m_state.key_form.code);
}

void Application::apply_one(const action::PrintRecoveryCode&)
{
    m_host.print_recovery_code(m_state.key_form.code);
}

void Application::apply_one(const action::AddDevice&)
{
    KeyForm& form = m_state.key_form;
    if (form.busy) return;
    if (form.present.empty()) {
        form.problem = "Type your passphrase first.";
        return;
    }
    form.problem.clear();
    form.busy = true;
    m_host.add_device(form.present);
}

void Application::apply_one(const action::RemoveDevice&)
{
    m_host.remove_device();
}

// The page's answers

void Application::on_locking()
{
    const bool names_clinician = m_state.field.id == "set_up.clinician_name";
    commit_edit();
    if (names_clinician) m_host.save_preferences(preferences_to_json(m_state.preferences));
    changed();
}

void Application::on_lock_soon(int seconds)
{
    if (m_state.locks_in_s == seconds) return;
    m_state.locks_in_s = seconds;
    changed();
}

void Application::on_clipboard(bool may_hold)
{
    m_state.clipboard_may_hold = may_hold;
    changed();
}

void Application::on_keys(int recovery, bool device_possible, bool device_added)
{
    m_state.keys = {static_cast<RecoveryCode>(recovery), device_possible, device_added};
    changed();
}

void Application::on_new_passphrase_needed()
{
    m_state.key_form = {};
    m_state.key_form.task = KeyTask::new_passphrase;
}

void Application::on_recovery_code(const std::string& code)
{
    const bool from_set_up = m_state.key_form.from_set_up;
    begin_key_task(KeyTask::show_code, from_set_up);
    KeyForm& form = m_state.key_form;
    form.code = code;
    // Which two are asked for is not known while the code is written down.
    const auto moment = static_cast<unsigned long long>(std::max(0.0, std::floor(m_state.now_ms)));
    const int one = static_cast<int>(moment % group_count);
    const int other = static_cast<int>((static_cast<unsigned long long>(one) + 1 + moment / group_count % (group_count - 1)) % group_count);
    form.asked_groups = {std::min(one, other), std::max(one, other)};
    changed();
}

void Application::on_keys_changed(const std::string& sentence)
{
    if (m_state.screen == Screen::keys) leave_key_task();
    show_notice(sentence);
    changed();
}

void Application::on_keys_failed(const std::string& message)
{
    m_state.key_form.busy = false;
    m_state.key_form.present.clear();
    m_state.key_form.problem = message;
    if (m_state.screen != Screen::keys) show_notice(message, true);
    changed();
}

} // namespace chartside::app
