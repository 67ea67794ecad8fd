// Transcripts as people and tools write them: "Doctor: ..." lines, "[doctor] ..." lines, or the JSON of
// `transcribe --json`. Wrong input is refused with the line it stands on. Pure; any thread.
#pragma once

#include "base/result.h"
#include "domain/transcript.h"

#include <string_view>

namespace chartside::interchange {

/// Lines of "Doctor: ..." or "[doctor] ..."; a line without a speaker goes on with the one before,
/// and an id is given to each turn in order ("s1", "s2", ...).
Result<Transcript> parse_transcript_lines(std::string_view text);

/// {"segments":[{"id","start_ms","end_ms","speaker" or "role","text","words":[{"start_char","end_char","start_ms","end_ms",
/// "confidence"}]}]}, or that array alone; only "text" is needed. Characters count UTF-16 units.
Result<Transcript> parse_transcript_json(std::string_view text);

/// Either, told apart by its first character.
Result<Transcript> parse_transcript(std::string_view text);

} // namespace chartside::interchange
