#include "speech/belief.h"

#include "base/characters.h"

#include <algorithm>

namespace chartside::speech {
namespace {

constexpr double least_voice_ms = 190;
constexpr double short_voice_ms = 400; // a word, or two
constexpr double short_text_ms = 1000;
constexpr float never = 2;

// How sure the model must be.
float needed_confidence(const Evidence& evidence)
{
    const bool cut_at_both = evidence.cut_at_start && evidence.cut_at_end;
    float needed = 0.25f;
    if (evidence.voiced_ms < short_voice_ms)
        needed = cut_at_both ? never : evidence.cut_at_start || evidence.cut_at_end ? 0.8f : 0.4f;
    else if (cut_at_both && evidence.voiced_ms < short_text_ms)
        needed = 0.6f;
    if (evidence.peak_probability < 0.6f) needed = std::max(needed, 0.75f);
    return needed;
}

} // namespace

bool is_believable(std::string_view text, const Evidence& evidence)
{
    const bool has_word = std::ranges::any_of(text, [](char c) { return is_letter(c) || is_digit(c); });
    if (!has_word || evidence.voiced_ms < least_voice_ms) return false;
    const bool ran_on = evidence.end_probability == 0 && evidence.length_ms < short_text_ms;
    return !ran_on && evidence.confidence >= needed_confidence(evidence);
}

} // namespace chartside::speech
