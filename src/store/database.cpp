#include "store/database.h"

#include "store/handle_vfs.h"

#include <sqlite3.h>

#include <cstring>
#include <memory>
#include <utility>

namespace chartside::store {
namespace {

Error sqlite_error(sqlite3* connection, int code, std::string_view doing)
{
    std::string detail = "sqlite: ";
    detail += doing;
    detail += ": ";
    detail += connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
    detail += " (" + std::to_string(connection != nullptr ? sqlite3_extended_errcode(connection) : code) + ")";
    int kind = code == SQLITE_IOERR_NOMEM ? SQLITE_NOMEM : code & 0xff;
    if (take_read_failure() && (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB)) kind = SQLITE_IOERR;
    switch (kind) {
    case SQLITE_FULL:
        return {ErrorCode::out_of_space,
            "This device is out of space, so the last change was not saved. Free some space and try again; what was "
            "saved before is safe.",
            detail};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return {ErrorCode::corrupt,
            "The records of this practice fail their check and were not read any further. Close Chartside, keep this "
            "device as it is, and restore a backup.",
            detail};
    case SQLITE_NOMEM:
        return {ErrorCode::out_of_memory,
            "This device is out of memory, so the last change was not saved. Close other tabs and try again.", detail};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::busy, "The practice is in use elsewhere. Close Chartside there, then try again here.",
            detail};
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
        return {ErrorCode::invalid_input,
            "Part of this does not fit what a visit may hold, so nothing of it was saved. Undo the last change and "
            "try again.",
            detail};
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
        return {ErrorCode::io,
            "The device did not take the last change, so it was not saved. Try again; what was saved before is safe.",
            detail};
    default:
        return {ErrorCode::internal,
            "Something went wrong while saving. Reload the page; what was saved before is safe.", detail};
    }
}

constexpr int connection_bytes = 192 * 1024;

// The compiler may not drop this, unlike a memset before the end of a lifetime.
void erase(void* bytes, size_t byte_count)
{
    volatile auto* cursor = static_cast<volatile unsigned char*>(bytes);
    while (byte_count-- > 0) *cursor++ = 0;
}

std::string key_pragma(const DataKey& key)
{
    constexpr char digits[] = "0123456789abcdef";
    std::string pragma = "PRAGMA key = \"x'";
    pragma.reserve(96);
    for (uint8_t byte : key) {
        pragma += digits[byte >> 4];
        pragma += digits[byte & 15];
    }
    pragma += "'\"";
    return pragma;
}

const char* durability_pragma(Durability durability)
{
    switch (durability) {
    case Durability::full: return "PRAGMA synchronous = FULL";
    case Durability::normal: return "PRAGMA synchronous = NORMAL";
    case Durability::off: return "PRAGMA synchronous = OFF";
    }
    return "PRAGMA synchronous = FULL";
}

} // namespace

Statement::Statement(Statement&& other) noexcept
    : m_connection(other.m_connection), m_statement(std::exchange(other.m_statement, nullptr)),
      m_next_parameter(other.m_next_parameter), m_bind_code(other.m_bind_code)
{
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

void Statement::reset()
{
    sqlite3_reset(m_statement);
    m_bind_code = SQLITE_OK;
}

void Statement::bind_next(std::string_view value)
{
    // Copied by SQLite: the caller's text may be gone before the step. A null pointer would bind NULL.
    const char* bytes = value.data() != nullptr ? value.data() : "";
    const int code = sqlite3_bind_text64(m_statement, m_next_parameter++, bytes, value.size(), SQLITE_TRANSIENT,
        SQLITE_UTF8);
    if (code != SQLITE_OK) m_bind_code = code;
}

void Statement::bind_next(int64_t value)
{
    const int code = sqlite3_bind_int64(m_statement, m_next_parameter++, value);
    if (code != SQLITE_OK) m_bind_code = code;
}

void Statement::bind_next(double value)
{
    const int code = sqlite3_bind_double(m_statement, m_next_parameter++, value);
    if (code != SQLITE_OK) m_bind_code = code;
}

void Statement::bind_next(std::span<const uint8_t> value)
{
    const int code = value.empty()
        ? sqlite3_bind_zeroblob(m_statement, m_next_parameter++, 0)
        : sqlite3_bind_blob64(m_statement, m_next_parameter++, value.data(), value.size(), SQLITE_TRANSIENT);
    if (code != SQLITE_OK) m_bind_code = code;
}

Result<bool> Statement::step()
{
    if (m_bind_code != SQLITE_OK) return sqlite_error(m_connection, m_bind_code, "bind");
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return sqlite_error(m_connection, code, "step");
}

Status Statement::run()
{
    while (TRY(step())) {}
    sqlite3_reset(m_statement);
    return Ok{};
}

std::string Statement::text(int column) const
{
    // Not sqlite3_column_text: that allocates for a terminator, and without memory it would read as an empty text.
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(m_statement, column));
    const int byte_count = sqlite3_column_bytes(m_statement, column);
    return bytes != nullptr ? std::string(bytes, static_cast<size_t>(byte_count)) : std::string();
}

int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

bool Statement::is_null(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

std::span<const uint8_t> Statement::blob(int column) const
{
    const auto* bytes = static_cast<const uint8_t*>(sqlite3_column_blob(m_statement, column));
    return {bytes, static_cast<size_t>(sqlite3_column_bytes(m_statement, column))};
}

Database::Database(sqlite3* connection, DatabaseOptions options)
    : m_connection(connection), m_options(std::move(options))
{
}

Database::Database(Database&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)), m_options(std::move(other.m_options))
{
}

Database::~Database()
{
    if (m_connection != nullptr) sqlite3_close_v2(m_connection);
    erase(m_options.key.data(), m_options.key.size());
}

Result<Database> Database::open(const DatabaseOptions& options)
{
    // The cipher does not look whether it was given the memory that a connection begins with.
    void* room = sqlite3_malloc(connection_bytes);
    if (room == nullptr) return sqlite_error(nullptr, SQLITE_NOMEM, "open");
    sqlite3_free(room);

    // The cipher wraps the VFS below it under this name, or the default one.
    const std::string vfs = "multipleciphers-" + options.vfs;
    (void)take_read_failure(); // an earlier one is not this one's
    sqlite3* connection = nullptr;
    const int code = sqlite3_open_v2(options.path.c_str(), &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
        options.vfs.empty() ? nullptr : vfs.c_str());
    Database database(connection, options);
    if (code != SQLITE_OK) return sqlite_error(connection, code, "open");
    TRY(database.configure());
    return database;
}

// The order matters: the cipher before its key, the key before the first page, EXCLUSIVE before the log is touched.
Status Database::configure()
{
    sqlite3_extended_result_codes(m_connection, 1);
    TRY(execute("PRAGMA cipher = 'chacha20'"));
    std::string key = key_pragma(m_options.key);
    erase(m_options.key.data(), m_options.key.size());
    auto keyed = execute(key);
    erase(key.data(), key.size());
    if (!keyed.ok()) return std::move(keyed).error();
    TRY(execute("PRAGMA page_size = 8192"));
    TRY(execute("PRAGMA locking_mode = EXCLUSIVE"));
    const std::string journal_mode = TRY(query_text("PRAGMA journal_mode = WAL"));
    if (journal_mode != "wal") {
        return Error{ErrorCode::unsupported,
            "This browser cannot keep the practice's records safely. Update it, then open Chartside again.",
            "sqlite: journal mode is " + journal_mode};
    }
    TRY(execute(durability_pragma(m_options.durability)));
    TRY(execute("PRAGMA secure_delete = ON"));
    TRY(execute("PRAGMA foreign_keys = ON"));
    TRY(execute("PRAGMA trusted_schema = OFF"));
    TRY(execute("PRAGMA temp_store = MEMORY"));
    // Sixteen MiB: a page that falls out of the cache is decrypted again when it is next touched.
    TRY(execute("PRAGMA cache_size = -16384"));
    // Two MiB of log between checkpoints: a kill leaves little to replay.
    TRY(execute("PRAGMA wal_autocheckpoint = 256"));
    return Ok{};
}

Result<Statement> Database::prepare(std::string_view sql)
{
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(m_connection, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    if (code != SQLITE_OK) return sqlite_error(m_connection, code, "prepare");
    return Statement(m_connection, statement);
}

Status Database::execute(const std::string& sql)
{
    const int code = sqlite3_exec(m_connection, sql.c_str(), nullptr, nullptr, nullptr);
    // The text is left out of the error: it may be the key's.
    if (code != SQLITE_OK) return sqlite_error(m_connection, code, "execute");
    return Ok{};
}

Result<int64_t> Database::query_integer(std::string_view sql)
{
    Statement statement = TRY(prepare(sql));
    if (!TRY(statement.step())) return Error{ErrorCode::internal, "", "sqlite: no row"};
    return statement.integer(0);
}

Result<std::string> Database::query_text(std::string_view sql)
{
    Statement statement = TRY(prepare(sql));
    if (!TRY(statement.step())) return Error{ErrorCode::internal, "", "sqlite: no row"};
    return statement.text(0);
}

int64_t Database::last_inserted_key() const
{
    return sqlite3_last_insert_rowid(m_connection);
}

bool Database::in_transaction() const
{
    return sqlite3_get_autocommit(m_connection) == 0;
}

Status Database::check_ciphertext() const
{
    // Through the VFS below the cipher, which shows the bytes as they lie there.
    sqlite3_vfs* vfs = sqlite3_vfs_find(m_options.vfs.empty() ? "unix" : m_options.vfs.c_str());
    const char* name = sqlite3_db_filename(m_connection, "main");
    if (vfs == nullptr || name == nullptr) {
        return Error{ErrorCode::internal, "The practice could not be checked. Reload the page.", "sqlite: no vfs"};
    }
    std::unique_ptr<char[]> memory(new char[static_cast<size_t>(vfs->szOsFile)]());
    auto* file = reinterpret_cast<sqlite3_file*>(memory.get());
    int code = vfs->xOpen(vfs, name, file, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, nullptr);
    if (code != SQLITE_OK) return sqlite_error(nullptr, code, "open for check");
    char header[16] = {};
    code = file->pMethods->xRead(file, header, sizeof(header), 0);
    file->pMethods->xClose(file);
    if (code != SQLITE_OK) return sqlite_error(nullptr, code, "read for check");
    if (std::memcmp(header, "SQLite format 3", sizeof(header)) == 0) {
        return Error{ErrorCode::internal,
            "Chartside stopped because the practice would not have been encrypted. Do not use it on this device.",
            "sqlite: plain header"};
    }
    return Ok{};
}

Result<Transaction> Transaction::begin(Database& database)
{
    (void)take_read_failure();
    TRY(database.execute("BEGIN IMMEDIATE"));
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}

Transaction::~Transaction()
{
    // SQLite rolls back by itself after some failures; a second ROLLBACK would only be an error to ignore.
    if (m_database != nullptr && m_database->in_transaction()) (void)m_database->execute("ROLLBACK");
}

Status Transaction::commit()
{
    TRY(m_database->execute("COMMIT"));
    m_database = nullptr;
    return Ok{};
}

} // namespace chartside::store
