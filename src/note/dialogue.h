// Who said which clause, what was a question, and which answer belongs to it. Pure; any thread.
#pragma once

#include "domain/transcript.h"
#include "note/clauses.h"
#include "note/linear_model.h"

#include <optional>
#include <vector>

namespace chartside::note {

enum class AnswerKind { none, yes, no, sometimes, open, unknown };

/// A clause with what is known of it.
struct Utterance {
    Clause clause;
    Words words; // without lead-ins: what is rewritten
    Role role = Role::unknown;
    bool role_uncertain = false;
    Scores scores{};
    bool question = false;
    bool answered = false;  // a question whose answer is linked
    bool is_answer = false; // a clause of some answer
};

/// A doctor's question and the patient's answer to it; indices into the utterances.
struct Exchange {
    std::vector<size_t> questions; // one, or a question and the words that narrow it
    std::vector<size_t> answers;
    AnswerKind kind = AnswerKind::none;
    /// What the answer says beyond yes or no: for each of `answers`, the words after it (may be empty).
    std::vector<Words> rest;
};

struct Dialogue {
    std::vector<Utterance> utterances;
    std::vector<Exchange> exchanges;
    bool roles_swapped = false; // the transcript's own labels were the wrong way round
    bool roles_told = false;    // by words alone: nobody has labelled every segment
};

Dialogue read_dialogue(const Transcript& transcript, const LinearModel& model);

/// The role of each segment in order.
std::vector<Role> segment_roles(const Transcript& transcript, const Dialogue& dialogue);

/// How an answer begins, and the index of its first word after that.
AnswerKind read_answer(const Words& words, size_t& rest_from);

/// True where words only repeat a yes or no: "not that I know of", "nothing like that", "I do".
bool is_empty_answer(const Words& words);

/// "do you", "any pain", "how long", "is it": the shape of a question without its mark.
bool looks_like_question(const Words& words);

} // namespace chartside::note
