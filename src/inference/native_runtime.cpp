#include "inference/native_runtime.h"

#include <onnxruntime_cxx_api.h>

#include <algorithm>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace chartside::inference {
namespace {

// Debian's libonnxruntime and the libonnx under it both register every operator, and libonnx prints a line to stderr
// for each of the 1,500 it already knows. They are harmless and would bury what a verb has to say, so stderr is
// turned away while a session is made (the first one registers); what goes wrong there comes as an exception.
class QuietStandardError {
public:
    QuietStandardError() : m_saved(dup(STDERR_FILENO))
    {
        const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (m_saved >= 0 && nowhere >= 0) dup2(nowhere, STDERR_FILENO);
        if (nowhere >= 0) close(nowhere);
    }
    ~QuietStandardError()
    {
        if (m_saved < 0) return;
        dup2(m_saved, STDERR_FILENO);
        close(m_saved);
    }
    QuietStandardError(const QuietStandardError&) = delete;
    QuietStandardError& operator=(const QuietStandardError&) = delete;

private:
    int m_saved;
};

class NativeValue : public Value {
public:
    explicit NativeValue(Ort::Value value)
        : m_value(std::move(value))
    {
    }
    std::vector<float> read_f32() const override
    {
        const auto count = m_value.GetTensorTypeAndShapeInfo().GetElementCount();
        const auto* elements = m_value.GetTensorData<float>();
        return {elements, elements + count};
    }
    const Ort::Value& get() const { return m_value; }

private:
    Ort::Value m_value;
};

Error runtime_error(const Ort::Exception& exception)
{
    return {ErrorCode::internal,
            "The speech model could not be run. Fetch the models again, then try once more.",
            exception.what()};
}

class NativeSession : public Session {
public:
    explicit NativeSession(Ort::Session session)
        : m_session(std::move(session))
    {
        Ort::AllocatorWithDefaultOptions allocator;
        for (size_t i = 0; i < m_session.GetInputCount(); i++)
            m_input_names.emplace_back(m_session.GetInputNameAllocated(i, allocator).get());
        for (size_t i = 0; i < m_session.GetOutputCount(); i++)
            m_output_names.emplace_back(m_session.GetOutputNameAllocated(i, allocator).get());
    }
    const std::vector<std::string>& input_names() const override { return m_input_names; }
    const std::vector<std::string>& output_names() const override { return m_output_names; }

    Task<std::vector<ValuePtr>> run(std::vector<Input> inputs, std::vector<std::string> outputs) override
    {
        co_return run_at_once(inputs, outputs);
    }

private:
    Result<std::vector<ValuePtr>> run_at_once(const std::vector<Input>& inputs, const std::vector<std::string>& outputs)
    {
        std::vector<const char*> input_names, output_names;
        std::vector<const OrtValue*> input_values;
        for (const Input& input : inputs) {
            input_names.push_back(input.name.c_str());
            input_values.push_back(static_cast<const NativeValue&>(*input.value).get());
        }
        for (const std::string& name : outputs) output_names.push_back(name.c_str());
        std::vector<OrtValue*> output_values(outputs.size(), nullptr);
        try {
            Ort::ThrowOnError(Ort::GetApi().Run(m_session, nullptr, input_names.data(), input_values.data(),
                                                input_values.size(), output_names.data(), output_names.size(),
                                                output_values.data()));
            std::vector<ValuePtr> results;
            for (OrtValue*& value : output_values) {
                results.push_back(std::make_shared<NativeValue>(Ort::Value(value)));
                value = nullptr;
            }
            return results;
        } catch (const Ort::Exception& exception) {
            for (OrtValue* value : output_values)
                if (value) Ort::GetApi().ReleaseValue(value);
            return runtime_error(exception);
        }
    }

    Ort::Session m_session;
    std::vector<std::string> m_input_names;
    std::vector<std::string> m_output_names;
};

class NativeRuntime : public Runtime {
public:
    explicit NativeRuntime(int thread_count) : m_environment(ORT_LOGGING_LEVEL_ERROR, "chartside")
    {
        m_options.SetIntraOpNumThreads(thread_count);
        m_options.SetInterOpNumThreads(1);
        m_options.SetGraphOptimizationLevel(ORT_ENABLE_ALL);
    }

    ValuePtr tensor_f32(Shape shape, std::span<const float> elements) override { return tensor(shape, elements); }
    ValuePtr tensor_i64(Shape shape, std::span<const int64_t> elements) override { return tensor(shape, elements); }
    ValuePtr tensor_bool(Shape shape, std::span<const uint8_t> elements) override
    {
        auto value = Ort::Value::CreateTensor<bool>(m_allocator, shape.data(), shape.size());
        std::ranges::transform(elements, value.GetTensorMutableData<bool>(), [](uint8_t element) { return element != 0; });
        return std::make_shared<NativeValue>(std::move(value));
    }

    Task<std::unique_ptr<Session>> create_session(std::span<const uint8_t> model) override
    {
        co_return create_at_once(model);
    }

private:
    template <typename T>
    ValuePtr tensor(const Shape& shape, std::span<const T> elements)
    {
        auto value = Ort::Value::CreateTensor<T>(m_allocator, shape.data(), shape.size());
        std::ranges::copy(elements, value.template GetTensorMutableData<T>());
        return std::make_shared<NativeValue>(std::move(value));
    }

    Result<std::unique_ptr<Session>> create_at_once(std::span<const uint8_t> model)
    {
        const QuietStandardError quiet;
        try {
            return std::unique_ptr<Session>(std::make_unique<NativeSession>(
                Ort::Session(m_environment, model.data(), model.size(), m_options)));
        } catch (const Ort::Exception& exception) {
            return Error{ErrorCode::corrupt, "A model file is damaged. Fetch the models again.", exception.what()};
        }
    }

    Ort::Env m_environment;
    Ort::SessionOptions m_options;
    Ort::AllocatorWithDefaultOptions m_allocator;
};

} // namespace

std::unique_ptr<Runtime> create_native_runtime(int thread_count)
{
    return std::make_unique<NativeRuntime>(thread_count);
}

} // namespace chartside::inference
