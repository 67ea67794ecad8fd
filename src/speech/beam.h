// Beam search with a bias: which tokens a text could be, the likeliest few at once. Pure: whoever owns it runs the
// model. Thread: its owner's.
//
// Each round takes the model's answer to every live text and keeps the best `width` of what could follow. A text's
// score is the sum of its tokens' log-probabilities and of what the bias gave it.
#pragma once

#include "speech/bias.h"

#include <cstddef>
#include <span>
#include <vector>

namespace chartside::speech {

struct BeamOptions {
    size_t width = 4;
    int end_token = Tokenizer::end_token;
    int most_tokens = 0; // of one text, without the end token
};

/// One text that is being written.
struct Hypothesis {
    std::vector<int> tokens;
    std::vector<float> probabilities; // of each token, as the model gives them
    double score = 0;
    Bias::State bias;
    size_t parent = 0;                // its index among the live ones of the round before
    float end_probability = 0;        // once it has ended; 0 when it was cut off
    bool stopped_by_repetition = false;
};

class Beam {
public:
    /// `bias` must outlive the beam.
    Beam(const Bias& bias, BeamOptions options);

    /// The texts whose next token is wanted; empty when the search is over. Before the first round: one empty text.
    std::span<const Hypothesis> live() const { return m_live; }
    /// The model's logits for each live text, in that order.
    void advance(std::span<const std::vector<float>> logits);
    /// The best text, once the search is over.
    const Hypothesis& best() const;

private:
    struct Candidate {
        size_t parent;
        int token;
        float probability;
        double score;
        Bias::State bias;
    };

    void add_candidates(size_t parent, std::span<const float> logits, std::vector<Candidate>& candidates) const;
    void end(Hypothesis hypothesis, float end_probability);
    bool is_decided() const;

    const Bias& m_bias;
    BeamOptions m_options;
    std::vector<Hypothesis> m_live;
    std::vector<Hypothesis> m_ended;
};

} // namespace chartside::speech
