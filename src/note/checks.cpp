#include "note/checks.h"

#include "base/characters.h"
#include "base/text.h"
#include "note/lexicon.h"
#include "note/numbers.h"
#include "note/polarity.h"

#include <algorithm>

namespace chartside::note {
namespace {

Words read(std::string_view text)
{
    Words words = tokenize(text);
    expand_contractions(words);
    return words;
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

// A number, drug or side of `written` that none of the cited clauses holds.
std::string unsaid_term(std::string_view text, const Words& written, const std::vector<Said>& said)
{
    Words words;
    std::vector<std::string> values;
    for (const Said& item : said) {
        if (item.as == SaidAs::answer_on) continue;
        for (const std::string& value : values_of(item.text)) values.push_back(value);
        Words more = read(item.text);
        words.insert(words.end(), more.begin(), more.end());
    }
    auto is_said = [&](std::string_view lower) { return std::any_of(words.begin(), words.end(), [&](const Word& w) { return w.lower == lower; }); };
    for (const std::string& value : values_of(text))
        if (!number_said(value, values)) return "number";
    for (const Word& word : written) {
        if (is_drug(word.lower) && !is_said(word.lower)) return "drug";
        if (is_laterality(word.lower) && !is_said(word.lower)) return "laterality";
    }
    return "";
}

} // namespace

std::string unsupported(std::string_view text, const std::vector<Said>& said)
{
    const Words written = read(text);
    if (std::string term = unsaid_term(text, written, said); !term.empty()) return term;
    return polarity_holds(written, said) ? "" : "polarity";
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
