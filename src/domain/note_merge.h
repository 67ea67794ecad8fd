// What becomes of a note when its visit is heard further and drafted again. The one rule, for the store (which saves
// drafts) and for the open note (whose newest edits may not be saved yet). Pure; any thread.
//
// A note that nobody touched is replaced by the new draft. Once the physician has changed it, by a word, a deletion
// or a check that was settled, it is theirs: nothing in it moves or changes, and the draft only adds the sentences
// that rest on something which no version of the note was written from. To a signed note nothing is added: those
// sentences are offered beside it, with what was left out.
#pragma once

#include "domain/note.h"

#include <set>
#include <string>

namespace chartside {

using SegmentIds = std::set<std::string>;

/// The segments that a note was written from: those its sentences and omissions point to.
SegmentIds cited_segments(const Note& note);

/// `mine` as it is, and at the end of its sections what `draft` says of segments that are not `known`.
Note add_new_evidence(Note mine, const Note& draft, const SegmentIds& known);

/// `mine` with its sections as they are, and what add_new_evidence would add offered among the omissions.
Note offer_new_evidence(Note mine, const Note& draft, const SegmentIds& known);

} // namespace chartside
