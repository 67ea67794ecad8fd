// Segments and their words. See store.h.
#include "store/store.h"
#include "store/word_pack.h"

namespace chartside::store {

Result<Segment> Store::read_segment(const Statement& row)
{
    Segment segment;
    segment.id = row.text(0);
    segment.start_ms = row.real(1);
    segment.end_ms = row.real(2);
    segment.role = static_cast<Role>(row.integer(3));
    segment.text = row.text(4);
    segment.confidence = static_cast<float>(row.real(5));
    segment.words = TRY(unpack_words(row.blob(6)));
    return segment;
}

Result<std::vector<Segment>> Store::load_segments(const std::string& visit_id)
{
    Statement rows = TRY(m_database.prepare("SELECT id, start_ms, end_ms, role, text, confidence, words"
                                            " FROM segments WHERE visit_id = ? ORDER BY start_ms, position"));
    std::vector<Segment> segments;
    rows.bind(visit_id);
    while (TRY(rows.step())) segments.push_back(TRY(read_segment(rows)));
    return segments;
}

// Inside the caller's transaction.
Status Store::put_segments(const std::string& visit_id, const std::vector<Segment>& segments)
{
    Statement put = TRY(m_database.prepare(
        "INSERT INTO segments (visit_id, id, position, start_ms, end_ms, role, text, confidence, words)"
        " VALUES (?1, ?2, (SELECT coalesce(max(position) + 1, 0) FROM segments WHERE visit_id = ?1), ?3, ?4, ?5, ?6, ?7, ?8)"
        " ON CONFLICT (visit_id, id) DO UPDATE SET start_ms = excluded.start_ms, end_ms = excluded.end_ms,"
        " role = iif(excluded.role = 0, role, excluded.role), text = excluded.text,"
        " confidence = excluded.confidence, words = excluded.words")); // a role that is known stays known
    for (const Segment& segment : segments) {
        TRY(put.bind(visit_id, segment.id, segment.start_ms, segment.end_ms, static_cast<int>(segment.role), segment.text,
                   static_cast<double>(segment.confidence), pack_words(segment.words))
                .run());
    }
    return Ok{};
}

Result<double> Store::save_segments(const std::string& visit_id, const std::vector<Segment>& segments)
{
    TRY(require_visit(visit_id));
    Transaction transaction = TRY(Transaction::begin(m_database));
    TRY(put_segments(visit_id, segments));
    TRY(touch_visit(visit_id, now_ms()));
    TRY(transaction.commit());
    return now_ms();
}

Result<double> Store::append_segment(const std::string& visit_id, const Segment& segment)
{
    return save_segments(visit_id, {segment});
}

Result<double> Store::swap_roles(const std::string& visit_id)
{
    TRY(require_visit(visit_id));
    Transaction transaction = TRY(Transaction::begin(m_database));
    Statement swap = TRY(m_database.prepare(
        "UPDATE segments SET role = CASE role WHEN ?2 THEN ?3 ELSE ?2 END WHERE visit_id = ?1 AND role IN (?2, ?3)"));
    TRY(swap.bind(visit_id, static_cast<int>(Role::doctor), static_cast<int>(Role::patient)).run());
    TRY(touch_visit(visit_id, now_ms()));
    TRY(add_event(now_ms(), roles_swapped, visit_id, "")); // from now on a draft does not change the roles
    TRY(transaction.commit());
    return now_ms();
}

} // namespace chartside::store
