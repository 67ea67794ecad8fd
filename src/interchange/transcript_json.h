// A transcript as JSON; transcript_text.h reads it back. Pure; any thread.
//
//   {"segments":[{"id","start_ms","end_ms","role","text","confidence",
//                 "words":[{"start_char","end_char","start_ms","end_ms","confidence"}]}]}
//
// Characters are UTF-16 code units of the segment's text; role is "Doctor", "Patient", "Other" or "Speaker".
#pragma once

#include "domain/transcript.h"

#include <string>

namespace chartside::interchange {

/// Text that is not UTF-8 is written with replacement characters.
std::string transcript_to_json(const Transcript& transcript);

} // namespace chartside::interchange
