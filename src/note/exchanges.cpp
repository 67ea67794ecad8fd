#include "note/exchanges.h"

#include "note/lexicon.h"
#include "note/phrase.h"
#include "note/questions.h"
#include "note/statements.h"

#include <algorithm>
#include <string>

namespace chartside::note {
namespace {

struct ExchangeWriter {
    const Visit& visit;
    std::vector<Draft>& drafts;

    Draft draft(std::vector<size_t> sources, Words words) const { return draft_of(visit, std::move(sources), std::move(words)); }

    bool worth(size_t i, const Words& words, float bonus = 0) const
    {
        ClinicalTerms terms = clinical_terms(words);
        float score = visit.at(i).scores[relevance_head] + bonus;
        if (terms.drugs) return score > -4;
        bool side = std::any_of(words.begin(), words.end(), [](const Word& w) { return w.is("left") || w.is("right") || w.is("both"); });
        if (terms.any() || terms.body || side) return score + 0.7f > relevance_threshold;
        return score > relevance_threshold + 1.0f;
    }

    // One clause of the patient's as a sentence, where it can be one.
    bool statement(size_t i, const Words& said, std::vector<size_t> sources, float bonus)
    {
        Words words = tidy_answer(said);
        if (words.empty() || small_talk(words) || !worth(i, words, bonus)) return false;
        if (!stands_alone(words)) return false;
        // "She is a beagle": somebody else, and not a relative with an illness.
        bool other = words[0].is("she") || words[0].is("he") || words[0].is("her") || words[0].is("his");
        if (other && !clinical_terms(words).any() && !clinical_terms(words).classes) return false;
        auto third = to_third_person(words, Role::patient, visit.voice);
        if (!third) {
            // First or second person that cannot be told apart is quoted whole, when it matters.
            ClinicalTerms terms = clinical_terms(words);
            float score = visit.at(i).scores[relevance_head] + (terms.any() ? 0.8f : 0.0f);
            if (score < 0.0f || words.size() < 5 || words.size() > 32) return false;
            // Who says "you" to whom is not sure enough to put words into a mouth.
            if (std::any_of(words.begin(), words.end(), [](const Word& w) { return w.is("you") || w.is("your") || w.is("yourself"); })) return false;
            for (size_t k = 0; k + 1 < words.size(); k++)
                if (words[k].is("we") && (is_modal(words[k + 1].lower) || phrase_at(words, k + 1, "are going to"))) return false; // a plan, and so the doctor's
            Words quoted = words;
            Word mark = words[0];
            mark.text = mark.lower = "\"";
            mark.kind = WordKind::punctuation;
            quoted.insert(quoted.begin(), mark);
            Word comma = mark;
            comma.text = comma.lower = ",";
            quoted.push_back(comma);
            quoted.push_back(mark);
            append(quoted, make_words("per the patient", mark.start, mark.end));
            drafts.push_back(draft(std::move(sources), quoted));
            return true;
        }
        drafts.push_back(draft(std::move(sources), *third));
        return true;
    }

    void rest_of_answer(const Exchange& exchange, size_t from)
    {
        for (size_t k = from; k < exchange.answers.size(); k++) {
            size_t i = exchange.answers[k];
            const Words& rest = exchange.rest[k];
            if (rest.empty() || is_empty_answer(rest)) continue;
            if (statement(i, rest, {i}, m_answer_bonus)) continue;
            if (restated(exchange, k)) continue;
            add_fragment(exchange, k);
        }
    }

    // "maybe twice a night to urinate", after "I do get up at night": goes on with the sentence before.
    void add_fragment(const Exchange& exchange, size_t k)
    {
        if (drafts.empty() || k == 0) return;
        Draft& last = drafts.back();
        size_t i = exchange.answers[k];
        bool follows = !last.sources.empty() && last.sources.back() == exchange.answers[k - 1];
        if (!follows || last.denial || last.words.empty() || last.words.back().is("patient")) return;
        Words words = tidy_answer(exchange.rest[k]);
        if (words.size() < 2 || words.size() > 9 || has_finite_verb(words) || negated(words) || small_talk(words) || looks_like_question(words)) return;
        ClinicalTerms terms = clinical_terms(words);
        if (!terms.any() && !terms.body && !words[0].is("both") && !words[0].is("mostly") && !(last.label.size() && words.size() <= 4)) return;
        auto third = to_third_person(words, Role::patient, visit.voice, true);
        if (!third) return;
        append_comma(last.words);
        append(last.words, *third);
        last.sources.push_back(i);
    }
    float m_answer_bonus = 0.3f;

    // "no fever", "not red", "a little heartburn": an answer without a verb that says its own finding.
    bool restated(const Exchange& exchange, size_t k)
    {
        size_t i = exchange.answers[k];
        Words words = tidy_answer(exchange.rest[k]);
        return restated(i, words);
    }

    bool restated(size_t i, Words words)
    {
        while (!words.empty() && words[0].is(",")) words.erase(words.begin());
        // "a little heartburn, yes, but no black stools": one is there, the other is not.
        for (size_t at = 1; at + 2 < words.size(); at++) {
            if (!words[at].is("but") || !words[at + 1].is("no") || has_finite_verb(words)) continue;
            Words left = tidy_answer(slice(words, 0, at));
            bool first = restated(i, left), second = restated(i, slice(words, at + 1));
            return first || second;
        }
        if (words.size() < 2 || words.size() > 14 || has_finite_verb(words)) return false;
        ClinicalTerms terms = clinical_terms(words);
        if (words[0].is("no") && !negated(slice(words, 1)) && (terms.any() || terms.body)) {
            auto third = to_third_person(slice(words, 1), Role::patient, visit.voice, true);
            if (!third) return false;
            Draft made = draft({i}, *third);
            made.denial = true;
            drafts.push_back(made);
            return true;
        }
        bool amount = words[0].is("a") || words[0].is("some") || words[0].is("just") || words[0].is("mild");
        if (amount && !negated(words) && (terms.symptoms || terms.conditions)) {
            auto third = to_third_person(words, Role::patient, visit.voice, true);
            if (!third) return false;
            Draft made = draft({i}, *third);
            made.affirmed = true;
            drafts.push_back(made);
            return true;
        }
        return false;
    }

    // "Label: answer", from a question that asks for one thing.
    bool labelled(const Exchange& exchange, const std::string& label)
    {
        const Words& only = visit.at(exchange.answers.front()).words;
        if (label == "Alcohol" && plain(only) == "i do not drink") {
            auto third = to_third_person(only, Role::patient, visit.voice);
            append(*third, make_words("alcohol", only.back().start, only.back().end));
            drafts.push_back(draft({exchange.questions.back(), exchange.answers.front()}, *third));
            return true;
        }
        Words answer;
        std::vector<size_t> sources = {exchange.questions.back()};
        size_t taken = 0;
        for (size_t k = 0; k < exchange.answers.size(); k++) {
            Words words = tidy_answer(exchange.rest[k].empty() && exchange.kind == AnswerKind::open ? visit.at(exchange.answers[k]).words : exchange.rest[k]);
            if (words.empty() || is_empty_answer(words) || small_talk(words)) {
                if (taken) break;
                continue;
            }
            bool full = stands_alone(words);
            bool listing = label == "Severity" || label == "Triggers";
            if (taken && ((full && !listing) || taken >= 2)) break;
            auto third = to_third_person(words, Role::patient, visit.voice, true);
            if (!third) break;
            if (taken) append_comma(answer);
            append(answer, *third);
            sources.push_back(exchange.answers[k]);
            taken++;
            if (full && !listing) continue;
        }
        if (answer.empty() || answer.size() > 30) return false;
        Draft made = draft(sources, answer);
        made.label = label;
        drafts.push_back(made);
        rest_of_answer(exchange, taken);
        return true;
    }

    void denied(const Exchange& exchange, const std::vector<size_t>& sources)
    {
        const Words& question = visit.at(exchange.questions.back()).words;
        std::optional<Words> topic;
        if (exchange.questions.size() == 2) {
            auto first = topic_of_question(visit.at(exchange.questions[0]).words, visit.voice);
            auto second = topic_of_question(question, visit.voice);
            if (!second && question.size() <= 8) second = to_third_person(question, Role::doctor, visit.voice, true);
            if (!first && second) {
                if (auto statement_made = statement_of_question(visit.at(exchange.questions[0]).words, false, visit.voice)) {
                    Draft made = draft(sources, *statement_made);
                    drafts.push_back(made);
                }
            }
            if (first && second) {
                append_comma(*first);
                Words more = *second;
                while (!more.empty() && (more[0].is("any") || more[0].is("or"))) more.erase(more.begin());
                append(*first, more);
                topic = first;
            } else {
                topic = first ? first : second;
            }
        } else {
            topic = topic_of_question(question, visit.voice);
        }
        if (topic) {
            Draft made = draft(sources, *topic);
            made.denial = true;
            drafts.push_back(made);
            return;
        }
        if (question.size() >= 4 && is_modal(question[0].lower) && question[1].is("you") && question[2].is("be")) {
            auto rest = to_third_person(slice(question, 3), Role::doctor, visit.voice, true);
            if (!rest) return;
            Words words = make_words("being", question[2].start, question[2].end);
            append(words, *rest);
            Draft made = draft(sources, words);
            made.denial = true;
            drafts.push_back(made);
            return;
        }
        if (auto statement_made = statement_of_question(question, false, visit.voice)) {
            Draft made = draft(sources, *statement_made);
            drafts.push_back(made);
        }
    }

    void affirmed(const Exchange& exchange, std::vector<size_t> sources, bool sometimes)
    {
        const Words& question = visit.at(exchange.questions.back()).words;
        Words tail = tidy_answer(exchange.rest[0]);
        bool fragment = !tail.empty() && !is_empty_answer(tail) && !stands_alone(tail) && !has_finite_verb(tail) && tail.size() <= 8 && !negated(tail);
        std::optional<Words> tail_third;
        if (fragment || sometimes) tail_third = to_third_person(tail, Role::patient, visit.voice, true);
        auto finish = [&](Words words, bool reports) {
            if (tail_third && !tail_third->empty() && !(tail_third->front().is("and") || tail_third->front().is("but") || tail_third->front().is("both"))) {
                append_comma(words);
                append(words, *tail_third);
            }
            Draft made = draft(sources, std::move(words));
            made.affirmed = reports;
            bool choice = reports && std::any_of(made.words.begin(), made.words.end(), [](const Word& w) { return w.is("or"); });
            if (choice) made.flags.push_back("which_of_several");
            drafts.push_back(made);
        };
        bool about = question.size() >= 3 && (question[0].is("how") || question[0].is("what")) && question[1].is("about");
        if (about) {
            auto topic = topic_of_question(question, visit.voice);
            if (!topic || topic->size() > 6) return;
            Words words = make_words("yes", visit.at(exchange.answers[0]).clause.start, visit.at(exchange.answers[0]).clause.start);
            if (!tail.empty()) {
                auto more = to_third_person(tail, Role::patient, visit.voice, true);
                if (!more) return;
                append_comma(words);
                append(words, *more);
            }
            Draft made = draft(sources, words);
            made.label = join_words(*topic);
            drafts.push_back(made);
            return;
        }
        // "and the atorvastatin, twenty milligrams at bedtime?" "Right."
        bool verbless = !has_finite_verb(question) && std::none_of(question.begin(), question.end(), [](const Word& w) { return is_auxiliary(w.lower) || is_wh_word(w.lower); });
        if (verbless && clinical_terms(question).drugs && !question[0].is("any")) {
            Words words = make_words(subject_pronoun(visit.voice, true) + " " + agree(visit.voice, "take"), question.front().start, question.front().start);
            append(words, question);
            finish(words, false);
            return;
        }
        // An answer that says it itself, "yes, I have a cough at night", needs no more of the question.
        Words said = tidy_answer(exchange.rest[0]);
        if (!said.empty() && !is_empty_answer(said) && stands_alone(said) && clinical_terms(said).any()) return;
        if (auto declared = declared_in_question(question, visit.voice)) {
            // "two tablets, so that's 400 mg?" goes on with the drug before it.
            if (!declared->empty() && declared->front().kind == WordKind::number && !drafts.empty() && clinical_terms(drafts.back().words).drugs) {
                append_comma(drafts.back().words);
                append(drafts.back().words, *declared);
                drafts.back().sources.insert(drafts.back().sources.end(), sources.begin(), sources.end());
            } else {
                finish(*declared, false);
            }
        }
        else if (auto topic = topic_of_question(question, visit.voice)) {
            if (plain(*topic).find("allerg") == std::string::npos || said.empty()) finish(*topic, true);
        } else if (auto made = statement_of_question(question, true, visit.voice)) finish(*made, false);
    }

    void exchange(const Exchange& item)
    {
        size_t question = item.questions.back();
        const Utterance& asked = visit.at(question);
        size_t first_answer = item.answers.front();
        float bonus = 0;
        ClinicalTerms terms = clinical_terms(asked.words);
        if (item.questions.size() == 2) {
            ClinicalTerms before = clinical_terms(visit.at(item.questions[0]).words);
            terms.symptoms += before.symptoms;
            terms.conditions += before.conditions;
        }
        bool polar = item.kind == AnswerKind::no || item.kind == AnswerKind::yes;
        if (terms.any()) bonus = 1.2f;
        else if (polar || !label_of_question(asked.words).empty()) bonus = 0.6f;
        m_answer_bonus = terms.any() || !label_of_question(asked.words).empty() ? 1.9f : 0.3f;
        float score = std::max(asked.scores[relevance_head], visit.at(first_answer).scores[relevance_head]) + bonus;
        // During the exam "does that hurt" is answered with a finding the doctor then says aloud.
        bool at_exam = visit.sections[question] == exam || visit.sections[question] == results;
        bool at_plan = visit.sections[question] == assessment_plan;
        std::string text = plain(asked.words);
        if (text.find("question") != std::string::npos || text.find("sound good") != std::string::npos || text.find("sound okay") != std::string::npos || text.find("make sense") != std::string::npos || text.find("hop up") != std::string::npos) return;
        // "How are you?" is a courtesy, and the patient's answer to it often the reason for the visit.
        if (text.find("how are you") != std::string::npos) {
            rest_of_answer(item, 0);
            return;
        }
        bool wanted = score > relevance_threshold && !((at_exam || at_plan) && score < 0.8f);
        if (!wanted) {
            rest_of_answer(item, 0);
            return;
        }
        std::vector<size_t> sources = item.questions;
        sources.push_back(first_answer);
        std::string label = label_of_question(asked.words);
        switch (item.kind) {
        case AnswerKind::no: {
            denied(item, sources);
            rest_of_answer(item, 0);
            return;
        }
        case AnswerKind::yes: {
            affirmed(item, sources, false);
            rest_of_answer(item, 0);
            return;
        }
        case AnswerKind::sometimes: {
            affirmed(item, sources, true);
            rest_of_answer(item, 1);
            return;
        }
        case AnswerKind::open: {
            const Words& answer = visit.at(first_answer).words;
            if (denied_in_part(item, sources)) {
                rest_of_answer(item, 1);
                return;
            }
            if (statement_first(answer, label)) {
                size_t before = drafts.size();
                rest_of_answer(item, 0);
                if (drafts.size() > before) return;
            }
            if (!label.empty() && labelled(item, label)) return;
            if (auto topic = topic_of_question(asked.words, visit.voice); topic && topic->size() <= 5 && !stands_alone(answer) && label.empty() && !restating(answer)) {
                Words words = *topic;
                if (labelled(item, join_words(words))) return;
            }
            rest_of_answer(item, 0);
            return;
        }
        case AnswerKind::none:
        case AnswerKind::unknown: rest_of_answer(item, 0); return;
        }
    }

    // "are they worse when you cough, or bend over?" "not when I cough": "They are not worse when she coughs."
    bool denied_in_part(const Exchange& item, const std::vector<size_t>& sources)
    {
        const Words& question = visit.at(item.questions.back()).words;
        Words answer = tidy_answer(item.rest[0]);
        if (answer.size() < 3 || !answer[0].is("not") || negated(slice(answer, 1))) return false;
        size_t joint = 1;
        while (joint < question.size() && question[joint].lower != answer[1].lower) joint++;
        if (joint >= question.size() || !(is_preposition(answer[1].lower) || answer[1].is("when") || answer[1].is("if"))) return false;
        auto made = statement_of_question(slice(question, 0, joint), false, visit.voice);
        auto tail = to_third_person(slice(answer, 1), Role::patient, visit.voice, true);
        if (!made || !tail) return false;
        append(*made, *tail);
        Draft written = draft(sources, *made);
        drafts.push_back(written);
        return true;
    }

    bool restating(const Words& answer) const
    {
        Words words = tidy_answer(answer);
        return !words.empty() && (words[0].is("no") || words[0].is("not") || words[0].is("a") || words[0].is("some") || words[0].is("just"));
    }

    // A whole sentence answers better without a label; a scale needs its label.
    bool statement_first(const Words& answer, const std::string& label) const
    {
        return stands_alone(tidy_answer(answer)) && label != "Severity" && label != "Alcohol" && label != "Triggers" && !(label == "Allergies" && plain(answer).find("allerg") == std::string::npos) && !label.starts_with("Last ");
    }
};

} // namespace

void write_exchange(const Visit& visit, const Exchange& exchange, std::vector<Draft>& drafts) { ExchangeWriter{visit, drafts}.exchange(exchange); }

bool write_statement(const Visit& visit, size_t utterance, float bonus, std::vector<Draft>& drafts)
{
    return ExchangeWriter{visit, drafts}.statement(utterance, visit.at(utterance).words, {utterance}, bonus);
}

} // namespace chartside::note
