// A sentence on its way into the note, and the place where it stands. Pure data; any thread.
#pragma once

#include "note/dialogue.h"
#include "note/grammar.h"

#include <string>
#include <vector>

namespace chartside::note {

enum NoteSectionIndex : size_t { subjective = 0, medications = 1, exam = 2, results = 3, assessment_plan = 4 };
inline constexpr const char* note_section_ids[] = {"subjective", "medications", "exam", "results", "assessment_plan"};

struct Draft {
    size_t section = subjective;
    Words words;                  // without label and closing stop
    std::string label;            // "Right knee", written once for a run of findings
    std::vector<size_t> sources;  // utterances it rests on, in order
    bool denial = false;          // words are what the patient denies
    bool affirmed = false;        // words are what the patient reports, by a yes
    bool heading = false;         // a problem of the plan
    std::vector<std::string> flags;
};

struct Visit {
    const Dialogue& dialogue;
    Voice voice;
    /// Section of each utterance, from the model's scores and the order of a visit.
    std::vector<size_t> sections;

    const Utterance& at(size_t i) const { return dialogue.utterances[i]; }
};

/// A draft that says whether the roles it rests on are sure.
Draft draft_of(const Visit& visit, std::vector<size_t> sources, Words words);

/// The relevance above which a clause without a drug, dose, symptom or number is worth a sentence.
constexpr float relevance_threshold = -2.3f;

/// Counts of what makes a clause clinical.
struct ClinicalTerms {
    int drugs = 0, classes = 0, symptoms = 0, conditions = 0, family = 0, numbers = 0, tests = 0, body = 0;
    bool any() const { return drugs + classes + symptoms + conditions + numbers + tests > 0; }
};
ClinicalTerms clinical_terms(const Words& words);

/// Sentences of the history out of questions with their answers and the patient's own statements.
std::vector<Draft> write_history(const Visit& visit);
/// Sentences of exam and results out of the doctor's findings.
std::vector<Draft> write_findings(const Visit& visit);
/// Problems and orders out of the doctor's plan.
std::vector<Draft> write_plan(const Visit& visit);

} // namespace chartside::note
