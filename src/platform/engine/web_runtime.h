// Inference on onnxruntime-web, through the JavaScript object of web/inference/onnx_backend.ts. Engine module only;
// the inference worker's thread.
//
// Tensors stay JavaScript objects. What enters is copied on the other side at once (our memory may move when it
// grows), and what leaves (the logits, a speech probability) is copied straight into our memory.
#pragma once

#include "inference/session.h"

#include <emscripten/val.h>

#include <memory>

namespace chartside::platform {

std::unique_ptr<inference::Runtime> create_web_runtime(emscripten::val backend);

} // namespace chartside::platform
