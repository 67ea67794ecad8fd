// SQLite behind RAII: a connection opened the one right way, statements and transactions. Owner: Store; its thread.
//
// An Error from here names the operation and SQLite's code, never a value that was bound.
#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace chartside::store {

using DataKey = std::array<uint8_t, 32>;

/// How hard a commit is pressed to disk. Only `full` keeps what was acknowledged through a power cut; the other
/// two exist so that the crash tests can show that they would notice.
enum class Durability { full, normal, off };

struct DatabaseOptions {
    std::string path;
    std::string vfs; // name of the VFS under the encryption; empty: the system's own
    DataKey key{};
    Durability durability = Durability::full;
};

class Statement {
public:
    Statement(sqlite3* connection, sqlite3_stmt* statement) : m_connection(connection), m_statement(statement) {}
    ~Statement();
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) = delete;

    /// Binds all parameters in order, after resetting. A failure shows in the next step.
    template <typename... Values>
    Statement& bind(const Values&... values)
    {
        reset();
        m_next_parameter = 1;
        (bind_next(values), ...);
        return *this;
    }

    /// True when a row is there to be read.
    Result<bool> step();
    /// Steps to the end, for statements without rows.
    Status run();

    std::string text(int column) const; // the bytes as saved, zero bytes included
    int64_t integer(int column) const;
    double real(int column) const;
    bool is_null(int column) const;
    /// Valid until the next step.
    std::span<const uint8_t> blob(int column) const;

private:
    void reset();
    void bind_next(std::string_view value);
    void bind_next(const std::string& value) { bind_next(std::string_view(value)); }
    void bind_next(const char* value) { bind_next(std::string_view(value)); }
    void bind_next(int64_t value);
    void bind_next(int value) { bind_next(static_cast<int64_t>(value)); }
    void bind_next(bool value) { bind_next(static_cast<int64_t>(value)); }
    void bind_next(double value);
    void bind_next(std::span<const uint8_t> value);

    sqlite3* m_connection;
    sqlite3_stmt* m_statement;
    int m_next_parameter = 1;
    int m_bind_code = 0;
};

class Database {
public:
    /// Opens or creates. Fails with `corrupt` when the key does not fit or the bytes fail their check.
    static Result<Database> open(const DatabaseOptions& options);
    ~Database();
    Database(Database&& other) noexcept;
    Database& operator=(Database&& other) = delete;

    Result<Statement> prepare(std::string_view sql);
    /// Runs statements that yield no rows worth reading.
    Status execute(const std::string& sql);
    /// The first column of the first row.
    Result<int64_t> query_integer(std::string_view sql);
    Result<std::string> query_text(std::string_view sql);
    int64_t last_inserted_key() const;
    /// Reads the first bytes as they lie on disk and refuses a file that is not encrypted.
    Status check_ciphertext() const;
    bool in_transaction() const;

private:
    Database(sqlite3* connection, DatabaseOptions options);
    Status configure();

    sqlite3* m_connection;
    DatabaseOptions m_options; // the key is erased once it was used
};

/// Rolls back unless committed.
class Transaction {
public:
    static Result<Transaction> begin(Database& database);
    ~Transaction();
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&& other) = delete;

    /// Durable once this returned Ok.
    Status commit();

private:
    explicit Transaction(Database& database) : m_database(&database) {}
    Database* m_database; // null once committed
};

} // namespace chartside::store
