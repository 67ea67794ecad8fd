#include "note/evidence.h"

#include "base/characters.h"
#include "base/text.h"
#include "note/lexicon.h"

#include <algorithm>

namespace chartside::note {
namespace {

bool contains(const std::vector<size_t>& list, size_t item) { return std::find(list.begin(), list.end(), item) != list.end(); }

bool overlaps(const chartside::Word& word, const Evidence& item) { return word.end_char > item.start_char && word.start_char < item.end_char; }

bool carries_meaning(const Segment& segment, const chartside::Word& word)
{
    std::string_view said = std::string_view(segment.text).substr(static_cast<size_t>(word.start_char), static_cast<size_t>(word.end_char - word.start_char));
    std::string lower = to_lower_ascii(trim(said));
    while (!lower.empty() && std::ispunct(static_cast<unsigned char>(lower.back()))) lower.pop_back();
    return is_drug(lower) || is_symptom(lower) || is_condition(lower) || is_laterality(lower) || is_negator(lower) || std::any_of(lower.begin(), lower.end(), is_digit);
}

float confidence_of(const Segment& segment, const Evidence& item)
{
    float confidence = segment.words.empty() ? segment.confidence : 1;
    for (const chartside::Word& word : segment.words)
        if (overlaps(word, item) && word.end_char <= static_cast<int>(segment.text.size()) && carries_meaning(segment, word)) confidence = std::min(confidence, word.confidence);
    return confidence;
}

} // namespace

std::string Sources::text(size_t source) const
{
    const Clause& clause = visit.at(source).clause;
    return transcript.segments[clause.segment].text.substr(static_cast<size_t>(clause.start), static_cast<size_t>(clause.end - clause.start));
}

std::vector<Evidence> Sources::evidence(const std::vector<size_t>& sources) const
{
    std::vector<Evidence> list;
    for (size_t source : sources) {
        const Clause& clause = visit.at(source).clause;
        const std::string& id = transcript.segments[clause.segment].id;
        bool goes_on = !list.empty() && list.back().segment_id == id && clause.start - list.back().end_char <= 3 && clause.start >= list.back().start_char;
        if (goes_on) list.back().end_char = std::max(list.back().end_char, clause.end);
        else list.push_back({id, clause.start, clause.end});
    }
    return list;
}

const Exchange* Sources::asked_in(size_t source, const std::vector<size_t>& sources) const
{
    for (const Exchange& exchange : visit.dialogue.exchanges) {
        if (!contains(exchange.questions, source)) continue;
        if (std::any_of(exchange.answers.begin(), exchange.answers.end(), [&](size_t answer) { return contains(sources, answer); })) return &exchange;
    }
    return nullptr;
}

std::vector<Said> Sources::said(const std::vector<size_t>& sources) const
{
    std::vector<Said> statements, exchanged;
    std::vector<size_t> told;
    auto tell = [&](size_t source, SaidAs as) {
        exchanged.push_back({text(source), as});
        told.push_back(source);
    };
    for (size_t source : sources) {
        const Exchange* exchange = contains(told, source) ? nullptr : asked_in(source, sources);
        if (!exchange) continue;
        for (size_t question : exchange->questions) tell(question, SaidAs::question);
        for (size_t answer : exchange->answers) tell(answer, contains(sources, answer) ? SaidAs::answer : SaidAs::answer_on);
    }
    for (size_t source : sources)
        if (!contains(told, source)) statements.push_back({text(source), SaidAs::statement});
    statements.insert(statements.end(), exchanged.begin(), exchanged.end());
    return statements;
}

Heard heard(const Transcript& transcript, const std::vector<Evidence>& evidence)
{
    Heard whole;
    bool any = false;
    for (const Evidence& item : evidence) {
        const Segment* segment = transcript.find(item.segment_id);
        if (!segment) continue;
        double from = segment->start_ms, to = segment->end_ms;
        bool first = true;
        for (const chartside::Word& word : segment->words) {
            if (!overlaps(word, item)) continue;
            from = first ? word.start_ms : std::min(from, word.start_ms);
            to = first ? word.end_ms : std::max(to, word.end_ms);
            first = false;
        }
        whole.start_ms = any ? std::min(whole.start_ms, from) : from;
        whole.end_ms = any ? std::max(whole.end_ms, to) : to;
        whole.confidence = std::min(whole.confidence, confidence_of(*segment, item));
        any = true;
    }
    return whole;
}

} // namespace chartside::note
