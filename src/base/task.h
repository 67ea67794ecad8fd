// A lazily started coroutine that yields a Result<T>. Owner: whoever awaits it; one thread.
//
// The same engine code runs natively, where every inference call completes at once, and in a worker, where
// it suspends until the browser answers. A Task that is never awaited never runs.
#pragma once

#include "base/result.h"

#include <coroutine>
#include <cstdlib>
#include <optional>
#include <utility>

namespace chartside {

template <typename T>
class [[nodiscard]] Task {
public:
    struct promise_type {
        std::optional<Result<T>> result;
        std::coroutine_handle<> continuation;

        Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        struct FinalAwaiter {
            bool await_ready() noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> handle) noexcept
            {
                auto waiting = handle.promise().continuation;
                return waiting ? waiting : std::noop_coroutine();
            }
            void await_resume() noexcept {}
        };
        FinalAwaiter final_suspend() noexcept { return {}; }
        void return_value(Result<T> value) { result.emplace(std::move(value)); }
        void unhandled_exception() { std::abort(); }
    };

    explicit Task(std::coroutine_handle<promise_type> handle) : m_handle(handle) {}
    Task(Task&& other) noexcept : m_handle(std::exchange(other.m_handle, nullptr)) {}
    Task& operator=(Task&& other) noexcept
    {
        if (this != &other) {
            destroy();
            m_handle = std::exchange(other.m_handle, nullptr);
        }
        return *this;
    }
    ~Task() { destroy(); }

    bool await_ready() const noexcept { return m_handle.done(); }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept
    {
        m_handle.promise().continuation = awaiting;
        return m_handle;
    }
    Result<T> await_resume() { return std::move(*m_handle.promise().result); }

    /// Starts the task without awaiting it. Use only with run_now() or a platform driver.
    void start() { m_handle.resume(); }
    bool done() const { return m_handle.done(); }
    Result<T> take() { return std::move(*m_handle.promise().result); }

private:
    void destroy()
    {
        if (m_handle) m_handle.destroy();
    }
    std::coroutine_handle<promise_type> m_handle;
};

/// Runs a task whose awaits all complete at once (native builds, tests). Aborts if it suspends.
template <typename T>
Result<T> run_now(Task<T> task)
{
    task.start();
    if (!task.done()) std::abort();
    return task.take();
}

// Like TRY, inside a coroutine. Evaluates to the value; returns the error with co_return.
#define CO_TRY_ASSIGN(variable, expression)                       \
    auto variable##_result_ = (expression);                       \
    if (!variable##_result_.ok()) co_return std::move(variable##_result_).error(); \
    auto variable = std::move(variable##_result_).value()

} // namespace chartside
