// Exam and results: the doctor says a finding aloud, and it is written as "Label: finding".
#include "base/text.h"
#include "note/draft.h"
#include "note/lexicon.h"
#include "note/phrase.h"

#include <algorithm>
#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

bool is_linking_verb(std::string_view lower)
{
    static const Set set = {"is", "are", "was", "were", "looks", "look", "feels", "feel", "sounds", "sound", "seems", "seem", "appears", "appear", "remains", "came", "shows",
                            "showed", "show", "reveals", "revealed", "demonstrates", "demonstrated"};
    return set.contains(lower);
}

// What is said to the patient while examining, and not found.
bool is_instruction(const Words& words)
{
    static const Set first = {"take", "tell", "let", "can", "could", "squeeze", "push", "pull", "follow", "touch", "smile", "bend", "hop", "lie", "lay", "sit", "turn", "open", "close",
                              "look", "walk", "hold", "press", "try", "go", "come", "lift", "raise", "straighten", "relax", "breathe", "stand", "give", "show", "stick", "say", "do",
                              "does", "did", "if", "when", "keep", "put", "make", "show", "just", "order", "i'm", "thank", "thanks"};
    if (words.empty() || first.contains(words[0].lower)) return true;
    if (words[0].is("i")) {
        size_t i = 1;
        while (i < words.size() && is_adverb(words[i].lower)) i++;
        if (i < words.size() && (words[i].is("am") || words[i].is("will") || words[i].is("want") || words[i].is("would") || words[i].is("know") || words[i].is("need") || words[i].is("wanted") || words[i].is("have") || words[i].is("think") || words[i].is("reviewed") || words[i].is("did")))
            return !(words[i].is("did") && i + 1 < words.size() && (words[i + 1].is("not") || words[i + 1].is("see") || words[i + 1].is("hear") || words[i + 1].is("notice") || words[i + 1].is("review"))) || words[i].is("think");
    }
    if (words.size() > 1 && words[0].is("you") && (words[1].is("can") || words[1].is("may") || words[1].is("know") || words[1].is("want"))) return true;
    if (words[0].is("we") || (words[0].is("hey") )) return true;
    return false;
}

// The label of a subject: "your heart rate today" -> "Heart rate".
std::string label_of(const Words& subject)
{
    Words kept;
    // "good, your blood sugars", "in the office today, your blood pressure": what is examined comes last.
    size_t from = 0;
    for (size_t i = 1; i < subject.size(); i++) {
        bool part = subject[i].is(",") && i + 1 < subject.size() && std::any_of(subject.begin() + static_cast<long>(i), subject.end(), [](const Word& w) { return !exam_label(w.lower).empty() || is_vital_sign(w.lower) || w.is("pressure") || w.is("rate"); });
        if (subject[i].is("your") || part) from = i;
    }
    for (const Word& word : slice(subject, from)) {
        if (kept.empty() && (is_determiner(word.lower) || word.is("looking") || word.is("at") || word.is("so") || word.is("of") || word.is(",") || word.is("and") || word.is("when"))) continue;
        kept.push_back(word);
    }
    for (bool moved = true; moved && !kept.empty();) {
        moved = false;
        if (kept.back().is("today") || kept.back().is("here") || kept.back().is(",") || kept.back().is("of") || kept.back().is("when") || kept.back().is("so") || kept.back().is("and")) {
            kept.pop_back();
            moved = true;
        }
    }
    return join_words(kept);
}

/// How many clauses further a label still holds.
constexpr size_t label_reach = 8;

struct FindingsWriter {
    const Visit& visit;
    std::vector<Draft> drafts;
    std::string label;       // carried from clause to clause
    size_t label_section = exam;
    size_t label_source = 0; // where it was said

    void add(size_t i, size_t section, const std::string& with_label, Words words)
    {
        while (!words.empty() && words.back().kind == WordKind::punctuation) words.pop_back();
        if (words.empty()) return;
        if (words[0].is("that") || words[0].is("what")) return;
        // ", which is good" is comfort, not a finding.
        if (words.size() > 4 && words[words.size() - 3].is("which") && words[words.size() - 2].is("is") && (words.back().is("good") || words.back().is("great") || words.back().is("fine") || words.back().is("perfect") || words.back().is("normal"))) words = slice(words, 0, words.size() - 3);
        while (!words.empty() && words.back().kind == WordKind::punctuation) words.pop_back();
        // "tenderness at the back of the neck and walk over to the door": the next thing to do is no finding.
        static const Set next_steps = {"walk", "turn", "follow", "squeeze", "touch", "push", "pull", "close", "lie", "lay", "sit", "stand", "bend", "lift", "thank", "tell", "listen", "take", "let", "look"};
        for (size_t k = 2; k + 1 < words.size(); k++)
            if ((words[k].is("and") || words[k].is(",") || words[k].is("so")) && next_steps.contains(words[k + 1].lower)) { words = slice(words, 0, k); break; }
        part_denials(words);
        auto third = main_clause_to_third_person(words, Role::doctor, visit.voice, true);
        if (!third) return;
        Draft made;
        made.section = section;
        made.sources = {i};
        made.words = *third;
        if (!made.words.empty() && made.words.size() > 1 && (made.words[0].is("a") || made.words[0].is("an")) && !(made.words[1].is("little") || made.words[1].is("few") || made.words[1].is("bit") || made.words[1].is("lot") || made.words[1].is("couple") || made.words[1].is("tiny"))) made.words.erase(made.words.begin());
        made.label = with_label;
        // The side stands where the label was said, which the finding then rests on too.
        bool sided = with_label == label && (to_lower_ascii(label).find("left") != std::string::npos || to_lower_ascii(label).find("right") != std::string::npos);
        if (sided && label_source != i) made.sources.insert(made.sources.begin(), label_source);
        if (visit.at(i).role_uncertain) made.flags.push_back("role_uncertain");
        drafts.push_back(made);
    }

    // "no edema no effusion", said without a pause, is a list.
    static void part_denials(Words& words)
    {
        for (size_t i = 1; i < words.size(); i++) {
            const Word& before = words[i - 1];
            if (!words[i].is("no") || before.kind == WordKind::punctuation || is_function_word(before.lower) || is_linking_verb(before.lower) || is_adverb(before.lower)) continue;
            Word comma = before;
            comma.text = comma.lower = ",";
            comma.kind = WordKind::punctuation;
            words.insert(words.begin() + static_cast<long>(i++), comma);
        }
    }

    // "your heart, i hear a murmur": what is examined stands in front.
    Words take_part(Words words)
    {
        size_t end = 0;
        auto speaker = [&](size_t k) { return words[k].is("i") || (k + 1 < words.size() && ((words[k].is("you") && words[k + 1].is("have")) || (words[k].is("there") && (words[k + 1].is("is") || words[k + 1].is("are"))))); };
        while (end < words.size() && end < 5 && !speaker(end)) end++;
        if (end == 0 || end + 1 >= words.size() || !speaker(end) || !is_determiner(words[0].lower)) return words;
        Words part = slice(words, 0, end);
        bool named = std::any_of(part.begin(), part.end(), [](const Word& w) { return !exam_label(w.lower).empty(); });
        bool verb = std::any_of(part.begin(), part.end(), [](const Word& w) { return is_auxiliary(w.lower) || is_linking_verb(w.lower); });
        if (!named || verb) return words;
        label = label_of(part);
        label_source = m_current;
        return slice(words, end);
    }

    // Cuts "on your heart exam," and the like off the front and keeps its label.
    Words take_label(Words words)
    {
        for (bool moved = true; moved;) {
            moved = false;
            size_t length = match_any(words, 0, {"so", "and", "then", "also", "now", "okay", ",", "um", "here", "the good news is that", "the good news is", "good news is", "luckily", "i do want to note that", "i want to note that", "we will say that", "we will say", "on the exam here", "as far as", "again"});
            if (length && words.size() > length) {
                words = slice(words, length);
                moved = true;
                continue;
            }
            size_t skip = match_any(words, 0, {"looking here at the results of", "looking at the results of", "in reviewing the results of", "in reviewing", "reviewing the results of", "reviewing", "i am going to review the results of", "i reviewed the results of", "i reviewed the result of", "i did review the results of", "i did review the result of", "i did review", "on your results for", "here at the results of", "looking here at", "looking at", "taking a look at", "in terms of", "for", "on", "examination of", "examining", "listening to", "feeling", "when i look at", "when i examine", "in", "i am looking at", "i looked at", "i reviewed", "i did review", "these are the results of", "this is the result of", "here are the results of", "let us look at", "inspection of", "with"});
            if (!skip) break;
            // up to the comma, or up to the finding's own subject
            size_t end = skip;
            while (end < words.size() && end < skip + 9 && !words[end].is(",") && !is_subject_pronoun(words[end].lower) && !is_linking_verb(words[end].lower) &&
                   !(words[end].is("your") && end > skip) && !(words[end].is("does") || words[end].is("do") || words[end].is("no") || words[end].is("which") || words[end].is("there") || words[end].is("it"))) {
                end++;
                if (words[end - 1].is("exam") || words[end - 1].is("examination")) break;
            }
            Words subject = slice(words, skip, end);
            std::string made = label_of(subject);
            bool labelish = std::any_of(subject.begin(), subject.end(), [](const Word& w) { return !exam_label(w.lower).empty() || is_test(w.lower) || is_vital_sign(w.lower) || w.is("exam") || w.is("examination") || w.is("pressure"); });
            if (!labelish || subject.size() > 8) break;
            if (end < words.size() && is_linking_verb(words[end].lower)) break; // "on exam" never is a subject
            std::string lower = to_lower_ascii(made);
            for (std::string_view tail : {" physical exam", " physical examination", " exam", " examination", " results", " today"})
                if (lower.ends_with(tail)) {
                    made = made.substr(0, made.size() - tail.size());
                    lower = to_lower_ascii(made);
                }
            if (lower.starts_with("results of ")) made = label_of(slice(subject, 2));
            bool general = lower == "exam" || lower == "physical exam" || lower == "physical" || lower == "examination" || lower == "physical examination" || lower == "vitals" || lower == "vital signs";
            if (lower.starts_with("your ")) made = made.substr(5);
            label = general ? "" : made;
            label_source = m_current;
            if (!label.empty() && label[0] >= 'a' && label[0] <= 'z') label[0] = static_cast<char>(label[0] - 32);
            size_t rest = end;
            while (rest < words.size() && words[rest].is(",")) rest++;
            words = slice(words, rest);
            moved = !words.empty();
        }
        return words;
    }

    // A label that the finding's own body part contradicts is not written.
    std::string fitting_label(const Words& finding) const
    {
        if (label.empty() || m_current > label_source + label_reach) return "";
        std::string lower = to_lower_ascii(label);
        // What is heard over one organ does not stand under another.
        static constexpr std::pair<std::string_view, std::string_view> heard_over[] = {{"wheezes", "lung"}, {"wheezing", "lung"}, {"rales", "lung"}, {"rhonchi", "lung"}, {"crackles", "lung"}, {"murmur", "heart"}, {"murmurs", "heart"}, {"gallop", "heart"},
                                                                                      {"lymphadenopathy", "neck"}, {"fracture", "x-ray"}, {"fractures", "x-ray"}, {"regurgitation", "echo"}, {"ejection fraction", "echo"}, {"pumping", "echo"}};
        for (const Word& word : finding)
            for (const auto& [sign, place] : heard_over) {
                bool fits = lower.find(place) != std::string::npos || lower.find("exam") != std::string::npos || (place == "x-ray" && (lower.find("ray") != std::string::npos || lower.find("ct") != std::string::npos || lower.find("mri") != std::string::npos || lower.find("imag") != std::string::npos)) || (place == "lung" && lower.find("chest") != std::string::npos);
                if (word.lower == sign && !fits) return "";
            }
        for (const Word& word : finding) {
            std::string_view part = exam_label(word.lower);
            if (part.empty() || word.is("back") || word.is("strength") || word.is("motor") || word.is("chest")) continue;
            if (part == "Range of motion" || part == "Ligaments" || part == "Skin" || part == "Sensation" || part == "Pulses" || part == "Reflexes") continue;
            std::string piece = to_lower_ascii(part);
            if (piece.back() == 's') piece.pop_back();
            if (lower.find(piece) == std::string::npos && lower.find(word.lower) == std::string::npos) return "";
        }
        return label;
    }

    size_t m_current = 0;

    // Vital signs and bedside tests belong to the exam wherever they are said.
    size_t section_of(const Words& words, size_t section) const
    {
        for (size_t k = 0; k < words.size(); k++) {
            static const Set bedside = {"mcmurray", "mcmurray's", "lachman", "lachman's", "drawer", "phalen's", "tinel's", "romberg", "babinski", "spurling's", "monofilament", "gait", "lungs", "palpation", "tenderness"};
            if (bedside.contains(words[k].lower)) return exam;
            bool vital = phrase_at(words, k, "your blood pressure") || phrase_at(words, k, "your heart rate") || phrase_at(words, k, "your weight") || phrase_at(words, k, "your temperature") || phrase_at(words, k, "your oxygen");
            if (vital && k == 0) return exam;
        }
        return section;
    }

    bool finding(size_t i, size_t section)
    {
        m_current = i;
        // The name of a study is no label of what is examined by hand.
        if (section == exam && label_section == results) label.clear();
        label_section = section;
        const Utterance& utterance = visit.at(i);
        Words words = utterance.words;
        for (const Word& word : words)
            if (word.is("dragon")) {
                // "hey, dragon, show me the echocardiogram." names what comes next
                size_t show = find_phrase(words, "show me");
                if (show < words.size()) {
                    label = label_of(slice(words, show + 2));
                    std::string lower = to_lower_ascii(label);
                    if (lower.find("vital") != std::string::npos || lower.find("blood pressure") != std::string::npos || label.size() > 40) label.clear();
                }
                return false;
            }
        // "this is the echocardiogram that we did": names what comes next, and is no finding
        if (section == results && words.size() >= 4 && words.size() <= 14 && (words[0].is("this") || words[0].is("these")) && (words[1].is("is") || words[1].is("are")) && is_determiner(words[2].lower) && is_test(words[3].lower)) {
            label = label_of(slice(words, 2, 4));
            label_source = i;
            label_section = results;
            return false;
        }
        words = take_part(take_label(words));
        if (words.empty()) return false;
        if (is_instruction(words)) return false;
        ClinicalTerms terms = clinical_terms(words);
        bool named = terms.any() || terms.body || section_of(words, results) == exam;
        section = section_of(words, section);
        if (utterance.scores[relevance_head] + (named ? 1.0f : 0.0f) + (terms.numbers ? 1.2f : 0) < relevance_threshold + 0.6f) return false;
        size_t at = 0;
        while (at < words.size() && (is_adverb(words[at].lower) || words[at].is(","))) at++;
        words = slice(words, at);
        at = 0;
        if (words.size() < 2) return false;
        // "i do not appreciate any murmurs", "there is no redness", "you do have some swelling"
        size_t no = match_any(words, 0, {"i do not see any", "i do not hear any", "i do not appreciate any", "i do not feel any", "i do not notice any", "i did not see any", "i did not appreciate any", "i did not hear any",
                                         "i can not feel any", "i can not appreciate any", "i do not really see any", "i do not see", "i do not appreciate", "i do not hear", "i do not feel", "i do not find any", "i do not note any", "there is not any", "there are not any", "there is no", "there are no", "there was no", "there were no", "you do not have any", "you have no",
                                         "i see no", "i hear no", "i appreciate no", "i feel no", "it shows no", "it showed no", "there does not appear to be any", "there does not seem to be any", "i am not seeing any", "i am not hearing any", "i am not appreciating any", "they show no", "that shows no", "it does not show any", "this shows no", "it showed that there is no", "which showed no", "which shows no", "that showed no", "they showed no", "it did not show any", "there is not", "i do not recognize any", "i do not recognize", "i do not identify any"});
        if (no) {
            Words rest = slice(words, no);
            while (!rest.empty() && (rest[0].is("any"))) rest.erase(rest.begin());
            if (rest.empty() || rest[0].is("that") || rest[0].is("a") ) {
                if (!rest.empty() && rest[0].is("a")) rest.erase(rest.begin());
                else return false;
            }
            if (rest.empty()) return false;
            Word negation = words[no - 1];
            for (size_t k = 0; k < no; k++)
                if (is_negator(words[k].lower)) negation = words[k];
            negation.text = negation.lower = "no";
            negation.kind = WordKind::word;
            if (!rest[0].is("evidence")) rest.insert(rest.begin(), negation);
            else rest.insert(rest.begin(), negation);
            add(i, section, fitting_label(rest), rest);
            return true;
        }
        size_t yes = match_any(words, 0, {"i do appreciate", "i do hear", "i do see", "i do notice", "i do feel", "i do note", "i can feel", "i can see", "i can hear", "i see that you have", "i see", "i hear", "i appreciate", "i feel", "i notice", "i noticed", "i note", "i did notice", "i did see", "i did hear", "i am seeing", "i am hearing", "i am appreciating",
                                          "there is still", "there is also", "there is", "there are", "there was", "you do have", "you have got", "you have", "you do still have", "you still have", "it looks like you have", "looks like you have", "it looks like there is", "it appears you have", "it shows that you have", "it showed that you have", "it does show that you have", "that shows that you do have", "that shows that you have",
                                          "it also shows", "it shows", "it showed", "it does show", "this shows", "that shows", "that showed", "they show", "it did show", "it revealed", "it demonstrates", "it is showing", "that is", "you are positive for", "you were positive for", "it looks like there are", "i do still hear", "i still hear", "i also see", "i also hear", "i also notice", "i do identify", "i identify", "i also identify", "i do recognize", "i recognize", "i do also appreciate", "i also appreciate", "i do palpate", "i do have", "you do note", "this looks like", "it does look like you have", "it does look like there is", "you do seem to have", "which showed", "which shows", "i see that you do have", "i can identify", "i do also see", "i do also smell", "i do smell"});
        if (yes && yes < words.size()) {
            Words rest = slice(words, yes);
            while (!rest.empty() && (rest[0].is("that") || is_adverb(rest[0].lower) || rest[0].is(","))) {
                if (rest[0].is("both") || rest[0].is("all") || rest[0].is("still")) break;
                rest.erase(rest.begin());
            }
            bool was_perfect = phrase_at(words, 0, "you have") && !rest.empty() && (is_past_verb(rest[0].lower) || rest[0].is("been") || rest[0].is("lost") || rest[0].is("gained"));
            if (!rest.empty() && !was_perfect && rest.size() < 36 && !is_subject_pronoun(rest[0].lower) && !(rest[0].is("what") || rest[0].is("where") || rest[0].is("why") || rest[0].is("how"))) {
                if (phrase_at(words, 0, "that is") && !(terms.symptoms || terms.conditions || terms.body || terms.numbers)) return false;
                add(i, section, fitting_label(rest), rest);
                return true;
            }
            if (!was_perfect) return false;
        }
        // "your lungs are clear", "the McMurray test is positive", "your A1c is 8.1 %"
        size_t verb = 1;
        auto holds = [&](size_t k) { // "your ankles have some edema", not "have been"
            bool have = words[k].is("has") || words[k].is("have");
            return have && k + 1 < words.size() && !is_past_verb(words[k + 1].lower) && !words[k + 1].is("been") && !words[k + 1].is("not") && !is_subject_pronoun(words[0].lower);
        };
        while (verb < words.size() && verb < 9 && !is_linking_verb(words[verb].lower) && !holds(verb)) {
            if (words[verb].is("does") && verb + 1 < words.size() && words[verb + 1].is("show")) words.erase(words.begin() + static_cast<long>(verb));
            if (is_auxiliary(words[verb].lower) || words[verb].is("that")) break;
            if (is_linking_verb(words[verb].lower)) break;
            verb++;
        }
        if (verb < words.size() && (is_linking_verb(words[verb].lower) || holds(verb)) && verb + 1 < words.size()) {
            Words subject = slice(words, 0, verb);
            while (subject.size() > 1 && is_adverb(subject.back().lower) && is_subject_pronoun(subject.front().lower)) subject.pop_back(); // "this basically shows"
            bool pronoun = subject.size() == 1 && (is_subject_pronoun(subject[0].lower) || subject[0].is("everything"));
            const std::string& copula = words[verb].lower;
            Words said = slice(words, verb + 1);
            while (!said.empty() && said[0].is(",")) said.erase(said.begin());
            if (said.empty()) return false;
            if (pronoun) {
                // "it was 7.4 three months ago", "it is not warm": about what was named before
                bool rhythm = find_phrase(said, "regular") < said.size() || find_phrase(said, "normal") < said.size() || find_phrase(said, "clear") < said.size();
                if (!(terms.numbers || terms.symptoms || terms.conditions || (rhythm && !label.empty())) || subject[0].is("i") || subject[0].is("you") || subject[0].is("we")) return false;
                if (drafts.empty()) return false;
                if (subject[0].is("it") && !label.empty() && copula == "is") {
                    add(i, section, fitting_label(said), said);
                    return true;
                }
                if (!is_negator(said[0].lower) && said.size() > 8 && !terms.numbers) return false;
                add(i, section, fitting_label(words), words);
                return true;
            }
            for (const Word& word : subject)
                if (is_wh_word(word.lower) || word.is("i") || word.is("you") || word.is("we")) return false;
            bool shows = copula.starts_with("show") || copula.starts_with("reveal") || copula.starts_with("demonstrate");
            if (copula == "came") return whole(i, section, words);
            std::string made = label_of(subject);
            if (made.empty() || made.size() > 60) return false;
            if (shows) {
                size_t skip = match_any(said, 0, {"that you do have", "that you have", "that there is", "that there are", "you have", "that", "a little bit of", "there is"});
                said = slice(said, skip);
            }
            if (said.size() > 2 && said[0].is("to") && said[1].is("be")) said = slice(said, 2); // "appears to be intact"
            if (said.empty() || has_first_or_second_person(slice(said, 0, 1))) return false;
            if (subject.back().is("patient") || subject.back().is("exam") || subject.back().is("else")) return whole(i, section, words);
            // "146/88, so that is a little higher than last time"
            size_t so = find_phrase(said, "so that is");
            size_t length = 3;
            if (so >= said.size()) { so = find_phrase(said, "and that is"); }
            if (so >= said.size()) { so = find_phrase(said, "that is"); length = 2; }
            if (so < said.size() && so > 0 && so + length < said.size() && (said[so - 1].is(",") )) said.erase(said.begin() + static_cast<long>(so), said.begin() + static_cast<long>(so + length));
            // ", that's perfect" is comfort, not a finding.
            if (said.size() > 2 && said[said.size() - 2].is(",") && (said.back().is("perfect") || said.back().is("good") || said.back().is("great") || said.back().is("fine") || said.back().is("excellent"))) said = slice(said, 0, said.size() - 2);
            bool own = std::any_of(subject.begin(), subject.end(), [](const Word& w) { return !exam_label(w.lower).empty() || is_test(w.lower) || is_vital_sign(w.lower) || w.is("pressure") || w.is("rate") || w.is("weight") || w.is("height"); });
            bool inside = std::any_of(subject.begin() + (subject.size() > 1 ? 1 : 0), subject.end(), [](const Word& w) { return is_subject_pronoun(w.lower); });
            if ((!own && subject.size() > 5) || inside) return whole(i, section, words);
            add(i, section, made, said);
            return true;
        }
        // A bare phrase, "Heart is regular, no murmur", "normal gait": a finding when it is short and has no verb.
        static const Set findings_begin = {"no", "normal", "positive", "negative", "mild", "moderate", "severe", "bilateral"};
        bool finding_word = section == exam && findings_begin.contains(words[0].lower);
        if (!has_finite_verb(words) && words.size() <= 20 && (terms.symptoms || terms.conditions || terms.body || terms.numbers || finding_word) && !words[0].is("you") && !words[0].is("i")) {
            if (has_first_or_second_person(words)) return false;
            add(i, section, fitting_label(words), words);
            return true;
        }
        // A whole sentence about the patient, "resisted hip flexion causes pain".
        bool told = has_finite_verb(words) && !has_first_or_second_person(words) && !looks_like_question(words) && !is_subject_pronoun(words[0].lower) && !is_wh_word(words[0].lower) && !words[0].is("because");
        if (told && terms.any() && words.size() >= 4) return whole(i, section, words);
        return false;
    }

    bool whole(size_t i, size_t section, const Words& words)
    {
        if (words.size() > 30) return false;
        add(i, section, fitting_label(words), words);
        return true;
    }

    void run()
    {
        for (size_t i = 0; i < visit.dialogue.utterances.size(); i++) {
            const Utterance& utterance = visit.at(i);
            if (utterance.role != Role::doctor || utterance.question) continue;
            size_t section = visit.sections[i];
            if (section != exam && section != results) continue;
            finding(i, section);
        }
    }
};

} // namespace

std::vector<Draft> write_findings(const Visit& visit)
{
    FindingsWriter writer{visit, {}, "", exam};
    writer.run();
    return std::move(writer.drafts);
}

} // namespace chartside::note
