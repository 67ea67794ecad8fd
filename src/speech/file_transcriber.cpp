#include "speech/file_transcriber.h"

namespace chartside::speech {

FileTranscriber::FileTranscriber(SpeechModels& models, uint64_t total_bytes, TranscriberOptions options,
                                 TranscriberListener listener, OnSamples on_samples)
    : m_models(models), m_options(options), m_listener(std::move(listener)), m_on_samples(std::move(on_samples)),
      m_reader(total_bytes)
{
}

Task<Ok> FileTranscriber::push(std::vector<uint8_t> bytes)
{
    std::vector<float> samples;
    auto read = m_reader.push(bytes, samples);
    if (!read.ok()) co_return std::move(read).error();
    if (samples.empty()) co_return Ok{};
    if (m_on_samples) m_on_samples(samples, m_reader.format()->sample_rate_hz);
    if (!m_transcriber) {
        m_options.sample_rate_hz = m_reader.format()->sample_rate_hz;
        m_transcriber = std::make_unique<Transcriber>(m_models, m_options, m_listener);
    }
    co_return co_await m_transcriber->push(std::move(samples));
}

Task<Ok> FileTranscriber::finish()
{
    auto whole = m_reader.finish();
    if (!whole.ok()) co_return std::move(whole).error();
    if (!m_transcriber) co_return Ok{};
    co_return co_await m_transcriber->finish();
}

} // namespace chartside::speech
