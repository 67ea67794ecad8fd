// What was said of the patient's health and stands in no sentence: listed for the physician to look at. Pure; any
// thread.
#pragma once

#include "note/evidence.h"

#include <string>
#include <vector>

namespace chartside::note {

/// What became of each clause, by its index.
struct Coverage {
    /// The sentences that cite it, and the headings it gave. A sentence that leaves a drug or a number of the clause
    /// out does not cover these; a heading covers its own words and nothing else.
    std::vector<std::string> sentences, headings;
    /// Clauses of sentences that the verifier refused, and of problems with nothing under them.
    std::vector<std::vector<size_t>> refused;
};

std::vector<Omission> list_omissions(const Sources& sources, const Coverage& coverage);

} // namespace chartside::note
