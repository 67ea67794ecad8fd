#include "note/features.h"

#include "note/lexicon.h"

#include <algorithm>

namespace chartside::note {
namespace {

// A word as the model knows it: numbers lose their value and keep their unit.
std::string shape(const Word& word)
{
    if (word.kind == WordKind::number) {
        size_t space = word.lower.rfind(' ');
        if (space != std::string::npos) return "<n>" + word.lower.substr(space + 1);
        if (word.lower.find('/') != std::string::npos) return "<n/n>";
        if (word.lower.ends_with("%")) return "<n%>";
        return "<n>";
    }
    if (is_drug(word.lower)) return "<drug>";
    return word.lower;
}

std::vector<std::string> shapes(const Clause& clause)
{
    std::vector<std::string> out;
    for (const Word& word : clause.words)
        if (word.kind != WordKind::punctuation) out.push_back(shape(word));
    return out;
}

} // namespace

std::vector<std::string> clause_features(std::span<const Clause> clauses, size_t index, Role role)
{
    const Clause& clause = clauses[index];
    std::vector<std::string> features;
    std::vector<std::string> words = shapes(clause);
    std::string speaker = role == Role::doctor ? "d" : role == Role::patient ? "p" : "";
    auto add = [&](std::string feature) {
        if (std::find(features.begin(), features.end(), feature) == features.end()) features.push_back(std::move(feature));
    };
    for (size_t i = 0; i < words.size(); i++) {
        add("u:" + words[i]);
        if (!speaker.empty()) add(speaker + "u:" + words[i]);
        if (i + 1 < words.size()) add("b:" + words[i] + "_" + words[i + 1]);
        if (i + 2 < words.size()) add("t:" + words[i] + "_" + words[i + 1] + "_" + words[i + 2]);
    }
    if (!words.empty()) {
        add("f:" + words[0]);
        if (words.size() > 1) add("f2:" + words[0] + "_" + words[1]);
        add("l:" + words.back());
    }
    auto neighbour = [&](size_t other, const std::string& prefix) {
        std::vector<std::string> around = shapes(clauses[other]);
        if (around.size() > 14) around.resize(14);
        std::string same = clauses[other].segment == clause.segment ? "s" : "o";
        for (const std::string& word : around) add(prefix + same + ":" + word);
        if (clauses[other].question_mark) add(prefix + same + "?");
    };
    if (index > 0) neighbour(index - 1, "p");
    if (index + 1 < clauses.size()) neighbour(index + 1, "n");
    for (int away = 2; away <= 4; away++) {
        if (index >= static_cast<size_t>(away))
            for (const std::string& word : shapes(clauses[index - static_cast<size_t>(away)]))
                if (word.size() > 3) add("w:" + word);
    }
    int drugs = 0, symptoms = 0, conditions = 0, bodies = 0, tests = 0, numbers = 0, family = 0;
    for (const Word& word : clause.words) {
        drugs += is_drug(word.lower);
        symptoms += is_symptom(word.lower);
        conditions += is_condition(word.lower);
        bodies += !exam_label(word.lower).empty();
        tests += is_test(word.lower);
        numbers += word.kind == WordKind::number;
        family += is_family_member(word.lower);
    }
    auto count = [&](const char* name, int n) {
        if (n > 0) {
            add(std::string("c:") + name);
            if (!speaker.empty()) add(speaker + "c:" + name);
            if (n > 1) add(std::string("c2:") + name);
        }
    };
    count("drug", drugs);
    count("symptom", symptoms);
    count("condition", conditions);
    count("body", bodies);
    count("test", tests);
    count("number", numbers);
    count("family", family);
    size_t length = words.size();
    const char* bucket = length <= 1 ? "1" : length <= 3 ? "3" : length <= 6 ? "6" : length <= 10 ? "10" : length <= 16 ? "16" : "17";
    add(std::string("len:") + bucket);
    if (!speaker.empty()) {
        add("r:" + speaker);
        add("r:" + speaker + "_len:" + bucket);
        if (clause.question_mark) add("q:" + speaker);
        // Where in the visit the clause stands tells exam and plan apart; the role must not lean on it.
        size_t decile = clauses.size() > 1 ? index * 10 / clauses.size() : 0;
        add("pos:" + std::to_string(decile));
        add("pos:" + std::to_string(decile) + speaker);
    }
    return features;
}

} // namespace chartside::note
