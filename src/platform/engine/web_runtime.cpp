#include "platform/engine/web_runtime.h"

#include "platform/engine/drive.h"
#include "platform/shapes.h"

namespace chartside::platform {
namespace {

using emscripten::typed_memory_view;
using emscripten::val;
using inference::Input;
using inference::Shape;
using inference::ValuePtr;

val js_shape(const Shape& shape)
{
    auto array = val::array();
    for (unsigned i = 0; i < shape.size(); i++) array.set(i, static_cast<double>(shape[i]));
    return array;
}

val js_names(const std::vector<std::string>& names)
{
    auto array = val::array();
    for (unsigned i = 0; i < names.size(); i++) array.set(i, names[i]);
    return array;
}

Error failure_of(const val& outcome, const char* message)
{
    return {ErrorCode::internal, message, outcome["error"].as<std::string>()};
}

class WebValue : public inference::Value {
public:
    WebValue(const val& backend, val tensor) : m_backend(backend), m_tensor(std::move(tensor)) {}
    ~WebValue() override { m_tensor.call<void>("dispose"); }

    std::vector<float> read_f32() const override
    {
        const auto count = m_tensor["size"].as<size_t>();
        std::vector<float> elements(count);
        m_backend.call<void>("copy_f32", m_tensor, val(typed_memory_view(count, elements.data())));
        return elements;
    }
    const val& tensor() const { return m_tensor; }

private:
    const val& m_backend;
    val m_tensor;
};

class WebSession : public inference::Session {
public:
    WebSession(const val& backend, val session)
        : m_backend(backend), m_session(std::move(session)), m_input_names(vector_from<std::string>(m_session["inputNames"])),
          m_output_names(vector_from<std::string>(m_session["outputNames"]))
    {
    }
    ~WebSession() override { m_backend.call<void>("release", m_session); }

    const std::vector<std::string>& input_names() const override { return m_input_names; }
    const std::vector<std::string>& output_names() const override { return m_output_names; }

    Task<std::vector<ValuePtr>> run(std::vector<Input> inputs, std::vector<std::string> outputs) override
    {
        auto feeds = val::object();
        for (const Input& input : inputs) feeds.set(input.name, static_cast<const WebValue&>(*input.value).tensor());
        val promise = m_backend.call<val>("run", m_session, feeds, js_names(outputs));
        const val outcome = co_await PromiseAwaiter(m_backend, std::move(promise));
        if (!outcome["ok"].as<bool>())
            co_return failure_of(outcome, "The speech model stopped working. Reload the page; what was saved is safe.");
        std::vector<ValuePtr> results;
        const val tensors = outcome["value"];
        for (unsigned i = 0; i < outputs.size(); i++) results.push_back(std::make_shared<WebValue>(m_backend, val(tensors[i])));
        co_return results;
    }

private:
    const val& m_backend;
    val m_session;
    std::vector<std::string> m_input_names;
    std::vector<std::string> m_output_names;
};

class WebRuntime : public inference::Runtime {
public:
    explicit WebRuntime(val backend) : m_backend(std::move(backend)) {}

    ValuePtr tensor_f32(Shape shape, std::span<const float> elements) override { return tensor("tensor_f32", shape, elements); }
    ValuePtr tensor_i64(Shape shape, std::span<const int64_t> elements) override
    {
        // embind has no view of 64-bit integers in this build; ours are token numbers and a rate, exact as doubles.
        const std::vector<double> numbers(elements.begin(), elements.end());
        return tensor("tensor_i64", shape, std::span<const double>(numbers));
    }
    ValuePtr tensor_bool(Shape shape, std::span<const uint8_t> elements) override { return tensor("tensor_bool", shape, elements); }

    Task<std::unique_ptr<inference::Session>> create_session(std::span<const uint8_t> model) override
    {
        val promise = m_backend.call<val>("create_session", val(typed_memory_view(model.size(), model.data())));
        const val outcome = co_await PromiseAwaiter(m_backend, std::move(promise));
        if (!outcome["ok"].as<bool>())
            co_return failure_of(outcome, "A model could not be started. Reload the page; if it goes on, clear the site's data and load it again.");
        co_return std::unique_ptr<inference::Session>(std::make_unique<WebSession>(m_backend, outcome["value"]));
    }

private:
    template <typename T>
    ValuePtr tensor(const char* maker, const Shape& shape, std::span<const T> elements)
    {
        return std::make_shared<WebValue>(
            m_backend, m_backend.call<val>(maker, js_shape(shape), val(typed_memory_view(elements.size(), elements.data()))));
    }

    val m_backend; // referred to by every session and value: the runtime must go last
};

} // namespace

std::unique_ptr<inference::Runtime> create_web_runtime(emscripten::val backend)
{
    return std::make_unique<WebRuntime>(std::move(backend));
}

} // namespace chartside::platform
