#include "speech/bias.h"
#include "speech/token_encoder.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <fstream>

using namespace chartside;
using namespace chartside::speech;

namespace {

const Tokenizer& tokenizer()
{
    static const Tokenizer shared = [] {
        std::ifstream file(std::string(CHARTSIDE_SOURCE_DIR) + "/public/models/moonshine_tiny.tokens", std::ios::binary);
        const std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        return Tokenizer::create(bytes).value();
    }();
    return shared;
}

std::vector<int> tokens_of(std::string_view text)
{
    return TokenEncoder(tokenizer()).encode(text);
}

// What the bias adds to the score of `text` in all.
float earned_by(const Bias& bias, std::string_view text)
{
    Bias::State state;
    float score = 0;
    for (const int token : tokens_of(text)) {
        const Bias::Step step = bias.step(state, token);
        score += step.change;
        state = step.next;
    }
    return score + bias.end(state);
}

Bias bias_for(const std::vector<std::string>& terms)
{
    return Bias(terms, tokenizer(), 1);
}

} // namespace

TEST_CASE("token encoder: joins pieces in the tokenizer's order, and what it makes decodes to the text")
{
    CHECK(tokens_of(" t") == std::vector<int>{260});
    CHECK(tokens_of(" the").size() == 1);
    CHECK(tokens_of("").empty());
    // By tokenizer.json's own merges; tests/python/test_tokenizer.py holds many more words against them.
    CHECK(tokens_of(" metoprolol") == std::vector<int>{1539, 459, 1467, 324});
    for (const char* text : {"metoprolol 50 mg", "Sj\xC3\xB6gren's", "HbA1c", "\xF0\x9F\xA9\xBA", "a", "..."})
        CHECK(tokenizer().decode(tokens_of(std::string(" ") + text)) == text);
}

TEST_CASE("bias: a whole term keeps what it earned, in either case, wherever it stands")
{
    const Bias bias = bias_for({"metoprolol"});
    const auto small = static_cast<float>(tokens_of(" metoprolol").size());
    const auto capital = static_cast<float>(tokens_of(" Metoprolol").size());
    CHECK(earned_by(bias, " metoprolol") == small);
    CHECK(earned_by(bias, " Metoprolol.") == capital);
    CHECK(earned_by(bias, " take metoprolol, twice") == small);
    CHECK(earned_by(bias, " metoprolol metoprolol") == 2 * small);
    CHECK(earned_by(bias, " metoprolol's") == small);
}

TEST_CASE("bias: a term that breaks off, or goes on as another word, gives everything back")
{
    const Bias bias = bias_for({"metoprolol", "vitamin D"});
    const auto whole = tokens_of(" metoprolol");
    REQUIRE(whole.size() > 2);
    Bias::State state;
    float score = 0;
    for (size_t i = 0; i + 1 < whole.size(); i++) {
        const Bias::Step step = bias.step(state, whole[i]);
        score += step.change;
        state = step.next;
    }
    CHECK(score == static_cast<float>(whole.size() - 1));
    CHECK(score + bias.end(state) == 0);
    CHECK(score + bias.step(state, tokens_of(" the").front()).change == 0);
    CHECK(earned_by(bias, " metoprololish") == 0);
    CHECK(earned_by(bias, " vitamin C") == 0);
    CHECK(earned_by(bias, " vitamin D") == static_cast<float>(tokens_of(" vitamin D").size()));
    CHECK(earned_by(bias, "metoprolol") == 0); // not at the start of a word
}

TEST_CASE("bias: a term that another goes on with is kept when that one breaks off")
{
    const Bias bias = bias_for({"vitamin", "vitamin D three"});
    const auto one = static_cast<float>(tokens_of(" vitamin").size());
    CHECK(earned_by(bias, " vitamin") == one);
    CHECK(earned_by(bias, " vitamin D") == one);
    CHECK(earned_by(bias, " vitamin D three") == static_cast<float>(tokens_of(" vitamin D three").size()));
    CHECK(earned_by(bias, " vitamins") == 0);
}

TEST_CASE("bias: a term may begin where another breaks off")
{
    const Bias bias = bias_for({"vitamin D", "lasix"});
    CHECK(earned_by(bias, " vitamin lasix") == static_cast<float>(tokens_of(" lasix").size()));
}

TEST_CASE("bias: tells which tokens it lifts, after a beginning also those that begin anew")
{
    const Bias bias = bias_for({"metoprolol"});
    std::vector<int> first, second;
    bias.add_boosted_tokens({}, first);
    const auto whole = tokens_of(" metoprolol");
    CHECK(std::ranges::find(first, whole[0]) != first.end());
    bias.add_boosted_tokens(bias.step({}, whole[0]).next, second);
    CHECK(std::ranges::find(second, whole[1]) != second.end());
    CHECK(std::ranges::find(second, whole[0]) != second.end());
}

TEST_CASE("bias: a list is one term a line, and what is no list is refused with what to do")
{
    const auto terms = parse_terms("\xEF\xBB\xBF metoprolol \r\n\n\tvitamin \t D\nlasix");
    REQUIRE(terms.ok());
    CHECK(*terms == std::vector<std::string>{"metoprolol", "vitamin D", "lasix"});
    const auto refused = [](std::string_view list, std::string_view why, std::string_view advice = "one term a line") {
        const auto result = parse_terms(list);
        REQUIRE(!result.ok());
        CHECK(result.error().code == ErrorCode::invalid_input);
        CHECK(result.error().message.find(why) != std::string::npos);
        CHECK(result.error().message.find(advice) != std::string::npos);
    };
    refused("", "empty");
    refused(" \n\r\n", "empty");
    refused(std::string_view("\0\1\2", 3), "not a text file");
    refused("caf\xE9", "not a text file");
    refused(std::string(most_list_bytes + 1, 'a'), "larger than 1024 KB", "Keep the terms");
    refused(std::string(most_term_bytes + 1, 'a'), "Line 1");
    std::string many;
    for (size_t i = 0; i <= most_terms; i++) many += "term\n";
    refused(many, "more than 5000 terms", "Keep the terms");
}
