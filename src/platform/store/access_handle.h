// A FileSystemSyncAccessHandle of the browser as a FileHandle. Owner: PracticeStore; the store worker's thread.
//
// The handles themselves stay in JavaScript: web/store/library_store.js finds them by number in the array that the
// worker hands to the module (db, wal, journal, before).
#pragma once

#include "store/file_handle.h"

namespace chartside::platform {

class AccessHandle final : public store::FileHandle {
public:
    explicit AccessHandle(int number) : m_number(number) {}

    int64_t read(void* target, size_t byte_count, int64_t offset) override;
    store::FileFault write(const void* bytes, size_t byte_count, int64_t offset) override;
    store::FileFault truncate(int64_t byte_count) override;
    store::FileFault flush() override;
    int64_t size() override;

private:
    int m_number;
};

} // namespace chartside::platform
