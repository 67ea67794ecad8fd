#include "store/before_copy.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace chartside::store {
namespace {

// Of its own sector, so that rewriting it cannot tear the copy behind it.
constexpr int64_t body_offset = 4096;
constexpr size_t piece_bytes = 1 << 20;
constexpr char magic[8] = {'C', 'H', 'B', 'E', 'F', 'O', 'R', '1'};

struct Header {
    char magic[8];
    uint32_t is_settled;
    uint32_t schema_version;
    uint64_t byte_count;
    uint64_t body_sum;
    uint64_t header_sum; // of all before it
};
static_assert(sizeof(Header) == 40);

// FNV-1a: tells a torn copy from a whole one. That nobody changed it is the cipher's to tell, page by page.
uint64_t sum(const void* bytes, size_t byte_count, uint64_t value = 0xcbf29ce484222325)
{
    const auto* at = static_cast<const unsigned char*>(bytes);
    for (size_t i = 0; i < byte_count; ++i) value = (value ^ at[i]) * 0x100000001b3;
    return value;
}

Status checked(FileFault fault)
{
    switch (fault) {
    case FileFault::none: return Ok{};
    case FileFault::full:
        return Error{ErrorCode::out_of_space,
            "This device has too little room to bring the practice up to date safely. Nothing was changed. Free as much "
            "room as Chartside's records take, then try again.",
            "before: full"};
    case FileFault::failed: break;
    }
    return Error{ErrorCode::io,
        "The device did not let Chartside keep a copy of the practice before an update. Nothing was changed. Try again.",
        "before: write"};
}

Status read_all(FileHandle& file, void* target, size_t byte_count, int64_t offset)
{
    auto* bytes = static_cast<char*>(target);
    for (size_t done = 0; done < byte_count;) {
        const int64_t more = file.read(bytes + done, byte_count - done, offset + static_cast<int64_t>(done));
        if (more <= 0) {
            return Error{ErrorCode::io, "The device did not let Chartside read its files. Reload the page and try again.",
                "before: read"};
        }
        done += static_cast<size_t>(more);
    }
    return Ok{};
}

Result<int64_t> size_of(FileHandle& file)
{
    const int64_t size = file.size();
    if (size >= 0) return size;
    return Error{ErrorCode::io, "The device did not let Chartside read its files. Reload the page and try again.", "before: size"};
}

/// Hands each piece of [offset, offset + byte_count) to `take(bytes, count, offset in the range)`.
template <typename Take>
Status each_piece(FileHandle& file, int64_t offset, int64_t byte_count, Take&& take)
{
    std::vector<uint8_t> piece(std::min<size_t>(piece_bytes, static_cast<size_t>(byte_count)));
    for (int64_t done = 0; done < byte_count;) {
        const size_t count = std::min<size_t>(piece.size(), static_cast<size_t>(byte_count - done));
        TRY(read_all(file, piece.data(), count, offset + done));
        TRY(take(piece.data(), count, done));
        done += static_cast<int64_t>(count);
    }
    return Ok{};
}

Status write_header(FileHandle& before, Header header)
{
    std::memcpy(header.magic, magic, sizeof magic);
    header.header_sum = sum(&header, offsetof(Header, header_sum));
    TRY(checked(before.write(&header, sizeof header, 0)));
    return checked(before.flush());
}

Result<std::optional<Header>> read_header(FileHandle& before)
{
    const int64_t size = TRY(size_of(before));
    if (size < body_offset) return std::optional<Header>();
    Header header;
    TRY(read_all(before, &header, sizeof header, 0));
    const bool is_whole = std::memcmp(header.magic, magic, sizeof magic) == 0
        && header.header_sum == sum(&header, offsetof(Header, header_sum))
        && header.byte_count <= static_cast<uint64_t>(size - body_offset);
    return is_whole ? std::optional<Header>(header) : std::nullopt;
}

Result<bool> body_is_whole(FileHandle& before, const Header& header)
{
    uint64_t value = sum(nullptr, 0);
    TRY(each_piece(before, body_offset, static_cast<int64_t>(header.byte_count), [&](const uint8_t* bytes, size_t count, int64_t) -> Status {
        value = sum(bytes, count, value);
        return Ok{};
    }));
    return value == header.body_sum;
}

} // namespace

Status keep_copy(MountedFiles& files, int64_t schema_version)
{
    FileHandle& before = files.before();
    const auto copy = [&]() -> Status {
        Header header{};
        header.schema_version = static_cast<uint32_t>(schema_version);
        header.byte_count = static_cast<uint64_t>(TRY(size_of(files.database())));
        header.body_sum = sum(nullptr, 0);
        TRY(drop_copy(files)); // an older one's header must not vouch for this one's bytes
        TRY(each_piece(files.database(), 0, static_cast<int64_t>(header.byte_count), [&](const uint8_t* bytes, size_t count, int64_t at) {
            header.body_sum = sum(bytes, count, header.body_sum);
            return checked(before.write(bytes, count, body_offset + at));
        }));
        TRY(checked(before.flush()));
        return write_header(before, header);
    };
    Status kept = copy();
    if (!kept.ok()) (void)drop_copy(files); // its room is needed
    return kept;
}

Result<std::optional<BeforeCopy>> find_copy(MountedFiles& files)
{
    const auto header = TRY(read_header(files.before()));
    if (!header || !TRY(body_is_whole(files.before(), *header))) return std::optional<BeforeCopy>();
    return std::optional<BeforeCopy>({header->is_settled != 0, header->schema_version, static_cast<int64_t>(header->byte_count)});
}

Status settle_copy(MountedFiles& files)
{
    auto header = TRY(read_header(files.before()));
    if (!header) return Ok{};
    header->is_settled = 1;
    return write_header(files.before(), *header);
}

Status put_copy_back(MountedFiles& files)
{
    const auto header = TRY(read_header(files.before()));
    if (!header) return Ok{};
    // The logs first: what they hold belongs to the database that is being replaced.
    for (FileHandle* log : {&files.write_ahead_log(), &files.journal()}) {
        TRY(checked(log->truncate(0)));
        TRY(checked(log->flush()));
    }
    FileHandle& database = files.database();
    TRY(each_piece(files.before(), body_offset, static_cast<int64_t>(header->byte_count), [&](const uint8_t* bytes, size_t count, int64_t at) {
        return checked(database.write(bytes, count, at));
    }));
    TRY(checked(database.truncate(static_cast<int64_t>(header->byte_count))));
    return checked(database.flush());
}

Status drop_copy(MountedFiles& files)
{
    if (TRY(size_of(files.before())) == 0) return Ok{};
    TRY(checked(files.before().truncate(0)));
    return checked(files.before().flush());
}

} // namespace chartside::store
