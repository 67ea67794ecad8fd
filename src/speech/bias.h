// Words to listen for: a list of terms as a prefix tree of tokens, which tells the beam search how much more to
// believe a token that goes on with one of them. Pure; any thread; made once, read by one decode after another.
//
// Each token of a term earns `boost_a_token` (a natural logarithm). A match that breaks off gives back all that it
// earned, so that only whole terms profit: "met" earns something because of "metoprolol", and loses it again when
// the text goes on with "her". Terms begin and end at word boundaries. A text follows one term at a time: one that
// begins inside another that breaks off is not seen.
// Source: shallow fusion with a prefix tree and failure refunds, Le et al., "Contextualized Streaming End-to-End
// Speech Recognition with Trie-Based Deep Biasing and Shallow Fusion", 2021; the boost is measured (CLINICAL.md).
#pragma once

#include "speech/tokenizer.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chartside::speech {

inline constexpr float default_boost = 2.5f; // 3.5 makes the model loop on a name
inline constexpr size_t most_list_bytes = 1 << 20;
inline constexpr size_t most_terms = 5000;
inline constexpr size_t most_term_bytes = 100;

/// The terms in `list`: one a line, blank lines left out, spaces within a term made one. Refuses with a sentence what
/// is no such list: nothing in it, not text, too long.
Result<std::vector<std::string>> parse_terms(std::string_view list);

class Bias {
public:
    /// How far into which term a text has come.
    struct State {
        int node = 0;
        float earned = 0; // since the term began; given back if it breaks off
    };
    struct Step {
        float change = 0; // to the text's score
        State next;
    };

    Bias(std::span<const std::string> terms, const Tokenizer& tokenizer, float boost_a_token = default_boost);

    /// What it means that `token` follows.
    Step step(State state, int token) const;
    /// What it means that the text ends: the change to its score.
    float end(State state) const;
    /// Appends the tokens that earn a boost after `state`.
    void add_boosted_tokens(State state, std::vector<int>& tokens) const;

    float boost_a_token() const { return m_boost; }

private:
    struct Node {
        std::vector<std::pair<int, int>> children; // token, node; sorted by token
        bool ends_term = false;
    };

    void add(std::span<const int> tokens);
    int child(int node, int token) const;
    bool is_whole(State state, int next_token) const;

    float m_boost;
    std::vector<Node> m_nodes;
    std::vector<bool> m_continues_word; // by token: it goes on with the word before it
};

} // namespace chartside::speech
