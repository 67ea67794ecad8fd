// Samples as 16-bit numbers and back. Pure; any thread. web/protocol/pcm16.ts does the same for the page and its workers.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace chartside::audio {

/// What 1.0 is. A 16-bit sample that becomes a float and a 16-bit sample again is the same; 1.0 itself is clipped by one.
inline constexpr float pcm16_full_scale = 32768;

inline float from_pcm16(int16_t sample) { return static_cast<float>(sample) / pcm16_full_scale; }

inline int16_t to_pcm16(float sample)
{
    return static_cast<int16_t>(std::clamp(std::lround(std::clamp(sample, -1.0f, 1.0f) * pcm16_full_scale), -32768L, 32767L));
}

} // namespace chartside::audio
