#include "note/soundness.h"

#include "note/clauses.h"
#include "note/draft.h"
#include "note/grammar.h"
#include "note/lexicon.h"
#include "note/phrase.h"

#include <algorithm>
#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

bool is_joint(std::string_view lower)
{
    static const Set set = {"and", "but", "or", "so", ",", "because", ";", ":"};
    return set.contains(lower);
}

// The voice writes "the patient" as one word; a doctor who dictates says two.
bool names_patient(const Words& words, size_t i) { return i < words.size() && (words[i].is("the patient") || (i + 1 < words.size() && words[i].is("the") && words[i + 1].is("patient"))); }

bool is_third_person_subject(const Words& words, size_t i)
{
    return i < words.size() && (words[i].is("he") || words[i].is("she") || words[i].is("they") || names_patient(words, i));
}

bool is_finite_auxiliary(std::string_view lower) { return is_auxiliary(lower) && lower != "be" && lower != "been" && lower != "being"; }

bool is_be(std::string_view lower)
{
    static const Set set = {"am", "is", "are", "was", "were"};
    return set.contains(lower);
}

size_t past_adverbs(const Words& words, size_t i)
{
    while (i < words.size() && (is_adverb(words[i].lower) || words[i].is("not"))) i++;
    return i;
}

// "does it hurt", "have the patient had", "how severe is the pain": an inverted verb inside a statement.
bool asks(const Words& words, Form form)
{
    static const Set after_inversion = {"nor", "neither", "than", "only", "rarely", "as"};
    for (size_t i = 0; i + 1 < words.size(); i++) {
        const std::string& lower = words[i].lower;
        const Word& next = words[i + 1];
        bool start = i == 0 || is_joint(words[i - 1].lower);
        if (is_wh_word(lower) && (next.is("about") || lower == "how" || lower == "what" || lower == "where" || lower == "why" || lower == "who")) {
            if (next.is("about") && (lower == "how" || lower == "what")) return true;
            size_t verb = i + 1;
            if (lower == "how" && verb + 1 < words.size() && !is_finite_auxiliary(words[verb].lower) && !is_subject_pronoun(words[verb].lower) && !is_determiner(words[verb].lower)) verb++;
            if (verb + 1 < words.size() && is_finite_auxiliary(words[verb].lower) && (is_third_person_subject(words, verb + 1) || words[verb + 1].is("it") || words[verb + 1].is("there") || ((start || verb == i + 2) && is_determiner(words[verb + 1].lower))))
                return true;
        }
        if (!is_finite_auxiliary(lower)) continue;
        if (i > 0 && after_inversion.contains(words[i - 1].lower)) continue;
        static const Set announced = {"problem", "thing", "issue", "concern", "reason", "news", "worry"};
        bool orders = (form == Form::order && i == 0) || (i > 0 && announced.contains(words[i - 1].lower));
        if (is_third_person_subject(words, i + 1) && !orders) return true;
        bool possessive_verb = lower == "have" || lower == "has" || lower == "had";
        if ((next.is("it") || next.is("there")) && i + 2 < words.size() && !possessive_verb && !orders) {
            bool tag_is = i > 0 && (words[i - 1].is("that") || words[i - 1].is("this"));
            if (!tag_is || next.is("there")) return true;
        }
        if (start && !orders && i + 2 < words.size()) {
            bool subject = next.is("that") || next.is("this") || next.is("anyone") || next.is("anybody") || is_determiner(next.lower);
            bool answers_before = i > 0 && words[i - 1].is(",");
            if (subject && i == 0 && !is_modal(lower)) return true;
            if (subject && !answers_before && (lower == "do" || lower == "does" || lower == "did") && std::any_of(words.begin() + static_cast<long>(i) + 2, words.begin() + static_cast<long>(std::min(words.size(), i + 6)), [](const Word& w) { return is_base_verb(w.lower); })) return true;
            if (subject && i > 0 && possessive_verb)
                for (size_t k = i + 2; k < words.size() && k < i + 5; k++)
                    if (words[k].is("been") || (is_past_verb(words[k].lower) && !is_preposition(words[k - 1].lower) && k > i + 2)) return true;
        }
    }
    return false;
}

// Two beginnings in one sentence, a pronoun in the wrong case, a verb in the wrong form.
bool is_broken(const Words& words)
{
    static const Set clause_openers = {"when", "if", "because", "while", "until", "unless", "although", "whenever"};
    for (size_t i = 0; i + 1 < words.size(); i++) {
        const std::string& lower = words[i].lower;
        const Word& next = words[i + 1];
        bool subject = lower == "he" || lower == "she" || lower == "they" || lower == "the patient" || (i > 0 && lower == "patient" && words[i - 1].is("the"));
        if (subject) {
            bool named = lower.ends_with("patient");
            size_t verb = past_adverbs(words, i + 1);
            if (verb < words.size()) {
                const std::string& found = words[verb].lower;
                bool own_subject = found == "he" || found == "she" || found == "they" || found == "it" || found == "i" || names_patient(words, verb);
                if (own_subject) return true;
                if (!named && (found == "my" || found == "the" || found == "a" || found == "his" || found == "her" || found == "their" || found == "in" || found == "of" || found == "to" || found == "because" || found == "if")) return true;
            } else if (!named) {
                return true;
            }
            if (lower == "they" && verb < words.size() && (words[verb].is("is") || words[verb].is("has") || words[verb].is("does") || is_third_person_verb(words[verb].lower))) return true;
            if ((lower == "he" || lower == "she") && verb < words.size() && (words[verb].is("are") || words[verb].is("have") || words[verb].is("do"))) return true;
        }
        if (lower == "it" && (i == 0 || is_joint(words[i - 1].lower) || clause_openers.contains(words[i - 1].lower) || words[i - 1].is("then"))) {
            size_t verb = past_adverbs(words, i + 1);
            if (verb < words.size() && (is_determiner(words[verb].lower) || words[verb].is("he") || words[verb].is("she") || words[verb].is("they"))) return true;
        }
        if ((lower == "him" || lower == "them") && !(i > 0 && words[i - 1].is("of")) && (is_be(next.lower) || next.is("has") || next.is("does") || next.is("will") || next.is("can") || next.is("could") || next.is("would"))) return true;
        if (clause_openers.contains(lower) && (next.is("him") || next.is("them"))) return true;
        if (is_be(lower) && (is_be(next.lower) || next.is("has") || next.is("does") || next.is("did") || is_modal(next.lower)) && !next.is("will") && !next.is("might") && !next.is("may")) return true;
        // "would looks", "does needs"
        if ((is_modal(lower) || lower == "does" || lower == "do" || lower == "did" || lower == "to") && !(i > 0 && is_determiner(words[i - 1].lower))) {
            bool noun = lower == "to";
            if (!noun && is_third_person_verb(next.lower) && next.lower != "focus") return true;
        }
        if ((lower == "the" || lower == "a" || lower == "an") && (is_be(next.lower) || next.is("of") || next.is("to") || next.is("and") || next.is("that") || next.is("has") || next.is("it") || next.is("in") || next.is("for") || next.is("with"))) return true;
        if (next.lower == lower && words[i].kind == WordKind::word && lower != "had" && lower != "that" && lower != "very" && lower != "really") return true;
        // "the do those symptoms", "other than her have got", "which, him, can"
        bool owner = lower == "the" || lower == "a" || lower == "his" || lower == "her" || lower == "their";
        if (owner && (next.is("do") || next.is("does") || next.is("did") || next.is("those") || next.is("these") || next.is("this") || next.is("is") || next.is("are") || (lower != "the" && lower != "a" && next.is("have")))) return true;
        if ((lower == "him" || lower == "them") && i > 0 && words[i - 1].is(",") && next.is(",")) return true;
        if (is_be(lower)) {
            size_t verb = past_adverbs(words, i + 1);
            if (verb > i + 1 && verb < words.size() && is_be(words[verb].lower) && !words[verb - 1].is("not")) return true;
        }
        if (lower == "that" && next.is("that") && i + 2 < words.size() && words[i + 2].is("that")) return true;
    }
    return false;
}

bool breaks_off(const Words& words)
{
    static const Set open_ends = {"the", "a", "an", "of", "with", "my", "your", "their", "if", "when", "like", "i", "from", "at", "as", "than", "every", "totally", "basically", "said", "which", "because", "where",
                                  "exactly", "is", "are", "was", "were", "be", "am", "has", "have", "had", "does", "tries", "depending", "whether", "while", "into", "seems", "about", "he", "she", "they", "really", "and", "or", "but", "so", "for", "going", "probably", "gets", "very", "meaning", "between", "put", "his", "its", "unfortunately", "taking"};
    if (words.empty()) return true;
    const std::string& last = words.back().lower;
    if (last == "while") return !(words.size() > 2 && words[words.size() - 2].is("a"));
    if (last == "for") return !(words.size() > 2 && (words[words.size() - 2].is("looking") || words[words.size() - 2].is("asking") || words[words.size() - 2].is("caring") || words[words.size() - 2].is("cared")));
    if (last == "put" || last == "going" || last == "about" || last == "been" || last == "said") {
        if (last == "about") return !(words.size() > 2 && (words[words.size() - 2].is("worried") || words[words.size() - 2].is("talked") || words[words.size() - 2].is("concerned") || words[words.size() - 2].is("worry") || words[words.size() - 2].is("know")));
        if (last == "going") return !(words.size() > 2 && (words[words.size() - 2].is("keep") || words[words.size() - 2].is("keeps") || words[words.size() - 2].is("him") || words[words.size() - 2].is("her") || (words[words.size() - 2].is("are") && words[words.size() - 3].is("things"))));
    }
    // "as it is", "as tired as she was"
    if (is_be(last) || last == "has" || last == "have" || last == "had" || last == "does") {
        static const Set before_subject = {"as", "than", "where", "how", "what", "who"};
        return !(words.size() > 3 && before_subject.contains(words[words.size() - 3].lower));
    }
    if (last == "do") return words[words.size() - 2].kind == WordKind::punctuation || words[words.size() - 2].is("so");
    return open_ends.contains(last);
}

// Words that say nothing without what stood before them.
bool says_something(const Words& words)
{
    static const Set hollow = {"feel", "feels", "felt", "seem", "seems", "happen", "happens", "happened", "think", "thinks", "know", "knows", "okay", "pretty", "point", "thing", "things", "bit", "little", "said", "says", "tell",
                               "see", "way", "right", "part", "sure", "correct", "got", "get", "gets", "one", "ones", "patient", "patient's", "lot", "kind", "true", "goes", "go", "ever", "since", "actually", "really", "them", "those", "put", "do", "does", "did", "done", "doing",
                               "make", "made", "need", "needs", "anything", "something", "everything", "nothing", "back", "while", "again", "perform", "mean", "means", "probably", "maybe", "here", "away", "no", "yes", "understand", "understands", "yet",
                               "great", "idea", "question", "questions", "wants", "hear", "both", "used", "try", "tries", "tried", "look", "looks", "at", "up", "down", "out", "off", "on", "still", "now", "even", "usually", "always", "likes", "hope", "hopes", "set", "wait", "guess", "word", "case", "looking", "forward"};
    return std::any_of(words.begin(), words.end(), [&words](const Word& word) {
        if (word.kind == WordKind::punctuation) return false;
        if (word.kind == WordKind::number) return true;
        if (word.is("right") && &word != words.data() && (&word - 1)->is("the")) return true; // a side
        if (word.is("better") || word.is("worse") || word.is("well")) return true;
        return !is_function_word(word.lower) && !is_adverb(word.lower) && !is_subject_pronoun(word.lower) && !is_auxiliary(word.lower) && !is_determiner(word.lower) && !hollow.contains(word.lower);
    });
}

// A subject with its verb in what is not hung on: "some long weekends, which was great" has none.
bool has_main_verb(const Words& words)
{
    size_t end = words.size();
    for (size_t i = 2; i < words.size(); i++)
        if (words[i].is("which") || words[i].is("who") || words[i].is("because")) { end = i; break; }
    return has_finite_verb(slice(words, 0, end)) || (end < words.size() && words[end].is("who") && has_finite_verb(slice(words, end + 1)) && std::count_if(words.begin() + static_cast<long>(end), words.end(), [](const Word& w) { return is_finite_auxiliary(w.lower); }) > 1);
}

bool is_fragment(const Words& words)
{
    static const Set no_subject = {"about", "aside", "of", "from", "than", "to", "like", "not", "or", "besides", "especially", "including", "maybe", "just", "anything", "such"};
    static const Set conditions = {"if", "when", "because", "while", "unless", "since", "although", "until", "after", "before", "once", "whenever", "as"};
    if (words.size() < 2 || !has_main_verb(words)) return true;
    // "use a heating pad": an order in the place of a statement, of whoever gave it.
    if (words.size() > 2 && is_base_verb(words[0].lower) && (is_determiner(words[1].lower) || is_preposition(words[1].lower))) return true;
    size_t first = 0;
    while (first < words.size() && (is_adverb(words[first].lower) && !words[first].is("both") && !words[first].is("all"))) first++;
    if (first >= words.size()) return true;
    bool opens = no_subject.contains(words[first].lower) || no_subject.contains(words[0].lower);
    if (opens && !(words[0].is("to") && find_phrase(words, ",") < words.size())) {
        // "Maybe she bumped it" has its subject at once; "about she wants to say" and "not even lifting" have not.
        bool subject_next = false;
        for (size_t i = 1; i + 1 < words.size() && !subject_next && words[0].is("maybe") && i < 6; i++)
            subject_next = (is_subject_pronoun(words[i].lower) || words[i].is("the patient")) && (is_auxiliary(words[i + 1].lower) || is_past_verb(words[i + 1].lower) || is_third_person_verb(words[i + 1].lower));
        bool parted = false;
        for (size_t i = 1; i + 2 < words.size() && !parted; i++) parted = words[i].is(",") && (words[i + 1].is("but") || is_subject_pronoun(words[i + 1].lower) || is_determiner(words[i + 1].lower));
        if (!subject_next && !(parted && !words[0].is("or"))) return true;
    }
    if (conditions.contains(words[first].lower) && !(words[first].is("once") && first + 1 < words.size() && words[first + 1].is("a"))) {
        // The main clause has to come: a second subject with its verb.
        int clauses = 0;
        for (size_t i = first + 1; i + 1 < words.size(); i++) {
            bool subject = is_subject_pronoun(words[i].lower) || words[i].lower.ends_with("patient") || (!is_function_word(words[i].lower) && words[i].kind == WordKind::word);
            size_t verb = past_adverbs(words, i + 1);
            bool pronoun = is_subject_pronoun(words[i].lower) || words[i].lower.ends_with("patient");
            if (subject && verb < words.size() && (is_finite_auxiliary(words[verb].lower) || (pronoun && (is_base_verb(words[verb].lower) || is_past_verb(words[verb].lower) || is_third_person_verb(words[verb].lower))))) clauses++;
            if (words[i].is(",") && is_base_verb(words[i + 1].lower)) clauses++;
        }
        if (clauses < 2) return true;
    }
    for (size_t i = 1; i + 2 < words.size(); i++) {
        bool hung = words[i].is("if") && (words[i - 1].is("that") || words[i - 1].is("like"));
        if (hung && has_finite_verb(slice(words, i + 1)) && find_phrase(words, ",", i) >= words.size()) return true;
    }
    return false;
}

Words outside_quotes(const Words& words)
{
    Words kept;
    bool quoted = false;
    for (const Word& word : words) {
        if (word.is("\"")) quoted = !quoted;
        else if (!quoted) kept.push_back(word);
    }
    return kept;
}

} // namespace

std::string_view flaw_of(const Words& all, Form form)
{
    bool quotes = std::any_of(all.begin(), all.end(), [](const Word& word) { return word.is("\""); });
    Words words = outside_quotes(all);
    if (has_first_or_second_person(words)) return "person";
    if (quotes) return "";
    if (words.empty()) return "empty";
    if (asks(words, form)) return "question";
    if (is_broken(words)) return "broken";
    if (breaks_off(words) && form != Form::topic) return "dangling";
    if (form == Form::topic) {
        bool inverted = false;
        for (size_t i = 0; i + 1 < words.size(); i++) inverted = inverted || (is_finite_auxiliary(words[i].lower) && (is_determiner(words[i + 1].lower) || is_subject_pronoun(words[i + 1].lower)) && (i == 0 || is_joint(words[i - 1].lower)));
        if (inverted) return "question";
        static const Set nothing = {"no", "not", "yes", "okay", "right", "any", "or", "and", "kind", "other", "that", "these", "those", "it"};
        if (std::all_of(words.begin(), words.end(), [](const Word& w) { return w.kind == WordKind::punctuation || nothing.contains(w.lower); })) return "empty";
        return "";
    }
    if (form == Form::statement && is_fragment(words)) return "fragment";
    if (form != Form::finding && !says_something(words)) return "empty";
    return "";
}

Words without_loose_end(const Words& words)
{
    static const Set loose = {"for", "the", "most", "part", "at", "this", "that", "one", "point", "then", "hopefully", "again", "now", "honestly", "far", "things", "however", "in", "time", "today", "there", "here", "like", "just", "unfortunately", "thankfully", "really", "also", "know", "actually", "well", "okay", "right", "so", "and", "but", ","};
    Words kept = words;
    for (size_t i = kept.size(); i-- > 2;) {
        if (kept.size() - i > 9) break;
        if (i >= kept.size() || !(kept[i].is("but") || kept[i].is("and") || kept[i].is("so"))) continue; // a comma went with it
        bool all_loose = std::all_of(kept.begin() + static_cast<long>(i) + 1, kept.end(), [](const Word& w) { return loose.contains(w.lower); });
        // ", and then for about the last two days": what was to be said then did not come.
        bool unsaid = i + 1 < kept.size() && kept[i].is("and") && kept[i + 1].is("then") && std::none_of(kept.begin() + static_cast<long>(i) + 2, kept.end(), [](const Word& w) { return is_auxiliary(w.lower) || is_base_verb(w.lower) || is_past_verb(w.lower) || is_third_person_verb(w.lower); });
        if (all_loose || unsaid) kept = slice(kept, 0, i);
    }
    while (kept.size() > 3 && (kept.back().is("however") || kept.back().is("unfortunately") || kept.back().kind == WordKind::punctuation) && !kept.back().is("\"")) kept.pop_back();
    return kept;
}

} // namespace chartside::note
