// From the form to the end of a recording or an opened file.
#include "app/application.h"
#include "app/preferences_text.h"
#include "base/text.h"

#include <cstdlib>
#include <utility>

namespace chartside::app {

void Application::apply_one(const action::OpenForm& open)
{
    NewVisitForm form;
    form.open = true;
    form.consent_recorded_by = m_state.preferences.clinician_name;
    if (const VisitSummary* visit = find_visit(open.visit_id)) {
        form.visit_id = visit->id;
        form.patient_name = visit->patient.name;
        if (visit->patient.age_years >= 0) form.age = std::to_string(visit->patient.age_years);
        form.pronouns = visit->patient.pronouns;
        form.reason = visit->reason;
    }
    m_state.form = form;
}

void Application::apply_one(const action::ChangeForm& change)
{
    m_state.form = change.form;
}

void Application::apply_one(const action::CloseForm&)
{
    m_state.form = {};
}

bool Application::form_is_complete()
{
    NewVisitForm& form = m_state.form;
    form.problem.clear();
    if (trim(form.patient_name).empty()) form.problem = "Write the patient’s name or initials.";
    else if (!form.age.empty() && (form.age.find_first_not_of("0123456789") != std::string::npos || form.age.size() > 3))
        form.problem = "Write the age in years as a number, or leave it empty.";
    else if (form.consent_method.empty()) form.problem = "Ask for consent, then say here how it was given.";
    else if (trim(form.consent_by).empty()) form.problem = "Write who gave consent: the patient, or a parent or guardian.";
    return form.problem.empty();
}

VisitSummary Application::visit_from_form()
{
    const NewVisitForm& form = m_state.form;
    VisitSummary visit;
    if (const VisitSummary* planned = find_visit(form.visit_id)) visit = *planned;
    if (visit.id.empty()) {
        visit.id = new_id("visit");
        visit.patient.id = new_id("patient");
        visit.scheduled_ms = m_state.now_ms;
        visit.demo = m_state.demo;
    }
    visit.patient.name = std::string(trim(form.patient_name));
    visit.patient.age_years = form.age.empty() ? -1 : std::atoi(form.age.c_str());
    visit.patient.pronouns = form.pronouns;
    if (visit.patient.sex == Sex::unknown && form.pronouns == Pronouns::she) visit.patient.sex = Sex::female;
    if (visit.patient.sex == Sex::unknown && form.pronouns == Pronouns::he) visit.patient.sex = Sex::male;
    visit.reason = std::string(trim(form.reason));
    return visit;
}

Consent Application::consent_from_form(const std::string& visit_id) const
{
    const NewVisitForm& form = m_state.form;
    return {visit_id, std::string(trim(form.consent_by)), form.consent_method,
        std::string(trim(form.consent_recorded_by)), m_state.now_ms};
}

Consent Application::open_visit_from_form()
{
    VisitDocument document;
    document.summary = visit_from_form();
    const Consent consent = consent_from_form(document.summary.id);
    document.consents.push_back(consent);
    open_document(std::move(document));
    return consent;
}

void Application::apply_one(const action::StartRecording&)
{
    if (m_state.recorder.status != RecorderStatus::idle && m_state.recorder.status != RecorderStatus::failed) {
        m_state.form.problem = "Another visit is being recorded. Finish it first.";
        return;
    }
    if (!form_is_complete()) return;
    const Consent consent = open_visit_from_form();
    m_state.form = {};
    m_state.recorder = {};
    m_state.recorder.status = RecorderStatus::asking;
    m_state.recorder.visit_id = m_state.visit.summary.id;
    m_state.recorder.device_id = m_state.preferences.input_device_id;
    m_state.screen = Screen::record;
    m_host.start_recording(m_state.visit.summary, consent, m_state.preferences.input_device_id);
}

void Application::apply_one(const action::OpenAudioFile&)
{
    if (m_state.transcription.active) {
        m_state.form.problem = "Another recording is being read. Wait for it, or cancel it.";
        return;
    }
    if (!form_is_complete()) return;
    // The form stays until a file was chosen: the picker may be closed without choosing.
    const Consent consent = open_visit_from_form();
    m_picking_for = m_state.visit.summary.id;
    m_host.open_audio_file(m_state.visit.summary, consent);
}

void Application::apply_one(const action::ResumeRecording& resume)
{
    const VisitSummary* visit = find_visit(resume.visit_id);
    if (!visit && is_open(resume.visit_id)) visit = &m_state.visit.summary;
    if (!visit || (m_state.recorder.status != RecorderStatus::idle && m_state.recorder.status != RecorderStatus::failed)) return;
    if (visit->state == VisitState::signed_off) {
        show_notice("This note is signed. Open it for changes first, then record the rest of the visit.", true);
        return;
    }
    const VisitSummary summary = *visit;
    open_unfinished(summary);
    m_state.recorder = {};
    m_state.recorder.status = RecorderStatus::asking;
    m_state.recorder.visit_id = summary.id;
    m_state.screen = Screen::record;
    m_host.resume_recording(summary, m_state.preferences.input_device_id);
}

void Application::apply_one(const action::FinishInterrupted& finish)
{
    const VisitSummary* visit = find_visit(finish.visit_id);
    if (!visit || m_state.transcription.active) return;
    const VisitSummary summary = *visit;
    open_unfinished(summary);
    m_state.transcription = {};
    m_state.transcription.active = true;
    m_state.transcription.visit_id = summary.id;
    m_state.transcription.phase = "Reading the recording";
    m_state.screen = Screen::review;
    m_host.transcribe_stored(summary);
}

void Application::open_unfinished(const VisitSummary& summary)
{
    if (is_open(summary.id)) return;
    VisitDocument document;
    document.summary = summary;
    open_document(std::move(document));
    m_host.open_visit(summary.id); // what was heard and written before the cut
}

void Application::apply_one(const action::PauseRecording&)
{
    if (m_state.recorder.status == RecorderStatus::recording) m_host.pause_recording();
}

void Application::apply_one(const action::ContinueRecording&)
{
    if (m_state.recorder.status == RecorderStatus::paused) m_host.continue_recording();
}

void Application::apply_one(const action::AddMark&)
{
    if (m_state.recorder.status != RecorderStatus::recording && m_state.recorder.status != RecorderStatus::paused) return;
    const Mark mark{m_state.recorder.elapsed_ms, ""};
    if (is_open(m_state.recorder.visit_id)) m_state.visit.marks.push_back(mark);
    m_host.save_mark(m_state.recorder.visit_id, mark);
}

void Application::apply_one(const action::FinishRecording&)
{
    switch (m_state.recorder.status) {
    case RecorderStatus::recording:
    case RecorderStatus::paused:
        m_state.recorder.status = RecorderStatus::finishing;
        m_host.finish_recording();
        break;
    case RecorderStatus::failed:
    case RecorderStatus::asking: // nothing is being recorded: the microphone was never given, or was lost
        m_state.recorder = {};
        m_state.screen = Screen::today;
        m_host.finish_recording();
        m_host.list_visits();
        break;
    case RecorderStatus::idle:
    case RecorderStatus::finishing: break;
    }
}

void Application::apply_one(const action::CancelTranscription&)
{
    if (m_state.transcription.active) m_host.cancel_transcription();
    if (is_open(m_file_visit_id)) leave_visit(); // nothing of the file stays
    m_file_visit_id.clear();
    m_state.transcription = {};
    m_state.screen = Screen::today;
    m_host.list_visits();
}

void Application::apply_one(const action::ChooseDevice& choose)
{
    m_state.preferences.input_device_id = choose.device_id;
    m_state.recorder.device_id = choose.device_id;
    m_host.choose_device(choose.device_id);
    m_host.save_preferences(preferences_to_json(m_state.preferences));
}

} // namespace chartside::app
