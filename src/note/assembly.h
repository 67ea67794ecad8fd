// Drafts into a note: denials joined, labels and headings placed, repeats out, each sentence verified, and what was
// left out listed. Pure; any thread.
#pragma once

#include "note/draft.h"

#include <vector>

namespace chartside::note {

Note assemble_note(const Transcript& transcript, const Visit& visit, std::vector<Draft> drafts);

} // namespace chartside::note
