#include "ui/levels.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace chartside::ui {

void LevelHistory::add(std::span<const float> samples)
{
    for (const float sample : samples) {
        m_square_sum += double(sample) * sample;
        m_clipped = m_clipped || std::fabs(sample) >= 0.999f;
        if (++m_count < bar_samples) continue;
        const double decibels = 10 * std::log10(m_square_sum / double(m_count) + 1e-12);
        std::rotate(m_bars.begin(), m_bars.begin() + 1, m_bars.end());
        m_bars.back() = static_cast<float>(std::clamp((decibels + 54) / 48, 0.0, 1.0));
        m_filled = std::min(m_filled + 1, bar_count);
        m_clipped_bars = m_clipped ? m_clipped_bars + 1 : m_clipped_bars - std::min<size_t>(m_clipped_bars, m_version % 8 == 0);
        m_square_sum = 0;
        m_count = 0;
        m_clipped = false;
        ++m_version;
    }
}

void LevelHistory::clear() { *this = LevelHistory{}; }

Room LevelHistory::room() const
{
    if (m_filled < 10) return Room::unknown;
    if (m_clipped_bars >= 5) return Room::loud;
    const size_t judged = std::min(m_filled, judged_bars);
    std::vector<float> sorted(m_bars.end() - static_cast<std::ptrdiff_t>(judged), m_bars.end());
    std::sort(sorted.begin(), sorted.end());
    const float floor = sorted[judged / 10];
    const float loud = sorted[judged - 1 - judged / 20];
    if (loud < 0.15f) return Room::quiet;
    // Less than about 10 dB between the pauses and the voices is too little to tell them apart.
    if (floor > 0.45f && loud - floor < 0.2f) return Room::noisy;
    return Room::good;
}

} // namespace chartside::ui
