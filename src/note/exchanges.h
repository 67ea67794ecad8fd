// A question with its answer, and a patient's clause that answers none, as sentences of the history. Pure; any
// thread.
#pragma once

#include "note/draft.h"

#include <vector>

namespace chartside::note {

/// What a doctor's question and the patient's answer to it say together.
void write_exchange(const Visit& visit, const Exchange& exchange, std::vector<Draft>& drafts);

/// A patient's clause of its own, where it can stand as a sentence and is worth one; `bonus` adds to its relevance.
bool write_statement(const Visit& visit, size_t utterance, float bonus, std::vector<Draft>& drafts);

} // namespace chartside::note
