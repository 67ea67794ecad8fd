// A WAV file in any pieces gives the same samples as in one, all of them within -1..1, or one and the same refusal.
#include "fuzz.h"

#include "audio/wav.h"

#include <algorithm>

using namespace chartside;

namespace {

struct Reading {
    std::vector<float> samples;
    std::string refusal;
    bool operator==(const Reading&) const = default;
};

Reading read(std::span<const uint8_t> file, size_t piece_bytes)
{
    Reading reading;
    audio::WavReader reader(file.size());
    Status status = Ok{};
    for (size_t at = 0; at < file.size() && status.ok(); at += piece_bytes) {
        status = reader.push(file.subspan(at, std::min(piece_bytes, file.size() - at)), reading.samples);
    }
    if (status.ok()) status = reader.finish();
    if (!status.ok()) {
        fuzz::require_sentence(status.error());
        reading.refusal = status.error().message;
    } else {
        fuzz::require(reader.format().has_value(), "a file that is taken has a format");
        const auto& format = *reader.format();
        const double frames = format.duration_ms * format.sample_rate_hz / 1000;
        fuzz::require(std::abs(frames - static_cast<double>(reading.samples.size())) < 1, "the duration is that of the samples");
    }
    return reading;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    fuzz::Input input(data, size);
    const size_t piece_bytes = 1 + input.byte();
    const Reading whole = read(input.rest(), std::max<size_t>(1, input.rest().size()));
    fuzz::require(read(input.rest(), piece_bytes) == whole, "the samples do not depend on how the file is cut");
    for (const float sample : whole.samples) fuzz::require(sample >= -1 && sample <= 1, "samples are within -1..1");
    return 0;
}
