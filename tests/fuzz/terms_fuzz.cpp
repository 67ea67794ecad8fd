// A list of names to listen for is refused with a sentence or taken within its bounds, and the tree made of it gives
// back what it lent.
#include "fuzz.h"

#include "speech/bias.h"

#include <cmath>
#include <fstream>
#include <iterator>

using namespace chartside;

namespace {

const speech::Tokenizer& tokenizer()
{
    static const auto made = [] {
        std::ifstream file(CHARTSIDE_SOURCE_DIR "/public/models/moonshine_tiny.tokens", std::ios::binary);
        const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
        auto created = speech::Tokenizer::create({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()});
        fuzz::require(created.ok(), "the vocabulary is there");
        return std::move(created).value();
    }();
    return made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size > 2048) return 0;
    fuzz::Input input(data, size);
    const int stride = 1 + input.byte();
    auto terms = speech::parse_terms(input.text());
    if (!terms.ok()) {
        fuzz::require_sentence(terms.error());
        return 0;
    }
    fuzz::require(!terms->empty() && terms->size() <= speech::most_terms, "a list that is taken has terms, and not too many");
    for (const std::string& term : *terms) {
        fuzz::require(is_valid_utf8(term) && !term.empty() && term.size() <= speech::most_term_bytes, "a term is short text");
    }
    if (stride % 8 != 0) return 0; // a tree takes far longer than a list
    const speech::Bias bias(*terms, tokenizer());
    std::vector<int> boosted;
    bias.add_boosted_tokens({}, boosted);
    speech::Bias::State state;
    float sum = 0;
    for (int i = 0; i < 64; ++i) {
        const int token = boosted.empty() ? i * stride % tokenizer().token_count() : boosted[static_cast<size_t>(i * stride) % boosted.size()];
        const auto step = bias.step(state, token);
        sum += step.change;
        state = step.next;
        boosted.clear();
        bias.add_boosted_tokens(state, boosted);
        for (const int next : boosted) fuzz::require(next >= 0 && next < tokenizer().token_count(), "boosted tokens exist");
    }
    sum += bias.end(state);
    fuzz::require(std::isfinite(sum) && sum > -1, "what was lent is given back, and no more");
    return 0;
}
