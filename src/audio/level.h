// The level meter: how loud the last twentieth of a second was. Pure; any one thread.
#pragma once

#include <span>
#include <vector>

namespace chartside::audio {

inline constexpr float silence_db = -120.0f;

struct Level {
    float rms_db = silence_db;  // of full scale
    float peak_db = silence_db;
    double at_ms = 0;           // end of the window, from the first sample pushed
};

/// Amplitude to decibels of full scale, not below silence_db.
float amplitude_db(float amplitude);

class LevelMeter {
public:
    explicit LevelMeter(int sample_rate_hz, double window_ms = 50);

    /// Returns one reading for each window that these samples complete.
    std::vector<Level> push(std::span<const float> samples);

private:
    int m_sample_rate_hz;
    int m_window_samples;
    int m_in_window = 0;
    double m_energy = 0;
    float m_peak = 0;
    double m_sample_count = 0;
};

} // namespace chartside::audio
