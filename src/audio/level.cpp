#include "audio/level.h"

#include <algorithm>
#include <cmath>

namespace chartside::audio {

float amplitude_db(float amplitude)
{
    if (!(amplitude > 1e-6f)) return silence_db;
    return 20 * std::log10(amplitude);
}

LevelMeter::LevelMeter(int sample_rate_hz, double window_ms)
    : m_sample_rate_hz(sample_rate_hz), m_window_samples(std::max(1, static_cast<int>(sample_rate_hz * window_ms / 1000)))
{
}

std::vector<Level> LevelMeter::push(std::span<const float> samples)
{
    std::vector<Level> readings;
    for (const float sample : samples) {
        m_energy += static_cast<double>(sample) * sample;
        m_peak = std::max(m_peak, std::abs(sample));
        m_sample_count++;
        if (++m_in_window < m_window_samples) continue;
        readings.push_back({amplitude_db(static_cast<float>(std::sqrt(m_energy / m_window_samples))), amplitude_db(m_peak),
                            m_sample_count * 1000 / m_sample_rate_hz});
        m_in_window = 0;
        m_energy = 0;
        m_peak = 0;
    }
    return readings;
}

} // namespace chartside::audio
