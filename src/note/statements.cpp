#include "note/statements.h"

#include "note/draft.h"
#include "note/grammar.h"
#include "note/lexicon.h"
#include "note/phrase.h"

#include <algorithm>
#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

// "that helps a bit", not "that my mother".
bool is_verb_after_that(const Words& words)
{
    const std::string& next = words[1].lower;
    return is_auxiliary(next) || is_past_verb(next) || (next.ends_with("s") && is_base_verb(std::string_view(next).substr(0, next.size() - 1)));
}

} // namespace

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

Words tidy_answer(const Words& words)
{
    Words tidy = strip_lead_ins(words);
    if (size_t length = match_any(tidy, 0, {"to be honest", "i would say", "i guess", "i mean", "i have to admit that", "i have to say that", "i have to admit", "i have to say"})) tidy = slice(tidy, length);
    if (phrase_at(tidy, 0, "i think") && tidy.size() > 3 && (tidy[2].is("when") || tidy[2].is("if") || is_preposition(tidy[2].lower) || tidy[2].is("maybe") || tidy[2].is("probably") || tidy[2].is("mostly"))) tidy = slice(tidy, 2);
    // "No, I sleep fine": the answer's particle goes, its sentence stays.
    if (tidy.size() > 3 && tidy[0].is("no") && (tidy[1].is(",") || tidy[1].is("i") || tidy[1].is("it") || tidy[1].is("my") || tidy[1].is("they"))) tidy = slice(tidy, 1);
    while (size_t length = match_ending(tidy, {"that i know of", "that i am aware", "that i can think of", "that i am aware of", "right here", "right there", "i guess", "i think", "i mean",
                                               "i would say", ", yeah", ", yes", ", no", ", so", "you know"})) tidy = slice(tidy, 0, tidy.size() - length);
    // "on the stairs I would say a six"
    if (size_t at = find_phrase(tidy, "i would say", 1); at + 3 < tidy.size()) tidy.erase(tidy.begin() + static_cast<long>(at), tidy.begin() + static_cast<long>(at) + 3);
    return tidy;
}

Words whole_sentence(const Words& words)
{
    static const Set joints = {"and", "but", "or", "so", "because", "which", "that", "then", ","};
    static const Set open_ends = {"the", "a", "an", "of", "to", "with", "my", "your", "their", "if", "when", "like", "i", "from", "at", "as", "very", "just", "taking", "feels", "prescribe", "into", "than", "its", "our",
                                  "every", "basically", "including", "physical", "q"};
    static const Set open_verbs = {"is", "are", "was", "were", "be", "am", "has", "have", "had"}; // "as it is" is whole
    Words kept = words;
    for (bool moved = true; moved && !kept.empty();) {
        moved = false;
        if (kept.back().is("\"")) return kept;
        if (joints.contains(kept.back().lower)) {
            kept.pop_back();
            moved = true;
        } else if (kept.size() > 2 && (kept[kept.size() - 2].is("and") || kept[kept.size() - 2].is("but") || kept[kept.size() - 2].is("so") || kept[kept.size() - 2].is(",")) &&
                   (kept.back().is("again") || kept.back().is("hopefully") || kept.back().is("thankfully") || kept.back().is("basically") || kept.back().is("then") || kept.back().is("honestly"))) {
            kept.pop_back();
            moved = true;
        }
    }
    if (kept.empty() || open_ends.contains(kept.back().lower)) return {};
    bool bare_verb = open_verbs.contains(kept.back().lower) && !(kept.size() > 2 && is_subject_pronoun(kept[kept.size() - 2].lower));
    return bare_verb ? Words{} : kept;
}

bool small_talk(const Words& words)
{
    static const Set set = {"thank", "thanks", "bye", "hello", "hi", "welcome", "morning", "pleasure", "doctor", "sorry", "parking", "weather", "traffic", "understood", "dragon"};
    for (const Word& word : words)
        if (set.contains(word.lower) && !(word.is("morning") && words.size() > 3) && !(word.is("doctor") && words.size() > 5)) return true;
    std::string text = plain(words);
    for (std::string_view greeting : {"good morning", "good afternoon", "cold out", "hot out", "date of birth", "template"})
        if (text.find(greeting) != std::string::npos) return true;
    if (clinical_terms(words).any() && (text.starts_with("i have been trying") || text.starts_with("i am trying"))) return false;
    for (std::string_view phrase : {"sounds good", "sounds great", "i can do that", "that would be great", "no problem", "i appreciate", "i will try", "i understand", "makes sense",
                                    "i hope", "let us do it", "got it", "that is good", "that is great", "nice to", "good to see", "how are you", "looking forward", "i will do that", "okay i will", "that works", "i am doing well", "you too", "see you", "i am good", "i am fine", "i made it", "that is true", "i know", "that is a relief", "does not sound", "i am glad", "i think that is everything", "that is hard", "you know how it is", "i do not know", "i have been trying", "i am trying", "i have to admit", "work has been", "i would like that", "let us see", "i will do"})
        if (text == phrase || text.starts_with(std::string(phrase) + " ")) return true;
    return false;
}

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

} // namespace chartside::note
