#include "audio/resampler.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <numeric>

namespace chartside::audio {
namespace {

constexpr double kaiser_shape = 8.0;    // about 80 dB
constexpr int zero_crossings = 20;      // on each side, at the lower of the two rates
constexpr double pass_band = 0.92;      // of the lower Nyquist frequency
constexpr int most_phases = 1024;       // above this, neighbours are interpolated

double bessel_i0(double x)
{
    double sum = 1, term = 1;
    for (int k = 1; k < 50; k++) {
        term *= (x / (2 * k)) * (x / (2 * k));
        sum += term;
        if (term < sum * 1e-12) break;
    }
    return sum;
}

} // namespace

Resampler::Resampler(int input_rate_hz, int output_rate_hz)
{
    assert(input_rate_hz >= 1000 && output_rate_hz >= 1000);
    const int divisor = std::gcd(input_rate_hz, output_rate_hz);
    m_up = output_rate_hz / divisor;
    m_down = input_rate_hz / divisor;
    if (m_up == m_down) return;

    const double ratio = std::min(1.0, static_cast<double>(m_up) / m_down);
    const double cutoff = ratio * pass_band; // of the input's Nyquist frequency
    m_half_taps = static_cast<int>(std::ceil(zero_crossings / ratio));
    m_phase_count = std::min(m_up, most_phases);
    const int taps = 2 * m_half_taps;
    m_table.resize(static_cast<size_t>(m_phase_count + 1) * static_cast<size_t>(taps));
    const double window_scale = 1 / bessel_i0(kaiser_shape);
    for (int phase = 0; phase <= m_phase_count; phase++) {
        float* row = m_table.data() + static_cast<size_t>(phase) * static_cast<size_t>(taps);
        double sum = 0;
        for (int tap = 0; tap < taps; tap++) {
            // Distance from the output instant to input sample (m_next_input + tap - m_half_taps + 1).
            const double distance = tap - m_half_taps + 1 - static_cast<double>(phase) / m_phase_count;
            const double edge = distance / m_half_taps;
            const double window = edge * edge < 1 ? bessel_i0(kaiser_shape * std::sqrt(1 - edge * edge)) * window_scale : 0;
            const double angle = std::numbers::pi * distance * cutoff;
            const double value = cutoff * (std::abs(angle) < 1e-9 ? 1 : std::sin(angle) / angle) * window;
            row[tap] = static_cast<float>(value);
            sum += value;
        }
        for (int tap = 0; tap < taps; tap++) row[tap] = static_cast<float>(row[tap] / sum); // a constant stays itself
    }
}

float Resampler::output_at(int64_t input_index, uint64_t phase) const
{
    const int taps = 2 * m_half_taps;
    const double position = static_cast<double>(phase) * m_phase_count / m_up;
    const int row = static_cast<int>(position);
    const auto blend = static_cast<float>(position - row);
    const float* first = m_table.data() + static_cast<size_t>(row) * static_cast<size_t>(taps);
    const float* second = first + taps;
    const int64_t from = input_index - m_half_taps + 1;
    // Silence before the first sample and after the last.
    const auto first_tap = static_cast<int>(std::max<int64_t>(0, m_history_start - from));
    const auto end_tap = static_cast<int>(std::min<int64_t>(taps, m_input_count - from));
    const auto sample_at = [&](int tap) { return m_history[static_cast<size_t>(from + tap - m_history_start)]; };
    float sum = 0, next_sum = 0;
    if (blend == 0) {
        for (int tap = first_tap; tap < end_tap; tap++) sum += sample_at(tap) * first[tap];
        return sum;
    }
    for (int tap = first_tap; tap < end_tap; tap++) {
        sum += sample_at(tap) * first[tap];
        next_sum += sample_at(tap) * second[tap];
    }
    return sum + blend * (next_sum - sum);
}

void Resampler::produce(int64_t input_end, std::vector<float>& output)
{
    while (m_next_input < input_end) {
        output.push_back(output_at(m_next_input, static_cast<uint64_t>(m_next_phase)));
        m_next_phase += m_down;
        m_next_input += m_next_phase / m_up;
        m_next_phase %= m_up;
    }
}

void Resampler::push(std::span<const float> input, std::vector<float>& output)
{
    if (m_up == m_down) {
        output.insert(output.end(), input.begin(), input.end());
        return;
    }
    m_history.insert(m_history.end(), input.begin(), input.end());
    m_input_count += static_cast<int64_t>(input.size());
    produce(m_input_count - m_half_taps, output);
    // Drop in large steps: erasing from the front costs as much as what stays.
    const int64_t keep_from = m_next_input - m_half_taps + 1;
    if (keep_from - m_history_start > 16384) {
        m_history.erase(m_history.begin(), m_history.begin() + (keep_from - m_history_start));
        m_history_start = keep_from;
    }
}

void Resampler::finish(std::vector<float>& output)
{
    if (m_up != m_down) produce(m_input_count, output);
    m_history.clear();
    m_history_start = m_input_count = m_next_input = m_next_phase = 0;
}

} // namespace chartside::audio
