#include "speech/moonshine.h"

#include "audio/limits.h"
#include "base/stopwatch.h"
#include "speech/beam.h"
#include "speech/tokenizer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace chartside::speech {
namespace {

using inference::Input;
using inference::Shape;
using inference::ValuePtr;

constexpr size_t fewest_samples = audio::model_rate_hz / 4; // the encoder's convolutions need some; this is safe
constexpr int fewest_tokens = 4;                            // even a short "Yes." needs them
constexpr int64_t head_count = 8;
constexpr int64_t head_size = 36;

Error unexpected_model(const std::string& detail)
{
    return {ErrorCode::corrupt, "The speech model is not the one that was expected. Fetch the models again.", detail};
}

struct Choice {
    int token;
    float probability;
};

// The likeliest token and its softmax probability.
Choice choose(const std::vector<float>& logits)
{
    const auto best = std::ranges::max_element(logits);
    float sum = 0;
    for (const float logit : logits) sum += std::exp(logit - *best);
    return {static_cast<int>(best - logits.begin()), 1 / sum};
}

} // namespace

size_t length_without_loop(std::span<const int> tokens)
{
    constexpr size_t longest_unit = 12;
    for (size_t unit = 1; unit <= longest_unit; unit++) {
        const size_t least_repeats = unit == 1 ? 7 : unit <= 3 ? 5 : 3;
        size_t repeats = 1;
        while ((repeats + 1) * unit <= tokens.size()
               && std::ranges::equal(tokens.last(unit), tokens.subspan(tokens.size() - (repeats + 1) * unit, unit)))
            repeats++;
        if (repeats >= least_repeats) return tokens.size() - (repeats - 1) * unit;
    }
    return tokens.size();
}

Moonshine::Moonshine(inference::Runtime& runtime, std::unique_ptr<inference::Session> encoder,
                     std::unique_ptr<inference::Session> decoder)
    : m_runtime(runtime), m_encoder(std::move(encoder)), m_decoder(std::move(decoder))
{
    m_first_outputs.push_back("logits");
    m_later_outputs.push_back("logits");
    for (const std::string& name : m_decoder->input_names()) {
        static const std::string prefix = "past_key_values.";
        if (!name.starts_with(prefix)) continue;
        const std::string present = "present." + name.substr(prefix.size());
        m_first_outputs.push_back(present);
        if (name.find(".decoder.") != std::string::npos) {
            m_later_outputs.push_back(present);
            m_decoder_past.push_back(m_past_names.size());
        }
        m_past_names.push_back(name);
    }
    m_no_past = m_runtime.tensor_f32({1, head_count, 0, head_size}, {});
    const std::array<uint8_t, 1> no{0}, yes{1};
    m_is_first = m_runtime.tensor_bool({1}, no);
    m_is_later = m_runtime.tensor_bool({1}, yes);
}

Task<std::unique_ptr<Moonshine>> Moonshine::create(inference::Runtime& runtime, std::span<const uint8_t> encoder,
                                                   std::span<const uint8_t> decoder)
{
    CO_TRY_ASSIGN(encoder_session, co_await runtime.create_session(encoder));
    CO_TRY_ASSIGN(decoder_session, co_await runtime.create_session(decoder));
    auto has = [](const std::vector<std::string>& names, const char* name) {
        return std::ranges::find(names, name) != names.end();
    };
    if (!has(encoder_session->input_names(), "input_values") || encoder_session->output_names().empty())
        co_return unexpected_model("encoder inputs");
    if (!has(decoder_session->input_names(), "use_cache_branch") || !has(decoder_session->output_names(), "logits"))
        co_return unexpected_model("decoder inputs");
    co_return std::unique_ptr<Moonshine>(new Moonshine(runtime, std::move(encoder_session), std::move(decoder_session)));
}

Task<Decoded> Moonshine::decode(std::vector<float> samples, const Bias* bias)
{
    const double seconds = static_cast<double>(samples.size()) / audio::model_rate_hz;
    const int most_tokens = std::max(fewest_tokens, static_cast<int>(std::ceil(most_tokens_a_second * seconds)));
    if (samples.size() < fewest_samples) samples.resize(fewest_samples, 0.0f);

    const double started_ms = steady_now_ms();
    CO_TRY_ASSIGN(hidden, co_await encode(std::move(samples)));
    const double encoded_ms = steady_now_ms();
    auto task = bias ? decode_with_bias(hidden, most_tokens, *bias) : decode_greedily(hidden, most_tokens);
    CO_TRY_ASSIGN(decoded, co_await task);
    decoded.encode_ms = encoded_ms - started_ms;
    decoded.decode_ms = steady_now_ms() - encoded_ms;
    co_return decoded;
}

Task<ValuePtr> Moonshine::encode(std::vector<float> samples)
{
    std::vector<Input> inputs;
    inputs.push_back({"input_values", m_runtime.tensor_f32({1, static_cast<int64_t>(samples.size())}, samples)});
    std::vector<std::string> output_names(1, m_encoder->output_names().front());
    CO_TRY_ASSIGN(outputs, co_await m_encoder->run(std::move(inputs), std::move(output_names)));
    co_return outputs.front();
}

// `memory` must live until the task is done.
Task<std::vector<float>> Moonshine::next_logits(ValuePtr hidden, Memory& memory, int64_t token)
{
    auto& past = memory.past;
    const bool first = past.empty();
    if (first) past.assign(m_past_names.size(), m_no_past);
    std::vector<Input> inputs;
    inputs.reserve(past.size() + 3);
    inputs.push_back({"input_ids", m_runtime.tensor_i64({1, 1}, std::span<const int64_t>(&token, 1))});
    inputs.push_back({"encoder_hidden_states", std::move(hidden)});
    for (size_t i = 0; i < past.size(); i++) inputs.push_back({m_past_names[i], past[i]});
    inputs.push_back({"use_cache_branch", first ? m_is_first : m_is_later});
    std::vector<std::string> output_names = first ? m_first_outputs : m_later_outputs;
    CO_TRY_ASSIGN(outputs, co_await m_decoder->run(std::move(inputs), std::move(output_names)));
    if (first) {
        for (size_t i = 0; i < past.size(); i++) past[i] = outputs[i + 1];
    } else {
        for (size_t i = 0; i < m_decoder_past.size(); i++) past[m_decoder_past[i]] = outputs[i + 1];
    }
    co_return outputs.front()->read_f32();
}

Task<Decoded> Moonshine::decode_greedily(ValuePtr hidden, int most_tokens)
{
    Decoded decoded;
    Memory memory;
    int64_t token = Tokenizer::start_token;
    for (int count = 0; count <= most_tokens; count++) {
        CO_TRY_ASSIGN(logits, co_await next_logits(hidden, memory, token));
        const Choice choice = choose(logits);
        if (choice.token == Tokenizer::end_token) {
            decoded.end_probability = choice.probability;
            break;
        }
        if (count == most_tokens) break;
        decoded.tokens.push_back(choice.token);
        decoded.probabilities.push_back(choice.probability);
        const size_t kept = length_without_loop(decoded.tokens);
        if (kept < decoded.tokens.size()) {
            decoded.tokens.resize(kept);
            decoded.probabilities.resize(kept);
            decoded.stopped_by_repetition = true;
            break;
        }
        token = choice.token;
    }
    co_return decoded;
}

// One text after another: the shipped graph rounds its activations by the whole tensor, so that in a batch each text
// would change what the others say.
Task<Decoded> Moonshine::decode_with_bias(ValuePtr hidden, int most_tokens, const Bias& bias)
{
    BeamOptions options;
    options.most_tokens = most_tokens;
    Beam beam(bias, options);
    std::vector<Memory> memories(1);
    while (!beam.live().empty()) {
        std::vector<std::vector<float>> answers;
        for (size_t i = 0; i < memories.size(); i++) {
            const auto& tokens = beam.live()[i].tokens;
            const int64_t token = tokens.empty() ? Tokenizer::start_token : tokens.back();
            CO_TRY_ASSIGN(logits, co_await next_logits(hidden, memories[i], token));
            answers.push_back(std::move(logits));
        }
        beam.advance(answers);
        std::vector<Memory> kept;
        for (const Hypothesis& text : beam.live()) kept.push_back(memories[text.parent]);
        memories = std::move(kept);
    }
    const Hypothesis& best = beam.best();
    Decoded decoded;
    decoded.tokens = best.tokens;
    decoded.probabilities = best.probabilities;
    decoded.end_probability = best.end_probability;
    decoded.stopped_by_repetition = best.stopped_by_repetition;
    co_return decoded;
}

} // namespace chartside::speech
