// From tokens to words with times and confidence. Pure; any thread.
//
// The times are estimates: the model does not say when it heard a token. Each word expects a share of the segment's
// voiced time by its length (letters, and digits that are spoken as words), and the boundaries between words are
// then placed, by dynamic programming over 20 ms frames, so that words come close to their share, boundaries lie
// where the voice is weak, and pauses fall between words, best after punctuation. On read speech the boundaries lie
// within about 0.1 to 0.2 s of the truth: good enough to play a word, not to measure one.
#pragma once

#include "domain/transcript.h"

#include <span>
#include <string>
#include <vector>

namespace chartside::speech {


/// `token_ends` are the lengths of `text` after each token, `probabilities` those tokens' softmax probabilities.
/// A word's confidence is the geometric mean over the tokens that spell it.
std::vector<Word> find_words(std::string_view text, std::span<const size_t> token_ends, std::span<const float> probabilities);

/// Where in a segment the voice detector heard a voice, in samples of the segment.
struct VoicedRange {
    size_t start = 0;
    size_t end = 0;
};

/// Sets each word's times. `samples` is the segment's 16 kHz audio, which begins at `start_ms`; what lies outside
/// `voiced` (a breath, a click) holds no word.
void estimate_times(std::string_view text, std::vector<Word>& words, std::span<const float> samples, VoicedRange voiced,
                    double start_ms);

/// Indices of the words that begin a new turn of speech: after the end of a sentence and a pause of at least
/// `least_pause_ms`. The first word (0) is always among them, when there is one.
std::vector<size_t> find_turns(std::string_view text, std::span<const Word> words, double least_pause_ms);

/// exp of the mean logarithm; 0 for nothing.
float geometric_mean(std::span<const float> probabilities);

} // namespace chartside::speech
