// How loud sound is. Pure; any thread.
#pragma once

namespace chartside::audio {

inline constexpr float silence_db = -120.0f;

/// Amplitude to decibels of full scale, not below silence_db.
float amplitude_db(float amplitude);

} // namespace chartside::audio
