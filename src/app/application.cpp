#include "app/application.h"

#include "app/note_edits.h"
#include "app/preferences_text.h"
#include "base/text.h"
#include "domain/checks.h"
#include "domain/plain_note.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
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
    m_host.create_practice(create.passphrase);
}

void Application::apply_one(const action::UnlockPractice& unlock)
{
    if (m_state.opening) return;
    if (unlock.passphrase.empty()) {
        m_state.open_problem = "Type your passphrase.";
        return;
    }
    m_state.open_problem.clear();
    m_state.opening = true;
    m_host.unlock_practice(unlock.passphrase);
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

// Starting a visit

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
    if (trim(form.patient_name).empty()) form.problem = "Write the patient's name or initials.";
    else if (!form.age.empty() && (form.age.find_first_not_of("0123456789") != std::string::npos || form.age.size() > 3))
        form.problem = "Write the age in years as a number, or leave it empty.";
    else if (form.consent_method.empty()) form.problem = "Ask for consent, then say here how it was given.";
    else if (trim(form.consent_by).empty()) form.problem = "Write who gave consent: the patient, or a parent or guardian.";
    return form.problem.empty();
}

std::string Application::new_id(const char* kind)
{
    // Time and a count: unique on this device, and ids of one practice are made on no other.
    char id[64];
    std::snprintf(id, sizeof id, "%s-%llx-%x", kind, static_cast<unsigned long long>(std::max(0.0, m_state.now_ms)), ++m_ids_made);
    return id;
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
    m_host.open_audio_file(m_state.visit.summary, consent);
}

void Application::apply_one(const action::ResumeRecording& resume)
{
    const VisitSummary* visit = find_visit(resume.visit_id);
    if (!visit && is_open(resume.visit_id)) visit = &m_state.visit.summary;
    if (!visit || (m_state.recorder.status != RecorderStatus::idle && m_state.recorder.status != RecorderStatus::failed)) return;
    const VisitSummary summary = *visit;
    if (!is_open(summary.id)) {
        VisitDocument document;
        document.summary = summary;
        open_document(std::move(document));
        m_host.open_visit(summary.id); // what was heard before the cut
    }
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
    VisitDocument document;
    document.summary = summary;
    open_document(std::move(document));
    m_state.transcription = {};
    m_state.transcription.active = true;
    m_state.transcription.visit_id = summary.id;
    m_state.transcription.phase = "Reading the recording";
    m_state.screen = Screen::review;
    m_host.transcribe_stored(summary);
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

// Looking and listening

void Application::apply_one(const action::OpenVisit& open)
{
    if (m_state.recorder.visit_id == open.visit_id && m_state.recorder.status != RecorderStatus::idle) {
        m_state.screen = Screen::record;
        return;
    }
    m_state.screen = Screen::review;
    if (is_open(open.visit_id)) return;
    leave_visit();
    m_state.visit_opening = true;
    m_host.open_visit(open.visit_id);
}

void Application::apply_one(const action::SelectSentence& select)
{
    m_state.selection = {};
    const Sentence* sentence = find_sentence(m_state.visit.note, select.sentence_id);
    if (!sentence) return;
    m_state.selection.sentence_id = select.sentence_id;
    if (select.play && sentence->end_ms > sentence->start_ms)
        m_host.play(m_state.visit.summary.id, sentence->start_ms, sentence->end_ms);
}

void Application::apply_one(const action::SelectWord& select)
{
    const Segment* segment = m_state.visit.transcript.find(select.segment_id);
    if (!segment || select.word_index < 0 || select.word_index >= static_cast<int>(segment->words.size())) return;
    m_state.selection.segment_id = select.segment_id;
    m_state.selection.word_index = select.word_index;
    m_host.play(m_state.visit.summary.id, segment->words[static_cast<size_t>(select.word_index)].start_ms,
        m_state.visit.transcript.segments.back().end_ms);
}

void Application::apply_one(const action::PlayFrom& play)
{
    m_host.play(m_state.visit.summary.id, play.start_ms, play.end_ms);
}

void Application::apply_one(const action::StopPlayback&)
{
    m_host.stop_playback();
}

void Application::apply_one(const action::SwapRoles&)
{
    if (!may_edit()) return;
    for (Segment& segment : m_state.visit.transcript.segments) {
        if (segment.role == Role::doctor) segment.role = Role::patient;
        else if (segment.role == Role::patient) segment.role = Role::doctor;
    }
    m_state.save.status = SaveStatus::saving;
    m_host.save_segments(m_state.visit.summary.id, m_state.visit.transcript);
}

// Editing

bool Application::may_edit() const
{
    return !m_state.visit.summary.id.empty() && m_state.visit.summary.state != VisitState::signed_off;
}

void Application::apply_one(const action::BeginEdit& begin)
{
    if (!may_edit()) return;
    NoteSection* section = find_section(m_state.visit.note, begin.section_id);
    if (!section) return;
    EditingState editing;
    editing.section_id = begin.section_id;
    if (!begin.sentence_id.empty()) {
        const Sentence* sentence = find_sentence(m_state.visit.note, begin.sentence_id);
        if (!sentence) return;
        editing.sentence_id = begin.sentence_id;
        editing.text = sentence->text;
    }
    editing.active = true;
    m_state.editing = editing;
    m_state.selection = {};
    m_state.selection.sentence_id = begin.sentence_id;
    if (m_state.playback.playing) m_host.stop_playback();
}

void Application::apply_one(const action::ChangeEdit& change)
{
    if (m_state.editing.active) m_state.editing.text = change.text;
}

void Application::apply_one(const action::CommitEdit&)
{
    commit_edit();
}

void Application::apply_one(const action::CancelEdit&)
{
    m_state.editing = {};
}

void Application::commit_edit()
{
    if (!m_state.editing.active) return;
    const EditingState editing = std::exchange(m_state.editing, {});
    const std::string text{trim(editing.text)};
    if (editing.sentence_id.empty()) {
        if (text.empty()) return;
        change_note("Sentence added", [&](Note& note) {
            if (NoteSection* section = find_section(note, editing.section_id))
                section->sentences.push_back(hand_sentence(note, text));
        });
        return;
    }
    const Sentence* sentence = find_sentence(m_state.visit.note, editing.sentence_id);
    if (!sentence || sentence->text == text) return;
    if (text.empty()) {
        apply_one(action::DeleteSentence{editing.sentence_id});
        return;
    }
    change_note("Sentence changed", [&](Note& note) { change_sentence(*find_sentence(note, editing.sentence_id), text); });
}

void Application::change_note(const std::string& what_changed, const std::function<void(Note&)>& change)
{
    if (!may_edit()) return;
    m_journal.remember(m_state.visit.note);
    change(m_state.visit.note);
    save_note(what_changed);
}

void Application::save_note(const std::string& what_changed)
{
    m_state.undo_count = m_journal.count();
    count_checks();
    m_state.save.status = SaveStatus::saving;
    m_state.save.failure.clear();
    m_host.save_note(m_state.visit.summary.id, m_state.visit.note, what_changed);
}

void Application::count_checks()
{
    const int count = flagged_sentence_count(m_state.visit.note);
    m_state.visit.summary.check_count = count;
    if (VisitSummary* visit = find_visit(m_state.visit.summary.id)) visit->check_count = count;
}

void Application::apply_one(const action::Undo&)
{
    if (m_journal.empty() || !may_edit()) return;
    m_state.visit.note = m_journal.take_back();
    if (!find_sentence(m_state.visit.note, m_state.selection.sentence_id)) m_state.selection = {};
    save_note("Undone");
}

void Application::apply_one(const action::DeleteSentence& remove)
{
    if (!find_sentence(m_state.visit.note, remove.sentence_id)) return;
    change_note("Sentence removed", [&](Note& note) {
        for (auto& section : note.sections)
            std::erase_if(section.sentences, [&](const Sentence& sentence) { return sentence.id == remove.sentence_id; });
    });
    if (m_state.selection.sentence_id == remove.sentence_id) m_state.selection = {};
}

void Application::apply_one(const action::AddOmission& add)
{
    const auto& omissions = m_state.visit.note.omissions;
    const auto found = std::find_if(omissions.begin(), omissions.end(), [&](const Omission& one) { return one.id == add.omission_id; });
    if (found == omissions.end()) return;
    const Omission omission = *found;
    std::string added_id;
    change_note("Added from the visit", [&](Note& note) {
        NoteSection* section = find_section(note, omission.section_id);
        if (!section && !note.sections.empty()) section = &note.sections.front();
        if (!section) return;
        // The words as said: quoted, since nothing was rewritten.
        Sentence sentence;
        sentence.id = added_id = next_sentence_id(note);
        sentence.text = "“" + omission.text + "”";
        sentence.evidence = omission.evidence;
        sentence.start_ms = omission.start_ms;
        sentence.end_ms = omission.end_ms;
        section->sentences.push_back(std::move(sentence));
        std::erase_if(note.omissions, [&](const Omission& one) { return one.id == omission.id; });
    });
    m_state.selection = {};
    m_state.selection.sentence_id = added_id;
}

void Application::apply_one(const action::DismissOmission& dismiss)
{
    change_note("Left out", [&](Note& note) {
        std::erase_if(note.omissions, [&](const Omission& one) { return one.id == dismiss.omission_id; });
    });
}

void Application::apply_one(const action::AcceptFlag& accept)
{
    if (!find_sentence(m_state.visit.note, accept.sentence_id)) return;
    change_note("Looked at and right: " + accept.flag, [&](Note& note) { std::erase(find_sentence(note, accept.sentence_id)->flags, accept.flag); });
}

void Application::apply_one(const action::DismissCheck& dismiss)
{
    if (!find_sentence(m_state.visit.note, dismiss.sentence_id)) return;
    change_note("Looked at and left open: " + dismiss.flag, [&](Note& note) { std::erase(find_sentence(note, dismiss.sentence_id)->flags, dismiss.flag); });
}

void Application::apply_one(const action::CopyNote&)
{
    m_host.copy_text(plain_note(m_state.visit.note));
    show_notice("Copied. The note is on the clipboard as plain text.");
}

void Application::apply_one(const action::CopySection& copy)
{
    if (const NoteSection* section = find_section(m_state.visit.note, copy.section_id)) {
        m_host.copy_text(plain_section(*section));
        show_notice("Copied " + section->title + ".");
    }
}

void Application::apply_one(const action::SignNote&)
{
    if (!may_edit()) return;
    const auto checks = open_checks(m_state.visit.note, m_state.visit.transcript);
    if (blocking_count(checks) > 0) {
        show_notice("Doses, allergies and blanks come first: look at what is marked, then sign.", true);
        return;
    }
    m_state.visit.summary.state = VisitState::signed_off;
    if (VisitSummary* visit = find_visit(m_state.visit.summary.id)) visit->state = VisitState::signed_off;
    m_state.save.status = SaveStatus::saving;
    m_host.save_visit(m_state.visit.summary);
    m_journal.clear();
    m_state.undo_count = 0;
}

void Application::apply_one(const action::ReopenNote&)
{
    if (m_state.visit.summary.state != VisitState::signed_off) return;
    m_state.visit.summary.state = VisitState::draft;
    if (VisitSummary* visit = find_visit(m_state.visit.summary.id)) visit->state = VisitState::draft;
    m_state.save.status = SaveStatus::saving;
    m_host.save_visit(m_state.visit.summary);
}

void Application::apply_one(const action::FocusField& focus)
{
    m_state.field.id = focus.id;
}

void Application::apply_one(const action::ChangePreferences& change)
{
    m_state.preferences = change.preferences;
    m_state.preferences.text_scale = std::clamp(m_state.preferences.text_scale, 0.85f, 1.6f);
    m_host.save_preferences(preferences_to_json(m_state.preferences));
}

void Application::apply_one(const action::RetryLoading&)
{
    m_host.retry_loading();
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

void Application::show_notice(const std::string& text, bool is_problem)
{
    m_state.notice = {text, is_problem, m_state.now_ms};
}

void Application::leave_visit()
{
    m_state.visit = {};
    m_state.selection = {};
    m_state.editing = {};
    m_state.save = {};
    m_state.undo_count = 0;
    m_state.note_writing = false;
    m_state.visit_opening = false;
    m_journal.clear();
}

void Application::open_document(VisitDocument document)
{
    leave_visit();
    m_state.visit = std::move(document);
    if (m_state.visit.saved_at_ms > 0) {
        m_state.save.status = SaveStatus::saved;
        m_state.save.saved_at_ms = m_state.visit.saved_at_ms;
    }
}

void Application::write_text(const std::string& text)
{
    if (m_state.editing.active) {
        m_state.editing.text = text;
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
}

} // namespace chartside::app
