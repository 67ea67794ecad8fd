#include "ui/gesture.h"

#include <algorithm>
#include <cmath>

namespace chartside::ui {

void TouchGesture::down(float x, float y, double time_ms)
{
    *this = {};
    m_active = true;
    m_start_x = x;
    m_start_y = m_last_y = y;
    m_last_ms = time_ms;
}

TouchGesture::Move TouchGesture::move(float x, float y, double time_ms)
{
    m_step = 0;
    if (!m_active) return Move::rests;
    if (!m_scrolling && std::hypot(x - m_start_x, y - m_start_y) > slop_px) {
        m_scrolling = true;
        m_last_y = y; // the slop is not scrolled, or the content would jump
    }
    if (!m_scrolling) return Move::rests;
    m_step = y - m_last_y;
    const double elapsed_ms = std::max(1.0, time_ms - m_last_ms);
    const float speed = m_step / static_cast<float>(elapsed_ms) * 1000;
    m_velocity = m_velocity * 0.6f + speed * 0.4f;
    m_last_y = y;
    m_last_ms = time_ms;
    return Move::scrolls;
}

bool TouchGesture::up(double time_ms)
{
    const bool tap = m_active && !m_scrolling;
    // A finger that rested before it left does not fling.
    if (time_ms - m_last_ms > 80 || !m_scrolling) m_velocity = 0;
    m_active = m_scrolling = false;
    return tap;
}

void TouchGesture::cancel()
{
    *this = {};
}

} // namespace chartside::ui
