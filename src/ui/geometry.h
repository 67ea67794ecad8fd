// Rectangles in CSS pixels. Pure; any thread.
#pragma once

#include <algorithm>

namespace chartside::ui {

struct Rect {
    float x = 0, y = 0, width = 0, height = 0;

    float right() const { return x + width; }
    float bottom() const { return y + height; }
    float center_x() const { return x + width / 2; }
    float center_y() const { return y + height / 2; }
    bool contains(float px, float py) const { return px >= x && py >= y && px < right() && py < bottom(); }
    bool empty() const { return width <= 0 || height <= 0; }
    bool operator==(const Rect&) const = default;

    Rect inset(float by) const { return {x + by, y + by, width - 2 * by, height - 2 * by}; }
    Rect inset(float horizontal, float vertical) const
    {
        return {x + horizontal, y + vertical, width - 2 * horizontal, height - 2 * vertical};
    }
    Rect intersected(const Rect& other) const
    {
        const float left = std::max(x, other.x), top = std::max(y, other.y);
        return {left, top, std::max(0.0f, std::min(right(), other.right()) - left),
            std::max(0.0f, std::min(bottom(), other.bottom()) - top)};
    }
    // Cut a strip off and return it; this rectangle keeps the rest.
    Rect cut_top(float amount) { Rect strip{x, y, width, amount}; y += amount; height -= amount; return strip; }
    Rect cut_bottom(float amount) { height -= amount; return {x, y + height, width, amount}; }
    Rect cut_left(float amount) { Rect strip{x, y, amount, height}; x += amount; width -= amount; return strip; }
    Rect cut_right(float amount) { width -= amount; return {x + width, y, amount, height}; }
};

} // namespace chartside::ui
