#include "speech/transcriber.h"

#include "audio/level.h"
#include "audio/limits.h"
#include "base/stopwatch.h"
#include "speech/belief.h"
#include "speech/words.h"

#include <algorithm>
#include <cmath>

namespace chartside::speech {
namespace {

constexpr double samples_a_ms = audio::model_rate_hz / 1000.0;
constexpr double turn_pause_ms = 180;         // between sentences, to be told as two segments
constexpr double busy_ms = 500;               // partial captions are skipped with more audio than this waiting
constexpr int64_t edge_samples = 2 * frame_samples; // a voice this close to an end of the recording is cut by it
constexpr int64_t forget_step = 4 * audio::model_rate_hz;

float level_db_of(std::span<const float> samples)
{
    double energy = 0;
    for (const float sample : samples) energy += static_cast<double>(sample) * sample;
    return audio::amplitude_db(static_cast<float>(std::sqrt(energy / static_cast<double>(samples.size()))));
}

// Only the coroutine macro needs this: co_await of a status, returning its error.
#define CO_TRY(expression)                                                            \
    do {                                                                              \
        auto co_try_status_ = (expression);                                           \
        if (!co_try_status_.ok()) co_return std::move(co_try_status_).error();        \
    } while (false)

} // namespace

Task<SpeechModels> SpeechModels::create(inference::Runtime& runtime, SpeechFiles files)
{
    CO_TRY_ASSIGN(tokenizer, Tokenizer::create(files.tokens));
    CO_TRY_ASSIGN(voice_detector, co_await VoiceDetector::create(runtime, files.voice_activity));
    CO_TRY_ASSIGN(moonshine, co_await Moonshine::create(runtime, files.encoder, files.decoder));
    co_return SpeechModels{std::move(moonshine), std::move(voice_detector), std::move(tokenizer)};
}

Transcriber::Transcriber(SpeechModels& models, TranscriberOptions options, TranscriberListener listener)
    : m_models(models), m_options(options), m_listener(std::move(listener)),
      m_resampler(options.sample_rate_hz, audio::model_rate_hz), m_base_ms(options.start_ms),
      m_last_voice_ms(options.start_ms)
{
    m_models.voice_detector->reset();
}

double Transcriber::time_of(int64_t sample) const { return m_base_ms + static_cast<double>(sample) / samples_a_ms; }
double Transcriber::heard_ms() const { return time_of(m_heard_samples); }

std::vector<float> Transcriber::samples_of(int64_t start_sample, int64_t end_sample) const
{
    const int64_t have_end = m_samples_start + static_cast<int64_t>(m_samples.size());
    const int64_t from = std::clamp(start_sample, m_samples_start, have_end);
    const int64_t to = std::clamp(end_sample, from, have_end);
    return {m_samples.begin() + (from - m_samples_start), m_samples.begin() + (to - m_samples_start)};
}

Task<Ok> Transcriber::push(std::vector<float> samples, double waiting_ms)
{
    // One sample that is no number takes the whole segment around it with it.
    for (float& sample : samples) sample = std::isfinite(sample) ? std::clamp(sample, -1.0f, 1.0f) : 0.0f;
    m_resampler.push(samples, m_samples);
    co_return co_await hear(waiting_ms);
}

Task<Ok> Transcriber::hear(double waiting_ms)
{
    for (;;) {
        const auto at = static_cast<size_t>(m_heard_samples - m_samples_start);
        if (at + frame_samples > m_samples.size()) break;
        CO_TRY(co_await hear_frame(at));
        const double rest_ms = static_cast<double>(m_samples_start + static_cast<int64_t>(m_samples.size()) - m_heard_samples) / samples_a_ms;
        const double interval_ms = std::max(m_options.partial_every_ms, 2 * m_partial_cost_ms);
        if (m_options.partial_captions && m_gate.is_open() && waiting_ms + rest_ms < busy_ms
            && heard_ms() - std::max(m_partial_at_ms, time_of(m_gate.open_start_sample())) >= interval_ms)
            CO_TRY(co_await tell_partial());
    }
    forget_old_samples();
    co_return Ok{};
}

Task<Ok> Transcriber::hear_frame(size_t at)
{
    std::array<float, frame_samples> frame;
    std::copy_n(m_samples.begin() + static_cast<ptrdiff_t>(at), frame_samples, frame.begin());
    const double started_ms = steady_now_ms();
    CO_TRY_ASSIGN(probability, co_await m_models.voice_detector->push(frame));
    m_timings.voice_ms += steady_now_ms() - started_ms;
    m_heard_samples += frame_samples;
    const auto span = m_gate.push(probability, level_db_of(frame));
    if (m_gate.is_open()) m_last_voice_ms = heard_ms();
    if (span) CO_TRY(co_await tell_segment(*span));
    co_return Ok{};
}

// `stream_end_sample`: where the recording ended, once it has.
Task<Ok> Transcriber::tell_segment(SpeechSpan span, int64_t stream_end_sample)
{
    std::vector<float> samples = samples_of(span.start_sample, span.end_sample);
    std::vector<float> to_decode = samples;
    CO_TRY_ASSIGN(decoded, co_await m_models.moonshine->decode(std::move(to_decode), m_options.bias));
    m_timings.encode_ms += decoded.encode_ms;
    m_timings.decode_ms += decoded.decode_ms;
    m_timings.token_count += static_cast<int>(decoded.tokens.size()) + 1;

    Segment segment;
    std::vector<size_t> token_ends;
    segment.text = m_models.tokenizer.decode(decoded.tokens, &token_ends);
    while (!segment.text.empty() && segment.text.back() == ' ') segment.text.pop_back();
    segment.confidence = geometric_mean(decoded.probabilities);
    clear_partial();
    const Evidence evidence{
        .confidence = segment.confidence,
        .end_probability = decoded.end_probability,
        .length_ms = static_cast<double>(samples.size()) / samples_a_ms,
        .voiced_ms = span.voiced_frames * frame_ms,
        .peak_probability = span.peak_probability,
        .cut_at_start = span.voice_start_sample - m_stream_start_sample < edge_samples,
        .cut_at_end = stream_end_sample - span.voice_end_sample < edge_samples,
    };
    if (!is_believable(segment.text, evidence)) co_return Ok{};

    segment.start_ms = time_of(span.start_sample);
    segment.end_ms = time_of(span.start_sample + static_cast<int64_t>(samples.size()));
    segment.words = find_words(segment.text, token_ends, decoded.probabilities);
    const VoicedRange voiced{static_cast<size_t>(span.voice_start_sample - span.start_sample),
                             static_cast<size_t>(span.voice_end_sample - span.start_sample)};
    estimate_times(segment.text, segment.words, samples, voiced, segment.start_ms);
    tell_turns(segment);
    co_return Ok{};
}

// Two people often answer each other within the pause that ends a segment. The model hears better with both, but a
// segment is one speaker's, so it is told in the parts between its sentences.
void Transcriber::tell_turns(const Segment& whole)
{
    const std::vector<size_t> starts = find_turns(whole.text, whole.words, turn_pause_ms);
    for (size_t turn = 0; turn < starts.size(); turn++) {
        const bool last = turn + 1 == starts.size();
        const size_t end_word = last ? whole.words.size() : starts[turn + 1];
        const int start_char = whole.words[starts[turn]].start_char;
        const int end_char = whole.words[end_word - 1].end_char;
        Segment part;
        part.id = "s" + std::to_string(m_options.first_segment_number + m_segment_count);
        m_segment_count++;
        part.text = whole.text.substr(static_cast<size_t>(start_char), static_cast<size_t>(end_char - start_char));
        part.words.assign(whole.words.begin() + static_cast<ptrdiff_t>(starts[turn]), whole.words.begin() + static_cast<ptrdiff_t>(end_word));
        std::vector<float> confidences;
        for (Word& word : part.words) {
            word.start_char -= start_char;
            word.end_char -= start_char;
            confidences.push_back(word.confidence);
        }
        part.confidence = starts.size() == 1 ? whole.confidence : geometric_mean(confidences);
        // The pause between two parts belongs half to each.
        part.start_ms = turn == 0 ? whole.start_ms : (whole.words[starts[turn] - 1].end_ms + part.words.front().start_ms) / 2;
        part.end_ms = last ? whole.end_ms : (part.words.back().end_ms + whole.words[end_word].start_ms) / 2;
        if (m_listener.on_segment) m_listener.on_segment(part);
    }
}

Task<Ok> Transcriber::tell_partial()
{
    const double started_ms = steady_now_ms();
    m_partial_at_ms = heard_ms();
    const int64_t start_sample = m_gate.open_start_sample();
    std::vector<float> samples = samples_of(start_sample, m_heard_samples);
    CO_TRY_ASSIGN(decoded, co_await m_models.moonshine->decode(std::move(samples)));
    m_partial_cost_ms = steady_now_ms() - started_ms;
    PartialCaption caption;
    caption.text = m_models.tokenizer.decode(decoded.tokens);
    caption.start_ms = time_of(start_sample);
    caption.end_ms = heard_ms();
    if (geometric_mean(decoded.probabilities) < 0.25f) co_return Ok{};
    m_partial_shown = true;
    if (m_listener.on_partial) m_listener.on_partial(caption);
    co_return Ok{};
}

void Transcriber::clear_partial()
{
    if (!m_partial_shown) return;
    m_partial_shown = false;
    if (m_listener.on_partial) m_listener.on_partial({"", heard_ms(), heard_ms()});
}

void Transcriber::forget_old_samples()
{
    const int64_t needed = std::clamp(m_gate.earliest_needed_sample(), m_samples_start, m_heard_samples);
    if (needed - m_samples_start < forget_step) return; // erasing from the front costs as much as what stays
    m_samples.erase(m_samples.begin(), m_samples.begin() + (needed - m_samples_start));
    m_samples_start = needed;
}

Task<Ok> Transcriber::advance(double gap_ms)
{
    CO_TRY(co_await finish());
    m_base_ms += gap_ms;
    m_models.voice_detector->reset();
    co_return Ok{};
}

Task<Ok> Transcriber::finish()
{
    m_resampler.finish(m_samples);
    CO_TRY(co_await hear(busy_ms));
    // The rest of a frame is heard with silence after it, so that a word at the very end is not lost.
    const int64_t end_sample = m_samples_start + static_cast<int64_t>(m_samples.size());
    if (m_heard_samples < end_sample) {
        m_samples.resize(static_cast<size_t>(m_heard_samples - m_samples_start) + frame_samples, 0.0f);
        CO_TRY(co_await hear_frame(static_cast<size_t>(m_heard_samples - m_samples_start)));
    }
    if (const auto span = m_gate.flush(m_heard_samples)) CO_TRY(co_await tell_segment(*span, end_sample));
    clear_partial();
    // Time goes on from the true end, not from the padded one.
    m_base_ms -= static_cast<double>(m_heard_samples - end_sample) / samples_a_ms;
    m_samples.clear();
    m_samples_start = m_stream_start_sample = m_heard_samples;
    co_return Ok{};
}

} // namespace chartside::speech
