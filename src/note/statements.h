// A patient's clause as a sentence of its own: what is answered, what is small talk, and what can stand alone. Pure;
// any thread.
#pragma once

#include "note/words.h"

namespace chartside::note {

/// True where a negator stands in the words.
bool negated(const Words& words);

void append(Words& to, const Words& more);
/// A comma behind the words, where none stands there yet.
void append_comma(Words& to);

/// An answer without "I would say" in front and "right here" behind.
Words tidy_answer(const Words& words);

/// Without ", and again" and the like behind; nothing left where the words break off ("she has just been taking").
Words whole_sentence(const Words& words);

/// Thanks, greetings and assent: nothing that belongs in a note.
bool small_talk(const Words& words);

/// A patient's clause that can stand as a sentence.
bool stands_alone(const Words& words);

} // namespace chartside::note
