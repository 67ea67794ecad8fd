// A note: sections of sentences, each tied to what was said or marked as the physician's own hand.
// Pure data; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace chartside {

/// Characters of one segment that a sentence rests on: UTF-8 byte offsets into Segment::text, end exclusive.
struct Evidence {
    std::string segment_id;
    int start_char = 0;
    int end_char = 0;
    bool operator==(const Evidence&) const = default;
};

enum class Origin : int {
    visit = 0,  // written from evidence, as drafted
    edited = 1, // drafted from evidence, then changed by the physician; evidence is kept
    hand = 2,   // the physician's own words; no evidence
};

struct Sentence {
    std::string id; // unique within the visit, stable across saves ("n1", ...)
    std::string text;
    std::vector<Evidence> evidence; // empty only when origin is hand
    double start_ms = 0;            // audio span of the evidence
    double end_ms = 0;
    std::vector<std::string> flags; // machine names of what to check: "dose_missing", "low_confidence", ...
    Origin origin = Origin::visit;
    std::string drafted_text; // as drafted, when origin is edited; else empty. Tells which words are the physician's
    bool operator==(const Sentence&) const = default;
};

/// `id` is one of: "subjective", "medications", "exam", "results", "assessment_plan" (stable; JSON and store).
struct NoteSection {
    std::string id;
    std::string title;
    std::vector<Sentence> sentences;
    bool operator==(const NoteSection&) const = default;
};

/// Something clinical that was said and that the note leaves out.
struct Omission {
    std::string id;
    std::string section_id; // where "Add" would put it
    std::string text;       // the words as said
    std::vector<Evidence> evidence;
    double start_ms = 0;
    double end_ms = 0;
    std::string reason; // "unsupported", "low_relevance", ...; after_signing
    bool operator==(const Omission&) const = default;
};

/// The reason of what a draft says that came after the note was signed: its text is a sentence, not words as said.
inline constexpr const char* after_signing = "after_signing";

struct Note {
    std::vector<NoteSection> sections;
    std::vector<Omission> omissions;
    bool operator==(const Note&) const = default;
};

} // namespace chartside
