#include "platform/engine/drive.h"

#include <unordered_map>

namespace chartside::platform {
namespace {

std::unordered_map<int, PromiseAwaiter*> waiting;
int next_ticket = 1;

} // namespace

PromiseAwaiter::~PromiseAwaiter()
{
    if (m_ticket) waiting.erase(m_ticket);
}

void PromiseAwaiter::await_suspend(std::coroutine_handle<> handle)
{
    m_handle = handle;
    m_ticket = next_ticket++;
    waiting.emplace(m_ticket, this);
    m_backend.call<void>("wait", m_promise, m_ticket);
}

void settle_wait(int ticket, emscripten::val value)
{
    const auto found = waiting.find(ticket);
    if (found == waiting.end()) return;
    PromiseAwaiter& awaiter = *found->second;
    waiting.erase(found);
    awaiter.m_ticket = 0;
    awaiter.m_value = std::move(value);
    awaiter.m_handle.resume(); // may destroy the awaiter
}

} // namespace chartside::platform
