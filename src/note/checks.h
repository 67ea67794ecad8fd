// The verifier: a sentence is written only when its numbers, drugs, sides and polarity are in the words it cites.
// Pure; any thread.
#pragma once

#include "domain/transcript.h"
#include "note/draft.h"

#include <string>
#include <string_view>
#include <vector>

namespace chartside::note {

/// What was said of a clause that a sentence rests on. A question is followed by its answers; `answer_on` is what the
/// same answer goes on with, heard for its yes or no though the sentence does not cite it.
enum class SaidAs { statement, question, answer, answer_on };

struct Said {
    std::string text;
    SaidAs as = SaidAs::statement;
};

/// Why `text` is not supported by what was said, or empty where it is: "number", "drug", "laterality", "polarity".
/// Yes and no are read here from the answers' own words, whatever the writer took them for.
std::string unsupported(std::string_view text, const std::vector<Said>& said);

/// Drugs, doses and the like that a sentence lacks: "dose_missing".
bool lacks_dose(const Words& words);

} // namespace chartside::note
