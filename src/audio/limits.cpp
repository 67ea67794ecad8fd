#include "audio/limits.h"

#include <cmath>
#include <cstdio>

namespace chartside::audio {
namespace {

double minutes_of(double duration_ms) { return duration_ms / 60'000; }

} // namespace

std::string duration_text(double duration_ms)
{
    char text[48];
    const auto seconds = static_cast<long long>(std::llround(duration_ms / 1000));
    if (duration_ms < 10'000)
        std::snprintf(text, sizeof text, "%.1f s", duration_ms / 1000);
    else if (seconds < 60)
        std::snprintf(text, sizeof text, "%lld s", seconds);
    else if (seconds < 3600)
        std::snprintf(text, sizeof text, "%lld min %lld s", seconds / 60, seconds % 60);
    else
        std::snprintf(text, sizeof text, "%lld h %lld min", seconds / 3600, seconds % 3600 / 60);
    return text;
}

Status check_length(double duration_ms)
{
    if (duration_ms <= longest_file_ms) return Ok{};
    return Error{ErrorCode::invalid_input,
                 "This audio lasts " + std::to_string(static_cast<int>(std::ceil(minutes_of(duration_ms)))) + " minutes, and Chartside takes up to "
                     + std::to_string(static_cast<int>(minutes_of(longest_audio_ms))) + " at a time. Cut it into shorter files and open each.",
                 "duration_ms " + std::to_string(static_cast<long long>(duration_ms))};
}

} // namespace chartside::audio
