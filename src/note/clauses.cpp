#include "note/clauses.h"

#include "note/lexicon.h"

#include <algorithm>
#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

bool ends_sentence(const Word& word)
{
    return word.kind == WordKind::punctuation &&
           (word.text == "?" || word.text == "!" || word.text == ";" || word.text[0] == '.');
}

bool subordinates(std::string_view lower)
{
    static const Set set = {"if", "when", "because", "since", "although", "while", "until", "unless", "after", "before",
                            "whenever", "though", "once", "as"};
    return set.contains(lower);
}

// A word after which "i was ..." goes on with the same clause.
bool takes_clause(std::string_view lower)
{
    static const Set set = {"think", "know", "see", "say", "said", "says", "feel", "felt", "hope", "guess", "believe", "sure", "that",
                            "and", "or", "but", "so", "as", "than", "which", "what", "where", "how", "why", "who", "like",
                            "thought", "noticed", "notice", "remember", "sounds", "looks", "told", "tell", "suppose", "wish",
                            "mean", "means", "make", "glad", "everything", "all", "anything", "the", "every", "time",
                            "whatever", "happy", "except", "case", "showed", "shows", "figured", "heard", "understand", "read", "way"};
    return set.contains(lower) || subordinates(lower) || is_preposition(lower) || is_auxiliary(lower) || is_determiner(lower);
}

// "the back pain that you are here for | I think": a preposition at the end of its clause, not one that opens the next.
bool is_stranded(const Words& words, size_t i)
{
    static const Set opens = {"after", "before", "since", "until", "than", "without", "about", "of", "during", "within", "into"};
    return is_preposition(words[i].lower) && !opens.contains(words[i].lower);
}

struct Reader {
    const Words& words;

    bool is_verb(size_t i) const
    {
        if (i >= words.size() || words[i].kind != WordKind::word) return false;
        const std::string& lower = words[i].lower;
        return is_auxiliary(lower) || is_base_verb(lower) || is_past_verb(lower) ||
               (lower.ends_with("s") && is_base_verb(lower.substr(0, lower.size() - 1)));
    }
    size_t skip_adverbs(size_t i) const
    {
        while (i < words.size() && words[i].kind == WordKind::word && is_adverb(words[i].lower)) i++;
        return i;
    }
    static bool links(std::string_view lower)
    {
        static const Set set = {"sounds", "sound", "looks", "look", "feels", "feel", "seems", "seem", "appears", "appear", "shows", "showed", "reveals", "demonstrates"};
        return set.contains(lower);
    }
    // "i want to", "i am going to", "we will": a wish begins, whatever was left open before it.
    bool wish_at(size_t i) const
    {
        if (i + 2 >= words.size() || !(words[i].is("i") || words[i].is("we"))) return false;
        const std::string& next = words[i + 1].lower;
        if ((next == "want" || next == "would" || next == "need") && (words[i + 2].is("to") || words[i + 2].is("you") || words[i + 2].is("like"))) return true;
        return next == "am" && words[i + 2].is("going") && i + 3 < words.size() && words[i + 3].is("to");
    }
    // A subject with its verb starts at i.
    bool clause_at(size_t i) const
    {
        i = skip_adverbs(i);
        if (i >= words.size() || words[i].kind != WordKind::word) return false;
        const std::string& lower = words[i].lower;
        if (is_subject_pronoun(lower)) return is_verb(skip_adverbs(i + 1));
        if (subordinates(lower) && lower != "as" && lower != "before" && lower != "after" && lower != "until") return true;
        if (is_determiner(lower)) {
            for (size_t k = i + 2; k <= i + 4 && k < words.size(); k++)
                if (words[k].kind == WordKind::word && (is_auxiliary(words[k].lower) || links(words[k].lower))) return true;
        }
        return lower == "let" || lower == "please";
    }
    bool question_at(size_t i) const
    {
        if (i + 1 >= words.size()) return false;
        const std::string& lower = words[i].lower;
        const std::string& next = words[i + 1].lower;
        if (is_auxiliary(lower) && lower != "been" && lower != "being" && lower != "be")
            return next == "you" || next == "there" || next == "your" || (next == "that" && (lower == "does" || lower == "is") && i + 2 < words.size() && (words[i + 2].is("sound") || words[i + 2].is("hurt") || words[i + 2].is("make") || words[i + 2].is("okay"))) || (next == "it" && lower != "will" && lower != "would") || next == "they";
        if (lower == "how" || lower == "what") {
            bool measured = lower == "how" && i + 2 < words.size() && is_auxiliary(words[i + 2].lower) && !is_subject_pronoun(next); // "how severe is"
            return next == "about" || next == "long" || next == "often" || next == "much" || is_auxiliary(next) || measured;
        }
        return lower == "any" && (next == "other" || is_symptom(next));
    }
    // "has the swelling stayed", "does the pain move": a noun between the verb's two parts.
    bool inverted_at(size_t i) const
    {
        if (i + 3 >= words.size() || !is_determiner(words[i + 1].lower)) return false;
        const std::string& lower = words[i].lower;
        bool perfect = lower == "has" || lower == "have", did = lower == "does" || lower == "do" || lower == "did";
        for (size_t k = i + 3; (perfect || did) && k < words.size() && k <= i + 5; k++) {
            if (words[k].kind != WordKind::word || is_preposition(words[k].lower) || words[k].is("and")) return false;
            if (perfect && (words[k].is("been") || is_past_verb(words[k].lower))) return true;
            if (did && is_base_verb(words[k].lower)) return true;
        }
        return false;
    }
};

constexpr size_t longest_sentence = 600;

size_t content_count(const Words& words, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++) count += words[i].kind != WordKind::punctuation;
    return count;
}

bool has_verb(const Words& words, size_t from, size_t to)
{
    Reader reader{words};
    for (size_t i = from; i < to; i++)
        if (reader.is_verb(i)) return true;
    return false;
}

bool is_marker(std::string_view lower)
{
    return lower == "okay" || lower == "alright" || lower == "yeah" || lower == "ok" || lower == "yep" || lower == "yes" || lower == "awesome";
}

// Cut points inside words[from, to), which hold no closing punctuation.
std::vector<size_t> cuts(const Words& words, size_t from, size_t to, bool unpunctuated)
{
    std::vector<size_t> points;
    Reader reader{words};
    size_t begin = from;
    auto cut = [&](size_t i) {
        points.push_back(i);
        begin = i;
    };
    for (size_t i = from + 1; i < to; i++) {
        const Word& word = words[i];
        if (word.kind == WordKind::punctuation) continue;
        size_t before = content_count(words, begin, i);
        size_t after = content_count(words, i, to);
        const Word& previous = words[i - 1];
        bool comma = previous.is(",");
        // A question that the recogniser ran together with what was told before it: "it is maybe a two, any fever", "it
        // was swollen and has the swelling stayed the same".
        const bool asked_before = reader.question_at(begin) || reader.inverted_at(begin) || words[begin].is("any");
        if (!asked_before && after >= 2) {
            const bool joint = word.is("and") || word.is("so") || word.is("but");
            const bool any = comma && word.is("any") && i + 1 < to && (is_symptom(words[i + 1].lower) || is_condition(words[i + 1].lower) || words[i + 1].is("other"));
            const bool asks = (joint && (reader.inverted_at(i + 1) || (comma && before >= 3 && reader.question_at(i + 1)))) || (comma && (any || reader.inverted_at(i) || (before >= 3 && reader.question_at(i) && !is_wh_word(word.lower))));
            const bool counted = word.is("how") && after >= 5 && before >= 2 && (words[i + 1].is("much") || words[i + 1].is("many") || words[i + 1].is("long") || words[i + 1].is("often")) && !takes_clause(previous.lower);
            bool counts = false; // "I believe it how much coffee do you have"
            for (size_t k = i + 2; counted && k + 1 < to && k < i + 6; k++) counts = counts || (is_auxiliary(words[k].lower) && words[k + 1].is("you"));
            const bool listed = word.is("any") && i + 2 <= to && before >= 3 && (previous.is(",") || (previous.is("of") && i >= 2 && (words[i - 2].is("know") || words[i - 2].is("aware")))) && (words[i + 1].is("medical") || words[i + 1].is("allergies") || words[i + 1].is("surgeries") || words[i + 1].is("other"));
            if (asks || counts || listed) {
                cut(i);
                continue;
            }
        }
        // "any allergies, no allergies that I know of": asked, and answered in the same words.
        if (asked_before && comma && word.is("no") && i + 1 < to && std::any_of(words.begin() + static_cast<long>(begin), words.begin() + static_cast<long>(i), [&](const Word& w) { return w.lower == words[i + 1].lower; })) {
            cut(i);
            continue;
        }
        // "No, any fever": an answer, and the next question.
        if (comma && i - begin == 2 && (words[begin].is("no") || words[begin].is("yes") || words[begin].is("yeah")) && (word.is("any") || (reader.question_at(i) && !is_wh_word(word.lower)))) {
            cut(i);
            continue;
        }
        if (unpunctuated) {
            if (is_marker(word.lower) && before >= 1) {
                cut(i);
                continue;
            }
            if (is_marker(previous.lower) && i - begin == 1 && after >= 2) {
                cut(i);
                continue;
            }
            if (before >= 3 && reader.question_at(i) && !takes_clause(previous.lower) && !is_subject_pronoun(previous.lower)) {
                cut(i);
                continue;
            }
            // "it was 150/70, so have you been taking them"
            if (before >= 3 && (word.is("so") || word.is("and") || word.is("but")) && reader.question_at(i + 1) && after >= 3) {
                cut(i);
                continue;
            }
            // "what that means is ...": the explanation is another clause
            bool so = word.is("so") || word.is("and");
            auto explains = [&](size_t k) {
                if (k + 2 >= to) return false;
                if (words[k].is("what")) return (words[k + 1].is("that") || words[k + 1].is("all") || words[k + 1].is("does") || words[k + 1].is("this")) && !takes_clause(previous.lower);
                return (words[k].is("that") || words[k].is("this")) && words[k + 1].is("means");
            };
            size_t joint = so ? i + 1 : i;
            if (so && joint < to && is_adverb(words[joint].lower)) joint++;
            if (before >= 3 && explains(joint)) {
                cut(i);
                continue;
            }
            if (before >= 4 && word.is("now") && reader.clause_at(i + 1)) {
                cut(i);
                continue;
            }
            auto next_is = [&](size_t k, std::string_view expected) { return i + k < to && words[i + k].is(expected); };
            bool on_exam = (word.is("on") || word.is("in") || word.is("with") || word.is("for")) && next_is(1, "your") && (next_is(2, "exam") || next_is(3, "exam") || next_is(4, "exam") || next_is(3, "examination"));
            bool your_part = (word.is("your") || word.is("the")) && reader.clause_at(i) && before >= (previous.is("again") ? 2 : 4) && !takes_clause(previous.lower) && !reader.is_verb(i - 1);
            bool order = (word.is("continue") || word.is("call") || word.is("weigh")) && before >= 3 && !takes_clause(previous.lower) && !is_subject_pronoun(previous.lower) && !previous.is("please") && !previous.is("not") && !previous.is("back");
            bool problem = word.is("for") && (next_is(1, "the") || next_is(1, "your")) && before >= 5 && i + 2 < to && (is_condition(words[i + 2].lower) || next_is(2, "first") || next_is(2, "second") || next_is(2, "next") || next_is(2, "third") || next_is(2, "last"));
            bool machine = word.is("hey") && next_is(1, "dragon");
            bool looking = (word.is("looking") || word.is("listening")) && (next_is(1, "at") || next_is(1, "to")) && before >= 3 && !is_auxiliary(previous.lower) && !is_adverb(previous.lower) && !takes_clause(previous.lower);
            bool wish = before >= 5 && reader.wish_at(i) && (!takes_clause(previous.lower) || is_stranded(words, i - 1) || (previous.is("that") && i >= begin + 2 && is_preposition(words[i - 2].lower)));
            // "your lungs are clear | heart is regular"
            bool part = !exam_label(word.lower).empty() && i + 2 < to && (words[i + 1].is("is") || words[i + 1].is("are")) && before >= 4 && !is_function_word(previous.lower) && !reader.is_verb(i - 1) && exam_label(previous.lower).empty() && !is_laterality(previous.lower) && !(previous.lower.ends_with("al") || previous.lower.ends_with("ior") || previous.lower.ends_with("er"));
            if (part) {
                cut(i);
                continue;
            }
            if (before >= 2 && after >= 3 && (on_exam || your_part || order || problem || machine || looking || wish)) {
                cut(i);
                continue;
            }
        }
        if (before < 4 || after < 3) continue;
        bool open = subordinates(words[begin].lower) ||
                    (begin + 1 < to && (words[begin].is("and") || words[begin].is("so") || words[begin].is("but")) &&
                     subordinates(words[begin + 1].lower));
        if (open && !word.is("but")) {
            // The main clause of "if it is not better, we will get an MRI" is still to come.
            bool main_seen = false;
            for (size_t k = begin + 1; k < i && !main_seen; k++)
                main_seen = words[k].is(",") && reader.clause_at(k + 1) && content_count(words, k, i) >= 4;
            if (!main_seen) continue;
        }
        if (!has_verb(words, begin, i)) continue;
        bool joins = word.is("and") || word.is("but") || word.is("so");
        if (joins && i + 1 < to) {
            size_t next = i + 1;
            while (next < to && (words[next].is(",") || words[next].is("then"))) next++;
            if (word.is("so") && next < to && words[next].is("that")) continue;
            if (word.is("so") && !comma && !unpunctuated) continue;
            bool long_run = content_count(words, begin, to) > (unpunctuated ? 9 : 14);
            bool timed = next + 2 < to && (words[next].is("before") || words[next].is("after")) && is_subject_pronoun(words[next + 1].lower) && reader.is_verb(next + 2);
            bool begins = timed || reader.clause_at(next) || (word.is("so") && next + 2 < to && words[next].is("what") && is_subject_pronoun(words[next + 1].lower));
            if ((long_run || (word.is("but") && unpunctuated)) && begins) cut(i);
            continue;
        }
        if (comma && reader.clause_at(i) && content_count(words, begin, to) > 10 && !subordinates(word.lower) && !is_adverb(word.lower)) {
            cut(i);
            continue;
        }
        if (unpunctuated && is_subject_pronoun(word.lower) && !word.is("that") && !word.is("this") && reader.clause_at(i) &&
            (!takes_clause(previous.lower) || (is_stranded(words, i - 1) && (word.is("i") || word.is("we")))) && !is_adverb(previous.lower))
            cut(i);
    }
    return points;
}

} // namespace

std::vector<Clause> split_segment(const std::string& text, size_t segment_index)
{
    Words all = read_words(text);
    Words words;
    for (Word& word : all)
        if (!word.filler) words.push_back(std::move(word));
    size_t marks = static_cast<size_t>(std::count_if(words.begin(), words.end(), [](const Word& w) { return w.kind == WordKind::punctuation; }));
    bool unpunctuated = words.size() >= 10 && marks * 25 < words.size();

    std::vector<Clause> clauses;
    auto add = [&](size_t from, size_t to, bool question) {
        while (from < to && words[from].kind == WordKind::punctuation && words[from].text != "\"") from++;
        while (to > from && words[to - 1].kind == WordKind::punctuation && words[to - 1].text != "\"") to--;
        if (from >= to) return;
        Clause clause;
        clause.segment = segment_index;
        clause.words.assign(words.begin() + static_cast<long>(from), words.begin() + static_cast<long>(to));
        clause.start = clause.words.front().start;
        clause.end = clause.words.back().end;
        // A capital that only began the sentence is not kept in the middle of ours.
        Word& first = clause.words.front();
        bool plain_capital = first.text.size() > 1 && first.text[0] >= 'A' && first.text[0] <= 'Z' &&
                             std::none_of(first.text.begin() + 1, first.text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
        if ((plain_capital || first.text == "A") && !keeps_capital(first)) first.text = first.lower;
        for (const Word& word : clause.words) {
            clause.start = std::min(clause.start, word.start);
            clause.end = std::max(clause.end, word.end);
        }
        clause.question_mark = question;
        clauses.push_back(std::move(clause));
    };
    for (size_t from = 0; from < words.size();) {
        size_t to = from;
        // Nobody speaks so long in one sentence: what goes on without a mark is taken in pieces, so that the work stays
        // in proportion to the text.
        while (to < words.size() && !ends_sentence(words[to]) && to - from < longest_sentence) to++;
        if (to < words.size() && !ends_sentence(words[to])) {
            std::vector<size_t> points = cuts(words, from, to, unpunctuated);
            if (!points.empty() && points.back() > from) to = points.back();
            size_t begin = from;
            for (size_t point : points) {
                add(begin, point, false);
                begin = point;
            }
            if (begin < to) add(begin, to, false);
            from = to;
            continue;
        }
        bool question = to < words.size() && words[to].text == "?";
        std::vector<size_t> points = cuts(words, from, to, unpunctuated);
        size_t begin = from;
        for (size_t point : points) {
            add(begin, point, false);
            begin = point;
        }
        add(begin, to, question);
        from = to + 1;
    }
    if (!clauses.empty()) {
        clauses.front().first_of_segment = true;
        clauses.back().last_of_segment = true;
    }
    return clauses;
}

std::vector<Clause> split_clauses(const Transcript& transcript)
{
    std::vector<Clause> clauses;
    for (size_t i = 0; i < transcript.segments.size(); i++)
        for (Clause& clause : split_segment(transcript.segments[i].text, i)) clauses.push_back(std::move(clause));
    return clauses;
}

Words slice(const Words& words, size_t from, size_t to)
{
    from = std::min(from, words.size());
    to = std::min(to, words.size());
    while (from < to && words[from].is(",")) from++;
    while (to > from && words[to - 1].is(",")) to--;
    return Words(words.begin() + static_cast<long>(from), words.begin() + static_cast<long>(std::max(from, to)));
}

Words slice(const Words& words, size_t from) { return slice(words, from, words.size()); }

Words strip_lead_ins(const Words& words)
{
    static const Set leads = {"okay", "ok", "so", "well", "and", "but", "alright", "yeah", "oh", "now", "then", "hmm", "like", "yes",
                              "right", "great", "good", "perfect", "anyway", "again", "actually", "basically", "obviously", "honestly",
                              "mm-hmm", "uh-huh", "or", "also", "gotcha", "sure", "wow", "ouch", "excellent", "wonderful", "nice",
                              "yep", "yup", "hey", "ma'am", "sir", "please", "cool", "awesome", "fine", "see", "correct", "absolutely", "definitely", "exactly", "ah"};
    static const Set verbs_after_lead = {"see", "like", "right", "good", "great", "nice", "now", "again", "fine", "well", "sure", "correct", "perfect"};
    size_t from = 0, to = words.size();
    for (bool moved = true; moved && from < to;) {
        moved = false;
        while (from < to && words[from].kind == WordKind::punctuation && words[from].text != "\"") from++;
        if (from >= to) break;
        auto next_is = [&](size_t k, std::string_view expected) { return from + k < to && words[from + k].is(expected); };
        const std::string& lower = words[from].lower;
        bool lone = from + 1 >= to || words[from + 1].is(",") || words[from + 1].is("any") || words[from + 1].is("have") || words[from + 1].is("do") ||
                    words[from + 1].is("so") || words[from + 1].is("and") || words[from + 1].is("okay") ||
                    (lower == "well" && (is_subject_pronoun(words[from + 1].lower) || is_auxiliary(words[from + 1].lower) || is_determiner(words[from + 1].lower)));
        if (leads.contains(lower) && (!verbs_after_lead.contains(lower) || lone || lower == "now")) {
            if (lower == "so" && (next_is(1, "much") || next_is(1, "far") || next_is(1, "that"))) break;
            if ((lower == "yes" || lower == "sure") && to - from == 1) break;
            from++;
            moved = true;
        } else if (lower == "all" && next_is(1, "right") && (from + 2 >= to || !next_is(2, "side"))) {
            from += 2;
            moved = true;
        } else if ((lower == "i" && next_is(1, "see") && (next_is(2, ",") || from + 2 >= to)) ||
                   (lower == "let" && next_is(1, "us") && next_is(2, "see") && (from + 3 >= to || next_is(3, ","))) ||
                   (lower == "of" && next_is(1, "course")) || (lower == "you" && next_is(1, "know") && next_is(2, ","))) {
            from += lower == "let" ? 3 : 2;
            moved = true;
        } else if (lower == "i" && (next_is(1, "mean") || next_is(1, "guess")) && from + 2 < to) {
            from += 2;
            moved = true;
        }
    }
    static const Set tails = {"okay", "ok", "right", "alright", "yeah", "though", "so", "and", "but", "huh", "or", "please", "correct", "anyway",
                              "doctor", "doc", "now?", "like", "yes", "well", "because"};
    for (bool moved = true; moved && to > from;) {
        moved = false;
        while (to > from && words[to - 1].kind == WordKind::punctuation && words[to - 1].text != "\"") {
            to--;
            moved = true;
        }
        if (to - from < 2) break;
        const std::string& lower = words[to - 1].lower;
        bool after_comma = words[to - 2].is(",");
        bool always = lower == "okay" || lower == "and" || lower == "but" || lower == "so" || lower == "or" || lower == "alright" || lower == "because";
        if (tails.contains(lower) && (after_comma || (always && !(lower == "okay" && is_auxiliary(words[to - 2].lower)) &&
                                                      !(lower == "so" && (words[to - 2].is("think") || words[to - 2].is("or")))))) {
            to--;
            moved = true;
        } else if (to - from >= 3 && words[to - 2].is("all") && lower == "right" && words[to - 3].is(",")) {
            to -= 2;
            moved = true;
        } else if (to - from >= 3 && words[to - 2].is("you") && lower == "know") {
            if (words[to - 3].is("do") || words[to - 3].is("let")) break;
            to -= 2;
            moved = true;
        }
    }
    return slice(words, from, to);
}

std::string plain(const Words& words)
{
    std::string text;
    for (const Word& word : words) {
        if (word.kind == WordKind::punctuation || word.filler) continue;
        if (!text.empty()) text += ' ';
        text += word.lower;
    }
    return text;
}

} // namespace chartside::note
