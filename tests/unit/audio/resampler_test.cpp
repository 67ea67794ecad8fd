#include "audio/level.h"
#include "audio/resampler.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

using namespace chartside::audio;

namespace {

std::vector<float> tone(double frequency_hz, int rate_hz, size_t count)
{
    std::vector<float> samples;
    for (size_t i = 0; i < count; i++)
        samples.push_back(static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * frequency_hz * static_cast<double>(i) / rate_hz)));
    return samples;
}

std::vector<float> resample(const std::vector<float>& input, int from_hz, int to_hz)
{
    Resampler resampler(from_hz, to_hz);
    std::vector<float> output;
    resampler.push(input, output);
    resampler.finish(output);
    return output;
}

} // namespace

TEST_CASE("audio: resampling keeps a tone at its place in time and at its height")
{
    for (const int rate_hz : {8000, 11025, 22050, 32000, 44100, 44101, 48000, 96000}) {
        const auto output = resample(tone(1000, rate_hz, static_cast<size_t>(rate_hz)), rate_hz, 16000);
        CHECK(std::abs(static_cast<int>(output.size()) - 16000) <= 1);
        const auto expected = tone(1000, 16000, output.size());
        double worst = 0;
        for (size_t i = 400; i + 400 < output.size(); i++) worst = std::max(worst, static_cast<double>(std::abs(output[i] - expected[i])));
        INFO("rate " << rate_hz);
        CHECK(worst < 2e-3);
    }
}

TEST_CASE("audio: resampling removes what the lower rate cannot carry")
{
    const auto output = resample(tone(11000, 48000, 48000), 48000, 16000);
    float loudest = 0;
    for (size_t i = 400; i + 400 < output.size(); i++) loudest = std::max(loudest, std::abs(output[i]));
    CHECK(amplitude_db(loudest / 0.5f) < -60);
}

TEST_CASE("audio: resampling does not depend on how the samples were cut")
{
    std::mt19937 random(7);
    std::vector<float> noise(60000);
    for (float& sample : noise) sample = static_cast<float>(random() % 2001) / 1000 - 1;
    for (const int rate_hz : {8000, 16000, 44100, 48000}) {
        const auto whole = resample(noise, rate_hz, 16000);
        Resampler resampler(rate_hz, 16000);
        std::vector<float> pieces;
        for (size_t at = 0; at < noise.size();) {
            const size_t count = std::min<size_t>(1 + random() % 700, noise.size() - at);
            resampler.push(std::span(noise).subspan(at, count), pieces);
            at += count;
        }
        resampler.finish(pieces);
        CHECK(pieces == whole);
    }
}

TEST_CASE("audio: full scale is 0 dB, and silence has an end")
{
    CHECK(amplitude_db(1) == 0);
    CHECK(std::abs(amplitude_db(0.5f) + 6.02f) < 0.01f);
    CHECK(amplitude_db(0) == silence_db);
}
