#include "speech/voice_gate.h"

#include "audio/limits.h"

#include <algorithm>

namespace chartside::speech {
namespace {

constexpr double samples_a_ms = audio::model_rate_hz / 1000.0;

int64_t samples_of(double milliseconds) { return static_cast<int64_t>(milliseconds * samples_a_ms); }
int64_t frames_of(double milliseconds) { return static_cast<int64_t>(milliseconds / frame_ms); }

} // namespace

VoiceGate::VoiceGate(GateOptions options) : m_options(options) {}

int64_t VoiceGate::earliest_needed_sample() const
{
    if (m_open) return m_start_sample;
    const int64_t next_frame = m_frame_count - m_likely_frames;
    return std::max(m_last_end_sample, next_frame * frame_samples - samples_of(m_options.pre_roll_ms));
}

double VoiceGate::needed_pause_ms(double length_ms) const
{
    const double stretch = m_options.longest_segment_ms - m_options.patient_ms;
    const double impatience = std::clamp((length_ms - m_options.patient_ms) / stretch, 0.0, 1.0);
    return m_options.longest_pause_ms + impatience * (m_options.shortest_pause_ms - m_options.longest_pause_ms);
}

void VoiceGate::note_voice(int64_t frame, float probability)
{
    if (probability < m_options.continue_probability) return;
    if (m_first_voiced_frame < 0) m_first_voiced_frame = frame;
    m_last_voiced_frame = frame;
    m_voiced_frames++;
    m_peak_probability = std::max(m_peak_probability, probability);
}

std::optional<SpeechSpan> VoiceGate::push(float speech_probability, float level_db)
{
    const int64_t frame = m_frame_count++;
    if (!m_open) {
        m_likely_frames = speech_probability >= m_options.start_probability ? m_likely_frames + 1 : 0;
        if (m_likely_frames < m_options.start_frames) {
            // Remembered only while it may be the beginning of a segment.
            if (m_likely_frames == 0) m_frames.clear();
            else m_frames.push_back({speech_probability, level_db});
            return std::nullopt;
        }
        m_frames.push_back({speech_probability, level_db});
        m_start_sample = std::max(m_last_end_sample,
                                  (frame - m_likely_frames + 1) * frame_samples - samples_of(m_options.pre_roll_ms));
        m_open = true;
        m_first_voiced_frame = -1;
        m_voiced_frames = 0;
        m_peak_probability = 0;
        for (int64_t i = first_frame(); i < m_frame_count; i++)
            note_voice(i, m_frames[static_cast<size_t>(i - first_frame())].probability);
        m_likely_frames = 0;
        return std::nullopt;
    }
    m_frames.push_back({speech_probability, level_db});
    note_voice(frame, speech_probability);
    const int64_t now_sample = m_frame_count * frame_samples;
    const double length_ms = static_cast<double>(now_sample - m_start_sample) / samples_a_ms;
    const double pause_ms = static_cast<double>(frame - m_last_voiced_frame) * frame_ms;
    if (pause_ms >= needed_pause_ms(length_ms)) {
        const int64_t voice_end = (m_last_voiced_frame + 1) * frame_samples;
        return close(std::min(now_sample, voice_end + samples_of(m_options.post_roll_ms)));
    }
    if (length_ms + frame_ms > m_options.longest_segment_ms) return split();
    return std::nullopt;
}

SpeechSpan VoiceGate::close(int64_t end_sample)
{
    const SpeechSpan span{m_start_sample,
                          end_sample,
                          std::max<int64_t>(m_start_sample, m_first_voiced_frame * frame_samples),
                          std::min(end_sample, (m_last_voiced_frame + 1) * frame_samples),
                          m_voiced_frames,
                          m_peak_probability};
    m_last_end_sample = end_sample;
    m_open = false;
    m_likely_frames = 0;
    m_frames.clear();
    return span;
}

SpeechSpan VoiceGate::split()
{
    const auto count = static_cast<int64_t>(m_frames.size());
    const int64_t from = std::max<int64_t>(1, count - frames_of(m_options.split_search_ms));
    int64_t best = count - 1;
    double best_score = 1e9;
    for (int64_t i = from; i < count - 1; i++) {
        double score = 0; // speech probability and loudness of three frames
        for (int64_t k = i - 1; k <= i + 1; k++) {
            const Frame& frame = m_frames[static_cast<size_t>(k)];
            score += frame.probability + 0.02 * std::max(frame.level_db, -80.0f);
        }
        if (score < best_score) {
            best_score = score;
            best = i;
        }
    }
    const int64_t split_frame = first_frame() + best;
    const int64_t split_sample = split_frame * frame_samples + frame_samples / 2;
    const std::vector<Frame> rest(m_frames.begin() + best, m_frames.end());
    const int voiced_before = m_voiced_frames;
    m_voiced_frames = 0;
    int voiced_after = 0;
    for (const Frame& frame : rest) voiced_after += frame.probability >= m_options.continue_probability;
    const SpeechSpan span{m_start_sample,
                          split_sample,
                          std::max<int64_t>(m_start_sample, m_first_voiced_frame * frame_samples),
                          split_sample,
                          voiced_before - voiced_after,
                          m_peak_probability};
    m_last_end_sample = split_sample;

    // What follows the cut is an open segment of its own.
    m_start_sample = split_sample;
    m_frames = rest;
    m_peak_probability = 0;
    m_first_voiced_frame = -1;
    m_last_voiced_frame = split_frame;
    for (int64_t i = first_frame(); i < m_frame_count; i++)
        note_voice(i, m_frames[static_cast<size_t>(i - first_frame())].probability);
    return span;
}

std::optional<SpeechSpan> VoiceGate::flush(int64_t end_sample)
{
    std::optional<SpeechSpan> span;
    if (m_open) {
        const int64_t voice_end = (m_last_voiced_frame + 1) * frame_samples;
        span = close(std::min(end_sample, voice_end + samples_of(m_options.post_roll_ms)));
        if (span->end_sample <= span->start_sample) span.reset();
    }
    m_likely_frames = 0;
    m_frames.clear();
    m_last_end_sample = std::max(m_last_end_sample, end_sample);
    return span;
}

} // namespace chartside::speech
