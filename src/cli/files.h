// Files that the verbs read whole, and where the models lie. Main thread.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace chartside::cli {

/// A file that cannot be opened, as a sentence that says what to do.
Error cannot_open(const std::string& path);

/// The whole file, or a sentence that names it.
Result<std::vector<uint8_t>> read_file(const std::string& path);
Result<std::string> read_text(const std::string& path);

/// Where a model lies: in $CHARTSIDE_MODELS where that is set (moonshine/, silero/, moonshine_tiny.tokens,
/// note_linear.bin), else in the repository that the current directory, or this program, lies in (.cache/assets and
/// public/models).
Result<std::string> find_model_file(const std::string& name);

} // namespace chartside::cli
