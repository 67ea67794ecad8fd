#include "audio/limits.h"

#include <cmath>
#include <cstdio>

namespace chartside::audio {

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
    if (duration_ms <= longest_audio_ms + longest_audio_slack_ms) return Ok{};
    return Error{ErrorCode::invalid_input,
                 "This audio lasts " + duration_text(duration_ms)
                     + ", and Chartside takes up to 90 minutes at a time. Cut it into shorter files and open each.",
                 "duration_ms " + std::to_string(static_cast<long long>(duration_ms))};
}

} // namespace chartside::audio
