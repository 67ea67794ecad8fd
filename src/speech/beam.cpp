#include "speech/beam.h"

#include "speech/moonshine.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chartside::speech {

Beam::Beam(const Bias& bias, BeamOptions options) : m_bias(bias), m_options(options), m_live(1)
{
    assert(options.width > 0 && options.most_tokens > 0 && "a beam of nothing");
}

// The best few by the model alone, and everything that the bias lifts.
void Beam::add_candidates(size_t parent, std::span<const float> logits, std::vector<Candidate>& candidates) const
{
    const Hypothesis& text = m_live[parent];
    const float top = *std::ranges::max_element(logits);
    double sum = 0;
    for (const float logit : logits) sum += std::exp(logit - top);
    const double log_sum = top + std::log(sum);

    std::vector<int> tokens(logits.size());
    for (size_t i = 0; i < tokens.size(); i++) tokens[i] = static_cast<int>(i);
    const size_t kept = std::min(m_options.width, tokens.size());
    const auto likelier = [&](int a, int b) { return logits[static_cast<size_t>(a)] > logits[static_cast<size_t>(b)]; };
    std::ranges::partial_sort(tokens, tokens.begin() + static_cast<ptrdiff_t>(kept), likelier);
    tokens.resize(kept);
    m_bias.add_boosted_tokens(text.bias, tokens);
    std::ranges::sort(tokens);
    const auto repeated = std::ranges::unique(tokens);
    tokens.erase(repeated.begin(), repeated.end());

    for (const int token : tokens) {
        const double log_probability = logits[static_cast<size_t>(token)] - log_sum;
        Candidate candidate{parent, token, static_cast<float>(std::exp(log_probability)), text.score + log_probability, {}};
        if (token == m_options.end_token) {
            candidate.score += m_bias.end(text.bias);
        } else {
            const Bias::Step step = m_bias.step(text.bias, token);
            candidate.score += step.change;
            candidate.bias = step.next;
        }
        candidates.push_back(candidate);
    }
}

void Beam::advance(std::span<const std::vector<float>> logits)
{
    assert(logits.size() == m_live.size() && "one answer for each live text");
    std::vector<Candidate> candidates;
    for (size_t i = 0; i < m_live.size(); i++) add_candidates(i, logits[i], candidates);
    std::ranges::stable_sort(candidates, std::ranges::greater{}, &Candidate::score);
    if (candidates.size() > m_options.width) candidates.resize(m_options.width);

    const std::vector<Hypothesis> before = std::move(m_live);
    m_live.clear();
    for (const Candidate& candidate : candidates) {
        Hypothesis text = before[candidate.parent];
        text.score = candidate.score;
        text.parent = candidate.parent;
        if (candidate.token == m_options.end_token) {
            end(std::move(text), candidate.probability);
            continue;
        }
        text.bias = candidate.bias;
        text.tokens.push_back(candidate.token);
        text.probabilities.push_back(candidate.probability);
        const size_t kept = length_without_loop(text.tokens);
        text.stopped_by_repetition = kept < text.tokens.size();
        if (text.stopped_by_repetition) {
            text.tokens.resize(kept);
            text.probabilities.resize(kept);
        }
        const bool full = text.tokens.size() >= static_cast<size_t>(m_options.most_tokens);
        if (!text.stopped_by_repetition && !full) {
            m_live.push_back(std::move(text));
            continue;
        }
        text.score += m_bias.end(text.bias);
        end(std::move(text), 0);
    }
    if (is_decided()) m_live.clear();
}

void Beam::end(Hypothesis hypothesis, float end_probability)
{
    hypothesis.end_probability = end_probability;
    m_ended.push_back(std::move(hypothesis));
}

// A live text only gains by what the bias adds, so one that lies behind by more than a token's boost has lost, but
// for a term of many tokens that the model finds likely: such a one would not lie behind.
bool Beam::is_decided() const
{
    if (m_ended.empty() || m_live.empty()) return false;
    const double best_ended = best().score;
    return std::ranges::all_of(m_live, [&](const Hypothesis& text) { return text.score + m_bias.boost_a_token() < best_ended; });
}

const Hypothesis& Beam::best() const
{
    assert(!m_ended.empty() && "the search is not over");
    return *std::ranges::max_element(m_ended, {}, &Hypothesis::score);
}

} // namespace chartside::speech
