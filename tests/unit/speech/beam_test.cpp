// A made-up language of single letters: the model's answers are written by hand, so that each choice can be followed.
#include "speech/beam.h"
#include "speech/token_encoder.h"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <functional>
#include <map>

using namespace chartside;
using namespace chartside::speech;

namespace {

// A token file of its own: specials, then " a" to " d" (begin a word) and "a" to "d" (go on with it).
Tokenizer toy_tokenizer()
{
    std::vector<uint8_t> file{'C', 'S', 'T', 'K', 1, 0, 0, 0, 11, 0, 0, 0};
    const auto add = [&](uint8_t kind, std::string_view bytes) {
        file.push_back(kind);
        file.push_back(static_cast<uint8_t>(bytes.size()));
        file.insert(file.end(), bytes.begin(), bytes.end());
    };
    for (const char* special : {"<unk>", "<s>", "</s>"}) add(2, special);
    for (const char* text : {" a", " b", " c", " d", "a", "b", "c", "d"}) add(0, text);
    return Tokenizer::create(file).value();
}

constexpr int end_token = 2, word_a = 3, word_b = 4, word_c = 5, b = 8, c = 9, d = 10;

using Probabilities = std::map<int, float>;
using Model = std::function<Probabilities(const std::vector<int>&)>;

Hypothesis search(const Model& model, const Bias& bias, size_t width = 4, int most_tokens = 12)
{
    Beam beam(bias, {.width = width, .end_token = end_token, .most_tokens = most_tokens});
    int rounds = 0;
    while (!beam.live().empty()) {
        REQUIRE(beam.live().size() <= width);
        REQUIRE(++rounds <= most_tokens + 1);
        std::vector<std::vector<float>> answers;
        for (const Hypothesis& text : beam.live()) {
            std::vector<float> logits(11, -30.0f);
            for (const auto& [token, probability] : model(text.tokens)) logits[static_cast<size_t>(token)] = std::log(probability);
            answers.push_back(logits);
        }
        beam.advance(answers);
    }
    return beam.best();
}

const Tokenizer& toy()
{
    static const Tokenizer shared = toy_tokenizer();
    return shared;
}

const Bias nothing({}, toy());

} // namespace

TEST_CASE("beam: finds a text that is likelier as a whole than its first token")
{
    const Model model = [](const std::vector<int>& text) -> Probabilities {
        if (text.empty()) return {{word_a, 0.6f}, {word_b, 0.4f}};
        if (text.size() == 1 && text[0] == word_a) return {{b, 0.3f}, {c, 0.3f}, {d, 0.3f}, {end_token, 0.1f}};
        if (text.size() == 1) return {{b, 0.9f}, {end_token, 0.1f}};
        return {{end_token, 0.95f}, {d, 0.05f}};
    };
    const Hypothesis best = search(model, nothing);
    CHECK(best.tokens == std::vector<int>{word_b, b});
    REQUIRE(best.probabilities.size() == 2);
    CHECK(std::abs(best.probabilities[0] - 0.4f) < 1e-4f);
    CHECK(std::abs(best.end_probability - 0.95f) < 1e-4f);
    CHECK(search(model, nothing, 1).tokens.front() == word_a); // greedy does not
}

TEST_CASE("beam: the bias brings in a term that the model finds unlikely, and only a whole one")
{
    // The model writes " c"; " ab" is far behind, " ad" as far.
    const Model model = [](const std::vector<int>& text) -> Probabilities {
        if (text.empty()) return {{word_c, 0.9f}, {word_a, 0.05f}, {word_b, 0.04f}, {end_token, 0.01f}};
        if (text == std::vector<int>{word_a}) return {{d, 0.6f}, {b, 0.3f}, {end_token, 0.1f}};
        return {{end_token, 1.0f}};
    };
    const std::vector<std::string> ab{"ab"}, abcd{"abcd"};
    CHECK(search(model, nothing).tokens == std::vector<int>{word_c});
    const Hypothesis lifted = search(model, Bias(ab, toy(), 2.5f));
    CHECK(lifted.tokens == std::vector<int>{word_a, b});
    CHECK(std::abs(lifted.probabilities[0] - 0.05f) < 1e-4f); // the model's own, not the lifted ones
    CHECK(search(model, Bias(ab, toy(), 0.5f)).tokens == std::vector<int>{word_c});
    CHECK(search(model, Bias(abcd, toy(), 2.5f)).tokens == std::vector<int>{word_c});
}

TEST_CASE("beam: a text that would loop is cut, and one that never ends is stopped at its limit")
{
    const Model loops = [](const std::vector<int>&) -> Probabilities { return {{word_a, 0.97f}, {end_token, 0.03f}}; };
    const Hypothesis cut = search(loops, nothing, 1);
    CHECK(cut.tokens == std::vector<int>{word_a});
    CHECK(cut.stopped_by_repetition);
    CHECK(cut.end_probability == 0);
    const Model never_ends = [](const std::vector<int>& text) -> Probabilities { return {{text.size() % 2 ? b : text.size() % 3 ? word_a : word_c, 1.0f}}; };
    CHECK(search(never_ends, nothing, 4, 5).tokens.size() == 5);
}

TEST_CASE("beam: an empty text is an answer too")
{
    const Model silent = [](const std::vector<int>&) -> Probabilities { return {{end_token, 0.99f}, {word_a, 0.01f}}; };
    CHECK(search(silent, nothing).tokens.empty());
}
