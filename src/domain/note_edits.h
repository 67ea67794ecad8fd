// How a note changes under the physician's hand. Pure; any thread.
#pragma once

#include "domain/note.h"

#include <string>

namespace chartside {

Sentence* find_sentence(Note& note, const std::string& sentence_id);
NoteSection* find_section(Note& note, const std::string& section_id);

void remove_sentence(Note& note, const std::string& sentence_id);

/// An id that no sentence of `note` has.
std::string next_sentence_id(const Note& note);

/// What a sentence becomes when its text is changed: a drafted one keeps its evidence and turns `edited` (and
/// `visit` again when the draft is typed back); checks that the new text settles are lifted.
void change_sentence(Sentence& sentence, const std::string& text);

/// The physician's own sentence.
Sentence hand_sentence(const Note& note, const std::string& text);

/// What an omission becomes when it is added to `note`: the words as said, in quotation marks since nothing of them
/// was rewritten; or, offered after signing, the sentence as it was drafted.
Sentence omitted_sentence(const Note& note, const Omission& omission);

} // namespace chartside
