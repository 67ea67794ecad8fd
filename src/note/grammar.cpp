#include "note/grammar.h"

#include "note/clauses.h"
#include "note/lexicon.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

Word rewritten(const Word& source, std::string_view text)
{
    Word word = source;
    word.text = std::string(text);
    word.lower = std::string(text);
    word.kind = WordKind::word;
    return word;
}

// Base forms that are as often nouns, so that "ibuprofen and ice" is no pair of verbs.
bool noun_like(std::string_view lower)
{
    static const Set set = {"ice", "exercise", "diet", "rest", "stress", "cramp", "cough", "sleep", "walk", "work", "garden", "drink",
                            "snack", "fish", "paint", "trouble", "experience", "support", "ache", "burn", "brace", "bruise", "care", "check",
                            "control", "cut", "fall", "flare", "function", "itch", "last", "limit", "limp", "look", "massage", "meet", "need",
                            "point", "record", "report", "run", "rub", "scratch", "show", "sound", "sprain", "stand", "start", "step", "strain",
                            "stretch", "study", "tear", "test", "touch", "train", "travel", "trip", "turn", "use", "visit", "wash", "watch",
                            "wheeze", "worry", "like", "smell", "taste", "swim", "bike", "golf", "hike", "jog", "dance", "cook", "pee", "yell", "hand",
                            "feel", "smoke", "ski", "hunt", "place", "mean", "hurt", "lock", "click", "pop", "order", "plan", "play", "practice", "clear", "clean", "warm", "open", "close", "complete", "tire"};
    return set.contains(lower);
}

bool is_verb_word(std::string_view lower)
{
    return is_auxiliary(lower) || is_base_verb(lower) || is_past_verb(lower);
}

struct Rewriter {
    const Words& in;
    Role speaker;
    Voice voice;
    bool mentioned;
    Words out;
    bool failed = false;

    bool first_mention()
    {
        bool first = !mentioned;
        mentioned = true;
        return first;
    }

    // Conjugates the verb group that follows a subject that became the patient; returns the index after its finite verb.
    size_t finish_verb(size_t i, bool plural)
    {
        bool swapped_not = false;
        while (i < in.size() && (is_adverb(in[i].lower) || in[i].is("not") || in[i].is(",")) && !(in[i].is(",") && !(i + 1 < in.size() && is_adverb(in[i + 1].lower)))) {
            if (is_base_verb(in[i].lower) && !is_adverb(in[i].lower)) break;
            out.push_back(in[i++]);
            swapped_not = true;
        }
        (void)swapped_not;
        if (i >= in.size()) return i;
        const Word& verb = in[i];
        if (plural) {
            if (verb.is("am") || verb.is("is")) out.push_back(rewritten(verb, "are"));
            else if (verb.is("was")) out.push_back(rewritten(verb, "were"));
            else out.push_back(verb);
            return i + 1;
        }
        if (verb.is("am") || verb.is("are")) out.push_back(rewritten(verb, "is"));
        else if (verb.is("were")) out.push_back(rewritten(verb, speaker == Role::doctor ? "was" : "were"));
        else if (verb.is("have")) out.push_back(rewritten(verb, "has"));
        else if (verb.is("do")) out.push_back(rewritten(verb, "does"));
        else if (is_modal(verb.lower) || is_auxiliary(verb.lower)) out.push_back(verb);
        else if (is_past_verb(verb.lower)) out.push_back(verb);
        else if (is_base_verb(verb.lower)) {
            out.push_back(rewritten(verb, third_person(verb.lower)));
            return coordinate(i + 1);
        } else {
            out.push_back(verb);
        }
        if (verb.is("have") || verb.is("am") || verb.is("are")) return coordinate(i + 1);
        return i + 1;
    }

    // "she wakes up and feel[s] dizzy"
    size_t coordinate(size_t i)
    {
        for (size_t k = i; k < in.size(); k++) {
            const Word& word = in[k];
            if (is_subject_pronoun(word.lower) && !word.is("that") && !word.is("it") && !word.is("this") && !word.is("these") && !word.is("those") && !word.is("there")) break;
            if (word.is("if") || word.is("when") || word.is("because") || word.is("so") || word.is("who") || word.is("which")) break;
            if (word.kind == WordKind::punctuation && !word.is(",")) break;
            if (!(word.is("and") || word.is("or") || word.is("but"))) continue;
            size_t next = k + 1;
            while (next < in.size() && (is_adverb(in[next].lower) || in[next].is("then"))) next++;
            if (next >= in.size() || !is_base_verb(in[next].lower) || noun_like(in[next].lower)) continue;
            // A modal or "to" in front governs both verbs: "to get up and walk".
            bool governed = false;
            for (size_t back = i; back < k; back++) governed = governed || in[back].is("to") || is_modal(in[back].lower) || in[back].is("not");
            if (governed) continue;
            m_pending[next] = third_person(in[next].lower);
        }
        return i;
    }
    std::unordered_map<size_t, std::string> m_pending;

    void run()
    {
        bool patient_speaks = speaker != Role::doctor;
        for (size_t i = 0; i < in.size() && !failed;) {
            const Word& word = in[i];
            const std::string& lower = word.lower;
            if (auto found = m_pending.find(i); found != m_pending.end()) {
                out.push_back(rewritten(word, found->second));
                i++;
                continue;
            }
            if (word.kind == WordKind::punctuation) {
                out.push_back(word);
                i++;
                continue;
            }
            if (patient_speaks) {
                if (lower == "i") {
                    if (i > 0 && is_auxiliary(in[i - 1].lower) && (i == 1 || in[i - 2].kind == WordKind::punctuation)) { failed = true; break; }
                    bool first = first_mention();
                    out.push_back(rewritten(word, subject_pronoun(voice, first)));
                    i = finish_verb(i + 1, voice.plural(first));
                    continue;
                }
                if (lower == "me") { out.push_back(rewritten(word, object_pronoun(voice, first_mention()))); i++; continue; }
                if (lower == "my") { out.push_back(rewritten(word, possessive_pronoun(voice, first_mention()))); i++; continue; }
                if (lower == "myself") { out.push_back(rewritten(word, voice.pronouns == Pronouns::she ? "herself" : voice.pronouns == Pronouns::he ? "himself" : "themselves")); i++; continue; }
                if (lower == "mine") { out.push_back(rewritten(word, voice.pronouns == Pronouns::she ? "hers" : voice.pronouns == Pronouns::he ? "his" : "theirs")); i++; continue; }
                if (lower == "you" || lower == "your" || lower == "we" || lower == "us" || lower == "our" || lower == "yourself" || lower == "ours") { failed = true; break; }
            } else {
                if (lower == "you") {
                    bool subject = i + 1 < in.size() && starts_verb(i + 1);
                    const bool opens = i > 0 && opens_clause(in[i - 1].lower);
                    if (i > 0 && !opens && (is_preposition(in[i - 1].lower) || is_transitive_before(i))) subject = false;
                    // "when you pronate": a verb that is not in the lists is one all the same.
                    if (!subject && opens && i + 1 < in.size() && in[i + 1].kind == WordKind::word && !is_preposition(in[i + 1].lower) && !is_determiner(in[i + 1].lower) && !in[i + 1].is("and") && !in[i + 1].is("or") && !after_comparison(i)) {
                        bool once = first_mention();
                        out.push_back(rewritten(word, subject_pronoun(voice, once)));
                        bool past = in[i + 1].lower.ends_with("ed");
                        out.push_back(voice.plural(once) || past || is_adverb(in[i + 1].lower) ? in[i + 1] : rewritten(in[i + 1], third_person(in[i + 1].lower)));
                        i += 2;
                        continue;
                    }
                    bool first = first_mention();
                    if (subject) {
                        out.push_back(rewritten(word, subject_pronoun(voice, first)));
                        i = finish_verb(i + 1, voice.plural(first));
                    } else {
                        out.push_back(rewritten(word, object_pronoun(voice, first)));
                        i++;
                    }
                    continue;
                }
                if (lower == "your") { out.push_back(rewritten(word, possessive_pronoun(voice, first_mention()))); i++; continue; }
                if (lower == "yours") { out.push_back(rewritten(word, voice.pronouns == Pronouns::she ? "hers" : voice.pronouns == Pronouns::he ? "his" : "theirs")); i++; continue; }
                if (lower == "yourself") { out.push_back(rewritten(word, voice.pronouns == Pronouns::she ? "herself" : voice.pronouns == Pronouns::he ? "himself" : "themselves")); i++; continue; }
                if (lower == "i" || lower == "me" || lower == "my" || lower == "we" || lower == "us" || lower == "our" || lower == "myself") { failed = true; break; }
            }
            out.push_back(word);
            i++;
        }
    }

    static bool opens_clause(std::string_view lower)
    {
        static const Set set = {"when", "if", "because", "while", "whenever", "unless", "although", "than", "before", "after", "since", "until", "once"};
        return set.contains(lower);
    }
    // "older than you": no verb is to come.
    bool after_comparison(size_t i) const { return in[i - 1].is("than") || in[i - 1].is("after") || in[i - 1].is("before") || in[i - 1].is("since") || in[i - 1].is("until"); }
    bool starts_verb(size_t i) const
    {
        while (i < in.size() && (is_adverb(in[i].lower) || in[i].is("not"))) i++;
        return i < in.size() && is_verb_word(in[i].lower);
    }
    // "help you sleep", "make you feel", "refer you": an object although a verb follows.
    bool is_transitive_before(size_t i) const
    {
        static const Set set = {"help", "helps", "helped", "make", "makes", "let", "have", "see", "refer", "send", "give", "get", "start", "put", "keep", "want", "wake", "bother", "gave", "made", "wakes", "bothers", "bothering", "tell", "told", "asked", "advise", "sent"};
        return set.contains(in[i - 1].lower);
    }
};

} // namespace

std::string subject_pronoun(const Voice& voice, bool first_mention)
{
    switch (voice.pronouns) {
    case Pronouns::she: return "she";
    case Pronouns::he: return "he";
    case Pronouns::they: return "they";
    case Pronouns::unstated: break;
    }
    return first_mention ? "the patient" : "they";
}

std::string possessive_pronoun(const Voice& voice, bool first_mention)
{
    switch (voice.pronouns) {
    case Pronouns::she: return "her";
    case Pronouns::he: return "his";
    case Pronouns::they: return "their";
    case Pronouns::unstated: break;
    }
    return first_mention ? "the patient's" : "their";
}

std::string object_pronoun(const Voice& voice, bool first_mention)
{
    switch (voice.pronouns) {
    case Pronouns::she: return "her";
    case Pronouns::he: return "him";
    case Pronouns::they: return "them";
    case Pronouns::unstated: break;
    }
    return first_mention ? "the patient" : "them";
}

std::string agree(const Voice& voice, std::string_view base_verb)
{
    return voice.plural(true) ? std::string(base_verb) : third_person(base_verb);
}

bool has_first_or_second_person(const Words& words)
{
    static const Set set = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your", "yours", "yourself"};
    for (const Word& word : words)
        if (word.kind != WordKind::punctuation && set.contains(word.lower)) return true;
    return false;
}

bool has_finite_verb(const Words& words)
{
    for (size_t i = 1; i < words.size(); i++) {
        const std::string& lower = words[i].lower;
        const std::string& before = words[i - 1].lower;
        if (is_auxiliary(lower) && lower != "been" && lower != "being" && lower != "be") return true;
        size_t back = i - 1;
        while (back > 0 && (is_adverb(words[back].lower) || words[back].is("not"))) back--;
        bool subject = is_subject_pronoun(words[back].lower) || words[back].is("the patient") || (words[back].is("patient") && back > 0 && words[back - 1].is("the"));
        if (subject && (is_verb_word(lower) || is_third_person_verb(lower))) return true;
        if (lower.size() > 3 && lower.ends_with("s") && is_base_verb(lower.substr(0, lower.size() - 1)) && !noun_like(lower.substr(0, lower.size() - 1)) && !is_determiner(before) && !is_preposition(before)) return true;
        if (is_past_verb(lower) && (i >= 2 || !is_function_word(before)) && !is_determiner(before) && !is_preposition(before)) return true;
    }
    return false;
}

std::optional<Words> to_third_person(const Words& words, Role speaker, const Voice& voice, bool mentioned)
{
    Rewriter rewriter{words, speaker, voice, mentioned, {}, false, {}};
    rewriter.run();
    if (rewriter.failed) return std::nullopt;
    return std::move(rewriter.out);
}

std::optional<Words> main_clause_to_third_person(const Words& words, Role speaker, const Voice& voice, bool mentioned)
{
    if (auto whole = to_third_person(words, speaker, voice, mentioned)) return whole;
    static const Set relatives = {"which", "because", "meaning"};
    for (size_t i = words.size(); i-- > 2;) {
        const std::string& lower = words[i].lower;
        auto next_is = [&](std::initializer_list<std::string_view> list) {
            for (std::string_view word : list)
                if (i + 1 < words.size() && words[i + 1].is(word)) return true;
            return false;
        };
        bool hung = relatives.contains(lower) || ((lower == "so" || lower == "and" || lower == "but" || lower == "as") && next_is({"i", "we", "you", "that", "let", "what"})) ||
                    (lower == "that" && next_is({"i", "we"}) && i > 0 && !is_verb_word(words[i - 1].lower)) || (lower == "just" && next_is({"to"})) ||
                    ((lower == "and" || lower == "to") && i + 2 < words.size() && words[i + 1].is("make") && words[i + 2].is("sure"));
        if (!hung || is_preposition(words[i - 1].lower) || is_determiner(words[i - 1].lower)) continue;
        // ", which I would like to avoid" turns round what stands before it.
        if (lower == "which" && std::any_of(words.begin() + static_cast<long>(i), words.end(), [](const Word& word) { return is_negator(word.lower) || word.is("avoid") || word.is("instead") || word.is("rather"); })) return std::nullopt;
        Words main = slice(words, 0, i);
        while (!main.empty() && main.back().kind == WordKind::punctuation) main.pop_back();
        static const Set open_ends = {"sure", "so", "know", "think", "see", "idea", "hope", "say"};
        if (main.size() < 2 || open_ends.contains(main.back().lower) || is_auxiliary(main.back().lower) || is_function_word(main.back().lower)) continue;
        if (std::any_of(main.begin(), main.end(), [](const Word& word) { return word.is("if") || word.is("unless") || word.is("until"); })) continue;
        if (auto made = to_third_person(main, speaker, voice, mentioned)) return made;
    }
    return std::nullopt;
}

std::string past_tense(const std::string& verb)
{
    static const std::unordered_map<std::string_view, std::string_view> irregular = {
        {"be", "was"}, {"have", "had"}, {"do", "did"}, {"go", "went"}, {"take", "took"}, {"get", "got"}, {"come", "came"}, {"feel", "felt"},
        {"fall", "fell"}, {"begin", "began"}, {"break", "broke"}, {"bring", "brought"}, {"buy", "bought"}, {"catch", "caught"}, {"drink", "drank"},
        {"drive", "drove"}, {"eat", "ate"}, {"find", "found"}, {"forget", "forgot"}, {"give", "gave"}, {"grow", "grew"}, {"hear", "heard"},
        {"keep", "kept"}, {"know", "knew"}, {"lead", "led"}, {"leave", "left"}, {"lose", "lost"}, {"make", "made"}, {"meet", "met"}, {"run", "ran"},
        {"say", "said"}, {"see", "saw"}, {"send", "sent"}, {"sit", "sat"}, {"sleep", "slept"}, {"speak", "spoke"}, {"spend", "spent"}, {"stand", "stood"},
        {"swim", "swam"}, {"tell", "told"}, {"think", "thought"}, {"throw", "threw"}, {"understand", "understood"}, {"wake", "woke"}, {"wear", "wore"},
        {"write", "wrote"}, {"put", "put"}, {"cut", "cut"}, {"hit", "hit"}, {"hurt", "hurt"}, {"let", "let"}, {"quit", "quit"}, {"set", "set"}, {"read", "read"},
        {"bend", "bent"}, {"bleed", "bled"}, {"ride", "rode"}, {"swell", "swelled"}, {"tear", "tore"}, {"lie", "lay"}, {"hold", "held"}, {"slip", "slipped"}, {"stop", "stopped"}, {"trip", "tripped"}, {"step", "stepped"}};
    if (auto found = irregular.find(verb); found != irregular.end()) return std::string(found->second);
    if (verb.ends_with("e")) return verb + "d";
    if (verb.size() > 2 && verb.ends_with("y") && std::string_view("aeiou").find(verb[verb.size() - 2]) == std::string_view::npos) return verb.substr(0, verb.size() - 1) + "ied";
    return verb + "ed";
}

std::optional<Words> statement_of_question(const Words& question, bool affirmed, const Voice& voice)
{
    if (question.size() < 2) return std::nullopt;
    const Word& auxiliary = question[0];
    if (!is_auxiliary(auxiliary.lower) || auxiliary.is("be") || auxiliary.is("been")) return std::nullopt;
    // The subject: a pronoun, or a determiner with its nouns up to the verb or what is said of it.
    size_t end = 1;
    if (is_subject_pronoun(question[1].lower)) {
        end = 2;
    } else if (is_determiner(question[1].lower) || question[1].is("anybody") || question[1].is("anyone")) {
        end = 2;
        while (end < question.size() && end <= 5) {
            const std::string& lower = question[end].lower;
            bool stops = is_verb_word(lower) || is_preposition(lower) || is_adverb(lower) || lower.ends_with("ing") || lower == "worse" || lower == "bad" ||
                         lower == "painful" || lower == "sore" || lower == "tender" || lower == "regular" || lower == "constant" || lower == "better" || lower == "okay" || lower == "good" || lower == "swollen" || lower == "the" || lower == "more" || lower == "pretty" || lower == "any" || lower == "a";
            if (stops && end > 2) break;
            if (stops && question[1].is("that")) break;
            end++;
        }
        if (end >= question.size()) return std::nullopt;
    } else {
        return std::nullopt;
    }
    Words subject = slice(question, 1, end);
    Words rest = slice(question, end);
    bool about_patient = subject.size() == 1 && subject[0].is("you");
    if (subject.size() == 1 && (subject[0].is("i") || subject[0].is("we"))) return std::nullopt;
    bool plural = about_patient ? voice.plural(true) : auxiliary.is("are") || auxiliary.is("were") || auxiliary.is("do") || (auxiliary.is("have"));
    if (about_patient) {
        subject[0].text = subject_pronoun(voice, true);
        subject[0].lower = subject[0].text;
    } else {
        auto made = to_third_person(subject, Role::doctor, voice, false);
        if (!made) return std::nullopt;
        subject = *made;
        for (Word& word : subject)
            if (word.is("anybody") || word.is("anyone")) return std::nullopt;
    }
    auto tail = to_third_person(rest, Role::doctor, voice, true);
    if (!tail) return std::nullopt;
    Words verb_rest;
    bool never = false;
    for (const Word& word : *tail) {
        if (word.is("ever") && verb_rest.size() < 2) {
            never = true;
            continue;
        }
        if (affirmed && word.is("any")) continue;
        verb_rest.push_back(word);
    }
    if (verb_rest.empty()) return std::nullopt;
    bool copula = auxiliary.is("are") || auxiliary.is("is") || auxiliary.is("were") || auxiliary.is("was");
    if (copula && verb_rest[0].is("any")) return std::nullopt; // "are you any belly pain"
    for (const Word& word : verb_rest)
        if (is_negator(word.lower)) return std::nullopt; // "don't you ...": too easily turned round
    Words out = subject;
    auto add = [&](std::string_view text) { out.push_back(rewritten(auxiliary, text)); };
    std::string aux = auxiliary.lower;
    if (about_patient && !plural) {
        if (aux == "are") aux = "is";
        else if (aux == "were") aux = "was";
        else if (aux == "have") aux = "has";
        else if (aux == "do") aux = "does";
    }
    bool do_support = aux == "do" || aux == "does" || aux == "did";
    if (affirmed && do_support) {
        // "do you still take it" -> "she still takes it"
        size_t verb = 0;
        while (verb < verb_rest.size() && is_adverb(verb_rest[verb].lower)) verb++;
        if (verb >= verb_rest.size() || !is_base_verb(verb_rest[verb].lower)) return std::nullopt;
        Word& word = verb_rest[verb];
        word.text = aux == "did" ? past_tense(word.lower) : plural ? word.lower : third_person(word.lower);
        word.lower = word.text;
        out.insert(out.end(), verb_rest.begin(), verb_rest.end());
        return out;
    }
    add(aux);
    if (!affirmed) add(never && !do_support ? "never" : "not");
    out.insert(out.end(), verb_rest.begin(), verb_rest.end());
    return out;
}

} // namespace chartside::note
