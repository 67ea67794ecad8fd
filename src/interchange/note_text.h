// Notes as JSON and as plain text. Pure; any thread.
#pragma once

#include "domain/note.h"
#include "domain/transcript.h"

#include <string>

namespace chartside::interchange {

/// {"sections":[{"id","title","sentences":[{"id","text","evidence":[{"segment","start_char","end_char"}],
/// "start_ms","end_ms","flags":[]}]}],"omissions":[...]}; characters count UTF-16 units of the segment's text.
std::string note_to_json(const Note& note, const Transcript& transcript);

/// The same with "segments" before it, as transcript_json.h has them: what the evidence points into.
std::string visit_to_json(const Note& note, const Transcript& transcript);

/// How sections are headed in plain text: by their titles, or as hospital notes head them ("HISTORY OF PRESENT
/// ILLNESS"), which data sets use.
enum class NoteHeadings { titles, hospital };

/// Sections under their headings; findings and the points of a problem on lines of their own, history in paragraphs.
std::string note_to_text(const Note& note, NoteHeadings headings = NoteHeadings::titles);

} // namespace chartside::interchange
