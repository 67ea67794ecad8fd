// Tells a tap from a scroll before ImGui hears of either: a finger that moves scrolls and never presses what it
// began on. Pure; main thread.
#pragma once

namespace chartside::ui {

class TouchGesture {
public:
    static constexpr float slop_px = 9;

    enum class Move { rests, scrolls };

    void down(float x, float y, double time_ms);
    /// Follows the finger. While it scrolls, scrolled_px() is how far it went since the last move, downwards.
    Move move(float x, float y, double time_ms);
    /// True for a tap. Otherwise fling_velocity() is the speed, px/s downwards, that the finger left with.
    bool up(double time_ms);
    void cancel();

    bool active() const { return m_active; }
    bool scrolling() const { return m_scrolling; }
    float start_x() const { return m_start_x; }
    float start_y() const { return m_start_y; }
    float scrolled_px() const { return m_step; }
    float fling_velocity() const { return m_velocity; }

private:
    bool m_active = false, m_scrolling = false;
    float m_start_x = 0, m_start_y = 0, m_last_y = 0, m_step = 0, m_velocity = 0;
    double m_last_ms = 0;
};

} // namespace chartside::ui
