// The note as plain text, for the clipboard. Pure; any thread.
#pragma once

#include "domain/note.h"

#include <string>

namespace chartside {

/// "2. Hypertension.": a sentence that heads a problem of the plan, drafted or typed by hand.
bool heads_problem(const Sentence& sentence);
/// True where a sentence begins a line of its own: a numbered problem, or a line break typed before it.
bool starts_line(const Sentence& sentence);
/// The sentences of a section in reading order, without its title.
std::string plain_section(const NoteSection& section);
/// Titles and sections, an empty line between; sections without sentences are left out.
std::string plain_note(const Note& note);

} // namespace chartside
