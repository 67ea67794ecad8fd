// A WAV file to segments, as its bytes come. Owner: the native verbs and the inference worker; thread: that of the
// sessions behind SpeechModels.
#pragma once

#include "audio/wav.h"
#include "speech/transcriber.h"

#include <functional>
#include <memory>

namespace chartside::speech {

class FileTranscriber {
public:
    /// Gets the mono samples that were read, at the file's rate, before they are transcribed.
    using OnSamples = std::function<void(std::span<const float> samples, int sample_rate_hz)>;

    /// `options.sample_rate_hz` is taken from the file. `models` must outlive this.
    FileTranscriber(SpeechModels& models, uint64_t total_bytes, TranscriberOptions options, TranscriberListener listener,
                    OnSamples on_samples = {});

    /// Takes the file's next bytes. What cannot be read is refused before anything is transcribed.
    Task<Ok> push(std::vector<uint8_t> bytes);
    Task<Ok> finish();

    /// From the start of the file; 0 until the header was read.
    double done_ms() const { return m_transcriber ? m_transcriber->heard_ms() - m_options.start_ms : 0; }
    double duration_ms() const { return m_reader.format() ? m_reader.format()->duration_ms : 0; }
    int segment_count() const { return m_transcriber ? m_transcriber->segment_count() : 0; }
    TranscriberTimings timings() const { return m_transcriber ? m_transcriber->timings() : TranscriberTimings{}; }

private:
    SpeechModels& m_models;
    TranscriberOptions m_options;
    TranscriberListener m_listener;
    OnSamples m_on_samples;
    audio::WavReader m_reader;
    std::unique_ptr<Transcriber> m_transcriber; // once the rate is known
};

} // namespace chartside::speech
