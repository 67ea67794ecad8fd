// What was said, by whom and when. Pure data; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace chartside {

enum class Role : int { unknown = 0, doctor = 1, patient = 2, other = 3 };

/// "Doctor", "Patient", "Other", "Speaker": as drawn, and as in plain-text transcripts.
const char* role_name(Role role);
/// Doctor for patient and patient for doctor; any other as it is.
Role swapped_role(Role role);

/// One word of a segment. Characters are UTF-8 byte offsets into Segment::text; times are milliseconds from
/// the start of the visit's audio (gaps included).
struct Word {
    int start_char = 0;
    int end_char = 0; // exclusive
    double start_ms = 0;
    double end_ms = 0;
    float confidence = 1; // 0..1
};

/// One stretch of speech by one speaker. `id` is unique within the visit and never reused ("s1", "s2", ...).
struct Segment {
    std::string id;
    double start_ms = 0;
    double end_ms = 0;
    Role role = Role::unknown;
    std::string text;
    float confidence = 1; // 0..1, geometric mean over tokens
    std::vector<Word> words;
};

struct Transcript {
    std::vector<Segment> segments; // by start_ms

    const Segment* find(const std::string& segment_id) const;
};

} // namespace chartside
