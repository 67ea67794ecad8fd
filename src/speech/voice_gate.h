// Cuts a stream of speech probabilities into segments. Pure; any one thread.
//
// Fed one probability and one level for each frame of 32 ms. Speech begins when two frames in a row are likely
// (hysteresis: a higher threshold to begin than to go on), and reaches back 300 ms so that the first word is whole.
// It ends after a pause; the longer a segment already is, the shorter a pause will do. At 15 s it is cut at the
// quietest place of its last 6 s, and the rest goes on as the next segment. Segments never overlap.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace chartside::speech {

inline constexpr int frame_samples = 512; // 32 ms at 16 kHz
inline constexpr double frame_ms = 32;

struct GateOptions {
    float start_probability = 0.5f;
    float continue_probability = 0.35f;
    int start_frames = 2;
    double pre_roll_ms = 300;
    double post_roll_ms = 200;
    double longest_pause_ms = 480;  // ends a segment that is short
    double shortest_pause_ms = 160; // ends a segment that nears the longest
    double patient_ms = 5000;       // up to this length, only the longest pause ends a segment
    double longest_segment_ms = 15000;
    double split_search_ms = 6000;  // where to look for the quietest place
};

/// Samples [start_sample, end_sample) since the stream began.
struct SpeechSpan {
    int64_t start_sample = 0;
    int64_t end_sample = 0;
    int64_t voice_start_sample = 0; // where the voice itself begins and ends, without what was added around it
    int64_t voice_end_sample = 0;
    int voiced_frames = 0;
    float peak_probability = 0;
};

class VoiceGate {
public:
    explicit VoiceGate(GateOptions options = {});

    /// The next frame. Returns the segment that it ends, if any.
    std::optional<SpeechSpan> push(float speech_probability, float level_db);
    /// The stream ended (or paused) at `end_sample`: returns the open segment, if any, and is closed.
    std::optional<SpeechSpan> flush(int64_t end_sample);

    bool is_open() const { return m_open; }
    int64_t open_start_sample() const { return m_start_sample; }
    /// No later segment can begin before this sample: older samples may be forgotten.
    int64_t earliest_needed_sample() const;

private:
    struct Frame {
        float probability;
        float level_db;
    };

    double needed_pause_ms(double length_ms) const;
    SpeechSpan close(int64_t end_sample);
    SpeechSpan split();
    void note_voice(int64_t frame, float probability);
    int64_t first_frame() const { return m_frame_count - static_cast<int64_t>(m_frames.size()); }

    GateOptions m_options;
    int64_t m_frame_count = 0;
    int m_likely_frames = 0;     // in a row, while closed
    bool m_open = false;
    int64_t m_start_sample = 0;  // of the open segment
    int64_t m_last_end_sample = 0;
    int64_t m_first_voiced_frame = -1;
    int64_t m_last_voiced_frame = 0;
    int m_voiced_frames = 0;
    float m_peak_probability = 0;
    std::vector<Frame> m_frames; // of the open segment, for the split
};

} // namespace chartside::speech
