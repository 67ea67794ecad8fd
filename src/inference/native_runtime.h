// Inference on libonnxruntime: the command line, evaluation and tests. Any one thread. Every task completes at once.
#pragma once

#include "inference/session.h"

#include <memory>

namespace chartside::inference {

/// `thread_count` 1 is what the browser has; 0 lets the library choose.
std::unique_ptr<Runtime> create_native_runtime(int thread_count = 1);

} // namespace chartside::inference
