// Notes, their revisions and their evidence. See store.h.
#include "store/store.h"

#include <map>
#include <set>

namespace chartside::store {
namespace {

/// What a revision says that the page drafted; any other is the physician's.
constexpr const char* drafted = "draft";

/// A current row, to tell what a save leaves as it is.
struct Kept {
    int64_t key = 0;
    int64_t position = 0;
    std::string section_id;
    Sentence sentence;
};

// The roles of `known`, which the physician corrected, and for the others those that were drafted: turned round where
// the draft took doctor and patient the other way round than the physician.
std::vector<Segment> with_roles_like(std::vector<Segment> drafted_segments, const std::vector<Segment>& known)
{
    std::map<std::string, Role> corrected;
    for (const Segment& segment : known)
        if (segment.role != Role::unknown) corrected[segment.id] = segment.role;
    int agreeing = 0;
    for (const Segment& segment : drafted_segments) {
        const auto role = corrected.find(segment.id);
        if (role != corrected.end() && segment.role != Role::unknown) agreeing += role->second == segment.role ? 1 : -1;
    }
    for (Segment& segment : drafted_segments) {
        const auto role = corrected.find(segment.id);
        if (role != corrected.end()) segment.role = role->second;
        else if (agreeing < 0) segment.role = swapped_role(segment.role);
    }
    return drafted_segments;
}

Error doubled_id()
{
    return {ErrorCode::invalid_input,
        "Two parts of this note carry the same mark, so it was not saved. Undo the last change and try again.",
        "store: an id appears twice in the note"};
}

Result<std::vector<Evidence>> read_evidence(Statement& rows, int64_t key)
{
    std::vector<Evidence> evidence;
    rows.bind(key);
    while (TRY(rows.step())) {
        evidence.push_back({rows.text(0), static_cast<int>(rows.integer(1)), static_cast<int>(rows.integer(2))});
    }
    return evidence;
}

Result<std::vector<std::string>> read_flags(Statement& rows, int64_t key)
{
    std::vector<std::string> flags;
    rows.bind(key);
    while (TRY(rows.step())) flags.push_back(rows.text(0));
    return flags;
}

Status insert_evidence(Statement& insert, int64_t key, const std::vector<Evidence>& evidence)
{
    int64_t position = 0;
    for (const Evidence& span : evidence) {
        TRY(insert.bind(key, position++, span.segment_id, span.start_char, span.end_char).run());
    }
    return Ok{};
}

// Rows that stand at revision ?2.
constexpr const char* standing = " WHERE visit_id = ?1 AND from_revision <= ?2"
                                 " AND (to_revision IS NULL OR to_revision > ?2) ORDER BY position";

Result<std::vector<Kept>> read_sentences(Database& database, const std::string& visit_id, int64_t revision)
{
    Statement rows = TRY(database.prepare(
        std::string("SELECT key, id, section_id, position, text, start_ms, end_ms, origin,"
                    " drafted_text FROM sentences")
        + standing));
    Statement evidence = TRY(database.prepare("SELECT segment_id, start_char, end_char FROM sentence_evidence"
                                              " WHERE sentence_key = ? ORDER BY position"));
    Statement flags
        = TRY(database.prepare("SELECT flag FROM sentence_flags WHERE sentence_key = ? ORDER BY position"));
    std::vector<Kept> kept;
    rows.bind(visit_id, revision);
    while (TRY(rows.step())) {
        Kept& row = kept.emplace_back();
        row.key = rows.integer(0);
        row.section_id = rows.text(2);
        row.position = rows.integer(3);
        row.sentence.id = rows.text(1);
        row.sentence.text = rows.text(4);
        row.sentence.start_ms = rows.real(5);
        row.sentence.end_ms = rows.real(6);
        row.sentence.origin = static_cast<Origin>(rows.integer(7));
        row.sentence.drafted_text = rows.text(8);
        row.sentence.evidence = TRY(read_evidence(evidence, row.key));
        row.sentence.flags = TRY(read_flags(flags, row.key));
    }
    return kept;
}

Result<std::vector<NoteSection>> read_sections(Database& database, const std::string& visit_id, int64_t revision)
{
    Statement rows = TRY(database.prepare(std::string("SELECT id, title FROM sections") + standing));
    std::vector<NoteSection> sections;
    std::map<std::string, size_t> index_of;
    rows.bind(visit_id, revision);
    while (TRY(rows.step())) {
        index_of[rows.text(0)] = sections.size();
        sections.push_back({rows.text(0), rows.text(1), {}});
    }
    for (Kept& row : TRY(read_sentences(database, visit_id, revision))) {
        const auto section = index_of.find(row.section_id);
        if (section != index_of.end()) sections[section->second].sentences.push_back(std::move(row.sentence));
    }
    return sections;
}

struct KeptOmission {
    int64_t key = 0;
    int64_t position = 0;
    Omission omission;
};

Result<std::vector<KeptOmission>> read_omissions(Database& database, const std::string& visit_id, int64_t revision)
{
    Statement rows = TRY(database.prepare(
        std::string("SELECT key, id, section_id, position, text, start_ms, end_ms, reason FROM omissions") + standing));
    Statement evidence = TRY(database.prepare("SELECT segment_id, start_char, end_char FROM omission_evidence"
                                              " WHERE omission_key = ? ORDER BY position"));
    std::vector<KeptOmission> kept;
    rows.bind(visit_id, revision);
    while (TRY(rows.step())) {
        KeptOmission& row = kept.emplace_back();
        row.key = rows.integer(0);
        row.position = rows.integer(3);
        row.omission = {rows.text(1), rows.text(2), rows.text(4), TRY(read_evidence(evidence, row.key)), rows.real(5),
            rows.real(6), rows.text(7)};
    }
    return kept;
}

} // namespace

Result<SavedNote> Store::save_note(const std::string& visit_id, const Note& note, const std::string& what_changed)
{
    TRY(require_visit(visit_id));
    Transaction transaction = TRY(Transaction::begin(m_database));
    SavedNote saved = TRY(add_revision(visit_id, note, what_changed));
    TRY(transaction.commit());
    saved.saved_at_ms = now_ms();
    return saved;
}

Result<SavedDraft> Store::save_draft(const std::string& visit_id, const std::vector<Segment>& segments, const Note& draft)
{
    TRY(require_visit(visit_id));
    Transaction transaction = TRY(Transaction::begin(m_database));
    if (TRY(has_swapped_roles(visit_id))) {
        const std::vector<Segment> known = TRY(load_segments(visit_id));
        TRY(put_segments(visit_id, with_roles_like(segments, known)));
    } else {
        TRY(put_segments(visit_id, segments));
    }
    SavedDraft saved;
    saved.note = TRY(merge_draft(visit_id, draft));
    saved.is_signed = TRY(is_signed(visit_id));
    TRY(add_revision(visit_id, saved.note, drafted));
    for (const Segment& segment : TRY(load_segments(visit_id))) saved.roles.push_back(segment.role);
    TRY(transaction.commit());
    saved.saved_at_ms = now_ms();
    return saved;
}

// The note that `draft` makes of the one that is there.
Result<Note> Store::merge_draft(const std::string& visit_id, const Note& draft)
{
    const bool signed_off = TRY(is_signed(visit_id));
    if (!signed_off && !TRY(is_worked_on(visit_id))) return draft;
    Note mine = TRY(load_note(visit_id, newest_revision));
    const SegmentIds known = TRY(segments_of_all_revisions(visit_id));
    return signed_off ? offer_new_evidence(std::move(mine), draft, known) : add_new_evidence(std::move(mine), draft, known);
}

Result<bool> Store::has_swapped_roles(const std::string& visit_id)
{
    Statement swapped = TRY(m_database.prepare("SELECT 1 FROM events WHERE visit_id = ? AND kind = ?"));
    return swapped.bind(visit_id, roles_swapped).step();
}

Result<bool> Store::is_signed(const std::string& visit_id)
{
    Statement visit = TRY(m_database.prepare("SELECT 1 FROM visits WHERE id = ? AND state = ?"));
    return visit.bind(visit_id, static_cast<int>(VisitState::signed_off)).step();
}

Result<bool> Store::is_worked_on(const std::string& visit_id)
{
    Statement by_hand = TRY(m_database.prepare("SELECT 1 FROM revisions WHERE visit_id = ? AND what_changed <> ?"));
    return by_hand.bind(visit_id, drafted).step();
}

Result<SegmentIds> Store::segments_of_all_revisions(const std::string& visit_id)
{
    Statement rows = TRY(m_database.prepare("SELECT segment_id FROM sentence_evidence AS e"
                                            " JOIN sentences AS s ON s.key = e.sentence_key WHERE s.visit_id = ?1"
                                            " UNION SELECT segment_id FROM omission_evidence AS e"
                                            " JOIN omissions AS o ON o.key = e.omission_key WHERE o.visit_id = ?1"));
    SegmentIds segments;
    rows.bind(visit_id);
    while (TRY(rows.step())) segments.insert(rows.text(0));
    return segments;
}

// Inside the caller's transaction. While a visit is recorded it is drafted every few seconds: those drafts are one
// revision, of which the newest stands.
Result<SavedNote> Store::add_revision(const std::string& visit_id, const Note& note, const std::string& what_changed)
{
    Statement last = TRY(m_database.prepare(
        "SELECT number, what_changed = ?2 AND EXISTS (SELECT 1 FROM recordings WHERE visit_id = ?1 AND state = 0)"
        " FROM revisions WHERE visit_id = ?1 ORDER BY number DESC LIMIT 1"));
    const bool any = TRY(last.bind(visit_id, drafted).step());
    const bool again = any && what_changed == drafted && last.integer(1) != 0;
    SavedNote saved;
    saved.revision = any ? static_cast<int>(last.integer(0)) + (again ? 0 : 1) : 1;
    const double at_ms = now_ms();

    Statement revision = TRY(m_database.prepare(
        "INSERT INTO revisions (visit_id, number, saved_at_ms, what_changed) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (visit_id, number) DO UPDATE SET saved_at_ms = excluded.saved_at_ms"));
    TRY(revision.bind(visit_id, saved.revision, at_ms, what_changed).run());
    TRY(save_sections(visit_id, saved.revision, note));
    TRY(save_sentences(visit_id, saved.revision, note));
    TRY(save_omissions(visit_id, saved.revision, note));
    for (const char* table : {"sections", "sentences", "omissions"}) {
        if (!again) break;
        Statement passed = TRY(m_database.prepare(
            std::string("DELETE FROM ") + table + " WHERE visit_id = ? AND from_revision = to_revision"));
        TRY(passed.bind(visit_id).run());
    }

    // Only a draft settles what was recorded: while there is audio that no draft was written of, the visit's state is
    // what finds it again, whatever the physician does to the note meanwhile.
    Statement state = TRY(m_database.prepare(
        "UPDATE visits SET state = 3, interrupted = 0 WHERE id = ?1 AND state < ?2"
        " AND NOT EXISTS (SELECT 1 FROM recordings WHERE visit_id = ?1 AND state = 0)"));
    const VisitState below = what_changed == drafted ? VisitState::draft : VisitState::recording;
    TRY(state.bind(visit_id, static_cast<int>(below)).run());
    TRY(touch_visit(visit_id, at_ms));
    if (!again) TRY(add_event(at_ms, "note_saved", visit_id, "revision " + std::to_string(saved.revision)));
    return saved;
}

Status Store::save_sections(const std::string& visit_id, int revision, const Note& note)
{
    std::set<std::string> ids;
    for (const NoteSection& section : note.sections) {
        if (!ids.insert(section.id).second) return doubled_id();
    }
    std::map<std::string, std::pair<std::string, int64_t>> current; // id -> title, position
    Statement rows = TRY(m_database.prepare(
        "SELECT id, title, position FROM sections WHERE visit_id = ? AND to_revision IS NULL"));
    rows.bind(visit_id);
    while (TRY(rows.step())) current[rows.text(0)] = {rows.text(1), rows.integer(2)};

    Statement end = TRY(m_database.prepare(
        "UPDATE sections SET to_revision = ? WHERE visit_id = ? AND id = ? AND to_revision IS NULL"));
    Statement insert = TRY(m_database.prepare(
        "INSERT INTO sections (visit_id, id, title, position, from_revision) VALUES (?, ?, ?, ?, ?)"));
    int64_t position = 0;
    for (const NoteSection& section : note.sections) {
        const auto standing_row = current.find(section.id);
        const bool same = standing_row != current.end() && standing_row->second.first == section.title
            && standing_row->second.second == position;
        if (!same) {
            TRY(end.bind(revision, visit_id, section.id).run());
            TRY(insert.bind(visit_id, section.id, section.title, position, revision).run());
        }
        if (standing_row != current.end()) current.erase(standing_row);
        ++position;
    }
    for (const auto& [id, row] : current) TRY(end.bind(revision, visit_id, id).run());
    return Ok{};
}

Status Store::save_sentences(const std::string& visit_id, int revision, const Note& note)
{
    std::map<std::string, Kept> current;
    for (Kept& row : TRY(read_sentences(m_database, visit_id, newest_revision))) {
        std::string id = row.sentence.id;
        current.emplace(std::move(id), std::move(row));
    }
    Statement end = TRY(m_database.prepare("UPDATE sentences SET to_revision = ? WHERE key = ?"));
    Statement insert = TRY(m_database.prepare(
        "INSERT INTO sentences (visit_id, id, section_id, position, text, start_ms, end_ms, flag_count, origin,"
        " drafted_text, from_revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    Statement evidence = TRY(m_database.prepare(
        "INSERT INTO sentence_evidence (sentence_key, position, segment_id, start_char, end_char)"
        " VALUES (?, ?, ?, ?, ?)"));
    Statement flag
        = TRY(m_database.prepare("INSERT INTO sentence_flags (sentence_key, position, flag) VALUES (?, ?, ?)"));

    std::set<std::string> ids;
    for (const NoteSection& section : note.sections) {
        int64_t position = 0;
        for (const Sentence& sentence : section.sentences) {
            if (!ids.insert(sentence.id).second) return doubled_id();
            const int64_t place = position++;
            const auto before = current.find(sentence.id);
            if (before != current.end()) {
                const Kept& row = before->second;
                const bool same = row.section_id == section.id && row.position == place
                    && row.sentence == sentence;
                if (!same) TRY(end.bind(revision, row.key).run());
                current.erase(before);
                if (same) continue;
            }
            TRY(insert
                    .bind(visit_id, sentence.id, section.id, place, sentence.text, sentence.start_ms, sentence.end_ms,
                        static_cast<int64_t>(sentence.flags.size()), static_cast<int>(sentence.origin), sentence.drafted_text,
                        revision)
                    .run());
            const int64_t key = m_database.last_inserted_key();
            TRY(insert_evidence(evidence, key, sentence.evidence));
            int64_t flag_position = 0;
            for (const std::string& name : sentence.flags) TRY(flag.bind(key, flag_position++, name).run());
        }
    }
    for (const auto& [id, row] : current) TRY(end.bind(revision, row.key).run());
    return Ok{};
}

Status Store::save_omissions(const std::string& visit_id, int revision, const Note& note)
{
    std::map<std::string, KeptOmission> current;
    for (KeptOmission& row : TRY(read_omissions(m_database, visit_id, newest_revision))) {
        std::string id = row.omission.id;
        current.emplace(std::move(id), std::move(row));
    }
    Statement end = TRY(m_database.prepare("UPDATE omissions SET to_revision = ? WHERE key = ?"));
    Statement insert = TRY(m_database.prepare(
        "INSERT INTO omissions (visit_id, id, position, section_id, text, start_ms, end_ms, reason, from_revision)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    Statement evidence = TRY(m_database.prepare(
        "INSERT INTO omission_evidence (omission_key, position, segment_id, start_char, end_char)"
        " VALUES (?, ?, ?, ?, ?)"));
    std::set<std::string> ids;
    int64_t position = 0;
    for (const Omission& omission : note.omissions) {
        if (!ids.insert(omission.id).second) return doubled_id();
        const int64_t place = position++;
        const auto before = current.find(omission.id);
        if (before != current.end()) {
            const bool same = before->second.position == place && before->second.omission == omission;
            if (!same) TRY(end.bind(revision, before->second.key).run());
            current.erase(before);
            if (same) continue;
        }
        TRY(insert
                .bind(visit_id, omission.id, place, omission.section_id, omission.text, omission.start_ms, omission.end_ms,
                    omission.reason, revision)
                .run());
        TRY(insert_evidence(evidence, m_database.last_inserted_key(), omission.evidence));
    }
    for (const auto& [id, row] : current) TRY(end.bind(revision, row.key).run());
    return Ok{};
}

Result<Note> Store::load_note(const std::string& visit_id, int64_t revision)
{
    Note note;
    note.sections = TRY(read_sections(m_database, visit_id, revision));
    for (KeptOmission& row : TRY(read_omissions(m_database, visit_id, revision))) note.omissions.push_back(std::move(row.omission));
    return note;
}

Result<Note> Store::load_revision(const std::string& visit_id, int revision)
{
    TRY(require_visit(visit_id));
    return load_note(visit_id, revision);
}

Result<std::vector<Revision>> Store::list_revisions(const std::string& visit_id)
{
    Statement rows = TRY(m_database.prepare(
        "SELECT number, saved_at_ms, what_changed FROM revisions WHERE visit_id = ? ORDER BY number"));
    std::vector<Revision> revisions;
    rows.bind(visit_id);
    while (TRY(rows.step())) {
        revisions.push_back({static_cast<int>(rows.integer(0)), rows.real(1), rows.text(2)});
    }
    return revisions;
}

} // namespace chartside::store
