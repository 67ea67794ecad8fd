// Running an ONNX graph, whatever runs it. Owner: speech/ and note/; thread: the one that created the session.
//
// Natively this is libonnxruntime (src/inference/native_runtime.cpp); in the inference worker it is
// onnxruntime-web (src/platform/engine/). A Value stays where its runtime keeps it, so that a decoder's
// key-value cache is handed from one run to the next without crossing into our heap.
#pragma once

#include "base/result.h"
#include "base/task.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace chartside::inference {

using Shape = std::vector<int64_t>;

/// A tensor owned by the runtime, shared by whoever holds a ValuePtr to it; never changed after it was made.
class Value {
public:
    virtual ~Value() = default;
    /// Copies the elements out. Only where they are 32-bit floats.
    virtual std::vector<float> read_f32() const = 0;
};
using ValuePtr = std::shared_ptr<const Value>;

struct Input {
    std::string name;
    ValuePtr value;
};

class Session {
public:
    virtual ~Session() = default;
    virtual const std::vector<std::string>& input_names() const = 0;
    virtual const std::vector<std::string>& output_names() const = 0;
    /// Runs the graph once. Outputs come in the order of `outputs`.
    virtual Task<std::vector<ValuePtr>> run(std::vector<Input> inputs, std::vector<std::string> outputs) = 0;
};

class Runtime {
public:
    virtual ~Runtime() = default;
    virtual ValuePtr tensor_f32(Shape shape, std::span<const float> elements) = 0;
    virtual ValuePtr tensor_i64(Shape shape, std::span<const int64_t> elements) = 0;
    virtual ValuePtr tensor_bool(Shape shape, std::span<const uint8_t> elements) = 0;
    /// `model` is the whole ONNX file; it is not kept.
    virtual Task<std::unique_ptr<Session>> create_session(std::span<const uint8_t> model) = 0;
};

} // namespace chartside::inference
