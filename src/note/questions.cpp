#include "note/questions.h"

#include "base/text.h"
#include "note/clauses.h"
#include "note/lexicon.h"

#include <algorithm>
#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

bool starts(const Words& words, size_t at, std::string_view phrase)
{
    size_t i = at;
    while (!phrase.empty()) {
        size_t space = phrase.find(' ');
        std::string_view word = phrase.substr(0, space);
        if (i >= words.size() || words[i].lower != word) return false;
        i++;
        phrase.remove_prefix(space == std::string_view::npos ? phrase.size() : space + 1);
    }
    return true;
}

size_t phrase_length(std::string_view phrase) { return 1 + static_cast<size_t>(std::count(phrase.begin(), phrase.end(), ' ')); }

// "or anything like that", "at all", "that you have noticed": says nothing.
Words drop_tail(Words words)
{
    static constexpr std::string_view tails[] = {
        "or anything like that", "anything like that", "or something like that", "things like that", "stuff like that", "or any of that", "that type of thing",
        "those types of things", "those kinds of things", "any of those things", "any of that kind of stuff", "that kind of thing", "that sort of thing", "at all", "that you have noticed", "that you know of", "that you have had", "or no",
        "or not", "or", "and", "have you noticed", "those", "that you are aware of", "ever", "at this time", "these days", "by chance", "too", "as well", "any of those", "either", "or any other symptoms", "or anything else", "anything else", "or anything", "anything", "something like that", "that you can think of", "right now", "like that", "with that", "with it", "then"};
    for (bool moved = true; moved;) {
        moved = false;
        while (!words.empty() && words.back().kind == WordKind::punctuation) words.pop_back();
        for (std::string_view tail : tails) {
            size_t length = phrase_length(tail);
            if (words.size() > length && starts(words, words.size() - length, tail)) {
                words.resize(words.size() - length);
                moved = true;
                break;
            }
        }
    }
    return words;
}

} // namespace

std::optional<Words> topic_of_question(const Words& question, const Voice& voice)
{
    static const Set topic_verbs = {"have", "had", "having", "noticed", "notice", "get", "getting", "gotten", "experienced", "experiencing", "experience",
                                    "developed", "seen", "see", "got", "feel", "felt", "feeling", "noticing", "use", "used"};
    Words words = question;
    while (!words.empty() && (words[0].is("and") || words[0].is(",") || words[0].is("then") || words[0].is("or") || words[0].is("also"))) words.erase(words.begin());
    if (words.empty()) return std::nullopt;
    size_t from = 0;
    bool whole = false; // everything from `from` on is the topic
    if (starts(words, 0, "how about") || starts(words, 0, "what about")) {
        from = 2;
        whole = true;
        if (from < words.size() && (words[from].is("your") || words[from].is("you") || words[from].is("with") || words[from].is("when"))) return std::nullopt;
    } else if (words[0].is("any") || words[0].is("no")) {
        whole = true;
    } else if (words[0].is("is") || words[0].is("are") || words[0].is("was") || words[0].is("has") || words[0].is("have") || words[0].is("do") || words[0].is("did") ||
               words[0].is("were") || words[0].is("had")) {
        size_t i = 1;
        if (i < words.size() && words[i].is("there")) {
            i++;
            while (i < words.size() && (words[i].is("been") || is_adverb(words[i].lower))) i++;
            from = i;
            whole = i < words.size();
        } else if (i < words.size() && words[i].is("you")) {
            i++;
            while (i < words.size() && (words[i].is("been") || is_adverb(words[i].lower))) i++;
            if (i >= words.size() || !topic_verbs.contains(words[i].lower)) return std::nullopt;
            bool needs_any = words[i].is("feel") || words[i].is("felt") || words[i].is("feeling") || words[i].is("use") || words[i].is("used") || words[i].is("see") || words[i].is("seen");
            bool get = words[i].is("get") || words[i].is("getting") || words[i].is("gotten") || words[i].is("got");
            i++;
            if (i >= words.size()) return std::nullopt;
            if (needs_any && !words[i].is("any")) return std::nullopt;
            if (get && !words[i].is("any") && !is_symptom(words[i].lower)) return std::nullopt;
            if (words[i].is("to") || is_past_verb(words[i].lower) || words[i].is("your") || words[i].is("you") || words[i].is("that") || words[i].is("it") || words[i].is("been") || words[i].is("the")) return std::nullopt;
            from = i;
            whole = true;
        }
    } else {
        // "fever or chills?": no verb at all, and something clinical in it.
        bool verb = std::any_of(words.begin(), words.end(), [](const Word& w) { return is_auxiliary(w.lower) || is_wh_word(w.lower) || is_subject_pronoun(w.lower); });
        bool clinical = std::any_of(words.begin(), words.end(), [](const Word& w) { return is_symptom(w.lower) || is_condition(w.lower); });
        if (verb || !clinical || words.size() > 16) return std::nullopt;
        whole = true;
    }
    if (!whole) return std::nullopt;
    Words topic = slice(words, from);
    // What follows a second question, ", or does it give way", is another matter.
    for (size_t i = 1; i + 1 < topic.size(); i++) {
        bool joint = topic[i].is(",") || topic[i].is("or") || topic[i].is("and");
        size_t next = i + 1;
        while (next < topic.size() && (topic[next].is("or") || topic[next].is("and") || topic[next].is(","))) next++;
        if (joint && next + 1 < topic.size() && is_auxiliary(topic[next].lower) && (is_subject_pronoun(topic[next + 1].lower) || is_determiner(topic[next + 1].lower))) {
            topic = slice(topic, 0, i);
            break;
        }
    }
    topic = drop_tail(topic);
    Words kept;
    for (size_t i = 0; i < topic.size(); i++) {
        bool start = kept.empty() || kept.back().is(",") || kept.back().is("or") || kept.back().is("and");
        if (start && (topic[i].is("any") || topic[i].is("no") || topic[i].is("like") || topic[i].is("have") || topic[i].is("some"))) continue;
        if (start && topic[i].is("other") && i + 1 < topic.size() && topic[i + 1].is("symptoms") && i + 2 < topic.size() && (topic[i + 2].is("like") || topic[i + 2].is("such") || topic[i + 2].is(","))) {
            i += topic[i + 2].is("such") ? 3 : 2;
            continue;
        }
        if (start && topic[i].is(",")) continue;
        kept.push_back(topic[i]);
    }
    kept = drop_tail(kept);
    while (!kept.empty() && kept[0].is(",")) kept.erase(kept.begin());
    if (kept.empty() || kept.size() > 34) return std::nullopt;
    if (kept.back().is("no") || kept.back().is("any")) return std::nullopt;
    if (kept.size() == 1 && (kept[0].is("other") || kept[0].is("questions") || kept[0].is("concerns") || is_adverb(kept[0].lower) || is_function_word(kept[0].lower))) return std::nullopt;
    if (kept[0].is("one") || kept[0].is("no") || kept[0].is("not") || kept[0].is("a") || kept[0].is("that")) {
        if (!(kept[0].is("a") && kept.size() > 1 && (is_symptom(kept[1].lower) || is_condition(kept[1].lower) || kept.size() <= 3))) return std::nullopt;
    }
    for (const Word& word : kept)
        if (word.is("questions") || word.is("concerns")) return std::nullopt;
    // "loss of vision, or double vision": two need no comma.
    int commas = 0;
    for (const Word& word : kept) commas += word.is(",");
    if (commas == 1)
        for (size_t i = 0; i + 1 < kept.size(); i++)
            if (kept[i].is(",") && kept[i + 1].is("or")) { kept.erase(kept.begin() + static_cast<long>(i)); break; }
    return to_third_person(kept, Role::doctor, voice, true);
}

std::string label_of_question(const Words& question)
{
    std::string text = " " + plain(question) + " ";
    auto has = [&](std::string_view phrase) { return text.find(" " + std::string(phrase) + " ") != std::string::npos; };
    auto has_any = [&](std::initializer_list<std::string_view> list) { return std::any_of(list.begin(), list.end(), has); };
    if (has_any({"how bad", "how severe", "scale", "rate your pain", "rate the pain", "rate it", "out of 10", "0 to 10", "zero to ten", "1 to 10", "one to ten", "zero to 10", "one to 10"}) && !has_any({"how often"}))
        return "Severity";
    if (has_any({"how long ago", "when did", "when was it that"}) && has_any({"start", "started", "begin", "happen", "happened", "notice", "first"})) return "Onset";
    if (has_any({"how long"})) return has_any({"last", "lasts", "each one"}) ? "Each episode lasts" : "Duration";
    if (has_any({"how often"})) return "Frequency";
    if (has_any({"where does", "where is", "where do", "where exactly", "which side", "whereabouts", "which part"}) && has_any({"hurt", "pain", "located", "feel", "bother", "it", "side", "headache", "headaches"})) return "Location";
    if (has_any({"make it better or worse", "makes it better or worse", "better or worse"})) return "Made better or worse by";
    if (has_any({"sets them off", "sets it off", "brings it on", "brings them on", "triggers", "trigger"}) && has_any({"what", "anything"})) return "Triggers";
    if (has_any({"makes it worse", "make it worse", "aggravates it", "worse"}) && has_any({"what", "anything"})) return "Worse with";
    if (has_any({"makes it better", "make it better", "helps", "relieves it", "help"}) && has_any({"what", "anything"})) return "Better with";
    if (has_any({"have you tried", "have you taken", "have you been taking", "have you done", "did you take", "are you taking for", "you been taking", "have you been doing", "are you doing for"}) && has_any({"what"}))
        return has_any({"tried", "done", "doing"}) ? "Treatment tried" : "Has taken";
    if (has_any({"what medications", "what medicines", "which medications", "what medication", "what other medications"})) return "Medications";
    if (has_any({"allergies", "allergic", "allergy"})) return "Allergies";
    if (has_any({"surgeries", "surgery", "operations"})) return "Surgical history";
    if (has_any({"medical problems", "medical history", "medical conditions", "health problems", "past history", "chronic conditions"})) return "Medical history";
    if (has_any({"alcohol"})) return "Alcohol";
    if (has_any({"caffeine", "coffee"}) && has("how much")) return "Caffeine";
    if (has_any({"what brings you", "brings you in", "what can i do", "what is going on", "what happened", "how can i help", "what seems to be"})) return "Reason for visit";
    if (has_any({"how old"})) return "Age";
    if (has_any({"what numbers", "what are your numbers", "what have your numbers"})) return "Readings";
    if (has_any({"what do you do for work", "what kind of work", "your job", "for a living"})) return "Work";
    if (has_any({"when was your last", "when is your last", "when did you last"})) {
        Words rest;
        bool after = false;
        for (const Word& word : question) {
            if (word.kind == WordKind::punctuation) continue;
            if (after) rest.push_back(word);
            if (word.is("last")) after = true;
        }
        if (!rest.empty() && rest.size() <= 4 && !has_first_or_second_person(rest)) return "Last " + to_lower_ascii(join_words(rest)).substr(0);
    }
    if (has_any({"what kind of pain", "describe the pain", "what does it feel like", "sharp or dull", "type of pain", "describe it"})) return "Quality";
    if (text.starts_with(" how many ") || text.starts_with(" how much ")) {
        // "how many days a month do you take it" -> "Days a month"
        Words rest;
        for (size_t i = 0; i < question.size(); i++) {
            if (i < 2) continue;
            if (is_auxiliary(question[i].lower)) break;
            rest.push_back(question[i]);
        }
        if (!rest.empty() && rest.size() <= 4 && !has_first_or_second_person(rest)) {
            bool taking = has_any({"take it", "taking it", "use it", "take them"});
            return join_words(rest) + (taking ? " taken" : "");
        }
    }
    return "";
}

std::optional<Words> declared_in_question(const Words& question, const Voice& voice)
{
    // "and you're still taking X", "so it's worse at night", "two tablets, so that's 400 mg"
    size_t subject = 0;
    while (subject < question.size() && (is_adverb(question[subject].lower) || question[subject].is(",") || question[subject].is("and"))) subject++;
    if (subject + 1 >= question.size()) return std::nullopt;
    Words words = slice(question, subject);
    if (is_wh_word(words[0].lower) || is_auxiliary(words[0].lower)) return std::nullopt;
    // "two tablets, so that's 400 mg?"
    for (size_t i = 1; i + 2 < words.size(); i++)
        if (words[i].is("so") && words[i + 1].is("that") && words[i + 2].is("is") && words[0].kind == WordKind::number) {
            words.erase(words.begin() + static_cast<long>(i), words.begin() + static_cast<long>(i) + 3);
            return to_third_person(words, Role::doctor, voice);
        }
    bool subject_here = is_subject_pronoun(words[0].lower) || is_determiner(words[0].lower);
    if (!subject_here || !has_finite_verb(words)) return std::nullopt;
    for (size_t i = 0; i + 1 < words.size(); i++) {
        if (is_wh_word(words[i].lower) && i > 0 && !words[i].is("when") && !words[i].is("which") && !words[i].is("who")) return std::nullopt;
        if (is_auxiliary(words[i].lower) && (words[i + 1].is("you") || words[i + 1].is("it") || words[i + 1].is("that")) && i > 0 && !is_preposition(words[i - 1].lower)) return std::nullopt;
    }
    return to_third_person(drop_tail(words), Role::doctor, voice);
}

} // namespace chartside::note
