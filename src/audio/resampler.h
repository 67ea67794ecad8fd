// Changes the sample rate of a stream. Pure; any one thread.
//
// A windowed-sinc low-pass (Kaiser window, 80 dB of stop band) evaluated at each output instant from a table of
// polyphase filters. Output sample n lies at the time of input sample n * input_rate / output_rate: the filter is
// centred, so nothing is delayed. What comes out does not depend on how the input was cut into pieces.
// Source: J. O. Smith, "Digital Audio Resampling"; Kaiser's formula for the window's shape.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace chartside::audio {

class Resampler {
public:
    /// Both rates in Hz, at least 1000.
    Resampler(int input_rate_hz, int output_rate_hz);

    /// Takes the next input and appends what can be computed from all input so far.
    void push(std::span<const float> input, std::vector<float>& output);
    /// The input ended: appends the rest, as if silence followed. Then the resampler is as new.
    void finish(std::vector<float>& output);

private:
    float output_at(int64_t input_index, uint64_t phase) const;
    void produce(int64_t input_end, std::vector<float>& output);

    int m_up;                    // output_rate / gcd
    int m_down;                  // input_rate / gcd
    int m_half_taps = 0;         // on each side of the centre
    int m_phase_count = 0;       // filters in the table; m_up, or fewer with interpolation between neighbours
    std::vector<float> m_table;  // (m_phase_count + 1) x (2 * m_half_taps)
    std::vector<float> m_history; // input from m_history_start on
    int64_t m_history_start = 0;
    int64_t m_input_count = 0;
    int64_t m_next_input = 0;    // input index at or before the next output instant
    int64_t m_next_phase = 0;    // and the rest, in 1 / m_up
};

} // namespace chartside::audio
