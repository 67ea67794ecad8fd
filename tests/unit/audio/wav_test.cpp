#include "audio/wav.h"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <cstring>
#include <random>
#include <string>

using namespace chartside;
using namespace chartside::audio;

namespace {

using Bytes = std::vector<uint8_t>;

void add_tag(Bytes& bytes, const char* tag) { bytes.insert(bytes.end(), tag, tag + 4); }
void add_u16(Bytes& bytes, uint32_t value) { bytes.insert(bytes.end(), {static_cast<uint8_t>(value), static_cast<uint8_t>(value >> 8)}); }
void add_u32(Bytes& bytes, uint32_t value)
{
    add_u16(bytes, value & 0xFFFF);
    add_u16(bytes, value >> 16);
}

struct Shape {
    uint32_t tag = 1, channels = 1, rate = 16000, bits = 16;
    bool extensible = false, list_first = false;
};

Bytes wav_header(const Shape& shape, uint32_t data_bytes)
{
    Bytes bytes;
    add_tag(bytes, "RIFF");
    add_u32(bytes, 36 + data_bytes);
    add_tag(bytes, "WAVE");
    if (shape.list_first) {
        add_tag(bytes, "LIST");
        add_u32(bytes, 5);
        bytes.insert(bytes.end(), {1, 2, 3, 4, 5, 0});
    }
    add_tag(bytes, "fmt ");
    add_u32(bytes, shape.extensible ? 40 : 16);
    add_u16(bytes, shape.extensible ? 0xFFFE : shape.tag);
    add_u16(bytes, shape.channels);
    add_u32(bytes, shape.rate);
    add_u32(bytes, shape.rate * shape.channels * shape.bits / 8);
    add_u16(bytes, shape.channels * shape.bits / 8);
    add_u16(bytes, shape.bits);
    if (shape.extensible) {
        add_u16(bytes, 22);
        add_u16(bytes, shape.bits);
        add_u32(bytes, 0);
        add_u16(bytes, shape.tag);
        bytes.insert(bytes.end(), 14, 0);
    }
    add_tag(bytes, "data");
    add_u32(bytes, data_bytes);
    return bytes;
}

Bytes wav(const Shape& shape, const std::vector<double>& samples)
{
    Bytes data;
    for (const double sample : samples) {
        for (uint32_t channel = 0; channel < shape.channels; channel++) {
            if (shape.tag == 3) {
                const auto value = static_cast<float>(sample);
                uint32_t bits;
                std::memcpy(&bits, &value, 4);
                add_u32(data, bits);
            } else if (shape.bits == 8) {
                data.push_back(static_cast<uint8_t>(128 + std::lround(sample * 127)));
            } else {
                const auto value = static_cast<uint32_t>(static_cast<int32_t>(sample * std::pow(2.0, shape.bits - 1)));
                for (uint32_t byte = 0; byte < shape.bits / 8; byte++) data.push_back(static_cast<uint8_t>(value >> (8 * byte)));
            }
        }
    }
    Bytes bytes = wav_header(shape, static_cast<uint32_t>(data.size()));
    bytes.insert(bytes.end(), data.begin(), data.end());
    return bytes;
}

Result<std::vector<float>> read(const Bytes& bytes, size_t piece = 1 << 20)
{
    WavReader reader(bytes.size());
    std::vector<float> samples;
    for (size_t at = 0; at < bytes.size(); at += piece)
        TRY(reader.push(std::span(bytes).subspan(at, std::min(piece, bytes.size() - at)), samples));
    TRY(reader.finish());
    return samples;
}

std::string refusal(const Bytes& bytes)
{
    const auto result = read(bytes);
    if (result.ok()) return "";
    CHECK(result.error().code == ErrorCode::invalid_input);
    return result.error().message;
}

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

const std::vector<double> tone = [] {
    std::vector<double> samples;
    for (int i = 0; i < 500; i++) samples.push_back(0.5 * std::sin(i * 0.1));
    return samples;
}();

} // namespace

TEST_CASE("audio: reads every kind of PCM and float to the same samples")
{
    const Shape shapes[] = {{1, 1, 16000, 8},  {1, 1, 8000, 16},         {1, 2, 44100, 24},       {1, 6, 48000, 16},
                            {1, 1, 16000, 32}, {3, 2, 16000, 32},        {1, 2, 16000, 16, true}, {3, 1, 16000, 32, true},
                            {1, 1, 16000, 16, false, true}};
    for (const Shape& shape : shapes) {
        const auto samples = read(wav(shape, tone));
        REQUIRE(samples.ok());
        REQUIRE(samples->size() == tone.size());
        for (size_t i = 0; i < tone.size(); i++)
            CHECK(std::abs((*samples)[i] - tone[i]) < (shape.bits == 8 ? 0.02 : 1e-4));
    }
}

TEST_CASE("audio: gives the same samples however the bytes were cut")
{
    const Bytes bytes = wav({1, 3, 16000, 24}, tone);
    const auto whole = read(bytes);
    REQUIRE(whole.ok());
    for (const size_t piece : {size_t{1}, size_t{2}, size_t{7}, size_t{45}, size_t{1000}}) {
        const auto pieces = read(bytes, piece);
        REQUIRE(pieces.ok());
        CHECK(*pieces == *whole);
    }
}

TEST_CASE("audio: refuses an empty file with a sentence") { CHECK(contains(refusal({}), "empty (0 bytes)")); }

TEST_CASE("audio: refuses what is no WAV with a sentence that names it")
{
    const std::string text = "Dear colleague, thank you for seeing this patient.";
    CHECK(contains(refusal(Bytes(text.begin(), text.end())), "text file"));
    CHECK(contains(refusal({'h', 'i'}), "text file"));
    CHECK(contains(refusal({'I', 'D', '3', 4, 0, 0, 0, 0, 0, 0, 0, 0, 0}), "MP3"));
    CHECK(contains(refusal({'O', 'g', 'g', 'S', 0, 2, 0, 0, 0, 0, 0, 0, 0}), "Ogg"));
    CHECK(contains(refusal(Bytes(64, 0x9C)), "not a WAV"));
}

TEST_CASE("audio: refuses a truncated WAV with a sentence")
{
    Bytes bytes = wav({}, std::vector<double>(16000, 0.1));
    bytes.resize(bytes.size() / 2);
    CHECK(contains(refusal(bytes), "should hold 1.0 s of audio and ends after 0.5 s"));
    bytes.resize(30);
    CHECK(contains(refusal(bytes), "ends before its audio begins"));
}

TEST_CASE("audio: reads a WAV whose size was never written")
{
    Bytes bytes = wav({}, tone);
    for (size_t i = 40; i < 44; i++) bytes[i] = 0xFF;
    const auto samples = read(bytes);
    REQUIRE(samples.ok());
    CHECK(samples->size() == tone.size());
}

TEST_CASE("audio: refuses compressed, silly and empty WAV files")
{
    CHECK(contains(refusal(wav({7, 1, 8000, 8}, tone)), "mu-law"));
    CHECK(contains(refusal(wav({1, 1, 16000, 12}, {})), "12 bits"));
    CHECK(contains(refusal(wav_header({1, 0, 16000, 16}, 4)), "makes no sense"));
    CHECK(contains(refusal(wav({}, {})), "holds no audio"));
}

TEST_CASE("audio: refuses three hours before it gives a sample")
{
    const uint32_t data_bytes = 3u * 3600 * 32000;
    const Bytes header = wav_header({}, data_bytes);
    WavReader reader(header.size() + uint64_t{data_bytes});
    std::vector<float> samples;
    const auto status = reader.push(header, samples);
    REQUIRE(!status.ok());
    CHECK(contains(status.error().message, "180 minutes"));
    CHECK(contains(status.error().message, "up to 90 at a time"));
    CHECK(samples.empty());
}

TEST_CASE("audio: survives damaged headers without a crash and with a sentence")
{
    std::mt19937 random(20261123);
    const Bytes good = wav({1, 2, 44100, 16, true, true}, tone);
    for (int round = 0; round < 3000; round++) {
        Bytes bytes = good;
        for (int flips = 0; flips < 4; flips++) bytes[random() % 90] = static_cast<uint8_t>(random());
        if (random() % 4 == 0) bytes.resize(random() % bytes.size());
        const auto result = read(bytes, 1 + random() % 64);
        if (!result.ok()) CHECK(!result.error().message.empty());
    }
}
