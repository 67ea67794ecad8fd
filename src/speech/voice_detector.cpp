#include "speech/voice_detector.h"

#include "audio/limits.h"

#include <algorithm>

namespace chartside::speech {

VoiceDetector::VoiceDetector(inference::Runtime& runtime, std::unique_ptr<inference::Session> session)
    : m_runtime(runtime), m_session(std::move(session))
{
    const int64_t rate = audio::model_rate_hz;
    m_sample_rate = m_runtime.tensor_i64({}, std::span<const int64_t>(&rate, 1));
    reset();
}

Task<std::unique_ptr<VoiceDetector>> VoiceDetector::create(inference::Runtime& runtime, std::span<const uint8_t> model)
{
    CO_TRY_ASSIGN(session, co_await runtime.create_session(model));
    const auto& names = session->output_names();
    if (std::ranges::find(names, "stateN") == names.end())
        co_return Error{ErrorCode::corrupt,
                        "The voice detector is not the one that was expected. Fetch the models again.", "no stateN"};
    co_return std::unique_ptr<VoiceDetector>(new VoiceDetector(runtime, std::move(session)));
}

void VoiceDetector::reset()
{
    m_context.fill(0);
    const std::vector<float> zeros(2 * 128, 0.0f);
    m_state = m_runtime.tensor_f32({2, 1, 128}, zeros);
}

Task<float> VoiceDetector::push(std::array<float, frame_samples> frame)
{
    std::array<float, context_samples + frame_samples> input;
    std::ranges::copy(m_context, input.begin());
    std::ranges::copy(frame, input.begin() + context_samples);
    std::copy(frame.end() - context_samples, frame.end(), m_context.begin());
    std::vector<inference::Input> inputs;
    inputs.push_back({"input", m_runtime.tensor_f32({1, static_cast<int64_t>(input.size())}, input)});
    inputs.push_back({"state", m_state});
    inputs.push_back({"sr", m_sample_rate});
    std::vector<std::string> names;
    names.push_back("output");
    names.push_back("stateN");
    CO_TRY_ASSIGN(outputs, co_await m_session->run(std::move(inputs), std::move(names)));
    m_state = outputs[1];
    co_return outputs[0]->read_f32().front();
}

} // namespace chartside::speech
