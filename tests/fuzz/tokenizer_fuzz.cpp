// A vocabulary file is refused or read whole; whatever tokens follow, the text is UTF-8 and only grows.
#include "fuzz.h"

#include "speech/token_encoder.h"
#include "speech/tokenizer.h"

using namespace chartside;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    fuzz::Input input(data, size);
    const size_t wanted = input.byte();
    auto tokenizer = speech::Tokenizer::create(input.rest());
    if (!tokenizer.ok()) {
        fuzz::require_sentence(tokenizer.error());
        return 0;
    }
    fuzz::require(tokenizer->token_count() > 0, "a vocabulary that is taken has tokens");
    std::vector<int> tokens;
    for (size_t i = 0; i < wanted && i < input.rest().size(); ++i) tokens.push_back((input.rest()[i] * 257 + static_cast<int>(i)) % tokenizer->token_count());
    std::vector<size_t> ends;
    const std::string text = tokenizer->decode(tokens, &ends);
    fuzz::require(is_valid_utf8(text), "decoded text is UTF-8");
    fuzz::require(ends.size() == tokens.size(), "each token has its end");
    size_t before = 0;
    for (const size_t end : ends) {
        fuzz::require(end >= before && end <= text.size(), "token ends go forward within the text");
        before = end;
    }
    const speech::TokenEncoder encoder(*tokenizer);
    for (const int token : encoder.encode(text.substr(0, 60))) fuzz::require(token >= 0 && token < tokenizer->token_count(), "encoded tokens exist");
    return 0;
}
