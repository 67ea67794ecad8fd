// Notes as JSON and as plain text. Pure; any thread.
#pragma once

#include "domain/note.h"
#include "domain/transcript.h"

#include <string>

namespace chartside::interchange {

/// {"sections":[{"id","title","sentences":[{"id","text","evidence":[{"segment","start_char","end_char"}],
/// "start_ms","end_ms","flags":[]}]}],"omissions":[...]}; characters count UTF-16 units of the segment's text.
std::string note_to_json(const Note& note, const Transcript& transcript);

/// Sections under their titles, a problem of the plan on a line of its own.
std::string note_to_text(const Note& note);

} // namespace chartside::interchange
