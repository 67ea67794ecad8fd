// The events that the page delivers to the application.
#include "app/application.h"
#include "app/preferences_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace chartside::app {

namespace {

bool starts_before(const Segment& a, const Segment& b)
{
    return a.start_ms < b.start_ms;
}

} // namespace

// Page

void Application::on_environment(bool online, bool system_dark, double bytes_sent)
{
    m_state.online = online;
    m_state.system_dark = system_dark;
    m_state.bytes_sent = bytes_sent;
    changed();
}

void Application::on_offline_copy(int copy)
{
    m_state.offline_copy = static_cast<OfflineCopy>(copy);
    changed();
}

void Application::on_tick(double now_ms, int utc_offset_minutes)
{
    const bool minute_passed = std::floor(now_ms / 60000) != std::floor(m_state.now_ms / 60000);
    m_state.now_ms = now_ms;
    m_state.utc_offset_minutes = utc_offset_minutes;
    bool draw = minute_passed;
    // A notice says its piece and leaves; a problem stays until it is dismissed.
    if (!m_state.notice.text.empty() && !m_state.notice.is_problem && now_ms - m_state.notice.shown_at_ms > 5000) {
        m_state.notice = {};
        draw = true;
    }
    // Typed words do not wait for the field to be left, nor for a pause: a tab may be ended at any time.
    keep_typed();
    if (draw) changed();
}

void Application::on_hidden()
{
    keep_typed();
}

void Application::on_preferences(const std::string& json)
{
    if (!json.empty()) m_state.preferences = preferences_from_json(json);
    m_host.lock_after(m_state.preferences.lock_after_minutes);
    changed();
}

void Application::on_notice(const std::string& text, bool is_problem)
{
    show_notice(text, is_problem);
    changed();
}

void Application::on_blocked(const std::string& title, const std::string& text, const std::string& way_out)
{
    m_state.blocked = {title, text, way_out};
    changed();
}

// Loading

void Application::on_loading(std::vector<LoadProgress> loading)
{
    m_state.loading = std::move(loading);
    changed();
}

void Application::on_ready(bool models_ready)
{
    m_state.models_ready = models_ready;
    changed();
}

// Store

void Application::on_store_status(bool practice_exists)
{
    m_state.store_ready = true;
    m_state.blocked = {}; // the store answers again
    m_state.practice_exists = practice_exists;
    if (m_state.screen == Screen::starting) m_state.screen = practice_exists ? Screen::unlock : Screen::welcome;
    changed();
}

void Application::on_opened(bool demo)
{
    m_state.opening = false;
    m_state.open_problem.clear();
    m_state.passphrase = {};
    m_state.field = {};
    m_state.demo = demo;
    if (!demo) m_state.practice_exists = true;
    m_state.unlock_with_code = false;
    m_state.screen = Screen::today;
    m_host.list_visits();
    if (m_making_practice && !demo) {
        begin_key_task(KeyTask::show_code, false);
        m_state.key_form.busy = true;
        m_host.make_recovery_code("");
    } else if (m_state.key_form.task == KeyTask::new_passphrase) {
        m_state.screen = Screen::keys;
    }
    m_making_practice = false;
    changed();
}

void Application::on_open_failed(const std::string& message)
{
    m_state.opening = false;
    m_making_practice = false;
    m_state.open_problem = message;
    if (!m_state.unlock_with_code) m_state.passphrase = {}; // a long code is put right, not typed anew
    changed();
}

void Application::on_locked()
{
    commit_edit(); // the store may have stopped in the middle of a word; the page keeps what it cannot save yet
    leave_visit();
    m_state.visits.clear();
    m_state.form = {};
    m_state.recorder = {};
    m_state.transcription = {};
    m_state.demo = false;
    m_state.notice = {};
    m_state.field = {};
    m_state.passphrase = {};
    m_state.key_form = {};
    m_state.unlock_with_code = false;
    m_state.locks_in_s = 0;
    m_state.open_problem.clear();
    m_state.preferences.clinician_name.clear();
    m_state.screen = m_state.practice_exists ? Screen::unlock : Screen::welcome;
    changed();
}

void Application::on_visits(std::vector<VisitSummary> visits)
{
    m_state.visits = std::move(visits);
    std::stable_sort(m_state.visits.begin(), m_state.visits.end(),
        [](const VisitSummary& a, const VisitSummary& b) { return a.scheduled_ms < b.scheduled_ms; });
    changed();
}

void Application::on_visit_opened(VisitDocument visit)
{
    const std::string visit_id = visit.summary.id;
    if (is_open(visit_id)) {
        // Taken up again, and perhaps heard or worked on before the store answered: that goes on from here.
        for (const Segment& segment : m_state.visit.transcript.segments)
            if (!visit.transcript.find(segment.id)) visit.transcript.segments.push_back(segment);
        std::stable_sort(visit.transcript.segments.begin(), visit.transcript.segments.end(), starts_before);
        if (m_note_changed || m_state.editing.active) {
            visit.note = m_state.visit.note;
        } else {
            m_received_note = visit.note;
        }
        m_state.visit = std::move(visit);
    } else if (visit_id == m_wanted_visit_id) { // else another visit was opened meanwhile
        open_document(std::move(visit));
    }
    changed();
}

void Application::on_visit_open_failed(const std::string& message)
{
    if (m_state.visit_opening) m_state.screen = Screen::notes;
    m_state.visit_opening = false;
    show_notice(message, true);
    changed();
}

void Application::on_saved(const std::string& visit_id, double at_ms)
{
    if (!is_open(visit_id)) return;
    m_is_saving = false;
    m_state.save.status = SaveStatus::saved;
    m_state.save.saved_at_ms = at_ms;
    m_state.visit.saved_at_ms = at_ms;
    m_state.save.failure.clear();
    show_whether_saved();
    changed();
}

void Application::on_save_failed(const std::string& message)
{
    m_state.save.status = SaveStatus::failed;
    m_state.save.failure = message;
    show_notice(message, true);
    changed();
}

// Record

// The page reports many times a second; what is shown of it changes once a second.
static bool looks_alike(const RecorderState& a, const RecorderState& b)
{
    const auto second = [](double ms) { return std::floor(ms / 1000); };
    return a.status == b.status && a.visit_id == b.visit_id && a.device_id == b.device_id && a.failure == b.failure &&
        a.overruns == b.overruns && second(a.elapsed_ms) == second(b.elapsed_ms) && second(a.saved_ms) == second(b.saved_ms) &&
        second(a.caption_delay_ms) == second(b.caption_delay_ms) && second(a.silent_for_ms) == second(b.silent_for_ms) &&
        second(a.stalled_for_ms) == second(b.stalled_for_ms);
}

bool Application::on_recorder(const RecorderState& recorder)
{
    const RecorderState before = m_state.recorder;
    m_state.recorder = recorder;
    m_state.recorder.partial_text = before.partial_text;
    m_state.recorder.partial_start_ms = before.partial_start_ms;
    const bool was_on = before.status != RecorderStatus::idle && before.status != RecorderStatus::asking;
    if (recorder.status == RecorderStatus::idle && was_on) {
        // Finished. Where all went well the page delivered the note of the whole visit before it said so.
        m_state.recorder = {};
        m_state.note_writing = false;
        if (is_open(before.visit_id)) {
            m_state.visit.summary.audio_ms = std::max(m_state.visit.summary.audio_ms, before.elapsed_ms);
            if (m_state.visit.summary.state == VisitState::recording) m_state.visit.summary.state = VisitState::transcribing;
            if (m_state.screen == Screen::record) m_state.screen = Screen::review;
        }
        m_host.list_visits();
    } else if (recorder.status == RecorderStatus::recording && is_open(recorder.visit_id)) {
        m_state.visit.summary.state = VisitState::recording;
    }
    if (looks_alike(before, recorder)) return false;
    changed();
    return true;
}

void Application::on_devices(std::vector<InputDevice> devices)
{
    const std::string& chosen = m_state.preferences.input_device_id;
    const auto find = [&](const std::vector<InputDevice>& list) {
        return std::find_if(list.begin(), list.end(), [&](const InputDevice& device) { return device.id == chosen; });
    };
    const auto before = find(m_state.devices);
    const RecorderStatus status = m_state.recorder.status;
    const bool is_recording = status == RecorderStatus::recording || status == RecorderStatus::paused; // that says it itself
    if (!chosen.empty() && before != m_state.devices.end() && find(devices) == devices.end() && !is_recording)
        show_notice("“" + before->label + "” is no longer connected. Until it is back, the device’s own microphone is used.", true);
    m_state.devices = std::move(devices);
    changed();
}

void Application::on_partial(const std::string& visit_id, const std::string& text, double start_ms)
{
    if (m_state.recorder.visit_id != visit_id) return;
    if (m_state.recorder.partial_text == text) return;
    m_state.recorder.partial_text = text;
    m_state.recorder.partial_start_ms = start_ms;
    changed();
}

void Application::on_segment(const std::string& visit_id, Segment segment)
{
    if (!is_open(visit_id)) return;
    auto& segments = m_state.visit.transcript.segments;
    const auto same = std::find_if(segments.begin(), segments.end(), [&](const Segment& one) { return one.id == segment.id; });
    if (same != segments.end()) *same = std::move(segment);
    else segments.insert(std::upper_bound(segments.begin(), segments.end(), segment, starts_before), std::move(segment));
    if (m_state.recorder.visit_id == visit_id) m_state.recorder.partial_text.clear();
    changed();
}

// Write

void Application::on_note(const std::string& visit_id, Note note, const std::vector<Role>& roles)
{
    if (!is_open(visit_id)) return;
    auto& segments = m_state.visit.transcript.segments;
    // A live note may answer for fewer segments than have come since.
    for (size_t i = 0; i < roles.size() && i < segments.size(); ++i) segments[i].role = roles[i];
    take_note(std::move(note));
    const RecorderStatus status = m_state.recorder.status;
    const bool live = m_state.recorder.visit_id == visit_id && (status == RecorderStatus::recording || status == RecorderStatus::paused);
    if (!live) {
        m_state.note_writing = false;
        m_journal.clear();
        m_state.undo_count = 0;
        if (m_state.visit.summary.state < VisitState::draft) m_state.visit.summary.state = VisitState::draft;
    }
    // The page has saved what it gave; only what was done here meanwhile is not in that.
    if (m_state.visit.note != m_received_note) save_note("Own words kept");
    else if (!live) count_checks();
    changed();
}

void Application::on_note_failed(const std::string& message)
{
    m_state.note_writing = false;
    show_notice(message, true);
    changed();
}

void Application::on_transcription(const TranscriptionState& transcription)
{
    const TranscriptionState before = m_state.transcription;
    m_state.transcription = transcription;
    const bool is_chosen_file = transcription.active && !m_picking_for.empty() && transcription.visit_id == m_picking_for;
    if (is_chosen_file) {
        m_file_form = std::exchange(m_state.form, {});
        m_file_visit_id = std::exchange(m_picking_for, {});
    }
    if (is_chosen_file || (transcription.active && !before.active)) {
        if (is_open(transcription.visit_id)) m_state.screen = Screen::review;
    }
    if (!transcription.active && before.active && transcription.failure.empty()) {
        if (is_open(transcription.visit_id))
            m_state.visit.summary.audio_ms = std::max(m_state.visit.summary.audio_ms, transcription.total_ms);
        m_host.list_visits();
    }
    if (!transcription.active && !transcription.failure.empty()) {
        if (!offer_form_again(transcription)) show_notice(transcription.failure, true);
    }
    if (!transcription.active && transcription.visit_id == m_file_visit_id) m_file_visit_id.clear();
    changed();
}

// A file that was refused left nothing behind. What was typed for it is there for the next one.
bool Application::offer_form_again(const TranscriptionState& transcription)
{
    if (transcription.visit_id.empty() || transcription.visit_id != m_file_visit_id) return false;
    if (is_open(transcription.visit_id)) leave_visit();
    else if (m_state.form.open || m_state.screen != Screen::today) return false;
    m_state.form = m_file_form;
    m_state.form.problem = transcription.failure;
    m_state.screen = Screen::today;
    return true;
}

void Application::on_playback(const PlaybackState& playback)
{
    m_state.playback = playback;
    if (!playback.playing) {
        m_state.selection.segment_id.clear();
        m_state.selection.word_index = -1;
    }
    changed();
}

// Native text field

void Application::on_text_changed(const std::string& text)
{
    write_text(text);
    changed();
}

void Application::on_text_committed(const std::string& text)
{
    write_text(text);
    if (m_state.editing.active) {
        commit_edit();
    } else {
        if (m_state.field.id == "set_up.clinician_name") m_host.save_preferences(preferences_to_json(m_state.preferences));
        m_state.field = {};
    }
    changed();
}

void Application::on_text_entered(const std::string& text)
{
    const std::string field = m_state.field.id;
    on_text_committed(text);
    if (field == "keys.first") apply(action::FocusField{"keys.again"});
    else if (field == "keys.again") apply(action::ChangePassphrase{});
    else if (field == "keys.group_a") apply(action::FocusField{"keys.group_b"});
    else if (field == "keys.group_b") apply(action::CheckRecoveryCode{});
    else if (field == "keys.present" && m_state.key_form.task == KeyTask::change_passphrase) apply(action::FocusField{"keys.first"});
    else if (field == "keys.present" && m_state.key_form.task == KeyTask::confirm_code) apply(action::MakeRecoveryCode{});
    else if (field == "keys.present") apply(action::AddDevice{});
    else if (field == "passphrase.first" && m_state.screen == Screen::unlock) apply(action::UnlockPractice{m_state.passphrase.first});
    else if (field == "passphrase.first") apply(action::FocusField{"passphrase.again"});
    else if (field == "passphrase.again" && m_state.passphrase.first == m_state.passphrase.again)
        apply(action::CreatePractice{m_state.passphrase.first});
}

void Application::on_text_cancelled()
{
    cancel_edit();
    m_state.field = {};
    changed();
}

} // namespace chartside::app
