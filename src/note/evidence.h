// What was said of the clauses that a sentence rests on: their words, their place and their time. Pure; any thread.
#pragma once

#include "domain/note.h"
#include "domain/transcript.h"
#include "note/checks.h"
#include "note/draft.h"

#include <string>
#include <vector>

namespace chartside::note {

struct Sources {
    const Transcript& transcript;
    const Visit& visit;

    /// A clause's words as they stand in its segment.
    std::string text(size_t source) const;

    /// Neighbouring clauses of one segment are one stretch of it.
    std::vector<Evidence> evidence(const std::vector<size_t>& sources) const;

    /// What was said of the sources, each question before its whole answer, as the verifier takes it.
    std::vector<Said> said(const std::vector<size_t>& sources) const;

    /// The exchange that `source` is a question of, where `sources` hold some of its answer too.
    const Exchange* asked_in(size_t source, const std::vector<size_t>& sources) const;
};

/// The stretch of sound of some evidence, and the confidence of the least sure word in it that carries meaning.
struct Heard {
    double start_ms = 0;
    double end_ms = 0;
    float confidence = 1;
};

Heard heard(const Transcript& transcript, const std::vector<Evidence>& evidence);

} // namespace chartside::note
