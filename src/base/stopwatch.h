// A clock that only goes forward, for how long something took. Any thread.
#pragma once

#include <chrono>

namespace chartside {

/// Milliseconds since some moment that stays the same while the program runs.
inline double steady_now_ms()
{
    using namespace std::chrono;
    return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

} // namespace chartside
