#include "store/store.h"

#include "store/before_copy.h"

#include <chrono>
#include <cmath>
#include <utility>

namespace chartside::store {
namespace {

struct Migration {
    const char* name;
    const char* sql;
};

// Migration n (from 1) takes user_version n - 1 to n. A file that has shipped is never changed.
constexpr Migration migrations[] = {
#include "store/migration_files.inc"
};
constexpr int64_t newest_version = static_cast<int64_t>(std::size(migrations));

} // namespace

Store::Store(Database database, StoreOptions options)
    : m_database(std::move(database)), m_options(std::move(options))
{
    m_options.database.key.fill(0);
}

Result<std::unique_ptr<Store>> Store::open(StoreOptions options)
{
    auto opened = open_once(options);
    // While an update is under way nothing was saved that the copy lacks.
    if (!opened.ok() && opened.error().code == ErrorCode::corrupt && options.files != nullptr) {
        const auto copy = TRY(find_copy(*options.files));
        if (copy && !copy->is_settled) {
            TRY(put_copy_back(*options.files));
            opened = open_once(options);
        }
    }
    options.database.key.fill(0);
    return opened;
}

Result<std::unique_ptr<Store>> Store::open_once(const StoreOptions& options)
{
    Database database = TRY(Database::open(options.database));
    std::unique_ptr<Store> store(new Store(std::move(database), options));
    TRY(store->migrate());
    TRY(store->check_kind());
    TRY(store->m_database.check_ciphertext());
    return store;
}

Status Store::migrate()
{
    const int64_t version = TRY(m_database.query_integer("PRAGMA user_version"));
    if (version > newest_version) {
        return Error{ErrorCode::newer_version,
            "This practice was last opened by a newer Chartside. Open it with that version; nothing was changed here.",
            "store: user_version " + std::to_string(version)};
    }
    if (version == newest_version) return settle_update();
    TRY(copy_before(version));
    auto updated = update_schema(version);
    if (updated.ok() && m_options.files != nullptr) return settle_copy(*m_options.files);
    if (updated.ok()) return Ok{};
    Error error = std::move(updated).error();
    const bool is_plain = error.code != ErrorCode::internal && error.code != ErrorCode::invalid_input;
    if (!is_plain) {
        error.code = ErrorCode::internal;
        error.message = "This practice could not be brought up to date, and nothing of it was changed. Reload the page to try "
                        "again; should that not help, keep this device as it is and open the practice from a backup.";
    }
    return error;
}

// A practice that holds something is copied before its schema is touched.
Status Store::copy_before(int64_t version)
{
    if (version == 0 || m_options.files == nullptr) return Ok{};
    Statement checkpoint = TRY(m_database.prepare("PRAGMA wal_checkpoint(TRUNCATE)"));
    if (!TRY(checkpoint.step()) || checkpoint.integer(0) != 0) {
        return Error{ErrorCode::busy, "The practice is in use elsewhere. Close Chartside there, then try again here.",
            "store: checkpoint before migration"};
    }
    return keep_copy(*m_options.files, version);
}

Status Store::update_schema(int64_t version)
{
    Transaction transaction = TRY(Transaction::begin(m_database));
    for (int64_t next = version; next < newest_version; ++next) {
        auto status = m_database.execute(migrations[next].sql);
        if (!status.ok()) return std::move(status.error()).with_context(migrations[next].name);
    }
    TRY(m_database.execute("PRAGMA user_version = " + std::to_string(newest_version)));
    TRY(quick_check());
    return transaction.commit();
}

// The first opening after an update: what was written is read once more before the copy goes.
Status Store::settle_update()
{
    if (m_options.files == nullptr) return Ok{};
    const int64_t size = m_options.files->before().size();
    if (size == 0) return Ok{};
    TRY(quick_check());
    return drop_copy(*m_options.files);
}

Status Store::quick_check()
{
    const std::string check = TRY(m_database.query_text("PRAGMA quick_check"));
    if (check == "ok") return Ok{};
    return Error{ErrorCode::corrupt,
        "The records of this practice fail their check after an update. Close Chartside, keep this device as it is, and "
        "restore a backup.",
        "store: quick_check: " + check};
}

Status Store::check_kind()
{
    Statement find = TRY(m_database.prepare("SELECT demo FROM practice"));
    if (TRY(find.step())) {
        if ((find.integer(0) != 0) == m_options.demo) return Ok{};
        return Error{ErrorCode::corrupt,
            "The demo's records and the practice's records were exchanged on this device. Nothing was opened.",
            "store: demo flag differs"};
    }
    Transaction transaction = TRY(Transaction::begin(m_database));
    Statement insert = TRY(m_database.prepare("INSERT INTO practice (id, demo, created_at_ms) VALUES (1, ?, ?)"));
    TRY(insert.bind(m_options.demo, now_ms()).run());
    return transaction.commit();
}

double Store::now_ms() const
{
    if (m_options.now_ms) return m_options.now_ms();
    using namespace std::chrono;
    return static_cast<double>(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

Result<std::string> Store::new_id()
{
    return m_database.query_text("SELECT lower(hex(randomblob(12)))");
}

Status Store::require_visit(const std::string& visit_id)
{
    Statement find = TRY(m_database.prepare("SELECT 1 FROM visits WHERE id = ?"));
    if (TRY(find.bind(visit_id).step())) return Ok{};
    return Error{ErrorCode::not_found, "That visit is no longer in this practice. Go back to Today.",
        "store: no such visit"};
}

Status Store::touch_visit(const std::string& visit_id, double at_ms)
{
    Statement update = TRY(m_database.prepare("UPDATE visits SET saved_at_ms = ? WHERE id = ?"));
    return update.bind(at_ms, visit_id).run();
}

Status Store::add_event(double at_ms, const std::string& kind, const std::string& visit_id, const std::string& detail)
{
    Statement insert
        = TRY(m_database.prepare("INSERT INTO events (at_ms, kind, visit_id, detail) VALUES (?, ?, ?, ?)"));
    return insert.bind(at_ms, kind, visit_id, detail).run();
}

Result<double> Store::log_event(const std::string& kind, const std::string& visit_id, const std::string& detail)
{
    Transaction transaction = TRY(Transaction::begin(m_database));
    TRY(add_event(now_ms(), kind, visit_id, detail));
    TRY(transaction.commit());
    return now_ms();
}

Result<double> Store::save_preference(const std::string& name, const std::string& value)
{
    Transaction transaction = TRY(Transaction::begin(m_database));
    Statement save = TRY(m_database.prepare(
        "INSERT INTO preferences (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"));
    TRY(save.bind(name, value).run());
    TRY(transaction.commit());
    return now_ms();
}

Result<std::string> Store::load_preference(const std::string& name)
{
    Statement find = TRY(m_database.prepare("SELECT value FROM preferences WHERE name = ?"));
    if (!TRY(find.bind(name).step())) return std::string();
    return find.text(0);
}

Status Store::check_integrity()
{
    const std::string pages = TRY(m_database.query_text("PRAGMA integrity_check"));
    Statement keys = TRY(m_database.prepare("PRAGMA foreign_key_check"));
    const bool dangling = TRY(keys.step());
    if (pages == "ok" && !dangling) return Ok{};
    return Error{ErrorCode::corrupt, "The records of this practice fail their check. Restore a backup.",
        "store: integrity_check: " + pages + (dangling ? ", dangling reference" : "")};
}

} // namespace chartside::store
