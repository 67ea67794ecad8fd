// The Moonshine tiny speech model (MIT, English): samples in, tokens out. Owner: the transcriber; thread: the one
// that created its sessions.
//
// Two graphs: an encoder over raw 16 kHz samples, and a decoder that is run once a token. The decoder's graph holds
// two branches, chosen by `use_cache_branch`: the first token computes the keys and values of the encoder's output,
// later tokens reuse them. Keys and values stay in the runtime; only the logits are copied out.
// Source: Jeffries et al., "Moonshine: Speech Recognition for Live Transcription and Voice Commands", 2024.
#pragma once

#include "inference/session.h"
#include "speech/bias.h"

#include <memory>
#include <vector>

namespace chartside::speech {

/// The model invents more than it hears beyond this rate, so no decode goes past it.
inline constexpr double most_tokens_a_second = 6.5;

struct Decoded {
    std::vector<int> tokens;           // without start and end
    std::vector<float> probabilities;  // of each token, 0..1
    float end_probability = 0;         // of the end token; 0 when the cap or the repetition guard stopped it
    bool stopped_by_repetition = false;
    double encode_ms = 0;
    double decode_ms = 0;
};

class Moonshine {
public:
    static Task<std::unique_ptr<Moonshine>> create(inference::Runtime& runtime, std::span<const uint8_t> encoder,
                                                   std::span<const uint8_t> decoder);

    /// `samples`: 16 kHz mono, 0.1 to 30 s. Shorter audio is padded with silence. Greedy without `bias`; with it, a
    /// beam of four texts, which takes two to three times as long.
    Task<Decoded> decode(std::vector<float> samples, const Bias* bias = nullptr);

private:
    /// What the decoder remembers of one text. Copies share what it has computed so far.
    struct Memory {
        std::vector<inference::ValuePtr> past; // empty before the first token
    };

    Task<inference::ValuePtr> encode(std::vector<float> samples);
    Task<std::vector<float>> next_logits(inference::ValuePtr hidden, Memory& memory, int64_t token);
    Task<Decoded> decode_greedily(inference::ValuePtr hidden, int most_tokens);
    Task<Decoded> decode_with_bias(inference::ValuePtr hidden, int most_tokens, const Bias& bias);

    Moonshine(inference::Runtime& runtime, std::unique_ptr<inference::Session> encoder,
              std::unique_ptr<inference::Session> decoder);

    inference::Runtime& m_runtime;
    std::unique_ptr<inference::Session> m_encoder;
    std::unique_ptr<inference::Session> m_decoder;
    std::vector<std::string> m_past_names;          // inputs, "past_key_values.0.decoder.key"
    std::vector<std::string> m_first_outputs;       // logits and every "present..."
    std::vector<std::string> m_later_outputs;       // logits and the decoder's own "present..."
    std::vector<size_t> m_decoder_past;             // of m_past_names: those that grow with each token
    inference::ValuePtr m_no_past;                  // an empty cache
    inference::ValuePtr m_is_first;                 // for use_cache_branch
    inference::ValuePtr m_is_later;
};

/// Number of tokens to keep when `tokens` ends in a loop (the same 1 to 12 tokens again and again), else its size.
/// Real speech repeats itself ("no, no, no, no"); only longer runs count.
size_t length_without_loop(std::span<const int> tokens);

} // namespace chartside::speech
