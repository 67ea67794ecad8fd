#include "note/polarity.h"

#include "note/lexicon.h"
#include "note/phrase.h"

#include <algorithm>
#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

Words spoken(std::string_view text)
{
    Words words = tokenize(text);
    expand_contractions(words);
    return words;
}

// "no doubt", "not only", "nothing but": a negator that negates nothing. Its length in words, or 0.
size_t idle_negation(const Words& words, size_t at)
{
    return match_any(words, at, {"no doubt", "no wonder", "not only", "nothing but", "no matter", "whether or not", "or not", "not to mention", "why not", "no kidding", "never mind", "not missing anything", "not missing something"});
}

size_t count_negators(const Words& words, size_t from = 0)
{
    size_t count = 0;
    for (size_t i = from; i < words.size(); i++) {
        if (size_t idle = idle_negation(words, i)) {
            i += idle - 1;
            continue;
        }
        count += words[i].kind != WordKind::punctuation && is_negator(words[i].lower);
    }
    return count;
}

// "It hurts, doesn't it" and "don't you have a fever" ask for the same as without their "not".
bool asks_negatively(Words question)
{
    while (!question.empty() && question.back().kind == WordKind::punctuation) question.pop_back();
    if (question.size() > 3 && is_auxiliary(question[0].lower) && question[1].is("not")) question.erase(question.begin() + 1);
    for (size_t i = question.size(); i-- > 1;) {
        if (!question[i].is("not") || !is_auxiliary(question[i - 1].lower)) continue;
        bool tag = i + 2 == question.size() && is_subject_pronoun(question[i + 1].lower);
        if (tag) question.resize(i - 1);
        break;
    }
    return count_negators(question) > 0;
}

enum class Particle { none, filler, yes, no };

// "right knee" is no yes and "no fever" no bare no: what comes next decides.
Particle particle_at(const Words& words, size_t at)
{
    static const Set yes = {"yes", "yeah", "yep", "yup", "yea", "ya", "mm-hmm", "mmhm", "mhm", "uh-huh", "indeed"};
    static const Set assent = {"correct", "right", "exactly", "absolutely", "definitely", "certainly", "sure", "totally"};
    static const Set no = {"no", "nope", "nah", "uh-uh", "huh-uh"};
    static const Set filler = {"oh", "well", "um", "uh", "hmm", "mm", "okay", "so", "and", "honestly", "actually", "doctor", "doc", "ma'am", "sir"};
    const Word& word = words[at];
    if (word.kind == WordKind::punctuation || filler.contains(word.lower)) return Particle::filler;
    if (yes.contains(word.lower)) return Particle::yes;
    const Word* next = at + 1 < words.size() ? &words[at + 1] : nullptr;
    bool alone = !next || next->kind == WordKind::punctuation || is_subject_pronoun(next->lower) || yes.contains(next->lower) || no.contains(next->lower);
    if (assent.contains(word.lower)) return alone ? Particle::yes : Particle::none;
    if (!no.contains(word.lower)) return Particle::none;
    bool determines = word.is("no") && !alone && !is_function_word(next->lower) && !is_negator(next->lower) && !is_adverb(next->lower) && !filler.contains(next->lower);
    return determines ? Particle::none : Particle::no;
}

// A clause of an answer: the yes and no in front, and what it goes on with.
struct AnswerClause {
    bool yes = false, no = false;
    Words body;
};

AnswerClause read_clause(const Words& words)
{
    AnswerClause clause;
    size_t at = 0;
    for (; at < words.size() && !idle_negation(words, at); at++) {
        Particle particle = particle_at(words, at);
        if (particle == Particle::none) break;
        clause.yes = clause.yes || particle == Particle::yes;
        clause.no = clause.no || particle == Particle::no;
    }
    clause.body.assign(words.begin() + static_cast<ptrdiff_t>(at), words.end());
    return clause;
}

bool shares_finding(const Words& one, const Words& other)
{
    return std::any_of(one.begin(), one.end(), [&](const Word& word) {
        bool finding = is_symptom(word.lower) || is_condition(word.lower) || is_drug(word.lower);
        return finding && std::any_of(other.begin(), other.end(), [&](const Word& w) { return w.lower == word.lower; });
    });
}

// "A little heartburn, yes, but no black stools" says one thing of each: the part that a sentence is about, or all.
Words part_about(const Words& written, const Words& said)
{
    auto part_begin = said.begin();
    while (part_begin != said.end()) {
        const auto but = std::find_if(part_begin, said.end(), [](const Word& word) { return word.is("but"); });
        const bool holds_all = std::all_of(written.begin(), written.end(), [&](const Word& word) {
            const bool ours = word.kind == WordKind::punctuation || is_function_word(word.lower) || is_negator(word.lower) || word.is("patient") || word.is("report") || word.is("reports");
            return ours || std::any_of(part_begin, but, [&](const Word& other) { return other.lower == word.lower; });
        });
        if (holds_all) return Words(part_begin, but);
        part_begin = but == said.end() ? but : but + 1;
    }
    return said;
}

struct Exchanged {
    bool asked_negatively = false;
    std::vector<Words> cited, all; // clauses of the answer
};

bool agrees(const Words& written, bool negative, const Exchanged& exchange)
{
    size_t body_negators = 0;
    for (const Words& clause : exchange.cited) body_negators += count_negators(read_clause(clause).body);
    Reply reply = reply_of(exchange.all);
    switch (reply) {
    case Reply::unclear: return false;
    case Reply::no:
        if (!negative) return false;
        break;
    case Reply::yes:
        if (exchange.asked_negatively && !negative) return false;
        if (!exchange.asked_negatively && negative && body_negators == 0) return false;
        break;
    case Reply::open:
        if (negative && body_negators == 0 && !exchange.asked_negatively) return false;
        if (!negative && body_negators > 0) return false;
        break;
    }
    // "No, I have had a fever every night": what follows says the opposite of the particle.
    return std::none_of(exchange.all.begin(), exchange.all.end(), [&](const Words& clause) {
        const Words body = read_clause(clause).body;
        if (body.size() < 3 || !shares_finding(body, written)) return false;
        return reply == Reply::no ? count_negators(body) == 0 : reply == Reply::yes && !negative && count_negators(body) > 0;
    });
}

// "No, I sleep fine": the particle answers a question and negates nothing in its own sentence.
bool must_stay_negative(const Words& statement)
{
    return count_negators(statement) > (read_clause(statement).no ? 1u : 0u);
}

} // namespace

Reply reply_of(const std::vector<Words>& clauses)
{
    bool yes = false, no = false;
    const Words* body = nullptr;
    std::vector<AnswerClause> read;
    for (const Words& clause : clauses) read.push_back(read_clause(clause));
    for (const AnswerClause& clause : read) {
        yes = yes || clause.yes;
        no = no || clause.no;
        if (clause.body.empty()) continue;
        body = &clause.body;
        break;
    }
    if (yes && no) return Reply::unclear;
    if (yes) return Reply::yes;
    if (no) return Reply::no;
    return body && count_negators(*body) > 0 ? Reply::no : Reply::open;
}

bool polarity_holds(const Words& written, const std::vector<Said>& said)
{
    const bool negative = count_negators(written) > 0;
    std::vector<Exchanged> exchanges;
    bool may_negate = false, must_negate = false, in_question = false;
    for (const Said& item : said) {
        const Words whole = spoken(item.text);
        const Words words = item.as == SaidAs::question ? whole : part_about(written, whole);
        if (item.as == SaidAs::question) {
            if (!in_question) exchanges.emplace_back();
            exchanges.back().asked_negatively = exchanges.back().asked_negatively || asks_negatively(words);
        } else if (item.as == SaidAs::statement || exchanges.empty()) {
            may_negate = may_negate || count_negators(words) > 0;
            // What comes before the last statement only names what that is about: a side, a body part.
            must_negate = must_stay_negative(words);
        } else {
            exchanges.back().all.push_back(words);
            if (item.as == SaidAs::answer) exchanges.back().cited.push_back(words);
        }
        in_question = item.as == SaidAs::question;
    }
    if (must_negate && !negative) return false;
    if (exchanges.empty()) return may_negate || !negative;
    if (must_negate) return true; // goes on from a negated statement, whatever was answered
    return std::all_of(exchanges.begin(), exchanges.end(), [&](const Exchanged& exchange) { return agrees(written, negative, exchange); });
}

} // namespace chartside::note
