// Reads WAV audio as a stream: bytes in, mono samples out. Pure; any one thread.
//
// The bytes may come in any pieces (a file read by blocks, a Blob's stream), and the samples do not depend on how
// they were cut. Only the header and less than one frame are held. Format: RIFF WAVE with 8, 16, 24 or 32-bit PCM
// or 32 or 64-bit float, plain or WAVE_FORMAT_EXTENSIBLE, any number of channels up to 64 (mixed to mono by their
// mean), any rate from 1 to 384 kHz. What cannot be read is refused with a sentence that says what to do.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chartside::audio {

enum class SampleEncoding { u8, s16, s24, s32, f32, f64 };

struct WavFormat {
    int sample_rate_hz = 0;
    int channel_count = 0;
    SampleEncoding encoding = SampleEncoding::s16;
    int bytes_per_frame = 0; // all channels
    double duration_ms = 0;  // as the header and the file's size tell
};

class WavReader {
public:
    /// `total_bytes` is the size of the whole file.
    explicit WavReader(uint64_t total_bytes) : m_total_bytes(total_bytes) {}

    /// Takes the next bytes and appends the mono samples in them, -1..1, to `samples`. The first error is final:
    /// wrong, truncated and over-long files are all refused as soon as the header is in, before a sample is given.
    Status push(std::span<const uint8_t> bytes, std::vector<float>& samples);
    /// Call it after the last byte. Fails when the header never came or the bytes ended early.
    Status finish();

    /// Known once the header was read.
    const std::optional<WavFormat>& format() const { return m_format; }

private:
    enum class Stage { riff, chunk, format, skip, data, done };

    Status parse_header();
    Status parse_format(std::span<const uint8_t> body);
    Status begin_data(uint32_t declared_bytes);
    void decode(std::span<const uint8_t> frames, std::vector<float>& samples) const;

    uint64_t m_total_bytes;
    uint64_t m_position = 0;         // bytes consumed since the front of the file
    std::vector<uint8_t> m_pending;  // header bytes, or less than one frame
    uint64_t m_skip_bytes = 0;       // rest of a chunk that is of no interest
    uint64_t m_data_bytes_left = 0;
    Stage m_stage = Stage::riff;
    std::optional<WavFormat> m_format;
    std::optional<Error> m_error;
};

} // namespace chartside::audio
