// Files in memory that remember every write, truncate and flush, so that a test can put back any moment of them.
#pragma once

#include "store/handle_vfs.h"
#include "store/store.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace chartside::store::test {

struct Operation {
    enum class Kind { write, truncate, flush };
    Kind kind = Kind::write;
    int file = 0;
    int64_t offset = 0; // of a write; the new size of a truncate
    std::vector<uint8_t> bytes;
};

using FileBytes = std::vector<uint8_t>;

inline void apply_write(FileBytes& file, int64_t offset, const uint8_t* bytes, size_t byte_count)
{
    const size_t end = static_cast<size_t>(offset) + byte_count;
    if (file.size() < end) file.resize(end);
    if (byte_count > 0) std::memcpy(file.data() + offset, bytes, byte_count);
}

enum class Fault { io_error, short_read, short_write, full };

/// What the files of one practice lie on: gives out faults, and may be full.
struct Device {
    Fault fault = Fault::io_error;
    bool lasting = false; // until it is lifted, instead of once
    int countdown = -1;   // operations that the fault can strike before it does; -1: never
    int struck = 0;
    size_t capacity = SIZE_MAX; // of all files together

    enum class Doing { read, write, other };
    bool strikes(Doing doing)
    {
        const bool can = fault == Fault::io_error || (fault == Fault::short_read && doing == Doing::read)
            || ((fault == Fault::short_write || fault == Fault::full) && doing == Doing::write);
        if (!can || countdown < 0) return false;
        if (countdown > 0) {
            --countdown;
            return false;
        }
        if (!lasting) countdown = -1;
        ++struck;
        return true;
    }
    void lift() { countdown = -1; }
};

class MemoryFile : public FileHandle {
public:
    MemoryFile(int number, std::vector<Operation>* log) : m_number(number), m_log(log) {}

    int64_t read(void* target, size_t byte_count, int64_t offset) override
    {
        if (fails_now()) return -1;
        if (device != nullptr && device->strikes(Device::Doing::read)) {
            if (device->fault == Fault::io_error) return -1;
            byte_count = device->lasting ? 0 : byte_count / 2;
        }
        const auto start = static_cast<size_t>(offset);
        if (start >= bytes.size()) return 0;
        const size_t read = std::min(byte_count, bytes.size() - start);
        std::memcpy(target, bytes.data() + start, read);
        return static_cast<int64_t>(read);
    }
    FileFault write(const void* source, size_t byte_count, int64_t offset) override
    {
        if (fails_now()) return FileFault::failed;
        if (static_cast<size_t>(offset) + byte_count > capacity) return FileFault::full;
        const auto* first = static_cast<const uint8_t*>(source);
        if (device != nullptr && device->strikes(Device::Doing::write)) {
            if (device->fault == Fault::io_error) return FileFault::failed;
            if (device->fault == Fault::short_write) apply_write(bytes, offset, first, byte_count / 2);
            return FileFault::full;
        }
        const size_t end = static_cast<size_t>(offset) + byte_count;
        if (end > bytes.size() && device != nullptr && used != nullptr) {
            if (*used + (end - bytes.size()) > device->capacity) return FileFault::full;
            *used += end - bytes.size();
        }
        if (m_log != nullptr) {
            m_log->push_back({Operation::Kind::write, m_number, offset, {first, first + byte_count}});
        }
        apply_write(bytes, offset, first, byte_count);
        return FileFault::none;
    }
    FileFault truncate(int64_t byte_count) override
    {
        if (fails_now() || other_fails()) return FileFault::failed;
        if (m_log != nullptr) m_log->push_back({Operation::Kind::truncate, m_number, byte_count, {}});
        if (used != nullptr) *used = *used + static_cast<size_t>(byte_count) - bytes.size();
        bytes.resize(static_cast<size_t>(byte_count));
        return FileFault::none;
    }
    FileFault flush() override
    {
        if (fails_now() || other_fails()) return FileFault::failed;
        if (m_log != nullptr) m_log->push_back({Operation::Kind::flush, m_number, 0, {}});
        return FileFault::none;
    }
    int64_t size() override { return other_fails() ? -1 : static_cast<int64_t>(bytes.size()); }

    FileBytes bytes;
    size_t capacity = SIZE_MAX;
    Device* device = nullptr;
    size_t* used = nullptr; // bytes of all files on the device
    int* operations_until_failure = nullptr; // shared by the files of one practice; -1 never fails

private:
    bool other_fails() { return device != nullptr && device->strikes(Device::Doing::other); }
    bool fails_now()
    {
        if (operations_until_failure == nullptr || *operations_until_failure < 0) return false;
        if (*operations_until_failure == 0) {
            *operations_until_failure = -1; // one fault, then the device works again
            return true;
        }
        --*operations_until_failure;
        return false;
    }
    int m_number;
    std::vector<Operation>* m_log;
};

inline DataKey test_key()
{
    DataKey key{};
    for (size_t i = 0; i < key.size(); ++i) key[i] = static_cast<uint8_t>(7 * i + 3);
    return key;
}

/// The four files of a practice, mounted for as long as it lives.
struct Practice {
    std::vector<Operation>* log;
    Device device;
    size_t used = 0;
    MemoryFile database;
    MemoryFile write_ahead_log;
    MemoryFile journal;
    MemoryFile before;
    MountedFiles mounted;

    explicit Practice(std::vector<Operation>* operations = nullptr)
        : log(operations), database(0, operations), write_ahead_log(1, operations), journal(2, operations), before(3, operations),
          mounted("library" + std::to_string(next_number()), database, write_ahead_log, journal, before)
    {
        for (MemoryFile* file : {&database, &write_ahead_log, &journal, &before}) {
            file->device = &device;
            file->used = &used;
        }
    }
    /// Puts back what `other` has: as its files are found by whoever opens them next.
    void copy_files(const Practice& other)
    {
        database.bytes = other.database.bytes;
        write_ahead_log.bytes = other.write_ahead_log.bytes;
        journal.bytes = other.journal.bytes;
        before.bytes = other.before.bytes;
        used = database.bytes.size() + write_ahead_log.bytes.size() + journal.bytes.size() + before.bytes.size();
    }

    StoreOptions options()
    {
        StoreOptions result;
        result.database.path = mounted.path();
        result.database.vfs = handle_vfs_name;
        result.database.key = test_key();
        result.files = &mounted;
        return result;
    }
    static int next_number()
    {
        static int number = 0;
        return ++number;
    }
    Result<std::unique_ptr<Store>> open() { return Store::open(options()); }
};

inline VisitSummary made_visit(const std::string& id)
{
    VisitSummary visit;
    visit.id = id;
    visit.patient = {"p-" + id, "Rosa Alvarez", 54, Sex::female, Pronouns::she};
    visit.reason = "Knee pain";
    visit.scheduled_ms = 1000;
    return visit;
}

inline Consent made_consent(const std::string& visit_id)
{
    return {visit_id, "R. Alvarez", "aloud", "Dr. Lindqvist", 5000};
}

} // namespace chartside::store::test
