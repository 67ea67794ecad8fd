#include "store/handle_vfs.h"

#include <sqlite3.h>

#include <chrono>
#include <cstring>
#include <map>
#include <random>
#include <utility>

namespace chartside::store {
namespace {

using MountTable = std::map<std::string, FileHandle*, std::less<>>;

bool read_failed = false;

MountTable& mounts()
{
    static MountTable table;
    return table;
}

FileHandle* mounted(const char* name)
{
    if (name == nullptr) return nullptr;
    const auto found = mounts().find(std::string_view(name));
    return found == mounts().end() ? nullptr : found->second;
}

struct OpenFile {
    sqlite3_file base;
    FileHandle* handle;
    bool is_log;
};

FileHandle& handle_of(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file)->handle; }

int code_of(FileFault fault, int failed)
{
    switch (fault) {
    case FileFault::none: return SQLITE_OK;
    case FileFault::full: return SQLITE_FULL;
    case FileFault::failed: break;
    }
    return failed;
}

// SQLite3MC 2.4.0 goes on with the bytes of a read that failed, unless it failed for being short. In the database they
// fail the page's check, so they are made to; in the log they would end its recovery as if no save came after them, and
// the next checkpoint would make that true. A short read there is an error to SQLite too.
int failed_read(sqlite3_file* file, char* bytes, int byte_count)
{
    read_failed = true;
    std::memset(bytes, 0xA5, static_cast<size_t>(byte_count));
    return reinterpret_cast<OpenFile*>(file)->is_log ? SQLITE_IOERR_SHORT_READ : SQLITE_IOERR_READ;
}

int file_close(sqlite3_file*) { return SQLITE_OK; } // the handles stay open until the practice is closed

int file_read(sqlite3_file* file, void* target, int byte_count, sqlite3_int64 offset)
{
    FileHandle& handle = handle_of(file);
    auto* bytes = static_cast<char*>(target);
    int64_t read = 0;
    while (read < byte_count) {
        const int64_t more = handle.read(bytes + read, static_cast<size_t>(byte_count - read), offset + read);
        if (more < 0) return failed_read(file, bytes, byte_count);
        if (more > 0) {
            read += more;
            continue;
        }
        // Only the end of the file may be short: SQLite takes a log whose header it cannot see for an empty one, and
        // with it would go every save since the last checkpoint.
        const int64_t size = handle.size();
        if (size < 0 || size > offset + read) return failed_read(file, bytes, byte_count);
        // SQLite relies on the rest being zero.
        std::memset(bytes + read, 0, static_cast<size_t>(byte_count - read));
        return SQLITE_IOERR_SHORT_READ;
    }
    return SQLITE_OK;
}

int file_write(sqlite3_file* file, const void* bytes, int byte_count, sqlite3_int64 offset)
{
    return code_of(handle_of(file).write(bytes, static_cast<size_t>(byte_count), offset), SQLITE_IOERR_WRITE);
}

int file_truncate(sqlite3_file* file, sqlite3_int64 byte_count)
{
    return code_of(handle_of(file).truncate(byte_count), SQLITE_IOERR_TRUNCATE);
}

int file_sync(sqlite3_file* file, int)
{
    return code_of(handle_of(file).flush(), SQLITE_IOERR_FSYNC);
}

int file_size(sqlite3_file* file, sqlite3_int64* byte_count)
{
    const int64_t size = handle_of(file).size();
    if (size < 0) {
        read_failed = true;
        return SQLITE_IOERR_FSTAT;
    }
    *byte_count = size;
    return SQLITE_OK;
}

int file_lock(sqlite3_file*, int) { return SQLITE_OK; }
int file_check_reserved_lock(sqlite3_file*, int* held)
{
    *held = 0;
    return SQLITE_OK;
}
int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
// With pages of 8192 bytes over sectors of 4096, the cipher leaves the rollback journal's header readable; with
// equal sizes it would encrypt it, and a hot journal would never roll back.
int file_sector_size(sqlite3_file*) { return 4096; }
// Nothing is promised: neither atomic writes nor that a power cut spares the bytes beside a write.
int file_device_characteristics(sqlite3_file*) { return 0; }

// Version 1: no shared memory, no memory mapping.
const sqlite3_io_methods file_methods = {
    1, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_lock,
    file_check_reserved_lock, file_control, file_sector_size, file_device_characteristics,
    nullptr, nullptr, nullptr, nullptr, nullptr, nullptr,
};

int vfs_open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags)
{
    file->pMethods = nullptr;
    FileHandle* handle = mounted(name);
    if (handle == nullptr) return SQLITE_CANTOPEN; // temporary files live in memory
    reinterpret_cast<OpenFile*>(file)->handle = handle;
    reinterpret_cast<OpenFile*>(file)->is_log = (flags & SQLITE_OPEN_WAL) != 0;
    file->pMethods = &file_methods;
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs*, const char* name, int)
{
    FileHandle* handle = mounted(name);
    if (handle == nullptr) return SQLITE_IOERR_DELETE_NOENT;
    const int code = code_of(handle->truncate(0), SQLITE_IOERR_DELETE);
    return code != SQLITE_OK ? code : code_of(handle->flush(), SQLITE_IOERR_DELETE);
}

int vfs_access(sqlite3_vfs*, const char* name, int, int* answer)
{
    FileHandle* handle = mounted(name);
    const int64_t size = handle == nullptr ? 0 : handle->size();
    // "There is none" would make SQLite pass over a log or a journal that it only cannot see just now.
    if (size < 0) return SQLITE_IOERR_ACCESS;
    *answer = size > 0;
    return SQLITE_OK;
}

int vfs_full_pathname(sqlite3_vfs*, const char* name, int capacity, char* target)
{
    const size_t length = std::strlen(name);
    if (length >= static_cast<size_t>(capacity)) return SQLITE_CANTOPEN;
    std::memcpy(target, name, length + 1);
    return SQLITE_OK;
}

int vfs_randomness(sqlite3_vfs*, int byte_count, char* target)
{
    std::random_device device;
    for (int i = 0; i < byte_count; ++i) target[i] = static_cast<char>(device());
    return byte_count;
}

int vfs_sleep(sqlite3_vfs*, int) { return 0; }

int vfs_current_time_ms(sqlite3_vfs*, sqlite3_int64* julian_ms)
{
    using namespace std::chrono;
    constexpr sqlite3_int64 unix_epoch_julian_ms = 210866760000000;
    *julian_ms = unix_epoch_julian_ms
        + duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    return SQLITE_OK;
}

int vfs_current_time(sqlite3_vfs* vfs, double* julian_days)
{
    sqlite3_int64 julian_ms = 0;
    vfs_current_time_ms(vfs, &julian_ms);
    *julian_days = static_cast<double>(julian_ms) / 86400000.0;
    return SQLITE_OK;
}

int vfs_last_error(sqlite3_vfs*, int, char*) { return 0; }

sqlite3_vfs* handle_vfs()
{
    static sqlite3_vfs vfs = {
        2, sizeof(OpenFile), 512, nullptr, handle_vfs_name, nullptr,
        vfs_open, vfs_delete, vfs_access, vfs_full_pathname, nullptr, nullptr, nullptr, nullptr,
        vfs_randomness, vfs_sleep, vfs_current_time, vfs_last_error, vfs_current_time_ms, nullptr, nullptr, nullptr,
    };
    return &vfs;
}

} // namespace

bool take_read_failure()
{
    return std::exchange(read_failed, false);
}

MountedFiles::MountedFiles(std::string path, FileHandle& database, FileHandle& write_ahead_log, FileHandle& journal,
    FileHandle& before)
    : m_database(database), m_write_ahead_log(write_ahead_log), m_journal(journal), m_before(before), m_path(std::move(path))
{
    sqlite3_initialize();
    if (sqlite3_vfs_find(handle_vfs_name) == nullptr) sqlite3_vfs_register(handle_vfs(), 0);
    mounts()[m_path] = &database;
    mounts()[m_path + "-wal"] = &write_ahead_log;
    mounts()[m_path + "-journal"] = &journal;
}

MountedFiles::~MountedFiles()
{
    mounts().erase(m_path);
    mounts().erase(m_path + "-wal");
    mounts().erase(m_path + "-journal");
}

} // namespace chartside::store

#if defined(SQLITE_OS_OTHER) && SQLITE_OS_OTHER
// A build without an operating system's VFS asks the program for one.
extern "C" int sqlite3_os_init()
{
    return sqlite3_vfs_register(chartside::store::handle_vfs(), 1);
}
extern "C" int sqlite3_os_end()
{
    return SQLITE_OK;
}
#endif
