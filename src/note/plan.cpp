// Assessment and plan: problems as headings, what the doctor thinks of them, and orders without "I want to".
#include "base/text.h"
#include "note/draft.h"
#include "note/lexicon.h"
#include "note/orders.h"
#include "note/phrase.h"
#include "note/statements.h"

#include <algorithm>
#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

struct PlanWriter {
    const Visit& visit;
    std::vector<Draft> drafts;

    void add(std::vector<size_t> sources, Words words, bool heading = false)
    {
        while (!words.empty() && words.back().kind == WordKind::punctuation && !words.back().is("\"")) words.pop_back();
        if (words.empty()) return;
        Draft made = draft_of(visit, std::move(sources), std::move(words));
        made.section = assessment_plan;
        made.heading = heading;
        if (!heading) made.label = plan_label(made.words);
        drafts.push_back(std::move(made));
    }

    std::optional<Words> third(const Words& words, bool mentioned = false) { return main_clause_to_third_person(words, Role::doctor, visit.voice, mentioned); }

    // "sooner if you get a fever": what follows an order, without the doctor in it
    std::optional<Words> tail(Words words)
    {
        Words out;
        for (size_t i = 0; i < words.size(); i++) {
            if (words[i].is("call") && i + 1 < words.size() && (words[i + 1].is("me") || words[i + 1].is("us"))) {
                out.push_back(words[i++]);
                continue;
            }
            if (size_t length = match_any(words, i, {"let me know", "let us know", "give me a call", "give us a call", "call me", "call us"})) {
                Words made = make_words("call", words[i].start, words[i].end);
                out.push_back(made[0]);
                i += length - 1;
                continue;
            }
            if (size_t length = match_any(words, i, {"to see me", "see me"})) {
                if (words[i].is("to")) { i += length - 1; continue; }
            }
            if (words[i].is("back") && i + 2 < words.size() && words[i + 1].is("to") && words[i + 2].is("me")) { out.push_back(words[i]); i += 2; continue; }
            if (size_t length = match_any(words, i, {"with me", "for me", "to me"})) { i += length - 1; continue; }
            if (words[i].is("our")) { out.push_back(spoken_as(words[i], "the")); continue; }
            if (match_any(words, i, {"my office", "my nurse", "my clinic", "my staff"})) { out.push_back(spoken_as(words[i], "the")); continue; }
            out.push_back(words[i]);
        }
        return third(out, true);
    }

    // One main clause of the plan as it is written; empty where it is talk.
    Words main_clause(const Words& spoken)
    {
        Words words = strip_lead_ins(drop_padding(spoken));
        if (words.size() > 2 && words[0].is("no") && (words[1].is(",") || is_subject_pronoun(words[1].lower))) words = slice(words, 1); // "no, you don't need it"
        if (size_t sure = match_any(words, 0, {"i am sure", "i know"}); sure && words.size() > sure + 3 && (words[sure].is("we") || words[sure].is("i"))) words = slice(words, sure);
        if (words.size() < 2) return {};
        if (match_any(words, 0, {"take care", "no problem", "make a plan", "let us make a plan", "stay warm", "good luck", "say hello", "let us see what", "have a good", "have a great", "see you", "take your time", "come with me", "come on", "hang in there", "sounds good", "get dressed", "look at"})) return {};
        // The first form that the words have decides; an empty result of it is talk.
        using Form = std::optional<Words> (PlanWriter::*)(const Words&);
        constexpr Form forms[] = {&PlanWriter::two_orders, &PlanWriter::announced, &PlanWriter::timed, &PlanWriter::started_or_stopped, &PlanWriter::advised,
                                  &PlanWriter::refused, &PlanWriter::recommended, &PlanWriter::doubted, &PlanWriter::intended, &PlanWriter::thought,
                                  &PlanWriter::ordered, &PlanWriter::done_already, &PlanWriter::dictated};
        for (Form form : forms)
            if (auto made = (this->*form)(words)) return *made;
        return stated(words);
    }

    // The words from `from` on as an order.
    Words order(const Words& words, size_t from)
    {
        Words made = order_of(words, slice(words, from));
        if (made.empty()) return {};
        auto done = tail(made);
        return done ? *done : Words{};
    }

    // "stop the ibuprofen, and let us start acetaminophen": two orders
    std::optional<Words> two_orders(const Words& words)
    {
        for (size_t i = 2; i + 2 < words.size(); i++) {
            bool joint = words[i].is("and") || (words[i].is("so") && words[i - 1].is(","));
            size_t next = i + 1;
            if (joint && (words[next].is("then") || words[next].is("also"))) next++;
            if (!joint || next + 1 >= words.size()) continue;
            bool again = words[next].is("i") || words[next].is("we") || phrase_at(words, next, "let us") || (words[i].is("so") && phrase_at(words, next, "please"));
            if (!again) continue;
            Words left = main_clause(slice(words, 0, i)), right = main_clause(slice(words, next));
            if (left.empty()) return right;
            if (right.empty()) return left;
            if (left.size() + right.size() > 44) return Words{};
            Word comma = left.back();
            comma.text = comma.lower = ",";
            comma.kind = WordKind::punctuation;
            left.push_back(comma);
            left.push_back(words[i]);
            if (right[0].text[0] >= 'A' && right[0].text[0] <= 'Z' && !keeps_capital(right[0]) && acronym_form(right[0].lower).empty()) right[0] = spoken_as(right[0], to_lower_ascii(right[0].text));
            left.insert(left.end(), right.begin(), right.end());
            return left;
        }
        return std::nullopt;
    }

    std::optional<Words> announced(const Words& words)
    {
        // "so what I am going to do is I am going to prescribe ..."
        if (size_t length = match_any(words, 0, {"what i am going to do is i am", "what i am going to do is i want", "what i am going to do is i will", "what i am going to do is we", "what we are going to do is we", "what we will do is we", "what i would like to do is i", "what i want to do is i", "what i am recommending is i", "what i would recommend is i"})) {
            size_t subject = length;
            while (!(words[subject].is("i") || words[subject].is("we"))) subject--;
            return main_clause(slice(words, subject));
        }
        if (size_t length = match_any(words, 0, {"what i am going to do for that is actually going to", "what i am going to do for that is", "what i am going to do is go ahead and", "what we are going to do is", "what we will do is", "what i will do is", "what i have done is"})) {
            Words made = order_of(words, slice(words, length));
            auto done = made.empty() ? std::nullopt : tail(made);
            return done ? *done : Words{};
        }
        if (size_t length = match_any(words, 0, {"what i would recommend is", "what i recommend is", "what i am recommending is", "what i would recommend what we try is"})) return recommend(words, length);
        return std::nullopt;
    }

    std::optional<Words> timed(const Words& words)
    {
        // "at this point, my recommendation would be ...": the time stays in front of the order
        if (size_t length = match_any(words, 0, {"at this point", "at this time", "at that point", "in the meantime", "for right now", "for now", "today", "before surgery", "after that", "with that", "given that", "long term", "eventually"}); length && words.size() > length + 2) {
            size_t from = length;
            while (from < words.size() && (words[from].is(",") || words[from].is("though"))) from++;
            Words main = main_clause(slice(words, from));
            if (main.empty()) return Words{};
            if (!keeps_capital(main[0]) && main[0].kind == WordKind::word && acronym_form(main[0].lower).empty()) main[0] = spoken_as(main[0], to_lower_ascii(main[0].text));
            Words out = slice(words, 0, length);
            Word comma = out.back();
            comma.text = comma.lower = ",";
            comma.kind = WordKind::punctuation;
            out.push_back(comma);
            out.insert(out.end(), main.begin(), main.end());
            return out;
        }
        return std::nullopt;
    }

    // "I would like you off the ...", "I want you on ..."
    std::optional<Words> started_or_stopped(const Words& words)
    {
        if (size_t length = match_any(words, 0, {"i would like you off the", "i want you off the", "i would like you off of the", "i would like you off", "i want you off", "i would like you to come off", "i want you to come off", "i would like you to be off"}))
            { auto done = tail(put(words, "Stop", slice(words, length))); return done ? *done : Words{}; }
        if (size_t length = match_any(words, 0, {"i would like you on", "i want you on"})) { auto done = tail(put(words, "Start", slice(words, length))); return done ? *done : Words{}; }
        return std::nullopt;
    }

    // wishes for the patient
    std::optional<Words> advised(const Words& words)
    {
        size_t advice = match_any(words, 0, {"what i want you to do is", "what i would like you to do is", "what i need you to do is", "so i want you to","i would like you to", "i want you to", "i need you to", "i would really like you to", "i really want you to", "i also want you to", "i would also like you to", "i am going to ask you to", "i am going to have you", "i would like for you to",
                                             "we will have you", "i will have you", "we are going to have you", "let us have you", "you need to", "you should", "you have to", "you ought to", "i would have you", "i want you just to", "i want you to just", "i do want you to", "i would encourage you to", "i encourage you to", "i would advise you to", "i am going to want you to", "make sure you", "make sure that you", "please make sure you", "just make sure you", "be sure to", "i would ask you to"});
        if (advice) {
            Words rest = drop_padding(slice(words, advice));
            if (rest.empty() || is_negator(rest[0].lower)) {
                if (!rest.empty() && rest[0].is("not") && rest.size() > 1) {
                    auto done = tail(put(words, "Advised not to", slice(rest, 1)));
                    return done ? *done : Words{};
                }
                return Words{};
            }
            if (rest[0].is("continue") && rest.size() > 2 && rest[1].is("you")) rest.erase(rest.begin() + 1); // a slip: "have you continue you on"
            if (size_t on = match_any(rest, 0, {"continue on"}); on) rest.erase(rest.begin() + 1);
            if (!is_base_verb(rest[0].lower) && !rest[0].is("be")) return Words{};
            if (match_any(rest, 0, {"come back", "return", "see", "follow up"})) {
                Words made = order_of(words, rest[0].is("come") ? put(words, "Return", slice(rest, 2)) : rest);
                if (rest[0].is("see")) made = put(words, "Refer to", slice(rest, 1));
                auto done = tail(made);
                return done ? *done : Words{};
            }
            bool drug = clinical_terms(rest).drugs > 0 && (rest[0].is("take") || rest[0].is("continue") || rest[0].is("stop") || rest[0].is("start") || rest[0].is("use"));
            auto done = tail(drug ? rest : put(words, "Advised to", rest));
            return done ? *done : Words{};
        }
        return std::nullopt;
    }

    // "I am not going to order ..."
    std::optional<Words> refused(const Words& words)
    {
        if (size_t length = match_any(words, 0, {"i do not want to", "i am not going to", "we will not", "i will not", "i would not", "i do not want", "we are not going to", "i do not need to", "we do not need to", "i do not feel the need to"})) {
            Words rest = slice(words, length);
            if (rest.empty() || has_first_or_second_person(slice(rest, 0, 1)) || !is_order_verb(rest[0].lower)) return Words{};
            Words made = order_of(words, rest);
            if (made.empty()) return Words{};
            auto done = tail(put(words, "No plan to", made));
            if (!done || done->size() < 4) return Words{};
            (*done)[3].text = to_lower_ascii((*done)[3].text);
            return *done;
        }
        return std::nullopt;
    }

    std::optional<Words> recommended(const Words& words)
    {
        if (size_t length = match_any(words, 0, {"i recommend", "i would recommend", "i am recommending", "i am going to recommend", "i recommended", "i then recommend", "i would also recommend", "i also recommend", "i am also recommending", "my recommendation is", "my recommendation would be", "i would suggest", "i suggest", "i do recommend"})) return recommend(words, length);
        return std::nullopt;
    }

    // "I do not think ..."
    std::optional<Words> doubted(const Words& words)
    {
        if (size_t length = match_any(words, 0, {"i do not think that", "i do not think", "i do not believe", "i do not feel like", "i do not feel that", "i do not feel"})) {
            Words rest = slice(words, length);
            if (size_t need = match_any(rest, 0, {"you need to", "we need to", "you need", "we need", "you will need", "you would need"})) {
                Words object = slice(rest, need);
                bool to = need && rest[need - 1].is("to");
                auto done = tail(put(words, to ? "Not thought to need to" : "Not thought to need", object));
                return done ? *done : Words{};
            }
            if (size_t copula = match_any(rest, 0, {"it is", "this is", "that is", "it was", "these are"})) {
                if (rest.size() <= copula) return Words{};
                auto done = tail(put(words, rest[1].is("was") ? "Not thought to have been" : "Not thought to be", slice(rest, copula)));
                return done ? *done : Words{};
            }
            if (size_t existence = match_any(rest, 0, {"there is anything", "there is any", "there is a"})) {
                auto done = tail(put(words, phrase_at(rest, 0, "there is anything") ? "Not thought to be anything" : "Not thought to be any", slice(rest, existence)));
                return done ? *done : Words{};
            }
            return Words{};
        }
        return std::nullopt;
    }

    // wishes and intentions of the doctor
    std::optional<Words> intended(const Words& words)
    {
        size_t wish = match_any(words, 0, {"i would like to", "i want to", "i wanted to", "i am going to", "i will", "i would", "i need to", "i plan to", "i would also like to", "i also want to", "we are going to", "we will", "we can", "we could", "we might", "we may", "i may", "i might", "we do need to", "i do need to", "i do still want to", "we still need to", "i think it would be good to",
                                           "we would like to", "we need to", "we should", "i am also going to", "we are also going to", "we will also", "i will also", "i also would like to", "let us", "i think we should", "i think we will", "i think we can", "so we will", "my recommendation would be to", "my recommendation is to",
                                           "what i would like to do is", "what i want to do is", "what i am going to do is", "i think that we should", "i do think that we should", "i am also i am going to", "i then", "i would then like to", "i would really like to", "we can eventually", "we will go ahead and", "we will have to", "we may have to", "we are also going to want to", "we are going to need to", "we will need to", "i would like us to", "i will be", "we will be", "i am gonna", "i do want to", "i would recommend that we", "i recommend that we", "i think i would like to", "i think i am going to", "i think i will", "i think we need to", "the plan is to", "i am just going to", "we are just going to", "i would still like to", "i still want to", "i do wanna", "the next step is to", "we want to", "i just want to", "i can", "i am gonna go", "i do think we should", "i would want to"});
        if (wish) {
            if (wish < words.size() && words[wish].is("not")) return Words{};
            if (wish + 1 < words.size() && words[wish].is("be") && words[wish + 1].lower.ends_with("ing")) return order(words, wish);
            if (wish < words.size() && (words[wish].is("be") || words[wish].is("suggest") || words[wish].is("say") || words[wish].is("advise"))) {
                if (words[wish].is("suggest") || words[wish].is("advise")) {
                    Words rest = slice(words, wish + 1);
                    if (phrase_at(rest, 0, "that you") || phrase_at(rest, 0, "you")) {
                        rest = slice(rest, phrase_at(rest, 0, "that you") ? 2 : 1);
                        while (!rest.empty() && (rest[0].is("to") || is_adverb(rest[0].lower))) rest.erase(rest.begin());
                        if (rest.empty() || !is_base_verb(rest[0].lower)) return Words{};
                        auto done = tail(put(words, "Advised to", rest));
                        return done ? *done : Words{};
                    }
                }
                return Words{};
            }
            if (wish < words.size() && words[wish].is("recommend")) return recommend(words, wish + 1);
            Words made = order(words, wish);
            if (made.empty()) return Words{};
            // "we could get an MRI" is no order yet.
            for (size_t k = 0; k < wish; k++) {
                bool may = words[k].is("might") || words[k].is("may") || words[k].is("could") || words[k].is("can");
                if (!may) continue;
                if (made[0].kind == WordKind::word) made[0] = spoken_as(made[0], to_lower_ascii(made[0].text));
                made.insert(made.begin(), spoken_as(words[k], words[k].lower));
                break;
            }
            return made;
        }
        return std::nullopt;
    }

    // what the doctor thinks
    std::optional<Words> thought(const Words& words)
    {
        if (size_t length = match_any(words, 0, {"i think that", "i think", "i believe that", "i believe", "i do think that", "i do think", "i feel like", "i suspect that", "i suspect", "my concern is that", "my concern is", "i am thinking that", "it looks like", "it does look like", "it sounds like", "i do believe", "i feel that", "my impression is that", "my impression is", "i am concerned that", "i am worried that"})) {
            Words rest = slice(words, length);
            while (!rest.empty() && (rest[0].is(",") || rest[0].is("that"))) {
                if (rest[0].is("that") && rest.size() > 1 && is_auxiliary(rest[1].lower)) break;
                rest.erase(rest.begin());
            }
            if (rest.size() < 2 || rest[0].is("so") || rest[0].is("we") || rest[0].is("i")) return Words{};
            ClinicalTerms terms = clinical_terms(rest);
            if (!terms.any() && !terms.body) return Words{};
            auto done = third(rest, false);
            if (!done) return Words{};
            // "I think" is said by the label this stands under; a suspicion and a worry are more than that.
            for (size_t k = 0; k < length; k++) {
                if (words[k].is("suspect")) return put(words, "Suspect that", *done);
                if (words[k].is("concerned") || words[k].is("worried") || words[k].is("concern")) return put(words, "Concern that", *done);
            }
            return *done;
        }
        return std::nullopt;
    }

    // orders and advice as such
    std::optional<Words> ordered(const Words& words)
    {
        const std::string& first = words[0].lower;
        if ((first == "do" || first == "don't") && words.size() > 2 && words[1].is("not")) {
            auto done = tail(words);
            return done ? *done : Words{};
        }
        if (first == "no" && words.size() > 2) {
            auto done = tail(words);
            return done && !has_first_or_second_person(*done) ? *done : Words{};
        }
        if (is_order_verb(first) || first == "no") {
            static const Set talk = {"see", "let", "go", "get", "have", "come", "give", "make", "do"};
            if (talk.contains(first) && clinical_terms(words).drugs == 0) {
                bool fine = phrase_at(words, 0, "go to") || phrase_at(words, 0, "come back") || phrase_at(words, 0, "get to bed") || phrase_at(words, 0, "let me know") || phrase_at(words, 0, "give me a call") || phrase_at(words, 0, "give us a call") ||
                            phrase_at(words, 0, "do some") || phrase_at(words, 0, "do the") || phrase_at(words, 0, "get plenty") || phrase_at(words, 0, "get some") || phrase_at(words, 0, "go up") || phrase_at(words, 0, "get your") || phrase_at(words, 0, "let us know") || phrase_at(words, 0, "get a");
                if (!fine) return Words{};
            }
            Words made = words;
            if (phrase_at(made, 0, "let me know") || phrase_at(made, 0, "let us know")) made = put(words, "Call", slice(words, 3));
            else if (phrase_at(made, 0, "come back")) made = put(words, "Return", slice(words, 2));
            auto done = tail(made);
            return done ? *done : Words{};
        }
        return std::nullopt;
    }

    std::optional<Words> done_already(const Words& words)
    {
        // What the doctor did loses only its subject: "I have asked her to ..." -> "Asked her to ..."
        size_t did = match_any(words, 0, {"i have", "we have", "i", "we"});
        static const Set done_verbs = {"asked", "advised", "discussed", "recommended", "reviewed", "ordered", "prescribed", "counseled", "encouraged", "instructed", "explained", "referred", "started", "switched", "increased", "decreased", "stopped", "refilled", "recommend", "attempted", "performed", "injected"};
        if (did && did < words.size() && done_verbs.contains(words[did].lower) && words.size() - did >= 3) {
            auto done = tail(slice(words, did));
            return done ? *done : Words{};
        }
        if (size_t taken = match_any(words, 0, {"we have you on", "i have you on"}); taken && taken < words.size()) {
            auto done = tail(put(words, "On", slice(words, taken)));
            return done ? *done : Words{};
        }
        return std::nullopt;
    }

    std::optional<Words> dictated(const Words& words)
    {
        // "hey dragon, order ..." is an order spoken to the machine
        if (phrase_at(words, 0, "dragon")) {
            size_t at = 1;
            while (at < words.size() && words[at].is(",")) at++;
            if (at < words.size() && (words[at].is("order") || words[at].is("start") || words[at].is("refer")) && !phrase_at(words, at, "order the medications") && !phrase_at(words, at, "order the procedures")) {
                auto done = tail(slice(words, at));
                return done ? *done : Words{};
            }
            return Words{};
        }
        return std::nullopt;
    }

    // a statement about the patient
    Words stated(const Words& words)
    {
        // "she will help you get it scheduled": somebody else, who would be read as the patient
        bool other = words[0].is("she") || words[0].is("he");
        if (other && std::any_of(words.begin(), words.end(), [](const Word& word) { return word.is("you") || word.is("your"); })) return {};
        if (!has_finite_verb(words) || looks_like_question(words)) return {};
        if (words[0].is("i") || words[0].is("we") || words[0].is("that") || words[0].is("which") || words[0].is("because") || is_wh_word(words[0].lower)) {
            if (!(words[0].is("that") && clinical_terms(words).any() && words.size() > 3)) return {};
            if (words.size() > 1 && words[0].is("that") && !is_auxiliary(words[1].lower)) return {};
        }
        ClinicalTerms terms = clinical_terms(words);
        if (!terms.any() && !terms.body && words.size() < 6) return {};
        auto done = third(words);
        return done ? *done : Words{};
    }

    Words recommend(const Words& words, size_t from)
    {
        Words rest = drop_padding(slice(words, from));
        while (!rest.empty() && (rest[0].is("that") && rest.size() > 1)) rest.erase(rest.begin());
        if (rest.empty()) return {};
        if (rest[0].is("to")) {
            Words made = order_of(words, slice(rest, 1));
            auto done = made.empty() ? std::nullopt : tail(made);
            return done ? *done : Words{};
        }
        if (match_any(rest, 0, {"we give you", "we give you some", "we start you on", "we get", "we order", "we do"})) {
            Words made = order_of(words, slice(rest, 1));
            auto done = tail(made);
            return done ? *done : Words{};
        }
        if (rest[0].is("we") && rest.size() > 2) {
            Words made = order_of(words, slice(rest, 1));
            auto done = tail(made);
            return done ? *done : Words{};
        }
        if (rest[0].is("you") && rest.size() > 2) {
            rest = slice(rest, 1);
            if (rest[0].is("to")) rest = slice(rest, 1);
            if (rest.empty() || !is_base_verb(rest[0].lower)) return {};
            auto done = tail(put(words, "Advised to", rest));
            return done ? *done : Words{};
        }
        auto done = tail(put(words, "Recommend", rest));
        return done ? *done : Words{};
    }

    // "if it is not better in four weeks, we can talk about an MRI": both halves on their own.
    Words clause(const Words& spoken)
    {
        Words words = strip_lead_ins(spoken);
        while (!words.empty() && (words[0].is("then") || words[0].is(","))) words.erase(words.begin());
        if (words.size() < 2) return {};
        if (words[0].is("if") || words[0].is("when") || words[0].is("once") || words[0].is("since") || words[0].is("because") || words[0].is("with") || words[0].is("until") || words[0].is("for") || words[0].is("at") || words[0].is("in") || words[0].is("as") || words[0].is("after") || words[0].is("on")) {
            size_t split = words.size();
            for (size_t i = 2; i + 1 < words.size(); i++) {
                bool starts = words[i].is("we") || words[i].is("i") || words[i].is("let") || words[i].is("go") || words[i].is("call") || words[i].is("you") || words[i].is("come") || words[i].is("give") || is_subject_pronoun(words[i].lower) || (words[i - 1].is(",") && is_order_verb(words[i].lower));
                if (!starts) continue;
                if (words[i - 1].is(",")) {
                    if (words[i].is("or") || words[i].is("and")) continue;
                    split = i;
                    if (main_clause(slice(words, i)).empty()) { split = words.size(); continue; }
                    break;
                }
                if ((words[i].is("we") || words[i].is("i") || words[i].is("let")) && i >= 3 && !is_preposition(words[i - 1].lower) && !words[i - 1].is("if") && !words[i - 1].is("when") && !words[i - 1].is("and")) {
                    split = i;
                    break;
                }
            }
            if (split >= words.size()) {
                // "if the ultrasound is normal the patient is a candidate": whole as it stands
                auto whole = words.size() >= 8 && stands_alone(words) ? to_third_person(words, Role::doctor, visit.voice) : std::nullopt;
                return whole ? *whole : Words{};
            }
            auto condition = to_third_person(slice(words, 0, split), Role::doctor, visit.voice);
            Words main = main_clause(slice(words, split));
            if (main.empty()) return {};
            // A reason may go unsaid, a condition never.
            if (!condition) return words[0].is("since") || words[0].is("because") ? main : Words{};
            Words out = *condition;
            Word comma = out.back();
            comma.text = comma.lower = ",";
            comma.kind = WordKind::punctuation;
            out.push_back(comma);
            if (!keeps_capital(main[0]) && main[0].text[0] >= 'A' && main[0].text[0] <= 'Z' && main[0].kind == WordKind::word) main[0] = spoken_as(main[0], to_lower_ascii(main[0].text));
            out.insert(out.end(), main.begin(), main.end());
            return out;
        }
        return main_clause(words);
    }

    bool worth(size_t i, const Words& written) const
    {
        ClinicalTerms terms = clinical_terms(visit.at(i).words);
        float score = visit.at(i).scores[relevance_head];
        if (terms.drugs) return score > -4;
        std::string first = written.empty() ? "" : to_lower_ascii(written[0].text);
        bool order = is_order_verb(first) || first == "advised" || first == "suspect" || first == "concern" || first == "start" || first == "return" || first == "recommend" || first == "not" || first == "no" || first == "place" || first == "arrange" || first == "can" || first == "could" || first == "may" || first == "might" || first == "on";
        if (first == "return" || first == "if") score += 1.0f;
        if (order) score += 1.2f;
        if (terms.any() || terms.body) score += 0.6f;
        return score > relevance_threshold - 0.2f;
    }

    void run()
    {
        for (size_t i = 0; i < visit.dialogue.utterances.size(); i++) {
            const Utterance& utterance = visit.at(i);
            if (utterance.role != Role::doctor || visit.sections[i] != assessment_plan) continue;
            if (utterance.question && !(utterance.words.size() > 4 && match_any(utterance.words, 0, {"let us", "i would like", "i want", "we will", "i am going to", "we are going to"}))) continue;
            Words words = utterance.words;
            if (words.empty()) continue;
            if (auto heading = read_heading(words)) {
                Words rest = slice(words, heading->end);
                if (auto name = third(heading->name, true); name && !has_first_or_second_person(*name)) add({i}, *name, true);
                Words written = clause(rest);
                // What is said of the problem itself has no subject left: "it is well controlled".
                if (!written.empty() && worth(i, written)) add({i}, written);
                continue;
            }
            if (utterance.words.size() < 3 && !clinical_terms(words).drugs) continue;
            Words written = clause(words);
            if (written.empty() || !worth(i, written)) continue;
            bool follow_up = written[0].text == "Return" || to_lower_ascii(written[0].text) == "return";
            add({i}, written);
            if (follow_up && !drafts.empty()) drafts.back().label = "Follow-up";
        }
    }
};

} // namespace

std::vector<Draft> write_plan(const Visit& visit)
{
    PlanWriter writer{visit, {}};
    writer.run();
    return std::move(writer.drafts);
}

} // namespace chartside::note
