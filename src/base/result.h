// Expected failure as a value. Owner: everyone; any thread.
//
// An Error carries a code for programs, a sentence for the user (what happened and what to do) and a
// detail for the log. None of the three may ever hold what a patient said.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace chartside {

enum class ErrorCode {
    invalid_input,     // what the user gave cannot be used
    unsupported,       // the device or browser lacks something
    not_found,
    denied,            // permission refused, wrong passphrase
    busy,              // owned by another tab or operation
    cancelled,
    out_of_space,
    out_of_memory,
    io,
    corrupt,           // bytes fail their check
    newer_version,     // written by a newer Chartside
    internal,
};

/// Stable name used in logs and in worker messages, for example "invalid_input".
const char* error_code_name(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message; // one sentence for the user
    std::string detail;  // for the log only

    /// Adds context on the way up: "reading model: " + detail.
    Error with_context(const std::string& context) &&;
};

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & { assert(ok()); return std::get<0>(m_state); }
    const T& value() const& { assert(ok()); return std::get<0>(m_state); }
    T&& value() && { assert(ok()); return std::get<0>(std::move(m_state)); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }

    Error& error() & { assert(!ok()); return std::get<1>(m_state); }
    const Error& error() const& { assert(!ok()); return std::get<1>(m_state); }
    Error&& error() && { assert(!ok()); return std::get<1>(std::move(m_state)); }

private:
    std::variant<T, Error> m_state;
};

struct Ok {};
using Status = Result<Ok>;

// Returns the error to the caller, or yields the value. A GNU statement expression, which GCC, Clang and
// Emscripten all accept; not usable inside a coroutine (CO_TRY_ASSIGN of base/task.h is).
#define TRY(expression)                                             \
    __extension__({                                                 \
        auto try_result_ = (expression);                            \
        if (!try_result_.ok()) return std::move(try_result_).error(); \
        std::move(try_result_).value();                             \
    })

} // namespace chartside
