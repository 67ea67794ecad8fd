// SQLite's view of three files that were opened once: the database, its write-ahead log and its rollback journal. A fourth
// is for the store's own copy (before_copy.h), which SQLite does not see.
// Owner: the store; one thread, one connection.
//
// There is no pool and no directory: nothing here can create, rename or delete a file. "Deleting" a log or a
// journal empties it. Locks are no-ops because one worker owns the practice (a Web Lock sees to that), and there is
// no shared memory because the connection runs in EXCLUSIVE locking mode, set before the log is first touched.
#pragma once

#include "store/file_handle.h"

#include <string>

namespace chartside::store {

/// Name under which the VFS is registered.
inline constexpr const char* handle_vfs_name = "keep";

/// Whether a mounted file could not be read since this was last asked. SQLite and the cipher report some failed reads as
/// damaged pages; that must not send a physician to her backups.
bool take_read_failure();

/// While it lives, `path` opens these handles. The handles are borrowed and must outlive it.
class MountedFiles {
public:
    MountedFiles(std::string path, FileHandle& database, FileHandle& write_ahead_log, FileHandle& journal, FileHandle& before);
    ~MountedFiles();
    MountedFiles(const MountedFiles&) = delete;
    MountedFiles& operator=(const MountedFiles&) = delete;

    const std::string& path() const { return m_path; }
    FileHandle& database() { return m_database; }
    FileHandle& write_ahead_log() { return m_write_ahead_log; }
    FileHandle& journal() { return m_journal; }
    FileHandle& before() { return m_before; }

private:
    FileHandle& m_database;
    FileHandle& m_write_ahead_log;
    FileHandle& m_journal;
    FileHandle& m_before;
    std::string m_path;
};

} // namespace chartside::store
