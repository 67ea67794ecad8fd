// SQLite's view of three files that were opened once: the database, its write-ahead log and its rollback journal.
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

/// While it lives, `path` opens these three handles. The handles are borrowed and must outlive it.
class MountedFiles {
public:
    MountedFiles(std::string path, FileHandle& database, FileHandle& write_ahead_log, FileHandle& journal);
    ~MountedFiles();
    MountedFiles(const MountedFiles&) = delete;
    MountedFiles& operator=(const MountedFiles&) = delete;

    const std::string& path() const { return m_path; }

private:
    std::string m_path;
};

} // namespace chartside::store
