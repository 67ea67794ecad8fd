#include "platform/store/access_handle.h"

// In web/store/library_store.js. Offsets are doubles: exact up to 2^53 bytes, and plain numbers in JavaScript.
// A fault is 0 none, 1 failed, 2 full; a count or size is -1 on failure.
extern "C" {
double chartside_file_read(int file, void* target, double byte_count, double offset);
int chartside_file_write(int file, const void* bytes, double byte_count, double offset);
int chartside_file_truncate(int file, double byte_count);
int chartside_file_flush(int file);
double chartside_file_size(int file);
}

namespace chartside::platform {
namespace {

store::FileFault fault_of(int code)
{
    switch (code) {
    case 0: return store::FileFault::none;
    case 2: return store::FileFault::full;
    default: return store::FileFault::failed;
    }
}

} // namespace

int64_t AccessHandle::read(void* target, size_t byte_count, int64_t offset)
{
    return static_cast<int64_t>(
        chartside_file_read(m_number, target, static_cast<double>(byte_count), static_cast<double>(offset)));
}

store::FileFault AccessHandle::write(const void* bytes, size_t byte_count, int64_t offset)
{
    return fault_of(
        chartside_file_write(m_number, bytes, static_cast<double>(byte_count), static_cast<double>(offset)));
}

store::FileFault AccessHandle::truncate(int64_t byte_count)
{
    return fault_of(chartside_file_truncate(m_number, static_cast<double>(byte_count)));
}

store::FileFault AccessHandle::flush()
{
    return fault_of(chartside_file_flush(m_number));
}

int64_t AccessHandle::size()
{
    return static_cast<int64_t>(chartside_file_size(m_number));
}

} // namespace chartside::platform
