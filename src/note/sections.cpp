#include "note/sections.h"

#include "note/draft.h"
#include "note/lexicon.h"
#include "note/phrase.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>

namespace chartside::note {
namespace {

constexpr size_t stage_count = 4; // subjective, exam, results, assessment_plan

// Words that open a part of the visit, said by the doctor.
float cue(const Words& words, size_t stage)
{
    auto has = [&](std::initializer_list<std::string_view> list) {
        return std::any_of(list.begin(), list.end(), [&](std::string_view phrase) { return find_phrase(words, phrase) < words.size(); });
    };
    // A vital sign with its value, and a bedside finding: what is said of them is said while examining.
    bool number = std::any_of(words.begin(), words.end(), [](const Word& word) { return word.kind == WordKind::number; });
    bool vital = has({"blood pressure", "heart rate", "temperature", "your weight", "oxygen", "respiratory rate", "your pulse"});
    if (stage == 1 && number && vital && !has({"at home", "readings", "when you", "mg", "last time"}) && find_phrase(words, "your") < words.size()) return 3.0f;
    if (stage == 1 && has({"let us have a look", "let me have a look", "let me take a look", "let me examine", "let us examine", "let me listen", "examine you", "take a deep breath", "deep breath in", "joint line", "equal and reactive", "no murmur", "follow my finger", "push against", "squeeze my", "to palpation", "tell me if this", "tell me if that", "does this hurt", "when i press", "when i push", "on the table", "straighten it", "test is positive", "test is negative", "i am looking at your", "i am looking at the"}))
        return 3.0f;
    bool tested = std::any_of(words.begin(), words.end(), [](const Word& word) { return is_test(word.lower); });
    if (stage == 1 && !tested && has({"looks normal", "is normal", "soft"})) return 2.0f;
    if (stage == 1 && has({"physical exam", "your exam", "quick exam", "examine you", "take a look at you", "your lungs", "your heart rate", "your blood pressure is", "blood pressure today", "on exam", "murmur", "vital signs", "your vitals", "let us have a look",
                           "let me examine", "take a deep breath", "close your eyes", "monofilament", "reduced", "intact", "symmetric", "is supple", "range of motion", "flexion", "feel stable", "sit up now", "on your heart", "tenderness", "effusion", "reflexes", "gait", "hop up"}))
        return 2.0f;
    if (stage == 2 && has({"go over your results", "go over your labs", "look at your results", "review your results", "reviewing the results", "results of your"})) return 3.0f;
    bool measured = number && !vital && tested;
    if (stage == 2 && measured && (has({"is", "was", "came back"})) && !has({"at home", "readings", "average", "want", "would like", "repeat", "with the"})) return 2.5f;
    if (stage == 2 && has({"your results", "your labs", "lab results", "the results", "your x-ray", "your x-rays", "the x-ray shows", "no fracture", "no fractures", "bony", "your mri", "ekg", "echocardiogram", "your hemoglobin", "creatinine", "ldl", "your a1c", "blood work came", "lipid panel", "fasting glucose"}))
        return 1.5f;
    if (stage == 3 && has({"assessment and plan", "my plan", "the plan", "make a plan", "my assessment", "i would like to", "i want you to", "let us start", "first problem", "i am going to prescribe", "i would like you", "refer you", "order", "i recommend", "see you back", "for your last problem", "emergency room", "call me if", "call us if", "call me sooner", "if you get a", "do you have any questions", "any questions", "let us make a", "keep using", "try not to", "drink plenty", "i want you to start", "let us prescribe", "let us order", "so i think you", "so for your", "i think these are", "come back in"}))
        return 2.0f;
    return 0;
}

} // namespace

std::vector<size_t> read_sections(const Dialogue& dialogue)
{
    const auto& all = dialogue.utterances;
    size_t count = all.size();
    std::vector<std::array<float, stage_count>> best(count);
    std::vector<std::array<size_t, stage_count>> from(count);
    static constexpr size_t section_of[stage_count] = {subjective, exam, results, assessment_plan};
    for (size_t i = 0; i < count; i++) {
        std::array<float, stage_count> emission{};
        float highest = -1e9f;
        for (size_t s = 0; s < stage_count; s++) {
            float score = all[i].scores[section_head + section_of[s]];
            if (s == 0) score = std::max(score, all[i].scores[section_head + medications]);
            emission[s] = score;
            highest = std::max(highest, score);
        }
        const float weight = all[i].role == Role::patient ? 0.25f : 0.3f + 1 / (1 + std::exp(-(all[i].scores[relevance_head] + 2)));
        float sum = 0;
        for (float e : emission) sum += std::exp(e - highest);
        for (size_t s = 0; s < stage_count; s++) {
            emission[s] = std::max(emission[s] - highest - std::log(sum), -4.0f);
            // The patient's words, and those that no note would hold, say little about where the visit stands.
            emission[s] *= weight;
            if (all[i].role == Role::doctor) emission[s] += cue(all[i].words, s);
        }
        for (size_t s = 0; s < stage_count; s++) {
            if (i == 0) {
                best[i][s] = emission[s] + (s == 0 ? 1.5f : -1.5f);
                continue;
            }
            float top = -1e9f;
            for (size_t before = 0; before < stage_count; before++) {
                float step = before == s ? 0 : before < s ? -2.4f : s == 0 ? -12.0f : -4.5f;
                if ((before == 1 && s == 2) || (before == 2 && s == 1)) step = -1.6f;
                if (best[i - 1][before] + step > top) {
                    top = best[i - 1][before] + step;
                    from[i][s] = before;
                }
            }
            best[i][s] = top + emission[s];
        }
    }
    std::vector<size_t> sections(count, subjective);
    if (count == 0) return sections;
    size_t state = static_cast<size_t>(std::max_element(best[count - 1].begin(), best[count - 1].end()) - best[count - 1].begin());
    for (size_t i = count; i-- > 0;) {
        sections[i] = section_of[state];
        if (i > 0) state = from[i][state];
    }
    return sections;
}

Pronouns read_pronouns(const Dialogue& dialogue, Pronouns given, Sex sex)
{
    if (given != Pronouns::unstated) return given;
    if (sex == Sex::female) return Pronouns::she;
    if (sex == Sex::male) return Pronouns::he;
    static const std::unordered_set<std::string_view> female = {"female", "woman", "lady", "mrs.", "ms.", "miss", "ma'am", "girl"};
    static const std::unordered_set<std::string_view> male = {"male", "gentleman", "mr.", "sir", "boy"};
    int she = 0, he = 0;
    for (const Utterance& utterance : dialogue.utterances) {
        bool age = false;
        for (const Word& word : utterance.words) age = age || word.lower.find("year-old") != std::string::npos;
        if (find_phrase(utterance.words, "year old") < utterance.words.size()) age = true;
        for (size_t i = 0; i < utterance.words.size(); i++) {
            const Word& word = utterance.words[i];
            if (utterance.role == Role::doctor) {
                // Somebody else's sex: "my wife", "your mother is a lovely lady".
                int weight = age ? 6 : 1;
                if (female.contains(word.lower)) she += weight;
                if (male.contains(word.lower)) he += weight;
                if (age && (word.is("she") || word.is("her"))) she += 2;
                if (age && (word.is("he") || word.is("his"))) he += 2;
            } else if (phrase_at(utterance.words, i, "i was a girl") || phrase_at(utterance.words, i, "my period") || phrase_at(utterance.words, i, "i am pregnant") || phrase_at(utterance.words, i, "my pregnancy") ||
                       phrase_at(utterance.words, i, "my last period") || phrase_at(utterance.words, i, "stopped the pill")) {
                she += 4;
            } else if (phrase_at(utterance.words, i, "i was a boy") || phrase_at(utterance.words, i, "my prostate")) {
                he += 4;
            }
        }
    }
    if (she > he) return Pronouns::she;
    if (he > she) return Pronouns::he;
    return Pronouns::unstated;
}

} // namespace chartside::note
