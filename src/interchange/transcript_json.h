// A transcript as JSON, for the command line and for tests. Native only (nlohmann-json). Any thread.
//
//   {"segments":[{"id","start_ms","end_ms","role","text","confidence",
//                 "words":[{"start_char","end_char","start_ms","end_ms","confidence"}]}]}
//
// Characters are UTF-16 code units of the segment's text; role is "Doctor", "Patient", "Other" or "Speaker".
#pragma once

#include "base/result.h"
#include "domain/transcript.h"

#include <string>
#include <string_view>

namespace chartside::interchange {

std::string transcript_to_json(const Transcript& transcript);
Result<Transcript> transcript_from_json(std::string_view json);

} // namespace chartside::interchange
