// Segments and their words. See store.h.
#include "store/store.h"
#include "store/word_pack.h"

namespace chartside::store {

constexpr const char* insert_segment_sql
    = "INSERT INTO segments (visit_id, id, position, start_ms, end_ms, role, text, confidence, words)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

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

Status Store::insert_segment(Statement& statement, const std::string& visit_id, int64_t position,
    const Segment& segment)
{
    return statement
        .bind(visit_id, segment.id, position, segment.start_ms, segment.end_ms, static_cast<int>(segment.role),
            segment.text, static_cast<double>(segment.confidence), pack_words(segment.words))
        .run();
}

Result<double> Store::save_segments(const std::string& visit_id, const std::vector<Segment>& segments)
{
    TRY(require_visit(visit_id));
    Transaction transaction = TRY(Transaction::begin(m_database));
    Statement remove = TRY(m_database.prepare("DELETE FROM segments WHERE visit_id = ?"));
    TRY(remove.bind(visit_id).run());
    Statement insert = TRY(m_database.prepare(insert_segment_sql));
    int64_t position = 0;
    for (const Segment& segment : segments) TRY(insert_segment(insert, visit_id, position++, segment));
    TRY(touch_visit(visit_id, now_ms()));
    TRY(transaction.commit());
    return now_ms();
}

Result<double> Store::append_segment(const std::string& visit_id, const Segment& segment)
{
    TRY(require_visit(visit_id));
    Transaction transaction = TRY(Transaction::begin(m_database));
    Statement last
        = TRY(m_database.prepare("SELECT coalesce(max(position) + 1, 0) FROM segments WHERE visit_id = ?"));
    TRY(last.bind(visit_id).step());
    const int64_t position = last.integer(0);
    Statement remove = TRY(m_database.prepare("DELETE FROM segments WHERE visit_id = ? AND id = ?"));
    TRY(remove.bind(visit_id, segment.id).run());
    Statement insert = TRY(m_database.prepare(insert_segment_sql));
    TRY(insert_segment(insert, visit_id, position, segment));
    TRY(touch_visit(visit_id, now_ms()));
    TRY(transaction.commit());
    return now_ms();
}

} // namespace chartside::store
