// Whether a sentence says yes where yes was said, and no where no was: the verifier's own reading of questions,
// answers and negations. It shares nothing with the writer's (dialogue.h's read_answer), so that a slip of either is
// caught by the other. Pure; any thread.
#pragma once

#include "note/checks.h"
#include "note/words.h"

#include <vector>

namespace chartside::note {

/// What an answer says to its question. `unclear`: both yes and no, or yes and then its denial.
enum class Reply { open, yes, no, unclear };

/// From the answer's clauses in order, contractions expanded.
Reply reply_of(const std::vector<Words>& clauses);

/// False where `written` negates what was not negated, or the other way round.
bool polarity_holds(const Words& written, const std::vector<Said>& said);

} // namespace chartside::note
