// Awaiting JavaScript from a Task, and handing a Task's result to JavaScript. Engine module only; the inference
// worker's thread.
//
// The promises awaited here never reject: the JavaScript side turns a rejection into {ok: false, error}. (embind's
// own co_await of a val works only inside coroutines that return a val, and a Task is not one.)
#pragma once

#include "base/task.h"

#include <emscripten/val.h>

#include <coroutine>

namespace chartside::platform {

/// co_await PromiseAwaiter(backend, promise) gives what the promise resolved to. `backend.wait(promise, ticket)`
/// must call the module's settle_wait(ticket, value) when it resolves.
class PromiseAwaiter {
public:
    PromiseAwaiter(const emscripten::val& backend, emscripten::val promise)
        : m_backend(backend), m_promise(std::move(promise))
    {
    }
    PromiseAwaiter(const PromiseAwaiter&) = delete;
    PromiseAwaiter& operator=(const PromiseAwaiter&) = delete;
    ~PromiseAwaiter(); // a coroutine that is destroyed while it waits is never resumed

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle);
    emscripten::val await_resume() { return std::move(m_value); }

private:
    friend void settle_wait(int ticket, emscripten::val value);

    const emscripten::val& m_backend;
    emscripten::val m_promise;
    emscripten::val m_value;
    std::coroutine_handle<> m_handle;
    int m_ticket = 0;
};

void settle_wait(int ticket, emscripten::val value);

/// A coroutine that starts at once and is owned by nobody.
struct Detached {
    struct promise_type {
        Detached get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::abort(); }
    };
};

} // namespace chartside::platform
