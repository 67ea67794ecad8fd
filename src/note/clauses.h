// A transcript cut into clauses, the unit that is classified, linked and rewritten: never less than what was
// said in one breath of grammar. Pure; any thread.
#pragma once

#include "domain/transcript.h"
#include "note/words.h"

#include <string>
#include <vector>

namespace chartside::note {

struct Clause {
    size_t segment = 0; // index into Transcript::segments
    Words words;        // fillers out, closing punctuation out
    int start = 0;      // UTF-8 bytes of the segment's text
    int end = 0;
    bool question_mark = false;
    bool first_of_segment = false;
    bool last_of_segment = false;
};

std::vector<Clause> split_clauses(const Transcript& transcript);
std::vector<Clause> split_segment(const std::string& text, size_t segment_index);

/// Words of `words` without "okay", "so", "well", "and" in front and "okay?", "right?" behind.
Words strip_lead_ins(const Words& words);
/// The words from `from` on, up to `to` (exclusive).
Words slice(const Words& words, size_t from, size_t to);
Words slice(const Words& words, size_t from);
/// Lower-case words joined by one space, without punctuation.
std::string plain(const Words& words);

} // namespace chartside::note
