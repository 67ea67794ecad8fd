// One open file, as the store's VFS needs it. Owner: whoever mounts it; the store's thread.
//
// In the browser this is a FileSystemSyncAccessHandle (src/platform/store), in tests a recorder of every write.
#pragma once

#include <cstddef>
#include <cstdint>

namespace chartside::store {

enum class FileFault { none, failed, full };

class FileHandle {
public:
    virtual ~FileHandle() = default;

    /// Bytes read; 0 only at the end of the file, or when nothing more can be read; -1 when reading failed.
    virtual int64_t read(void* target, size_t byte_count, int64_t offset) = 0;
    /// Writes all bytes or says why not; growing the file as needed.
    virtual FileFault write(const void* bytes, size_t byte_count, int64_t offset) = 0;
    virtual FileFault truncate(int64_t byte_count) = 0;
    /// Returns when everything written is durable.
    virtual FileFault flush() = 0;
    /// Bytes in the file; -1 when that cannot be told.
    virtual int64_t size() = 0;
};

} // namespace chartside::store
