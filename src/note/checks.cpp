#include "note/checks.h"

#include "base/characters.h"
#include "base/text.h"
#include "note/lexicon.h"
#include "note/numbers.h"

#include <algorithm>

namespace chartside::note {
namespace {

bool holds_negation(const Words& words)
{
    return std::any_of(words.begin(), words.end(), [](const Word& w) { return w.kind != WordKind::punctuation && is_negator(w.lower); });
}

// "No, I sleep fine": the particle answers a question and negates nothing in its own sentence.
bool starts_with_particle(const Words& words)
{
    size_t negators = 0;
    for (const Word& word : words) negators += word.kind != WordKind::punctuation && is_negator(word.lower);
    bool leads = false;
    for (size_t i = 0; i < words.size() && i < 4; i++) {
        // "no heartburn" negates; "no, I sleep fine" and "no it is better" answer.
        bool answers = i + 1 >= words.size() || words[i + 1].kind == WordKind::punctuation || is_function_word(words[i + 1].lower) || is_adverb(words[i + 1].lower);
        leads = leads || words[i].is("nope") || (words[i].is("no") && answers);
    }
    return leads && negators == 1;
}

// "a little heartburn, but no black stools": what stands before the "but" is not negated by what is behind it.
bool said_before_but(const Words& written, const Words& said)
{
    auto but = std::find_if(said.begin(), said.end(), [](const Word& w) { return w.is("but"); });
    if (but == said.end() || holds_negation(Words(said.begin(), but))) return false;
    return std::all_of(written.begin(), written.end(), [&](const Word& word) {
        bool ours = word.kind == WordKind::punctuation || is_function_word(word.lower) || word.is("patient") || word.is("reports") || word.is("report");
        return ours || std::any_of(said.begin(), but, [&](const Word& w) { return w.lower == word.lower; });
    });
}

// "40 mg" and "40" support each other's digits only where the unit agrees or is not said.
bool number_said(const std::string& value, const std::vector<std::string>& said)
{
    auto digits = [](const std::string& text) {
        std::string kept;
        for (char c : text)
            if (is_digit(c) || c == '.' || c == '/') kept += c;
        return kept;
    };
    auto unit = [](const std::string& text) {
        std::string kept;
        for (char c : text)
            if ((c >= 'a' && c <= 'z') || c == '%') kept += c;
        return kept;
    };
    return std::any_of(said.begin(), said.end(), [&](const std::string& other) { return digits(other) == digits(value) && unit(other) == unit(value); });
}

} // namespace

std::string unsupported(std::string_view text, const std::vector<std::string>& cited, bool denied_aloud)
{
    Words written = tokenize(text);
    expand_contractions(written);
    Words said;
    std::vector<std::string> said_values;
    for (const std::string& source : cited) {
        for (const std::string& value : values_of(source)) said_values.push_back(value);
        Words words = tokenize(source);
        expand_contractions(words);
        said.insert(said.end(), words.begin(), words.end());
    }
    auto is_said = [&](std::string_view lower) { return std::any_of(said.begin(), said.end(), [&](const Word& w) { return w.lower == lower; }); };
    for (const std::string& value : values_of(text))
        if (!number_said(value, said_values)) return "number";
    for (const Word& word : written) {
        if (is_drug(word.lower) && !is_said(word.lower)) return "drug";
        if (is_laterality(word.lower) && !is_said(word.lower)) return "laterality";
    }
    bool negative = holds_negation(written);
    bool was_negative = holds_negation(said) || denied_aloud;
    if (negative && !was_negative) return "polarity";
    // A clause is rewritten whole, so its negator is still there unless a sentence cites more than one clause.
    if (cited.size() == 1 && !negative && holds_negation(said) && !starts_with_particle(said) && !said_before_but(written, said)) return "polarity";
    return "";
}

bool lacks_dose(const Words& words)
{
    // Each drug belongs to the verb before it: "stop the ibuprofen, and start acetaminophen" wants one dose.
    bool acts = false, waiting = false;
    for (const Word& word : words) {
        std::string lower = to_lower_ascii(word.text);
        if (lower == "stop" || lower == "discontinue" || lower == "not" || lower == "avoid" || lower == "no") {
            if (waiting) return true;
            acts = false;
        } else if (lower == "start" || lower == "continue" || lower == "prescribe" || lower == "increase" || lower == "decrease" || lower == "take" || lower == "takes" || lower == "taking" ||
                   lower == "give" || lower == "resume" || lower == "refill" || lower == "add" || lower == "switch") {
            acts = true;
        }
        if (acts && is_drug(lower)) waiting = true;
        bool dose = (word.kind == WordKind::number && (lower.find(" mg") != std::string::npos || lower.find(" mcg") != std::string::npos || lower.find(" ml") != std::string::npos ||
                                                       lower.find('%') != std::string::npos || lower.find(" g") != std::string::npos)) ||
                    lower == "units" || lower == "puffs" || lower == "tablet" || lower == "tablets" || lower == "pills" || lower == "drops";
        if (dose) {
            waiting = false;
            acts = false;
        }
    }
    return waiting;
}

} // namespace chartside::note
