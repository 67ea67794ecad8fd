#include "audio/wav.h"

#include "audio/limits.h"
#include "audio/pcm16.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace chartside::audio {
namespace {

constexpr size_t riff_header_bytes = 12;
constexpr size_t chunk_header_bytes = 8;
constexpr uint32_t longest_format_chunk_bytes = 1024;
constexpr int most_channels = 64;

uint32_t u16_at(std::span<const uint8_t> bytes, size_t at) { return bytes[at] | bytes[at + 1] << 8; }
uint32_t u32_at(std::span<const uint8_t> bytes, size_t at)
{
    return u16_at(bytes, at) | u16_at(bytes, at + 2) << 16;
}
bool has_tag(std::span<const uint8_t> bytes, size_t at, const char* tag)
{
    return std::memcmp(bytes.data() + at, tag, 4) == 0;
}

Error refuse(std::string message, std::string detail)
{
    return {ErrorCode::invalid_input, std::move(message), std::move(detail)};
}

Error not_wav(std::span<const uint8_t> bytes)
{
    auto starts_with = [&](const char* tag, size_t at, size_t length) {
        return bytes.size() >= at + length && std::memcmp(bytes.data() + at, tag, length) == 0;
    };
    std::string kind = "This is not a WAV file";
    if (starts_with("ID3", 0, 3)) kind = "This is an MP3 file, not a WAV file";
    else if (starts_with("OggS", 0, 4)) kind = "This is an Ogg file, not a WAV file";
    else if (starts_with("fLaC", 0, 4)) kind = "This is a FLAC file, not a WAV file";
    else if (starts_with("ftyp", 4, 4)) kind = "This is an MP4 or M4A file, not a WAV file";
    else if (starts_with("RF64", 0, 4) || starts_with("RIFX", 0, 4)) kind = "This is a rare form of WAV file (RF64 or RIFX)";
    else if (std::ranges::all_of(bytes, [](uint8_t c) { return (c >= 32 && c < 127) || c == '\n' || c == '\r' || c == '\t'; }))
        kind = "This is a text file, not audio";
    return refuse(kind + ". Open a WAV recording, or save the audio as WAV (PCM) and open that.", "no RIFF WAVE header");
}

const char* compression_name(uint32_t format_tag)
{
    switch (format_tag) {
    case 0x0002: return "ADPCM";
    case 0x0006: return "A-law";
    case 0x0007: return "mu-law";
    case 0x0011: return "IMA ADPCM";
    case 0x0031: return "GSM";
    case 0x0055: return "MP3";
    default: return "an unusual format";
    }
}

float sample_at(const uint8_t* at, SampleEncoding encoding)
{
    switch (encoding) {
    case SampleEncoding::u8: return (static_cast<float>(*at) - 128.0f) / 128.0f;
    case SampleEncoding::s16: return from_pcm16(static_cast<int16_t>(at[0] | at[1] << 8));
    case SampleEncoding::s24: {
        const auto shifted = static_cast<int32_t>(uint32_t{at[0]} << 8 | uint32_t{at[1]} << 16 | uint32_t{at[2]} << 24);
        return static_cast<float>(shifted) / 2147483648.0f;
    }
    case SampleEncoding::s32: {
        const auto value = static_cast<int32_t>(uint32_t{at[0]} | uint32_t{at[1]} << 8 | uint32_t{at[2]} << 16 | uint32_t{at[3]} << 24);
        return static_cast<float>(value) / 2147483648.0f;
    }
    case SampleEncoding::f32: {
        float value;
        std::memcpy(&value, at, sizeof value);
        return value;
    }
    case SampleEncoding::f64: {
        double value;
        std::memcpy(&value, at, sizeof value);
        return static_cast<float>(value);
    }
    }
    return 0;
}

static_assert(std::endian::native == std::endian::little, "WAV floats are read as they lie");

} // namespace

Status WavReader::push(std::span<const uint8_t> bytes, std::vector<float>& samples)
{
    if (m_error) return *m_error;
    while (!bytes.empty() && m_stage != Stage::done) {
        if (m_stage == Stage::skip) {
            const auto count = static_cast<size_t>(std::min<uint64_t>(m_skip_bytes, bytes.size()));
            m_skip_bytes -= count;
            m_position += count;
            bytes = bytes.subspan(count);
            if (m_skip_bytes == 0) m_stage = Stage::chunk;
            continue;
        }
        if (m_stage == Stage::data) {
            const auto count = static_cast<size_t>(std::min<uint64_t>(m_data_bytes_left, bytes.size()));
            m_data_bytes_left -= count;
            m_position += count;
            auto block = bytes.first(count);
            bytes = bytes.subspan(count);
            const auto frame = static_cast<size_t>(m_format->bytes_per_frame);
            if (!m_pending.empty()) { // complete the frame that the last block cut
                const size_t missing = std::min(frame - m_pending.size(), block.size());
                m_pending.insert(m_pending.end(), block.begin(), block.begin() + static_cast<ptrdiff_t>(missing));
                block = block.subspan(missing);
                if (m_pending.size() == frame) {
                    decode(m_pending, samples);
                    m_pending.clear();
                }
            }
            const size_t whole = block.size() / frame * frame;
            decode(block.first(whole), samples);
            m_pending.insert(m_pending.end(), block.begin() + static_cast<ptrdiff_t>(whole), block.end());
            if (m_data_bytes_left == 0) m_stage = Stage::done; // what follows (lists, tags) is of no interest
            continue;
        }
        // A header is taken byte by byte: it is short, and it may be cut anywhere.
        m_pending.push_back(bytes.front());
        m_position++;
        bytes = bytes.subspan(1);
        if (auto status = parse_header(); !status.ok()) {
            m_error = std::move(status).error();
            return *m_error;
        }
    }
    return Ok{};
}

Status WavReader::parse_header()
{
    switch (m_stage) {
    case Stage::riff:
        if (m_pending.size() < std::min<uint64_t>(riff_header_bytes, m_total_bytes)) return Ok{};
        if (m_pending.size() < riff_header_bytes || !has_tag(m_pending, 0, "RIFF") || !has_tag(m_pending, 8, "WAVE"))
            return not_wav(m_pending);
        m_pending.clear();
        m_stage = Stage::chunk;
        return Ok{};
    case Stage::chunk: {
        if (m_pending.size() < chunk_header_bytes) return Ok{};
        const uint32_t size = u32_at(m_pending, 4);
        if (has_tag(m_pending, 0, "fmt ")) {
            if (size < 16 || size > longest_format_chunk_bytes)
                return refuse("The header of this WAV file is damaged. Copy the file again from where it was recorded.",
                              "fmt chunk of " + std::to_string(size) + " bytes");
            m_stage = Stage::format; // keeps the chunk's header in m_pending
            return Ok{};
        }
        if (has_tag(m_pending, 0, "data")) {
            m_pending.clear();
            return begin_data(size);
        }
        m_pending.clear();
        m_skip_bytes = uint64_t{size} + (size & 1); // chunks are padded to even sizes
        if (m_skip_bytes > 0) m_stage = Stage::skip;
        return Ok{};
    }
    case Stage::format: {
        const uint32_t size = u32_at(m_pending, 4);
        if (m_pending.size() < chunk_header_bytes + size + (size & 1)) return Ok{};
        TRY(parse_format(std::span<const uint8_t>(m_pending).subspan(chunk_header_bytes, size)));
        m_pending.clear();
        m_stage = Stage::chunk;
        return Ok{};
    }
    default: return Ok{};
    }
}

Status WavReader::parse_format(std::span<const uint8_t> body)
{
    uint32_t tag = u16_at(body, 0);
    const uint32_t channels = u16_at(body, 2);
    const uint32_t rate = u32_at(body, 4);
    const uint32_t bits = u16_at(body, 14);
    constexpr uint32_t extensible = 0xFFFE;
    if (tag == extensible && body.size() >= 40) tag = u16_at(body, 24); // first two bytes of the sub-format's GUID
    const std::string detail = "tag " + std::to_string(tag) + ", " + std::to_string(channels) + " channels, "
                             + std::to_string(rate) + " Hz, " + std::to_string(bits) + " bits";
    if (channels < 1 || channels > most_channels || rate < 1000 || rate > 384000)
        return refuse("The header of this WAV file makes no sense: " + std::to_string(channels) + " channels at "
                          + std::to_string(rate) + " Hz. Copy the file again from where it was recorded.",
                      detail);
    WavFormat format;
    if (tag == 1 && bits == 8) format.encoding = SampleEncoding::u8;
    else if (tag == 1 && bits == 16) format.encoding = SampleEncoding::s16;
    else if (tag == 1 && bits == 24) format.encoding = SampleEncoding::s24;
    else if (tag == 1 && bits == 32) format.encoding = SampleEncoding::s32;
    else if (tag == 3 && bits == 32) format.encoding = SampleEncoding::f32;
    else if (tag == 3 && bits == 64) format.encoding = SampleEncoding::f64;
    else if (tag == 1 || tag == 3)
        return refuse("This WAV file has samples of " + std::to_string(bits)
                          + " bits, which Chartside cannot read. Save it as 16-bit PCM and open that.",
                      detail);
    else
        return refuse(std::string("The audio in this WAV file is compressed as ") + compression_name(tag)
                          + ". Save it as 16-bit PCM and open that.",
                      detail);
    format.sample_rate_hz = static_cast<int>(rate);
    format.channel_count = static_cast<int>(channels);
    format.bytes_per_frame = static_cast<int>(channels * bits / 8);
    m_format = format;
    return Ok{};
}

Status WavReader::begin_data(uint32_t declared_bytes)
{
    if (!m_format)
        return refuse("The header of this WAV file is damaged. Copy the file again from where it was recorded.",
                      "data before fmt");
    const uint64_t present_bytes = m_total_bytes - std::min(m_total_bytes, m_position);
    // Programs that write to a pipe, and recorders that lost power, leave the size at 0 or at its largest value.
    const bool size_unknown = declared_bytes == 0xFFFFFFFF || declared_bytes == 0;
    const auto frame = static_cast<uint64_t>(m_format->bytes_per_frame);
    const uint64_t data_bytes = (size_unknown ? present_bytes : declared_bytes) / frame * frame;
    const auto milliseconds = [&](uint64_t bytes) {
        return static_cast<double>(bytes / frame) * 1000 / m_format->sample_rate_hz;
    };
    if (data_bytes == 0)
        return refuse("This WAV file holds no audio. Record again, or open another file.", "empty data chunk");
    if (data_bytes > present_bytes)
        return refuse("This WAV file is cut off: it should hold " + duration_text(milliseconds(data_bytes))
                          + " of audio and ends after " + duration_text(milliseconds(present_bytes))
                          + ". Copy it again from where it was recorded.",
                      std::to_string(present_bytes) + " of " + std::to_string(data_bytes) + " bytes");
    m_format->duration_ms = milliseconds(data_bytes);
    TRY(check_length(m_format->duration_ms));
    m_data_bytes_left = data_bytes;
    m_stage = Stage::data;
    return Ok{};
}

void WavReader::decode(std::span<const uint8_t> frames, std::vector<float>& samples) const
{
    const auto channels = static_cast<size_t>(m_format->channel_count);
    const size_t width = static_cast<size_t>(m_format->bytes_per_frame) / channels;
    const float scale = 1.0f / static_cast<float>(channels);
    samples.reserve(samples.size() + frames.size() / (width * channels));
    for (size_t at = 0; at < frames.size();) {
        float sum = 0;
        for (size_t channel = 0; channel < channels; channel++, at += width)
            sum += sample_at(frames.data() + at, m_format->encoding);
        const float mono = sum * scale;
        samples.push_back(std::isfinite(mono) ? std::clamp(mono, -1.0f, 1.0f) : 0.0f);
    }
}

Status WavReader::finish()
{
    if (m_error) return *m_error;
    if (m_position == 0)
        m_error = refuse("This file is empty (0 bytes). Copy it again from where it was recorded.", "no bytes");
    else if (m_stage == Stage::riff)
        m_error = not_wav(m_pending);
    else if (m_stage == Stage::data)
        m_error = Error{ErrorCode::io, "The file could not be read to its end. Try again, or copy it to this device first.",
                        std::to_string(m_data_bytes_left) + " bytes did not come"};
    else if (m_stage != Stage::done)
        m_error = refuse("This WAV file ends before its audio begins. Copy it again from where it was recorded.",
                         "no data chunk");
    if (m_error) return *m_error;
    return Ok{};
}

} // namespace chartside::audio
