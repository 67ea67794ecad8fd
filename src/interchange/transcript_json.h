// A transcript as JSON; transcript_text.h reads it back. Pure; any thread.
//
//   {"segments":[{"id","start_ms","end_ms","speaker","text","confidence",
//                 "words":[{"text","start_char","end_char","start_ms","end_ms","confidence"}]}]}
//
// Characters are UTF-16 code units of the segment's text; speaker is "Doctor", "Patient", "Other" or "Speaker", which
// is who of them is not known.
#pragma once

#include "domain/transcript.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace chartside::interchange {

/// The list of segments alone.
nlohmann::ordered_json segments_json(const Transcript& transcript);

/// Text that is not UTF-8 is written with replacement characters.
std::string transcript_to_json(const Transcript& transcript);

} // namespace chartside::interchange
