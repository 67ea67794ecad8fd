// Which part of the note each clause of a visit belongs to, and how the patient is named. Pure; any thread.
#pragma once

#include "domain/visit.h"
#include "note/dialogue.h"

#include <vector>

namespace chartside::note {

/// Section index (NoteSectionIndex) of each utterance: the model's scores, smoothed by the order in which visits go.
std::vector<size_t> read_sections(const Dialogue& dialogue);

/// Pronouns from the visit record, else from what was said ("a 50-year-old female", "when I was a girl").
Pronouns read_pronouns(const Dialogue& dialogue, Pronouns given, Sex sex);

} // namespace chartside::note
