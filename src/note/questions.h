// What a doctor's question asks about: a topic to affirm or deny, a statement to affirm or negate, or a label for
// the answer. Pure; any thread.
#pragma once

#include "note/grammar.h"

#include <optional>
#include <string>

namespace chartside::note {

/// "do you have any chest pain or shortness of breath" -> "chest pain or shortness of breath": what "denies" or
/// "reports" takes.
std::optional<Words> topic_of_question(const Words& question, const Voice& voice);

/// "how long has the knee been bothering you" -> "Duration"; empty where no label would read well.
std::string label_of_question(const Words& question);

/// "you're still taking the metoprolol?": a statement with the patient as its subject.
std::optional<Words> declared_in_question(const Words& question, const Voice& voice);

} // namespace chartside::note
