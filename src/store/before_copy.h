// The practice as it was before its schema was changed: a copy of the encrypted database in a file beside it, kept until
// the changed one was checked and opened once more. Owner: Store; its thread.
//
// A copy counts only once it is whole: its bytes are flushed before the header that vouches for them is written. While
// the change is under way nothing can have been saved since, so putting the copy back loses nothing.
#pragma once

#include "base/result.h"
#include "store/handle_vfs.h"

#include <cstdint>
#include <optional>

namespace chartside::store {

struct BeforeCopy {
    bool is_settled = false; // the change was committed: from then on there may be saves that the copy lacks
    int64_t schema_version = 0;
    int64_t byte_count = 0;
};

/// Copies the database file, whose log must have been checkpointed into it. Fails with out_of_space, leaving no copy.
Status keep_copy(MountedFiles& files, int64_t schema_version);
/// The copy, or nothing where there is none or only part of one.
Result<std::optional<BeforeCopy>> find_copy(MountedFiles& files);
Status settle_copy(MountedFiles& files);
/// Puts the copy in the database's place and empties the logs. The database must be closed. The copy stays.
Status put_copy_back(MountedFiles& files);
Status drop_copy(MountedFiles& files);

} // namespace chartside::store
