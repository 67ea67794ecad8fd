// How a note changes under the physician's hand. Pure; any thread.
#pragma once

#include "domain/note.h"

#include <string>

namespace chartside::app {

Sentence* find_sentence(Note& note, const std::string& sentence_id);
NoteSection* find_section(Note& note, const std::string& section_id);

/// An id that no sentence of `note` has.
std::string next_sentence_id(const Note& note);

/// What a sentence becomes when its text is changed: a drafted one keeps its evidence and turns `edited` (and
/// `visit` again when the draft is typed back); checks that the new text settles are lifted.
void change_sentence(Sentence& sentence, const std::string& text);

/// The physician's own sentence.
Sentence hand_sentence(const Note& note, const std::string& text);

/// `fresh` with the physician's work on `old` kept: sentences by hand stay, edited ones replace what was drafted
/// again from the same words. Used when a visit is recorded further after its note was edited.
Note keep_own_words(const Note& old, Note fresh);

} // namespace chartside::app
