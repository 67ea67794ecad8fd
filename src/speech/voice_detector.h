// The Silero voice activity model, version 5 (MIT): how likely each 32 ms of audio is speech. Owner: the
// transcriber; thread: the one that created its session.
//
// The graph wants the last 64 samples of the previous frame before the 512 of this one. Without them it still
// answers, but worse: on real speech the share of undecided frames (0.2 to 0.8) rises from 3 to 7 %.
#pragma once

#include "inference/session.h"
#include "speech/voice_gate.h"

#include <array>
#include <memory>

namespace chartside::speech {

class VoiceDetector {
public:
    static Task<std::unique_ptr<VoiceDetector>> create(inference::Runtime& runtime, std::span<const uint8_t> model);

    /// The speech probability of the next frame of 16 kHz samples.
    Task<float> push(std::array<float, frame_samples> frame);
    /// Forgets what it heard.
    void reset();

private:
    static constexpr int context_samples = 64;

    VoiceDetector(inference::Runtime& runtime, std::unique_ptr<inference::Session> session);

    inference::Runtime& m_runtime;
    std::unique_ptr<inference::Session> m_session;
    inference::ValuePtr m_sample_rate;
    inference::ValuePtr m_state;
    std::array<float, context_samples> m_context{};
};

} // namespace chartside::speech
