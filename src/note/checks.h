// The verifier: a sentence is written only when its numbers, drugs, sides and polarity are in the words it cites.
// Pure; any thread.
#pragma once

#include "domain/transcript.h"
#include "note/draft.h"

#include <string>
#include <string_view>
#include <vector>

namespace chartside::note {

/// Why `text` is not supported by `cited` (the words said, one text a source), or empty where it is:
/// "number", "drug", "laterality", "polarity". `denied_aloud`: the cited answer says no.
std::string unsupported(std::string_view text, const std::vector<std::string>& cited, bool denied_aloud);

/// Drugs, doses and the like that a sentence lacks: "dose_missing".
bool lacks_dose(const Words& words);

} // namespace chartside::note
