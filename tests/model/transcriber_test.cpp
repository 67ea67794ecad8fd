// The transcriber over the real models: what must hold on silence, noise and shortest audio, and for any cutting.
#include "audio/pcm16.h"
#include "inference/native_runtime.h"
#include "speech/transcriber.h"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <fstream>
#include <limits>
#include <memory>
#include <random>

using namespace chartside;
using namespace chartside::speech;

namespace {

std::vector<uint8_t> read(const std::string& name)
{
    std::ifstream file(std::string(CHARTSIDE_SOURCE_DIR) + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

struct Ears {
    std::unique_ptr<inference::Runtime> runtime = inference::create_native_runtime(1);
    SpeechModels models = [this] {
        const auto encoder = read(".cache/assets/moonshine/encoder_model.onnx");
        const auto decoder = read(".cache/assets/moonshine/decoder_model_merged.onnx");
        const auto tokens = read("public/models/moonshine_tiny.tokens");
        const auto voice_activity = read(".cache/assets/silero/silero_vad_v5.onnx");
        auto created = run_now(SpeechModels::create(*runtime, {encoder, decoder, tokens, voice_activity}));
        REQUIRE(created.ok());
        return std::move(created).value();
    }();
};

Ears& ears()
{
    static Ears shared;
    return shared;
}

std::vector<Segment> hear(const std::vector<float>& samples, size_t piece, bool partial_captions = false, double gap_ms = 0,
                          const Bias* bias = nullptr)
{
    std::vector<Segment> segments;
    TranscriberListener listener;
    listener.on_segment = [&](const Segment& segment) { segments.push_back(segment); };
    TranscriberOptions options;
    options.partial_captions = partial_captions;
    options.bias = bias;
    Transcriber transcriber(ears().models, options, std::move(listener));
    if (gap_ms > 0) REQUIRE(run_now(transcriber.advance(gap_ms)).ok());
    for (size_t at = 0; at < samples.size(); at += piece) {
        const auto end = samples.begin() + static_cast<ptrdiff_t>(std::min(at + piece, samples.size()));
        REQUIRE(run_now(transcriber.push({samples.begin() + static_cast<ptrdiff_t>(at), end})).ok());
    }
    REQUIRE(run_now(transcriber.finish()).ok());
    return segments;
}

// 16 kHz, 16 bits, after a header of so many bytes.
std::vector<float> read_samples(const std::string& path, size_t header_bytes)
{
    std::ifstream file(path, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    std::vector<float> samples;
    for (size_t i = header_bytes; i + 1 < bytes.size(); i += 2)
        samples.push_back(audio::from_pcm16(static_cast<int16_t>(static_cast<uint8_t>(bytes[i]) | static_cast<uint8_t>(bytes[i + 1]) << 8)));
    return samples;
}

// Real speech of Debian's pocketsphinx-testdata; empty where that is not installed.
std::vector<float> spoken(const std::string& name)
{
    return read_samples("/usr/share/pocketsphinx/test/data/" + name + ".raw", 0);
}
std::vector<float> spoken_command() { return spoken("goforward"); } // "go forward ten meters"

std::string text_of(const std::vector<Segment>& segments)
{
    std::string text;
    for (const Segment& segment : segments) text += segment.text + " ";
    return text;
}

} // namespace

TEST_CASE("transcriber: silence, noise, hum, clicks and taps give no words")
{
    std::mt19937 random(5);
    const size_t count = 16000 * 8;
    for (const float level : {0.0f, 0.001f, 0.03f, 0.3f}) {
        std::vector<float> noise(count), hum(count), clicks(count, 0.0f), taps(count);
        float drift = 0, ringing = 0;
        for (size_t i = 0; i < count; i++) {
            const float white = static_cast<float>(random() % 2001) / 1000 - 1;
            drift = 0.98f * drift + 0.2f * white;
            noise[i] = level * drift;
            hum[i] = level * std::sin(static_cast<float>(i) * 0.0196f);
            if (random() % 4000 == 0) clicks[i] = level * 3;
            ringing = random() % 5000 == 0 ? 1 : 0.995f * ringing; // a knock that dies away within 50 ms
            taps[i] = level * ringing * white;
        }
        for (const auto& sound : {noise, hum, clicks, taps}) CHECK(hear(sound, 4000, true).empty());
    }
}

TEST_CASE("transcriber: a tenth of a second, and nothing at all, are heard without words")
{
    CHECK(hear(std::vector<float>(1600, 0.0f), 1600).empty());
    CHECK(hear({}, 1).empty());
    CHECK(hear({0.1f}, 1).empty());
}

TEST_CASE("transcriber: a piece cut out of speech gives no invented words, and a short answer is heard")
{
    for (const char* name : {"goforward", "something", "numbers"}) {
        const auto samples = spoken(name);
        if (samples.empty()) SKIP("Debian's pocketsphinx-testdata is not installed");
        for (const size_t length : {1600u, 2400u, 3200u}) {
            for (size_t at = 0; at + length <= samples.size(); at += 2000) {
                const auto from = samples.begin() + static_cast<ptrdiff_t>(at);
                INFO(name << " from " << at / 16 << " ms, " << length / 16 << " ms");
                CHECK(text_of(hear({from, from + static_cast<ptrdiff_t>(length)}, 1600)) == "");
            }
        }
    }
    // Cut out of public/samples/knee_pain.opus at 61.79 s: the whole of what the patient says there.
    const auto answer = hear(read_samples(std::string(CHARTSIDE_SOURCE_DIR) + "/tests/fixtures/speech/no.wav", 44), 1600);
    REQUIRE(answer.size() == 1);
    CHECK(answer[0].text.starts_with("No"));
    CHECK(answer[0].words.size() == 1);
}

TEST_CASE("transcriber: segments do not depend on the cutting, and a gap moves their times")
{
    const auto samples = spoken_command();
    if (samples.empty()) SKIP("Debian's pocketsphinx-testdata is not installed");
    const auto whole = hear(samples, samples.size());
    REQUIRE(!whole.empty());
    CHECK(whole[0].id == "s1");
    CHECK(whole[0].text.find("orward") != std::string::npos);
    const auto pieces = hear(samples, 313, true);
    const auto later = hear(samples, 5000, false, 60'000);
    REQUIRE(pieces.size() == whole.size());
    REQUIRE(later.size() == whole.size());
    for (size_t i = 0; i < whole.size(); i++) {
        CHECK(pieces[i].text == whole[i].text);
        CHECK(pieces[i].start_ms == whole[i].start_ms);
        CHECK(later[i].start_ms == whole[i].start_ms + 60'000);
        double last_ms = whole[i].start_ms;
        for (const Word& word : whole[i].words) {
            CHECK(word.start_ms >= last_ms);
            CHECK(word.end_ms >= word.start_ms);
            last_ms = word.end_ms;
        }
        CHECK(last_ms <= whole[i].end_ms + 1);
    }
}

TEST_CASE("transcriber: samples that are no numbers, or far too loud, do not cost the words around them")
{
    auto samples = spoken_command();
    if (samples.empty()) SKIP("Debian's pocketsphinx-testdata is not installed");
    samples[20000] = std::numeric_limits<float>::quiet_NaN();
    samples[20500] = -std::numeric_limits<float>::infinity();
    samples[21000] = 1e30f;
    CHECK(text_of(hear(samples, 5000)).find("orward") != std::string::npos);
}

TEST_CASE("transcriber: listens for given words without hearing them everywhere")
{
    const auto samples = spoken_command();
    if (samples.empty()) SKIP("Debian's pocketsphinx-testdata is not installed");
    const std::vector<std::string> said{"forward"}, not_said{"metoprolol", "lisinopril", "warfarin"};
    const Bias command(said, ears().models.tokenizer);
    CHECK(text_of(hear(samples, 5000, false, 0, &command)).find("orward") != std::string::npos);
    const Bias drugs(not_said, ears().models.tokenizer);
    CHECK(text_of(hear(samples, 5000, false, 0, &drugs)) == text_of(hear(samples, 5000)));
}
