// Rewriting spoken clauses into the third person: pronouns, verb agreement, statements out of questions. Whole
// clauses only; what cannot be rewritten is refused, never shortened. Pure; any thread.
#pragma once

#include "domain/visit.h"
#include "note/words.h"

#include <optional>

namespace chartside::note {

/// How the patient is named. With Pronouns::unstated the first mention of a sentence is "the patient" and the
/// others are "they".
struct Voice {
    Pronouns pronouns = Pronouns::unstated;

    bool plural(bool first_mention) const
    {
        return pronouns == Pronouns::they || (pronouns == Pronouns::unstated && !first_mention);
    }
};

/// A clause of `speaker` about the patient, in the third person. Nothing where a first person that is not the
/// patient, or a "you" that is not the patient, would be left in.
/// `mentioned`: the patient was named before in the same sentence.
std::optional<Words> to_third_person(const Words& words, Role speaker, const Voice& voice, bool mentioned = false);

/// The same; where it fails, the main clause alone, without a whole clause hung on it that holds the first or second
/// person: ", which we have heard before", "because I want to be sure". A condition is never left out.
std::optional<Words> main_clause_to_third_person(const Words& words, Role speaker, const Voice& voice, bool mentioned = false);

/// "do you smoke" + yes -> "she smokes"; + no -> "she does not smoke". Nothing where the words are no yes-no question.
std::optional<Words> statement_of_question(const Words& question, bool affirmed, const Voice& voice);

/// Past tense of a base verb.
std::string past_tense(const std::string& base_verb);

std::string subject_pronoun(const Voice& voice, bool first_mention);
std::string possessive_pronoun(const Voice& voice, bool first_mention);
std::string object_pronoun(const Voice& voice, bool first_mention);
/// "denies" or "deny" and the like, after subject_pronoun(voice, true).
std::string agree(const Voice& voice, std::string_view base_verb);

/// True where a subject and a finite verb stand in the words.
bool has_finite_verb(const Words& words);
/// True where a first or second person is left.
bool has_first_or_second_person(const Words& words);

} // namespace chartside::note
