#include "note/draft.h"
#include "note/lexicon.h"
#include "note/phrase.h"
#include "note/questions.h"

#include <algorithm>
#include <string>
#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

bool negated(const Words& words)
{
    return std::any_of(words.begin(), words.end(), [](const Word& w) { return is_negator(w.lower); });
}

void append(Words& to, const Words& more) { to.insert(to.end(), more.begin(), more.end()); }

void append_comma(Words& to)
{
    if (to.empty() || to.back().kind == WordKind::punctuation) return;
    Word comma = to.back();
    comma.text = comma.lower = ",";
    comma.kind = WordKind::punctuation;
    to.push_back(comma);
}

// "I would say", "I think", "maybe" in front of an answer; "right here" behind it.
Words tidy_answer(const Words& words)
{
    Words tidy = strip_lead_ins(words);
    auto starts = [&](std::initializer_list<std::string_view> phrase) {
        size_t i = 0;
        for (std::string_view word : phrase)
            if (i >= tidy.size() || !tidy[i++].is(word)) return false;
        return true;
    };
    if (starts({"i", "would", "say"})) tidy = slice(tidy, 3);
    else if (starts({"i", "guess"}) || starts({"i", "mean"})) tidy = slice(tidy, 2);
    else if (starts({"i", "have", "to", "admit"}) || starts({"i", "have", "to", "say"})) tidy = slice(tidy, starts({"i", "have", "to", "admit", "that"}) || starts({"i", "have", "to", "say", "that"}) ? 5 : 4);
    if (starts({"i", "think"}) && tidy.size() > 3 && (tidy[2].is("when") || tidy[2].is("if") || is_preposition(tidy[2].lower) || tidy[2].is("maybe") || tidy[2].is("probably") || tidy[2].is("mostly"))) tidy = slice(tidy, 2);
    // "No, I sleep fine": the answer's particle goes, its sentence stays.
    if (tidy.size() > 3 && tidy[0].is("no") && (tidy[1].is(",") || tidy[1].is("i") || tidy[1].is("it") || tidy[1].is("my") || tidy[1].is("they"))) tidy = slice(tidy, 1);
    auto ends = [&](std::initializer_list<std::string_view> phrase) {
        if (tidy.size() <= phrase.size()) return false;
        size_t i = tidy.size() - phrase.size();
        for (std::string_view word : phrase)
            if (!tidy[i++].is(word)) return false;
        return true;
    };
    for (bool moved = true; moved;) {
        moved = false;
        if (ends({"right", "here"}) || ends({"right", "there"}) || ends({"i", "guess"}) || ends({"i", "think"}) || ends({"i", "mean"})) { tidy = slice(tidy, 0, tidy.size() - 2); moved = true; }
        else if (ends({"i", "would", "say"})) { tidy = slice(tidy, 0, tidy.size() - 3); moved = true; }
        else if (ends({",", "yeah"}) || ends({",", "yes"}) || ends({",", "no"}) || ends({",", "so"})) { tidy = slice(tidy, 0, tidy.size() - 2); moved = true; }
        else if (ends({"you", "know"})) { tidy = slice(tidy, 0, tidy.size() - 2); moved = true; }
    }
    // "on the stairs I would say a six"
    for (size_t i = 1; i + 3 < tidy.size(); i++)
        if (tidy[i].is("i") && tidy[i + 1].is("would") && tidy[i + 2].is("say")) { tidy.erase(tidy.begin() + static_cast<long>(i), tidy.begin() + static_cast<long>(i) + 3); break; }
    return tidy;
}

bool small_talk(const Words& words)
{
    static const Set set = {"thank", "thanks", "bye", "hello", "hi", "welcome", "morning", "pleasure", "doctor", "sorry", "parking", "weather", "traffic", "understood", "dragon"};
    for (const Word& word : words)
        if (set.contains(word.lower) && !(word.is("morning") && words.size() > 3) && !(word.is("doctor") && words.size() > 5)) return true;
    std::string text = plain(words);
    for (std::string_view phrase : {"sounds good", "sounds great", "i can do that", "that would be great", "no problem", "i appreciate", "i will try", "i understand", "makes sense",
                                    "i hope", "let us do it", "got it", "that is good", "that is great", "nice to", "good to see", "how are you", "looking forward", "i will do that", "okay i will", "that works", "i am doing well", "you too", "see you", "i am good", "i am fine", "i made it", "that is true", "i know", "that is a relief", "does not sound", "i am glad", "i think that is everything", "that is hard", "you know how it is", "i do not know", "i have been trying", "i am trying", "i have to admit", "work has been", "i would like that", "let us see", "i will do"})
        if (text == phrase || text.starts_with(std::string(phrase) + " ")) return true;
    return false;
}

// "that helps a bit", not "that my mother".
bool is_verb_after_that(const Words& words)
{
    const std::string& next = words[1].lower;
    return is_auxiliary(next) || is_past_verb(next) || (next.ends_with("s") && is_base_verb(std::string_view(next).substr(0, next.size() - 1)));
}

// A patient's clause that can stand as a sentence.
bool stands_alone(const Words& words)
{
    if (words.size() < 3 || !has_finite_verb(words)) return false;
    const std::string& last = words.back().lower;
    static const Set open_ends = {"the", "a", "an", "of", "to", "with", "and", "or", "but", "my", "is", "was", "because", "if", "when", "like", "i", "that", "in", "on", "at", "for", "so", "very", "really", "her", "his"};
    if (open_ends.contains(last)) return false;
    if (looks_like_question(words)) return false;
    static const Set subordinate = {"when", "if", "because", "after", "before", "since", "while", "until", "unless", "although", "not", "just", "or", "than", "especially", "except", "only", "once"};
    if (subordinate.contains(words[0].lower)) {
        int finite = 0;
        for (size_t i = 0; i + 1 < words.size(); i++) {
            size_t verb = i + 1;
            while (verb < words.size() && is_adverb(words[verb].lower)) verb++;
            if (verb < words.size() && (is_subject_pronoun(words[i].lower) || !is_function_word(words[i].lower)) && (is_auxiliary(words[verb].lower) || (is_subject_pronoun(words[i].lower) && (is_base_verb(words[verb].lower) || is_past_verb(words[verb].lower))))) finite++;
        }
        if (finite < 2) return false;
    }
    if (is_wh_word(words[0].lower) && !words[0].is("when") && !words[0].is("what")) return false;
    if (words[0].is("which") || words[0].is("who") || words[0].is("that") || words[0].is("because")) return words[0].is("that") && words.size() >= 4 && is_verb_after_that(words);
    return true;
}

struct HistoryWriter {
    const Visit& visit;
    std::vector<Draft> drafts;

    Draft draft(std::vector<size_t> sources, Words words)
    {
        Draft made;
        made.sources = std::move(sources);
        made.words = std::move(words);
        for (size_t source : made.sources)
            if (visit.at(source).role_uncertain) made.flags = {"role_uncertain"};
        return made;
    }

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
        if (other && !(clinical_terms(words).conditions || clinical_terms(words).symptoms)) return false;
        auto third = to_third_person(words, Role::patient, visit.voice);
        if (!third) {
            // First or second person that cannot be told apart is quoted whole, when it matters.
            ClinicalTerms terms = clinical_terms(words);
            float score = visit.at(i).scores[relevance_head] + (terms.any() ? 0.8f : 0.0f);
            if (score < 0.5f || words.size() < 5 || words.size() > 32) return false;
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
        while (!words.empty() && words[0].is(",")) words.erase(words.begin());
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
                    made.negated_by_answer = true;
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
            made.denial = made.negated_by_answer = true;
            drafts.push_back(made);
            return;
        }
        if (question.size() >= 4 && is_modal(question[0].lower) && question[1].is("you") && question[2].is("be")) {
            auto rest = to_third_person(slice(question, 3), Role::doctor, visit.voice, true);
            if (!rest) return;
            Words words = make_words("being", question[2].start, question[2].end);
            append(words, *rest);
            Draft made = draft(sources, words);
            made.denial = made.negated_by_answer = true;
            drafts.push_back(made);
            return;
        }
        if (auto statement_made = statement_of_question(question, false, visit.voice)) {
            Draft made = draft(sources, *statement_made);
            made.negated_by_answer = true;
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
        if (text.find("question") != std::string::npos || text.find("sound good") != std::string::npos || text.find("sound okay") != std::string::npos || text.find("make sense") != std::string::npos || text.find("how are you") != std::string::npos || text.find("hop up") != std::string::npos) return;
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
        written.negated_by_answer = true;
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
        return stands_alone(tidy_answer(answer)) && label != "Severity" && label != "Alcohol" && label != "Triggers" && !label.starts_with("Last ");
    }

    // "martha is a 50-year-old female with ... who presents for": the doctor's own opening.
    bool opening(size_t i)
    {
        const Utterance& utterance = visit.at(i);
        std::string text = plain(utterance.words);
        bool age = text.find("year-old") != std::string::npos || text.find("year old") != std::string::npos || text.find("month-old") != std::string::npos;
        if (!age || text.find(" is a") == std::string::npos || has_first_or_second_person(utterance.words) || utterance.words.size() < 6) return false;
        Words words = utterance.words;
        for (size_t k = 1; k < words.size() && k < 8; k++)
            if (words[k].is("is")) {
                // Names are given small in some transcripts: "ms. thompson is a ..."
                for (size_t n = 0; n < k; n++)
                    if (!is_function_word(words[n].lower) && words[n].text[0] >= 'a' && words[n].text[0] <= 'z') words[n].text[0] = static_cast<char>(words[n].text[0] - 32);
                break;
            }
        size_t comma = 0;
        // "hey, dragon, ms. thompson is ..."
        for (size_t k = 0; k + 1 < words.size() && k < 6; k++)
            if (words[k].is(",") ) comma = k + 1;
        bool before_is = true;
        for (size_t k = 0; k < comma; k++) before_is = before_is && !words[k].is("is");
        if (comma && before_is) words = slice(words, comma);
        if (words.empty()) return false;
        drafts.push_back(draft({i}, words));
        return true;
    }

    // The doctor says back what is known: "you've had this for three weeks".
    bool said_back(size_t i)
    {
        const Utterance& utterance = visit.at(i);
        ClinicalTerms terms = clinical_terms(utterance.words);
        if (utterance.scores[relevance_head] + (terms.any() ? 0.8f : 0) < 0.5f) return false;
        Words words = utterance.words;
        if (size_t length = match_any(words, 0, {"i know that", "i know", "i see here that", "i see that", "i hear that", "i hear", "i understand that", "i understand", "it sounds like", "sounds like", "it looks like", "looks like", "i heard that", "i heard", "i was told that", "i remember that",
                                                 "the nurse said that", "the nurse told me that", "they said that", "i see", "i saw that", "i saw", "i noticed that", "and i know that", "i did see that", "i guess"}))
            words = slice(words, length);
        if (words.empty() || is_wh_word(words[0].lower)) return false;
        if (!stands_alone(words)) return false;
        if (words[0].is("we") || words[0].is("i") || words[0].is("they") || words[0].is("let")) return false;
        auto third = to_third_person(words, Role::doctor, visit.voice);
        if (!third) return false;
        drafts.push_back(draft({i}, *third));
        return true;
    }

    // The doctor repeats a side, "the right knee, okay", after the patient named it.
    bool side_repeated(size_t i)
    {
        const Words& words = visit.at(i).words;
        if (words.size() < 2 || words.size() > 6 || i == 0 || has_finite_verb(words)) return false;
        bool side = std::any_of(words.begin(), words.end(), [](const Word& w) { return w.is("left") || w.is("right"); });
        if (!side || !clinical_terms(words).body) return false;
        for (size_t back = 1; back <= 3 && back <= i; back++) {
            const Utterance& before = visit.at(i - back);
            if (before.role != Role::patient) continue;
            for (const Word& said : before.words)
                for (const Word& word : words)
                    if (said.lower == word.lower && (word.is("left") || word.is("right"))) {
                        Words place = words;
                        if (is_determiner(place[0].lower)) place.erase(place.begin());
                        Draft made = draft({i - back, i}, place);
                        made.label = "Location";
                        drafts.push_back(made);
                        return true;
                    }
        }
        return false;
    }

    void run()
    {
        const Dialogue& dialogue = visit.dialogue;
        size_t next_exchange = 0;
        bool opened = false;
        for (size_t i = 0; i < dialogue.utterances.size(); i++) {
            const Utterance& utterance = dialogue.utterances[i];
            while (next_exchange < dialogue.exchanges.size() && dialogue.exchanges[next_exchange].questions.back() == i)
                exchange(dialogue.exchanges[next_exchange++]);
            if (utterance.is_answer || utterance.question || utterance.words.empty()) continue;
            size_t section = visit.sections[i];
            if (utterance.role == Role::doctor) {
                if (!opened && i < dialogue.utterances.size() / 2 && opening(i)) {
                    opened = true;
                    continue;
                }
                if (section == subjective && !side_repeated(i)) said_back(i);
                continue;
            }
            bool late = section == assessment_plan || section == exam || section == results;
            statement(i, utterance.words, {i}, late ? -0.8f : 0.2f);
        }
    }
};

} // namespace

ClinicalTerms clinical_terms(const Words& words)
{
    ClinicalTerms terms;
    for (const Word& word : words) {
        terms.drugs += is_drug(word.lower);
        terms.classes += is_drug_class(word.lower);
        terms.symptoms += is_symptom(word.lower);
        terms.conditions += is_condition(word.lower);
        terms.family += is_family_member(word.lower);
        terms.numbers += word.kind == WordKind::number;
        terms.tests += is_test(word.lower);
        terms.body += !exam_label(word.lower).empty();
    }
    return terms;
}

std::vector<Draft> write_history(const Visit& visit)
{
    HistoryWriter writer{visit, {}};
    writer.run();
    return std::move(writer.drafts);
}

} // namespace chartside::note
