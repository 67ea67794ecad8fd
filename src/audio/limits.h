// What lengths of audio are taken. Pure; any thread.
#pragma once

#include "base/result.h"

#include <string>

namespace chartside::audio {

/// A visit may last 90 minutes. A file is refused a minute later: a recording runs on until its last block is written.
inline constexpr double longest_audio_ms = 90.0 * 60 * 1000;
inline constexpr double longest_file_ms = 91.0 * 60 * 1000;
/// The rate that the speech models hear.
inline constexpr int model_rate_hz = 16000;

/// "1 h 5 min", "3 min 20 s", "4.2 s".
std::string duration_text(double duration_ms);

/// Refuses audio that is too long, before any work is done on it.
Status check_length(double duration_ms);

} // namespace chartside::audio
