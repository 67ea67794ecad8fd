#include "app/application.h"

#include "app/preferences_text.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace chartside::app {

namespace {

constexpr size_t shortest_passphrase = 8;

template <typename Wanted>
bool is(const Action& action)
{
    return std::holds_alternative<Wanted>(action);
}

// Anything else that is done while a sentence is typed first keeps what was typed.
bool keeps_editing(const Action& action)
{
    return is<action::ChangeEdit>(action) || is<action::CommitEdit>(action) || is<action::CancelEdit>(action)
        || is<action::DismissNotice>(action) || is<action::RetryLoading>(action);
}

bool keeps_field(const Action& action)
{
    return is<action::FocusField>(action) || is<action::ChangeForm>(action) || is<action::ChangePreferences>(action)
        || is<action::DismissNotice>(action) || is<action::RetryLoading>(action);
}

} // namespace

Application::Application(Host& host) : m_host(host) {}

void Application::apply(const Actions& actions)
{
    for (const Action& action : actions) apply(action);
}

void Application::apply(const Action& action)
{
    if (m_state.editing.active && !keeps_editing(action)) commit_edit();
    if (!m_state.field.id.empty() && !keeps_field(action)) m_state.field = {};
    std::visit([this](const auto& one) { apply_one(one); }, action);
    changed();
}

// Screens and the practice

void Application::apply_one(const action::ShowScreen& show)
{
    m_state.screen = show.screen;
    if (show.screen == Screen::today || show.screen == Screen::notes) m_host.list_visits();
    if (show.screen != Screen::review && m_state.playback.playing) m_host.stop_playback();
}

void Application::apply_one(const action::CreatePractice& create)
{
    if (m_state.opening) return;
    if (create.passphrase.size() < shortest_passphrase) {
        m_state.open_problem = "Use at least 8 characters. Four or five words are easy to remember and hard to guess.";
        return;
    }
    m_state.open_problem.clear();
    m_state.opening = true;
    m_making_practice = true;
    m_host.create_practice(create.passphrase);
}

void Application::apply_one(const action::UnlockPractice& unlock)
{
    if (m_state.opening) return;
    if (unlock.passphrase.empty()) {
        m_state.open_problem = m_state.unlock_with_code ? "Type the recovery code from your paper." : "Type your passphrase.";
        return;
    }
    m_state.open_problem.clear();
    m_state.opening = true;
    if (m_state.unlock_with_code) m_host.unlock_with_code(unlock.passphrase);
    else m_host.unlock_practice(unlock.passphrase);
}

void Application::apply_one(const action::OpenDemo&)
{
    if (m_state.opening) return;
    m_state.open_problem.clear();
    m_state.opening = true;
    m_host.open_demo();
}

void Application::apply_one(const action::Lock&)
{
    const RecorderStatus status = m_state.recorder.status;
    if (status == RecorderStatus::recording || status == RecorderStatus::paused || status == RecorderStatus::finishing) {
        show_notice("Finish the visit first, then lock.", true);
        return;
    }
    m_host.lock();
}

void Application::apply_one(const action::FocusField& focus)
{
    m_state.field.id = focus.id;
}

void Application::apply_one(const action::ChangePreferences& change)
{
    m_state.preferences = change.preferences;
    m_state.preferences.text_scale = std::clamp(m_state.preferences.text_scale, 0.85f, 1.6f);
    m_host.lock_after(m_state.preferences.lock_after_minutes);
    m_host.save_preferences(preferences_to_json(m_state.preferences));
}

void Application::apply_one(const action::RetryLoading&)
{
    m_host.retry_loading();
}

void Application::apply_one(const action::TryAgain&)
{
    m_host.try_again();
}

void Application::apply_one(const action::DismissNotice&)
{
    m_state.notice = {};
}

// Common

VisitSummary* Application::find_visit(const std::string& visit_id)
{
    if (visit_id.empty()) return nullptr;
    for (VisitSummary& visit : m_state.visits)
        if (visit.id == visit_id) return &visit;
    return nullptr;
}

bool Application::is_open(const std::string& visit_id) const
{
    return !visit_id.empty() && m_state.visit.summary.id == visit_id;
}

bool Application::is_being_heard(const std::string& visit_id) const
{
    const bool recorded = m_state.recorder.visit_id == visit_id && m_state.recorder.status != RecorderStatus::idle
        && m_state.recorder.status != RecorderStatus::failed;
    return recorded || (m_state.transcription.active && m_state.transcription.visit_id == visit_id);
}

std::string Application::new_id(const char* kind)
{
    // Time and a count: unique on this device, and ids of one practice are made on no other.
    char id[64];
    std::snprintf(id, sizeof id, "%s-%llx-%x", kind, static_cast<unsigned long long>(std::max(0.0, m_state.now_ms)), ++m_ids_made);
    return id;
}

void Application::show_notice(const std::string& text, bool is_problem)
{
    m_state.notice = {text, is_problem, m_state.now_ms};
}

void Application::leave_visit()
{
    m_state.visit = {};
    m_state.selection = {};
    m_state.editing = {};
    m_typing = {};
    m_received_note = {};
    m_note_changed = false;
    m_wanted_visit_id.clear();
    m_state.save = {};
    m_is_saving = false;
    m_state.undo_count = 0;
    m_state.note_writing = false;
    m_state.visit_opening = false;
    m_journal.clear();
}

void Application::open_document(VisitDocument document)
{
    leave_visit();
    m_state.visit = std::move(document);
    m_received_note = m_state.visit.note;
    if (m_state.visit.saved_at_ms > 0) {
        m_state.save.status = SaveStatus::saved;
        m_state.save.saved_at_ms = m_state.visit.saved_at_ms;
    }
}

void Application::begin_save()
{
    m_is_saving = true;
    m_state.save.status = SaveStatus::saving;
    m_state.save.failure.clear();
}

// "Saved" is never shown over a word that is not in the store: neither on its way nor only typed.
void Application::show_whether_saved()
{
    if (m_state.save.status != SaveStatus::saved && m_state.save.status != SaveStatus::saving) return;
    if (m_is_saving || has_unsaved_text()) m_state.save.status = SaveStatus::saving;
    else m_state.save.status = m_state.save.saved_at_ms > 0 ? SaveStatus::saved : SaveStatus::idle;
}

void Application::write_text(const std::string& text)
{
    if (m_state.editing.active) {
        m_state.editing.text = text;
        show_whether_saved();
        return;
    }
    const std::string& id = m_state.field.id;
    NewVisitForm& form = m_state.form;
    if (id == "form.patient_name") form.patient_name = text;
    else if (id == "form.age") form.age = text;
    else if (id == "form.reason") form.reason = text;
    else if (id == "form.consent_by") form.consent_by = text;
    else if (id == "form.consent_recorded_by") form.consent_recorded_by = text;
    else if (id == "passphrase.first") m_state.passphrase.first = text;
    else if (id == "passphrase.again") m_state.passphrase.again = text;
    else if (id == "set_up.clinician_name") m_state.preferences.clinician_name = text;
    else if (std::string* typed = key_field(id)) *typed = text;
}

} // namespace chartside::app
