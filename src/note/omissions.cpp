#include "note/omissions.h"

#include "base/text.h"
#include "note/lexicon.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

constexpr std::array<std::string_view, 5> dose_units = {" mg", " mcg", " ml", " g", "%"};

bool holds_word(const Words& words, std::string_view lower)
{
    return std::any_of(words.begin(), words.end(), [&](const Word& word) { return word.is(lower); });
}

bool mentions_allergy(const Words& words)
{
    return std::any_of(words.begin(), words.end(), [](const Word& word) { return word.lower.starts_with("allerg"); });
}

bool mentions_vital(const Words& words)
{
    return std::any_of(words.begin(), words.end(), [](const Word& word) { return is_vital_sign(word.lower); });
}

// "your potassium was normal": a result without a number.
bool tells_result(const Words& words)
{
    static const Set findings = {"normal", "abnormal", "negative", "positive", "high", "low", "elevated", "stable", "unremarkable", "clear", "better", "worse", "up", "down", "showed", "shows"};
    return std::any_of(words.begin(), words.end(), [](const Word& word) { return findings.contains(word.lower); });
}

bool is_dose(const Word& word)
{
    if (word.kind != WordKind::number) return false;
    return std::any_of(dose_units.begin(), dose_units.end(), [&](std::string_view unit) { return word.text.find(unit) != std::string::npos; });
}

// "for problem number 1": it counts problems.
bool counts_problems(const Words& words, size_t at) { return at > 0 && words[at - 1].is("number"); }

struct Lister {
    const Sources& sources;
    const Coverage& coverage;
    std::vector<Omission> list;
    std::vector<std::string> seen;
    std::vector<bool> listed;

    const Utterance& at(size_t i) const { return sources.visit.at(i); }

    // True where a drug, dose or result of the clause is in no sentence that cites it, or where nothing says the rest.
    bool lost(size_t i, const ClinicalTerms& terms) const
    {
        const Words& words = at(i).words;
        const bool result = terms.tests || mentions_vital(words) || follows_test(i);
        const Words sentences = tokenize(coverage.sentences[i]), headings = tokenize(coverage.headings[i]);
        const bool cited = !sentences.empty();
        for (size_t k = 0; k < words.size(); k++) {
            const Word& word = words[k];
            if (is_drug(word.lower) && !holds_word(sentences, word.lower)) return true;
            bool value = is_dose(word) || (result && word.kind == WordKind::number && !counts_problems(words, k));
            if (value && coverage.sentences[i].find(word.text) == std::string::npos) return true;
            if (cited) continue;
            if (word.kind == WordKind::number && !counts_problems(words, k)) return true;
            if ((is_condition(word.lower) || is_symptom(word.lower) || is_test(word.lower)) && !holds_word(headings, word.lower)) return true;
        }
        return !cited && headings.empty();
    }

    // "your potassium came back, that was 5.2": the number stands in a clause of its own.
    bool follows_test(size_t i) const
    {
        if (i == 0 || at(i - 1).clause.segment != at(i).clause.segment) return false;
        return clinical_terms(at(i - 1).words).tests || mentions_vital(at(i - 1).words);
    }

    bool refused(size_t i) const
    {
        return std::any_of(coverage.refused.begin(), coverage.refused.end(), [&](const auto& clauses) { return std::find(clauses.begin(), clauses.end(), i) != clauses.end(); });
    }

    bool wanted(size_t i, const ClinicalTerms& terms) const
    {
        const Utterance& utterance = at(i);
        const Words& words = utterance.words;
        if (terms.drugs || mentions_allergy(words) || std::any_of(words.begin(), words.end(), is_dose)) return true;
        if (utterance.question && utterance.role == Role::doctor) return false; // tells nothing; its answer does
        bool measured = terms.numbers && (terms.symptoms || terms.conditions || terms.tests || terms.body || mentions_vital(words) || follows_test(i));
        bool family = terms.family && (terms.conditions || terms.symptoms);
        bool result = terms.tests && tells_result(words);
        bool complaint = utterance.role == Role::patient && (terms.symptoms || terms.conditions) && words.size() >= 3;
        bool problem = utterance.role == Role::doctor && terms.conditions && utterance.scores[relevance_head] > -0.5f;
        return measured || family || result || complaint || problem || (refused(i) && terms.any());
    }

    std::string reason(size_t i, const ClinicalTerms& terms) const
    {
        const Utterance& utterance = at(i);
        if (std::any_of(utterance.words.begin(), utterance.words.end(), [](const Word& word) { return word.unclear; })) return "number_unclear";
        if (utterance.question) return "question";
        if (terms.drugs) return "drug";
        if (mentions_allergy(utterance.words)) return "allergy";
        if (terms.family && (terms.conditions || terms.symptoms)) return "family_history";
        return utterance.scores[relevance_head] < relevance_threshold ? "low_relevance" : "not_rewritten";
    }

    void add(const std::vector<size_t>& clauses, std::string reason_given)
    {
        std::string key, text;
        for (size_t i : clauses) {
            key += plain(at(i).words) + " ";
            // A clause ends before its mark.
            if (!text.empty()) text += text.back() == '?' ? " " : ". ";
            text += trim(sources.text(i));
            if (clauses.size() > 1 && at(i).question && text.back() != '?') text += '?';
            listed[i] = true;
        }
        if (std::find(seen.begin(), seen.end(), key) != seen.end()) return;
        seen.push_back(key);
        Omission omission;
        omission.id = "o" + std::to_string(list.size() + 1);
        omission.section_id = note_section_ids[sources.visit.sections[clauses.front()]];
        omission.text = std::move(text);
        omission.evidence = sources.evidence(clauses);
        const Heard span = heard(sources.transcript, omission.evidence);
        omission.start_ms = span.start_ms;
        omission.end_ms = span.end_ms;
        omission.reason = std::move(reason_given);
        list.push_back(std::move(omission));
    }

    // A question is listed with its answer: the one says nothing without the other.
    std::vector<size_t> with_answer(size_t i) const
    {
        std::vector<size_t> clauses = {i};
        for (const Exchange& exchange : sources.visit.dialogue.exchanges)
            if (exchange.questions.back() == i) clauses.push_back(exchange.answers.front());
        return clauses;
    }

    void add_refused(size_t i)
    {
        for (const std::vector<size_t>& clauses_refused : coverage.refused) {
            if (std::find(clauses_refused.begin(), clauses_refused.end(), i) == clauses_refused.end()) continue;
            const Exchange* exchange = sources.asked_in(i, clauses_refused);
            if (!exchange || listed[i]) continue;
            std::vector<size_t> clauses = exchange->questions;
            clauses.insert(clauses.end(), exchange->answers.begin(), exchange->answers.end());
            add(clauses, "polarity_unclear");
        }
    }

    void run()
    {
        const size_t count = sources.visit.dialogue.utterances.size();
        listed.assign(count, false);
        for (size_t i = 0; i < count; i++) {
            add_refused(i);
            if (listed[i] || at(i).words.empty()) continue;
            const ClinicalTerms terms = clinical_terms(at(i).words);
            if (!wanted(i, terms) || !lost(i, terms)) continue;
            bool asked = at(i).question && at(i).role == Role::doctor;
            add(asked ? with_answer(i) : std::vector<size_t>{i}, reason(i, terms));
        }
    }
};

} // namespace

std::vector<Omission> list_omissions(const Sources& sources, const Coverage& coverage)
{
    Lister lister{sources, coverage, {}, {}, {}};
    lister.run();
    return std::move(lister.list);
}

} // namespace chartside::note
