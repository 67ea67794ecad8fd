#include "speech/words.h"

#include "audio/level.h"
#include "audio/limits.h"
#include "base/characters.h"
#include "speech/voice_gate.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chartside::speech {
namespace {

constexpr double step_ms = 20;
constexpr int step_samples = static_cast<int>(audio::model_rate_hz * step_ms / 1000);
constexpr int pause_steps = 6;         // 120 ms of weak voice is a pause, not a stop consonant
constexpr float smallest_probability = 1e-4f;

// How long a word takes to say, in letters. A word has an onset whatever its length; a digit is a word of its own.
double spoken_length(std::string_view word)
{
    double length = 1.2;
    for (const char c : word) length += is_digit(c) ? 3.5 : is_letter(c) ? 1.0 : 0.0;
    return length;
}

bool ends_sentence(char c) { return c == '.' || c == '?' || c == '!'; }

// What a pause after this word takes off the cost: people pause after a sentence, less after a phrase, seldom elsewhere.
double pause_reward(std::string_view word)
{
    if (word.empty()) return 0;
    if (ends_sentence(word.back())) return 3;
    return word.back() == ',' || word.back() == ';' || word.back() == ':' ? 2 : 0.2;
}

// The voice in each step, 0 (as quiet as this segment gets) to 1.
std::vector<float> voice_envelope(std::span<const float> samples, VoicedRange voiced)
{
    std::vector<float> level_db;
    for (size_t at = 0; at < samples.size(); at += step_samples) {
        const auto step = samples.subspan(at, std::min<size_t>(step_samples, samples.size() - at));
        double energy = 0;
        for (const float sample : step) energy += static_cast<double>(sample) * sample;
        level_db.push_back(audio::amplitude_db(static_cast<float>(std::sqrt(energy / static_cast<double>(step.size())))));
    }
    if (level_db.empty()) return {};
    std::vector<float> sorted = level_db;
    std::ranges::sort(sorted);
    const float top = sorted[sorted.size() * 9 / 10];
    // Speech spans about 30 dB; a segment without any pause must not count its weak consonants as silence.
    const float floor = std::max(std::min(sorted[sorted.size() / 20] + 3, top - 15), top - 32);
    std::vector<float> envelope;
    for (size_t step = 0; step < level_db.size(); step++) {
        // The detector is slow by up to a frame on both sides.
        const bool outside = (step + 1) * step_samples + 2 * frame_samples < voiced.start || step * step_samples > voiced.end + frame_samples;
        envelope.push_back(outside ? 0.0f : std::clamp((level_db[step] - floor) / (top - floor), 0.0f, 1.0f));
    }
    return envelope;
}

constexpr float weak_voice = 0.25f;

} // namespace

float geometric_mean(std::span<const float> probabilities)
{
    if (probabilities.empty()) return 0;
    double sum = 0;
    for (const float probability : probabilities) sum += std::log(std::max(probability, smallest_probability));
    return static_cast<float>(std::exp(sum / static_cast<double>(probabilities.size())));
}

std::vector<Word> find_words(std::string_view text, std::span<const size_t> token_ends, std::span<const float> probabilities)
{
    std::vector<Word> words;
    for (size_t at = 0; at < text.size();) {
        while (at < text.size() && text[at] == ' ') at++;
        const size_t start = at;
        while (at < text.size() && text[at] != ' ') at++;
        if (at == start) break;
        Word word;
        word.start_char = static_cast<int>(start);
        word.end_char = static_cast<int>(at);
        words.push_back(word);
    }
    for (Word& word : words) {
        std::vector<float> own;
        size_t token_start = 0;
        for (size_t i = 0; i < token_ends.size() && i < probabilities.size(); i++) {
            const size_t token_end = token_ends[i];
            if (token_end > static_cast<size_t>(word.start_char) && token_start < static_cast<size_t>(word.end_char) && token_end > token_start)
                own.push_back(probabilities[i]);
            token_start = token_end;
        }
        word.confidence = geometric_mean(own);
    }
    return words;
}

std::vector<size_t> find_turns(std::string_view text, std::span<const Word> words, double least_pause_ms)
{
    std::vector<size_t> starts;
    for (size_t i = 0; i < words.size(); i++) {
        if (i == 0) {
            starts.push_back(0);
            continue;
        }
        const char last = text[static_cast<size_t>(words[i - 1].end_char) - 1];
        if (ends_sentence(last) && words[i].start_ms - words[i - 1].end_ms >= least_pause_ms) starts.push_back(i);
    }
    return starts;
}

void estimate_times(std::string_view text, std::vector<Word>& words, std::span<const float> samples,
                    VoicedRange voiced_range, double start_ms)
{
    if (words.empty()) return;
    const std::vector<float> envelope = voice_envelope(samples, voiced_range);
    const int steps = static_cast<int>(envelope.size());
    const int count = static_cast<int>(words.size());
    if (steps < 2 * count) { // more words than sound: spread them evenly
        const double share = static_cast<double>(samples.size()) * 1000 / audio::model_rate_hz / count;
        for (int i = 0; i < count; i++) {
            words[static_cast<size_t>(i)].start_ms = start_ms + i * share;
            words[static_cast<size_t>(i)].end_ms = start_ms + (i + 1) * share;
        }
        return;
    }

    // voiced[t]: voiced steps before step t. paused[t]: steps before t that lie inside a pause.
    std::vector<double> voiced(static_cast<size_t>(steps) + 1, 0), paused(static_cast<size_t>(steps) + 1, 0);
    std::vector<bool> in_pause(static_cast<size_t>(steps), false);
    for (int t = 0, run = 0; t <= steps; t++) {
        if (t < steps && envelope[static_cast<size_t>(t)] < weak_voice) {
            run++;
            continue;
        }
        if (run >= pause_steps)
            for (int k = t - run; k < t; k++) in_pause[static_cast<size_t>(k)] = true;
        run = 0;
    }
    for (size_t t = 0; t < static_cast<size_t>(steps); t++) {
        voiced[t + 1] = voiced[t] + (in_pause[t] ? 0.0 : 0.3 + 0.7 * envelope[t]);
        paused[t + 1] = paused[t] + (in_pause[t] ? 1 : 0);
    }
    double total_length = 0;
    std::vector<double> length, cumulative{0};
    for (const Word& word : words) {
        length.push_back(spoken_length(text.substr(static_cast<size_t>(word.start_char), static_cast<size_t>(word.end_char - word.start_char))));
        total_length += length.back();
        cumulative.push_back(total_length);
    }
    const double total_voiced = std::max(voiced.back(), 1.0);
    const double unit = total_voiced / total_length;

    // best[t]: least cost of placing the boundaries so far with the last one at step t.
    constexpr double no_way = std::numeric_limits<double>::infinity();
    const int window = static_cast<int>(1200 / step_ms); // a boundary strays at most this far from its share
    std::vector<double> best(static_cast<size_t>(steps) + 1, no_way);
    best[0] = 0;
    std::vector<std::vector<int>> came_from(static_cast<size_t>(count), std::vector<int>(static_cast<size_t>(steps) + 1, -1));
    int from_low = 0, from_high = 0;
    for (int i = 0; i < count; i++) {
        const bool last = i + 1 == count;
        int low = steps, high = steps;
        if (!last) {
            const double target = cumulative[static_cast<size_t>(i) + 1] * unit;
            const auto centre = static_cast<int>(std::ranges::lower_bound(voiced, target) - voiced.begin());
            // Every word gets at least one step, and leaves one for each that follows.
            low = std::max({centre - window, from_low + 1, i + 1});
            high = std::min(centre + window, steps - (count - i - 1));
            low = std::min(low, high);
        }
        std::vector<double> next(static_cast<size_t>(steps) + 1, no_way);
        const double expected = length[static_cast<size_t>(i)] * unit;
        const std::string_view word = text.substr(static_cast<size_t>(words[static_cast<size_t>(i)].start_char), static_cast<size_t>(words[static_cast<size_t>(i)].end_char - words[static_cast<size_t>(i)].start_char));
        for (int t = low; t <= high; t++) {
            double boundary_cost = 0;
            if (!last) {
                const float weakness = std::min(envelope[static_cast<size_t>(t)], envelope[static_cast<size_t>(std::max(0, t - 1))]);
                boundary_cost = 1.0 * weakness;
                const bool pause_here = in_pause[static_cast<size_t>(t)] || in_pause[static_cast<size_t>(std::max(0, t - 1))];
                if (pause_here) boundary_cost -= pause_reward(word);
            }
            for (int s = from_low; s <= std::min(from_high, t - 1); s++) {
                if (best[static_cast<size_t>(s)] == no_way) continue;
                const double own = voiced[static_cast<size_t>(t)] - voiced[static_cast<size_t>(s)];
                // By ratio: a word may last twice its share or half of it, but cannot be said in next to no voice.
                const double stretch = std::log((own + 1) / (expected + 1));
                // A pause within a word is one that neither touches its start nor its end.
                int inner_from = s, inner_to = t;
                while (inner_from < inner_to && in_pause[static_cast<size_t>(inner_from)]) inner_from++;
                while (inner_to > inner_from && in_pause[static_cast<size_t>(inner_to) - 1]) inner_to--;
                const double broken = paused[static_cast<size_t>(inner_to)] - paused[static_cast<size_t>(inner_from)];
                const double cost = best[static_cast<size_t>(s)] + stretch * stretch + boundary_cost + 0.25 * broken;
                if (cost < next[static_cast<size_t>(t)]) {
                    next[static_cast<size_t>(t)] = cost;
                    came_from[static_cast<size_t>(i)][static_cast<size_t>(t)] = s;
                }
            }
        }
        best = std::move(next);
        from_low = low;
        from_high = high;
    }
    int end = steps;
    for (int i = count - 1; i >= 0; i--) {
        int start = came_from[static_cast<size_t>(i)][static_cast<size_t>(end)];
        if (start < 0) start = std::max(0, end - 1);
        int voice_start = start, voice_end = end; // without the weak voice at its edges
        while (voice_start < end - 1 && envelope[static_cast<size_t>(voice_start)] < weak_voice) voice_start++;
        while (voice_end > voice_start + 1 && envelope[static_cast<size_t>(voice_end) - 1] < weak_voice) voice_end--;
        Word& word = words[static_cast<size_t>(i)];
        word.start_ms = start_ms + voice_start * step_ms;
        word.end_ms = start_ms + std::min(voice_end * step_ms, static_cast<double>(samples.size()) * 1000 / audio::model_rate_hz);
        end = start;
    }
}

} // namespace chartside::speech
