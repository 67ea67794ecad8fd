#include "base/text.h"
#include "speech/moonshine.h"
#include "speech/name_recall.h"
#include "speech/tokenizer.h"
#include "speech/voice_gate.h"
#include "speech/word_error.h"
#include "speech/words.h"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <fstream>
#include <random>

using namespace chartside;
using namespace chartside::speech;

namespace {

std::vector<uint8_t> token_file()
{
    std::ifstream file(std::string(CHARTSIDE_SOURCE_DIR) + "/public/models/moonshine_tiny.tokens", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Feeds the gate `milliseconds` of speech or silence.
void feed(VoiceGate& gate, std::vector<SpeechSpan>& spans, double milliseconds, float probability, float level_db = -20)
{
    for (double done = 0; done < milliseconds; done += frame_ms)
        if (const auto span = gate.push(probability, level_db)) spans.push_back(*span);
}

double ms_of(int64_t samples) { return static_cast<double>(samples) / 16; }

} // namespace

TEST_CASE("speech: the shipped token file holds every token")
{
    const auto tokenizer = Tokenizer::create(token_file());
    REQUIRE(tokenizer.ok());
    CHECK(tokenizer->token_count() == 32768);
    CHECK(tokenizer->kind(0) == Tokenizer::Kind::special);
    CHECK(tokenizer->kind(Tokenizer::end_token) == Tokenizer::Kind::special);
    CHECK(tokenizer->kind(3) == Tokenizer::Kind::byte);
    CHECK(tokenizer->bytes(260) == " t");
    for (int token = 0; token < tokenizer->token_count(); token++)
        if (tokenizer->kind(token) == Tokenizer::Kind::text) CHECK(is_valid_utf8(tokenizer->bytes(token)));
}

TEST_CASE("speech: byte tokens become characters, and broken ones vanish")
{
    const auto tokenizer = Tokenizer::create(token_file());
    REQUIRE(tokenizer.ok());
    const auto byte = [](int value) { return value + 3; };
    const std::vector<int> tokens{1, 260, byte(0xC3), byte(0xA9), byte(0xC3), 261, byte(0x80), 2};
    std::vector<size_t> ends;
    const std::string text = tokenizer->decode(tokens, &ends);
    CHECK(text == "t\xC3\xA9" "er");
    CHECK(is_valid_utf8(text));
    REQUIRE(ends.size() == tokens.size());
    CHECK(ends[1] == 1);
    CHECK(ends.back() == text.size());
}

TEST_CASE("speech: a damaged token file is refused")
{
    auto file = token_file();
    CHECK(!Tokenizer::create({}).ok());
    auto shorter = std::vector<uint8_t>(file.begin(), file.end() - 1);
    CHECK(!Tokenizer::create(shorter).ok());
    file[4] = 9;
    const auto newer = Tokenizer::create(file);
    REQUIRE(!newer.ok());
    CHECK(newer.error().code == ErrorCode::newer_version);
}

TEST_CASE("speech: a segment begins before its first word and ends after a pause")
{
    VoiceGate gate;
    std::vector<SpeechSpan> spans;
    feed(gate, spans, 1600, 0.02f);
    feed(gate, spans, 2000, 0.95f);
    feed(gate, spans, 1000, 0.02f);
    REQUIRE(spans.size() == 1);
    CHECK(std::abs(ms_of(spans[0].start_sample) - 1300) < 1);
    CHECK(ms_of(spans[0].end_sample) > 3600);
    CHECK(ms_of(spans[0].end_sample) < 3900);
    CHECK(!gate.is_open());
}

TEST_CASE("speech: one likely frame is no speech, and a dip does not end it")
{
    VoiceGate gate;
    std::vector<SpeechSpan> spans;
    for (int i = 0; i < 50; i++) {
        feed(gate, spans, 32, 0.9f);
        feed(gate, spans, 96, 0.1f);
        CHECK(!gate.is_open());
    }
    feed(gate, spans, 640, 0.9f);
    feed(gate, spans, 200, 0.4f);
    CHECK(gate.is_open());
    CHECK(spans.empty());
}

TEST_CASE("speech: speech without a pause is cut at its quietest place, and nothing is lost or heard twice")
{
    VoiceGate gate;
    std::vector<SpeechSpan> spans;
    feed(gate, spans, 11000, 0.95f);
    feed(gate, spans, 96, 0.4f, -45);
    feed(gate, spans, 20000, 0.95f);
    if (const auto span = gate.flush(1'000'000)) spans.push_back(*span);
    REQUIRE(spans.size() >= 2);
    CHECK(std::abs(ms_of(spans[0].end_sample) - 11048) < 80);
    for (size_t i = 0; i < spans.size(); i++) {
        CHECK(ms_of(spans[i].end_sample - spans[i].start_sample) <= 15000);
        CHECK(spans[i].voice_start_sample >= spans[i].start_sample);
        CHECK(spans[i].voice_end_sample <= spans[i].end_sample);
        if (i > 0) CHECK(spans[i].start_sample == spans[i - 1].end_sample);
    }
}

TEST_CASE("speech: segments never overlap and never exceed 15 s, whatever the probabilities")
{
    std::mt19937 random(11);
    for (int round = 0; round < 50; round++) {
        VoiceGate gate;
        std::vector<SpeechSpan> spans;
        while (spans.size() < 20) {
            const float probability = static_cast<float>(random() % 100) / 100;
            feed(gate, spans, static_cast<double>(32 + random() % 3000), probability, -static_cast<float>(random() % 80));
        }
        for (size_t i = 0; i < spans.size(); i++) {
            CHECK(spans[i].start_sample < spans[i].end_sample);
            CHECK(ms_of(spans[i].end_sample - spans[i].start_sample) <= 15000);
            if (i > 0) CHECK(spans[i].start_sample >= spans[i - 1].end_sample);
        }
    }
}

TEST_CASE("speech: a loop of tokens is cut to one turn, real repetition is kept")
{
    CHECK(length_without_loop(std::vector<int>{5, 6, 6, 6, 6}) == 5);
    CHECK(length_without_loop(std::vector<int>{5, 6, 6, 6, 6, 6, 6, 6}) == 2);
    CHECK(length_without_loop(std::vector<int>{9, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4}) == 5);
    CHECK(length_without_loop(std::vector<int>{1, 2, 3, 4, 1, 2, 3, 4}) == 8);
}

TEST_CASE("speech: words know their characters and their tokens' confidence")
{
    const std::string text = "No, 50 mg.";
    const std::vector<size_t> ends{2, 3, 6, 9, 10};
    const std::vector<float> probabilities{0.5f, 0.5f, 0.9f, 0.8f, 0.2f};
    const auto words = find_words(text, ends, probabilities);
    REQUIRE(words.size() == 3);
    CHECK(text.substr(static_cast<size_t>(words[1].start_char), static_cast<size_t>(words[1].end_char - words[1].start_char)) == "50");
    CHECK(std::abs(words[0].confidence - 0.5f) < 1e-4f);
    CHECK(std::abs(words[1].confidence - 0.9f) < 1e-4f);
    CHECK(std::abs(words[2].confidence - 0.4f) < 1e-4f);
}

TEST_CASE("speech: words lie in the voice, in order, with pauses between them")
{
    // Two bursts of voice: 0.5 to 1.0 s and 1.6 to 2.2 s of 2.6 s.
    std::vector<float> samples(41600, 0.0f);
    std::mt19937 random(3);
    for (size_t i = 0; i < samples.size(); i++) {
        const bool voice = (i > 8000 && i < 16000) || (i > 25600 && i < 35200);
        samples[i] = (static_cast<float>(random() % 2001) / 1000 - 1) * (voice ? 0.3f : 0.001f);
    }
    const std::string text = "Never. Really never.";
    auto words = find_words(text, {}, {});
    estimate_times(text, words, samples, {8000, 35200}, 1000);
    REQUIRE(words.size() == 3);
    CHECK(std::abs(words[0].start_ms - 1500) < 60);
    CHECK(std::abs(words[0].end_ms - 2000) < 60);
    CHECK(std::abs(words[1].start_ms - 2600) < 60);
    CHECK(std::abs(words[2].end_ms - 3200) < 60);
    for (size_t i = 1; i < words.size(); i++) CHECK(words[i].start_ms >= words[i - 1].end_ms);
    CHECK(find_turns(text, words, 180) == std::vector<size_t>{0, 1});
}

TEST_CASE("speech: a short answer begins after the pause that follows the question")
{
    // A question from 0.3 to 1.4 s, a pause, and the answer from 1.75 to 2.6 s of 2.8 s.
    std::vector<float> samples(44800, 0.0f);
    std::mt19937 random(5);
    for (size_t i = 0; i < samples.size(); i++) {
        const bool voice = (i > 4800 && i < 22400) || (i > 28000 && i < 41600);
        samples[i] = (static_cast<float>(random() % 2001) / 1000 - 1) * (voice ? 0.3f : 0.001f);
    }
    const std::string text = "How about noise? Yes, both, every day.";
    auto words = find_words(text, {}, {});
    estimate_times(text, words, samples, {4800, 41600}, 0);
    REQUIRE(words.size() == 7);
    CHECK(std::abs(words[0].start_ms - 300) < 60);
    CHECK(std::abs(words[2].end_ms - 1400) < 60);
    CHECK(std::abs(words[3].start_ms - 1750) < 60);
    CHECK(find_turns(text, words, 180) == std::vector<size_t>{0, 3});
}

TEST_CASE("speech: word error counts substitutions, insertions and deletions, and reads numbers")
{
    CHECK(count_word_errors("five mg, twice a day", "5 mg twice a day").errors == 0);
    CHECK(count_word_errors("she denies fever", "He denies a fever").errors == 2);
    CHECK(count_word_errors("one two three", "").errors == 3);
    CHECK(count_word_errors("", "invented").errors == 1);
}

TEST_CASE("speech: names count where they were said, and as wrong where they were not")
{
    const std::vector<std::string> names{"Metoprolol", "vitamin D", "metoprolol", "Lasix", ""};
    const auto counts = count_names("Take metoprolol and vitamin D, then metoprolol again.", "Take Metoprolol and vitamin C with Lasix.", names);
    CHECK(counts.said == 3);
    CHECK(counts.heard == 1);
    CHECK(counts.wrong == 1);
    CHECK(count_names("vitamin", "vitamin", names).said == 0);
}
