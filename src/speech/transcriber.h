// Hears a stream of samples and tells what was said. The same class serves the native verbs and the inference
// worker. Owner: whoever listens; thread: that of the sessions behind SpeechModels.
//
// Samples come in any pieces; final segments do not depend on how they were cut (partial captions do: they are
// given when there is time for them). What is held at once is bounded by the longest segment, not by the stream.
// Silence and noise give no segment: nothing is invented.
#pragma once

#include "audio/resampler.h"
#include "domain/transcript.h"
#include "speech/moonshine.h"
#include "speech/tokenizer.h"
#include "speech/voice_detector.h"
#include "speech/voice_gate.h"

#include <functional>
#include <memory>
#include <vector>

namespace chartside::speech {

/// The models' files, whole, in memory; they are not kept.
struct SpeechFiles {
    std::span<const uint8_t> encoder;
    std::span<const uint8_t> decoder;
    std::span<const uint8_t> tokens;
    std::span<const uint8_t> voice_activity;
};

/// Loaded once, used by one transcriber after another.
struct SpeechModels {
    std::unique_ptr<Moonshine> moonshine;
    std::unique_ptr<VoiceDetector> voice_detector;
    Tokenizer tokenizer;

    static Task<SpeechModels> create(inference::Runtime& runtime, SpeechFiles files);
};

/// The open segment's words so far; they may still change. Empty text clears the caption.
struct PartialCaption {
    std::string text;
    double start_ms = 0;
    double end_ms = 0;
};

struct TranscriberOptions {
    int sample_rate_hz = 16000;    // of what is pushed
    double start_ms = 0;           // place of the first sample in the visit's audio
    int first_segment_number = 1;  // "s1"
    bool partial_captions = false;
    double partial_every_ms = 700;
    const Bias* bias = nullptr;    // words to listen for, in final segments; must outlive the transcriber
};

struct TranscriberListener {
    std::function<void(const Segment&)> on_segment;
    std::function<void(const PartialCaption&)> on_partial; // only with partial_captions
};

/// What the work cost; for evaluation and for the delay shown to the user.
struct TranscriberTimings {
    double encode_ms = 0;
    double decode_ms = 0;
    int token_count = 0;
    double voice_ms = 0; // spent in the voice detector
};

/// What to tell the user when a whole recording gave no words.
inline constexpr const char* nothing_heard_message =
    "Nothing was heard: there is no speech in this audio. Check that the right microphone is chosen, and play the "
    "recording back.";

class Transcriber {
public:
    /// `models` must outlive the transcriber, and may serve one at a time.
    Transcriber(SpeechModels& models, TranscriberOptions options, TranscriberListener listener);

    /// Takes the next samples, -1..1. `waiting_ms`: how much more audio already waits behind them; partial captions
    /// are skipped while it is much.
    Task<Ok> push(std::vector<float> samples, double waiting_ms = 0);
    /// Ends the open segment (a pause, a changed device), then moves time on by `gap_ms` that nobody heard.
    Task<Ok> advance(double gap_ms);
    /// The stream ended: tells the last segment.
    Task<Ok> finish();

    /// Everything before this was listened to.
    double heard_ms() const;
    /// When speech was last heard; the start of the stream before the first.
    double last_voice_ms() const { return m_last_voice_ms; }
    int segment_count() const { return m_segment_count; }
    const TranscriberTimings& timings() const { return m_timings; }

private:
    Task<Ok> hear(double waiting_ms);
    Task<Ok> hear_frame(size_t at);
    Task<Ok> tell_segment(SpeechSpan span, int64_t stream_end_sample = INT64_MAX);
    void tell_turns(const Segment& whole);
    Task<Ok> tell_partial();
    void clear_partial();
    void forget_old_samples();
    std::vector<float> samples_of(int64_t start_sample, int64_t end_sample) const;
    double time_of(int64_t sample) const;

    SpeechModels& m_models;
    TranscriberOptions m_options;
    TranscriberListener m_listener;
    audio::Resampler m_resampler;
    VoiceGate m_gate;
    std::vector<float> m_samples;   // 16 kHz, from m_samples_start on
    int64_t m_samples_start = 0;
    int64_t m_stream_start_sample = 0; // where listening began: at first, or again after a pause
    int64_t m_heard_samples = 0;    // through the gate
    double m_base_ms;               // time of sample 0; gaps move it
    double m_last_voice_ms;
    double m_partial_at_ms = 0;     // heard_ms of the last partial caption
    double m_partial_cost_ms = 0;
    bool m_partial_shown = false;
    int m_segment_count = 0;
    TranscriberTimings m_timings;
};

} // namespace chartside::speech
