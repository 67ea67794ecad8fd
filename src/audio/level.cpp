#include "audio/level.h"

#include <cmath>

namespace chartside::audio {

float amplitude_db(float amplitude)
{
    if (!(amplitude > 1e-6f)) return silence_db;
    return 20 * std::log10(amplitude);
}

} // namespace chartside::audio
