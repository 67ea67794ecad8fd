// What a physician should look at before signing, and whether the note may be signed. Pure; any thread.
#pragma once

#include "domain/note.h"
#include "domain/transcript.h"

#include <string>
#include <vector>

namespace chartside {

enum class CheckKind : int { blank, dose, allergy, heard, other, omission };

/// One thing to look at. `sentence_id` and `flag` name a flagged sentence, `omission_id` something left out.
struct Check {
    CheckKind kind = CheckKind::other;
    std::string sentence_id;
    std::string flag;
    std::string omission_id;
    std::string label;  // two or three words: "Dose"
    std::string title;  // what it is about, or empty
    std::string text;   // a sentence or two, in plain words
    bool blocks_signing = false;
    double start_ms = 0, end_ms = 0; // audio to hear; equal where there is none
};

inline constexpr const char* blank_mark = "***";

/// In reading order of the note; omissions last.
std::vector<Check> open_checks(const Note& note, const Transcript& transcript);

/// How many of `checks` must be settled before signing.
int blocking_count(const std::vector<Check>& checks);

/// Sentences that carry a flag or a blank: the store keeps this number with the visit.
int flagged_sentence_count(const Note& note);

/// What the chip beside a flagged sentence says: "dose?".
std::string flag_chip(const std::string& flag);

} // namespace chartside
