// The newest seconds of the microphone as bars, and what they say about the room. Owner: UiContext; main thread.
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace chartside::ui {

enum class Room : int { unknown, quiet, good, noisy, loud };

class LevelHistory {
public:
    static constexpr size_t bar_count = 256; // as many as a wide screen shows
    static constexpr size_t bar_samples = 1600; // 100 ms at 16 kHz
    static constexpr size_t judged_bars = 112;

    /// Mono samples at 16 kHz, -1..1.
    void add(std::span<const float> samples);
    void clear();

    /// 0..1, oldest first, on a decibel scale from -54 dB (0) to -6 dB (1).
    const std::array<float, bar_count>& bars() const { return m_bars; }
    /// Grows with every finished bar.
    size_t version() const { return m_version; }
    /// Judged over the newest bars once ten of them are filled.
    Room room() const;

private:
    std::array<float, bar_count> m_bars{};
    size_t m_filled = 0;
    size_t m_version = 0;
    double m_square_sum = 0;
    size_t m_count = 0;
    size_t m_clipped_bars = 0;
    bool m_clipped = false;
};

} // namespace chartside::ui
