// Which recordings there are, and what a crash left of them. See store.h.
#include "store/store.h"

#include <cmath>

namespace chartside::store {
namespace {

constexpr const char* recording_columns
    = "SELECT id, visit_id, source, sample_rate, start_ms, audio_ms, state FROM recordings ";

Recording read_recording(const Statement& row)
{
    return {row.text(0), row.text(1), static_cast<RecordingSource>(row.integer(2)), static_cast<int>(row.integer(3)),
        row.real(4), row.real(5), row.integer(6) == 0};
}

bool is_length(double ms)
{
    return std::isfinite(ms) && ms >= 0;
}

} // namespace

Result<std::string> Store::begin_recording(const std::string& visit_id, int sample_rate, double start_ms)
{
    TRY(require_visit(visit_id));
    Statement consent = TRY(m_database.prepare("SELECT 1 FROM consents WHERE visit_id = ?"));
    if (!TRY(consent.bind(visit_id).step())) {
        return Error{ErrorCode::invalid_input, "Record the patient's consent first, then start.",
            "store: no consent for the visit"};
    }
    Transaction transaction = TRY(Transaction::begin(m_database));
    const VisitBefore before = TRY(visit_before(visit_id));
    const std::string id = TRY(enter_recording(visit_id, RecordingSource::microphone, sample_rate, start_ms, before));
    TRY(transaction.commit());
    return id;
}

Result<std::string> Store::begin_import(const VisitSummary& visit, const Consent& consent, int sample_rate, double start_ms)
{
    Transaction transaction = TRY(Transaction::begin(m_database));
    const VisitBefore before = TRY(visit_before(visit.id));
    TRY(put_visit(visit));
    const int64_t consent_key = TRY(put_consent(consent));
    const std::string id = TRY(enter_recording(visit.id, RecordingSource::file, sample_rate, start_ms, before));
    Statement link = TRY(m_database.prepare("UPDATE recordings SET consent_id = ? WHERE id = ?"));
    TRY(link.bind(consent_key, id).run());
    TRY(transaction.commit());
    return id;
}

Result<Store::VisitBefore> Store::visit_before(const std::string& visit_id)
{
    Statement row = TRY(m_database.prepare("SELECT state, interrupted FROM visits WHERE id = ?"));
    if (!TRY(row.bind(visit_id).step())) return VisitBefore{};
    return VisitBefore{row.integer(0), row.integer(1) != 0};
}

// Inside the caller's transaction. Returns the recording's id.
Result<std::string> Store::enter_recording(const std::string& visit_id, RecordingSource source, int sample_rate,
    double start_ms, VisitBefore before)
{
    if (sample_rate < 4000 || sample_rate > 384000 || !is_length(start_ms)) {
        return Error{ErrorCode::invalid_input,
            "This sound has a sample rate that Chartside cannot keep. Choose another microphone or file.",
            "store: rate " + std::to_string(sample_rate)};
    }
    if (before.state == static_cast<int64_t>(VisitState::signed_off)) {
        return Error{ErrorCode::invalid_input,
            "This note is signed. Open it for changes first, then record the rest of the visit.", "store: signed"};
    }
    const std::string id = TRY(new_id());
    const double at_ms = now_ms();
    Statement insert = TRY(m_database.prepare(
        "INSERT INTO recordings (id, visit_id, source, sample_rate, start_ms, started_at_ms, state_before,"
        " interrupted_before) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
    TRY(insert.bind(id, visit_id, static_cast<int>(source), sample_rate, start_ms, at_ms, before.state, before.interrupted)
            .run());
    const VisitState state = source == RecordingSource::microphone ? VisitState::recording : VisitState::transcribing;
    Statement visit
        = TRY(m_database.prepare("UPDATE visits SET state = ?, interrupted = 0, saved_at_ms = ? WHERE id = ?"));
    TRY(visit.bind(static_cast<int>(state), at_ms, visit_id).run());
    TRY(add_event(at_ms, source == RecordingSource::microphone ? "recording_begun" : "file_opened", visit_id, ""));
    return id;
}

Result<Recording> Store::find_recording(const std::string& recording_id)
{
    Statement row = TRY(m_database.prepare(std::string(recording_columns) + "WHERE id = ?"));
    if (TRY(row.bind(recording_id).step())) return read_recording(row);
    return Error{ErrorCode::not_found, "That recording is no longer in this practice. Go back to Today.",
        "store: no such recording"};
}

// The visit's audio ends where its last recording ends.
Status Store::update_visit_audio(const std::string& visit_id)
{
    Statement update = TRY(m_database.prepare(
        "UPDATE visits SET audio_ms = coalesce((SELECT max(start_ms + audio_ms) FROM recordings"
        " WHERE visit_id = ?1 AND audio_ms > 0), 0), saved_at_ms = ?2 WHERE id = ?1"));
    return update.bind(visit_id, now_ms()).run();
}

// Inside the caller's transaction.
Result<Recording> Store::close_recording(const std::string& recording_id, double audio_ms)
{
    if (!is_length(audio_ms)) return Error{ErrorCode::internal, "The recording could not be closed.", "audio_ms"};
    Recording recording = TRY(find_recording(recording_id));
    Statement end = TRY(m_database.prepare("UPDATE recordings SET audio_ms = ?, state = 1 WHERE id = ?"));
    TRY(end.bind(audio_ms, recording_id).run());
    TRY(update_visit_audio(recording.visit_id));
    return recording;
}

Result<double> Store::end_recording(const std::string& recording_id, double audio_ms)
{
    Transaction transaction = TRY(Transaction::begin(m_database));
    const Recording recording = TRY(close_recording(recording_id, audio_ms));
    Statement state = TRY(m_database.prepare("UPDATE visits SET state = 2 WHERE id = ?1 AND state = 1"
                                             " AND NOT EXISTS (SELECT 1 FROM recordings"
                                             "  WHERE visit_id = ?1 AND state = 0)"));
    TRY(state.bind(recording.visit_id).run());
    TRY(add_event(now_ms(), "recording_ended", recording.visit_id,
        std::to_string(static_cast<int64_t>(audio_ms)) + " ms"));
    TRY(transaction.commit());
    return now_ms();
}

Result<double> Store::end_interrupted_recording(const std::string& recording_id, double audio_ms)
{
    Transaction transaction = TRY(Transaction::begin(m_database));
    const Recording recording = TRY(close_recording(recording_id, audio_ms));
    Statement visit = TRY(m_database.prepare("UPDATE visits SET interrupted = 1 WHERE id = ?"));
    TRY(visit.bind(recording.visit_id).run());
    TRY(add_event(now_ms(), "recording_interrupted", recording.visit_id,
        std::to_string(static_cast<int64_t>(audio_ms)) + " ms"));
    TRY(transaction.commit());
    return now_ms();
}

Result<double> Store::remove_recording(const std::string& recording_id)
{
    const Recording recording = TRY(find_recording(recording_id));
    Transaction transaction = TRY(Transaction::begin(m_database));
    Statement row = TRY(m_database.prepare("SELECT state_before, interrupted_before, consent_id FROM recordings WHERE id = ?"));
    TRY(row.bind(recording_id).step());
    const bool is_known = !row.is_null(0);
    const VisitBefore before{row.integer(0), row.integer(1) != 0};
    const int64_t consent_key = row.integer(2); // 0: none of its own
    Statement remove = TRY(m_database.prepare("DELETE FROM recordings WHERE id = ?"));
    TRY(remove.bind(recording_id).run());
    if (recording.source == RecordingSource::file) {
        // A file is heard after all that the visit had.
        Statement words = TRY(m_database.prepare("DELETE FROM segments WHERE visit_id = ? AND start_ms >= ?"));
        TRY(words.bind(recording.visit_id, recording.start_ms).run());
        Statement consent = TRY(m_database.prepare("DELETE FROM consents WHERE id = ?"));
        TRY(consent.bind(consent_key).run());
    }
    if (is_known && before.state < 0 && !TRY(has_content(recording.visit_id))) {
        TRY(remove_visit(recording.visit_id));
    } else {
        TRY(update_visit_audio(recording.visit_id));
        Statement state = TRY(m_database.prepare(
            "UPDATE visits SET state = CASE WHEN ?2 >= 0 THEN ?2 WHEN EXISTS (SELECT 1 FROM revisions WHERE visit_id = ?1)"
            " THEN 3 ELSE 0 END, interrupted = ?3 WHERE id = ?1 AND state IN (1, 2)"
            " AND NOT EXISTS (SELECT 1 FROM recordings WHERE visit_id = ?1 AND (state = 0 OR ?2 < 0))"));
        TRY(state.bind(recording.visit_id, is_known ? before.state : -1, before.interrupted).run());
    }
    TRY(transaction.commit());
    return now_ms();
}

// Anything that would be missed if the visit were gone.
Result<bool> Store::has_content(const std::string& visit_id)
{
    Statement any = TRY(m_database.prepare(
        "SELECT 1 FROM revisions WHERE visit_id = ?1 UNION ALL SELECT 1 FROM recordings WHERE visit_id = ?1"
        " UNION ALL SELECT 1 FROM marks WHERE visit_id = ?1 UNION ALL SELECT 1 FROM consents WHERE visit_id = ?1"));
    return any.bind(visit_id).step();
}

Result<std::vector<Recording>> Store::list_recordings(const std::string& visit_id)
{
    Statement rows = TRY(m_database.prepare(
        std::string(recording_columns) + "WHERE ?1 = '' OR visit_id = ?1 ORDER BY visit_id, start_ms, started_at_ms"));
    std::vector<Recording> recordings;
    rows.bind(visit_id);
    while (TRY(rows.step())) recordings.push_back(read_recording(rows));
    return recordings;
}

Result<double> Store::mark_interrupted_visits()
{
    Transaction transaction = TRY(Transaction::begin(m_database));
    TRY(m_database.execute("UPDATE visits SET interrupted = 1 WHERE state IN (1, 2) AND interrupted = 0"));
    TRY(transaction.commit());
    return now_ms();
}

} // namespace chartside::store
