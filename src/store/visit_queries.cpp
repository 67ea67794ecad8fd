// Patients, visits, consents and marks. See store.h.
#include "base/text.h"
#include "store/store.h"

namespace chartside::store {
namespace {

// The columns that read_summary() takes, in its order. A sentence counts once however many flags it has.
constexpr const char* summary_columns
    = "SELECT v.id, v.reason, v.scheduled_at_ms, v.state, v.audio_ms, v.interrupted, v.saved_at_ms,"
      " p.id, p.name, p.age_years, p.sex, p.pronouns,"
      " (SELECT count(*) FROM sentences AS s"
      "   WHERE s.visit_id = v.id AND s.to_revision IS NULL AND s.flag_count > 0)"
      " FROM visits AS v JOIN patients AS p ON p.id = v.patient_id ";

VisitSummary read_summary(const Statement& row, bool demo)
{
    VisitSummary visit;
    visit.id = row.text(0);
    visit.reason = row.text(1);
    visit.scheduled_ms = row.real(2);
    visit.state = static_cast<VisitState>(row.integer(3));
    visit.audio_ms = row.real(4);
    visit.interrupted = row.integer(5) != 0;
    visit.patient.id = row.text(7);
    visit.patient.name = row.text(8);
    visit.patient.age_years = static_cast<int>(row.integer(9));
    visit.patient.sex = static_cast<Sex>(row.integer(10));
    visit.patient.pronouns = static_cast<Pronouns>(row.integer(11));
    visit.check_count = static_cast<int>(row.integer(12));
    visit.demo = demo;
    return visit;
}

} // namespace

Result<std::vector<VisitSummary>> Store::list_visits()
{
    Statement rows
        = TRY(m_database.prepare(std::string(summary_columns) + "ORDER BY v.scheduled_at_ms, v.id"));
    std::vector<VisitSummary> visits;
    while (TRY(rows.step())) visits.push_back(read_summary(rows, m_options.demo));
    return visits;
}

Result<VisitDocument> Store::load_visit(const std::string& visit_id)
{
    TRY(require_visit(visit_id));
    VisitDocument document;

    Statement summary = TRY(m_database.prepare(std::string(summary_columns) + "WHERE v.id = ?"));
    if (TRY(summary.bind(visit_id).step())) {
        document.summary = read_summary(summary, m_options.demo);
        document.saved_at_ms = summary.real(6);
    }

    Statement consents = TRY(m_database.prepare(
        "SELECT given_by, method, recorded_by, given_at_ms FROM consents WHERE visit_id = ? ORDER BY id"));
    consents.bind(visit_id);
    while (TRY(consents.step())) {
        document.consents.push_back(
            {visit_id, consents.text(0), consents.text(1), consents.text(2), consents.real(3)});
    }

    document.transcript.segments = TRY(load_segments(visit_id));

    Statement marks = TRY(m_database.prepare("SELECT at_ms, label FROM marks WHERE visit_id = ? ORDER BY at_ms, id"));
    marks.bind(visit_id);
    while (TRY(marks.step())) document.marks.push_back({marks.real(0), marks.text(1)});

    document.note = TRY(load_note(visit_id, newest_revision));
    return document;
}

Result<SavedVisit> Store::save_visit(const VisitSummary& visit)
{
    Transaction transaction = TRY(Transaction::begin(m_database));
    SavedVisit saved = TRY(put_visit(visit));
    TRY(transaction.commit());
    saved.saved_at_ms = now_ms();
    return saved;
}

// Inside the caller's transaction.
Result<SavedVisit> Store::put_visit(const VisitSummary& visit)
{
    SavedVisit saved;
    saved.visit_id = visit.id.empty() ? TRY(new_id()) : visit.id;
    saved.patient_id = visit.patient.id.empty() ? TRY(new_id()) : visit.patient.id;

    Statement patient = TRY(m_database.prepare(
        "INSERT INTO patients (id, name, age_years, sex, pronouns) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name, age_years = excluded.age_years, sex = excluded.sex,"
        " pronouns = excluded.pronouns"));
    TRY(patient
            .bind(saved.patient_id, visit.patient.name, visit.patient.age_years, static_cast<int>(visit.patient.sex),
                static_cast<int>(visit.patient.pronouns))
            .run());

    Statement row = TRY(m_database.prepare(
        "INSERT INTO visits (id, patient_id, reason, scheduled_at_ms, state, interrupted, saved_at_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET patient_id = excluded.patient_id, reason = excluded.reason,"
        " scheduled_at_ms = excluded.scheduled_at_ms, state = excluded.state, interrupted = excluded.interrupted,"
        " saved_at_ms = excluded.saved_at_ms"));
    const double at_ms = now_ms();
    TRY(row.bind(saved.visit_id, saved.patient_id, visit.reason, visit.scheduled_ms, static_cast<int>(visit.state),
               visit.interrupted, at_ms)
            .run());
    return saved;
}

Result<std::vector<std::string>> Store::delete_visit(const std::string& visit_id)
{
    TRY(require_visit(visit_id));
    std::vector<std::string> recording_ids;
    for (const Recording& recording : TRY(list_recordings(visit_id))) recording_ids.push_back(recording.id);

    Transaction transaction = TRY(Transaction::begin(m_database));
    TRY(remove_visit(visit_id));
    TRY(add_event(now_ms(), "visit_deleted", visit_id, ""));
    TRY(transaction.commit());
    return recording_ids;
}

// Inside the caller's transaction.
Status Store::remove_visit(const std::string& visit_id)
{
    Statement remove = TRY(m_database.prepare("DELETE FROM visits WHERE id = ?"));
    TRY(remove.bind(visit_id).run());
    return m_database.execute("DELETE FROM patients WHERE id NOT IN (SELECT patient_id FROM visits)");
}

Result<double> Store::save_consent(const Consent& consent)
{
    TRY(require_visit(consent.visit_id));
    Transaction transaction = TRY(Transaction::begin(m_database));
    TRY(put_consent(consent));
    TRY(transaction.commit());
    return now_ms();
}

// Inside the caller's transaction. Returns the row's key.
Result<int64_t> Store::put_consent(const Consent& consent)
{
    if (trim(consent.given_by).empty() || trim(consent.method).empty() || consent.at_ms <= 0) {
        return Error{ErrorCode::invalid_input, "Say who agreed to the recording and how, then start.",
            "store: consent without person, method or time"};
    }
    Statement insert = TRY(m_database.prepare(
        "INSERT INTO consents (visit_id, given_by, method, recorded_by, given_at_ms) VALUES (?, ?, ?, ?, ?)"));
    TRY(insert.bind(consent.visit_id, consent.given_by, consent.method, consent.recorded_by, consent.at_ms).run());
    const int64_t key = m_database.last_inserted_key();
    const double at_ms = now_ms();
    TRY(touch_visit(consent.visit_id, at_ms));
    TRY(add_event(at_ms, "consent", consent.visit_id, consent.method));
    return key;
}

Result<double> Store::save_mark(const std::string& visit_id, const Mark& mark)
{
    TRY(require_visit(visit_id));
    Transaction transaction = TRY(Transaction::begin(m_database));
    Statement insert = TRY(m_database.prepare("INSERT INTO marks (visit_id, at_ms, label) VALUES (?, ?, ?)"));
    TRY(insert.bind(visit_id, mark.at_ms, mark.label).run());
    TRY(touch_visit(visit_id, now_ms()));
    TRY(transaction.commit());
    return now_ms();
}

} // namespace chartside::store
