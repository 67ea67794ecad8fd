#include "note/draft.h"
#include "note/exchanges.h"
#include "note/lexicon.h"
#include "note/phrase.h"
#include "note/statements.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

/// How relevant a doctor's clause about the patient has to be: one that is dictated, and one said to the patient.
constexpr float dictated_threshold = -2.0f;
constexpr float said_back_threshold = 0.0f;

// After the history the doctor speaks most. Where roles were told from the words alone, what stands there is the
// patient's only by what it is about: "my mother", not "I do not think it is gout" or "it can raise the pressure".
bool surely_of_patient(const Words& words)
{
    bool own = std::any_of(words.begin(), words.end(), [](const Word& word) { return word.is("my") || word.is("i") || word.is("me"); });
    if (!own) return false;
    size_t i = 0;
    while (i < words.size() && !words[i].is("i")) i++;
    if (i >= words.size()) return true;
    for (size_t k = i + 1; k < words.size() && k < i + 5; k++) {
        static const Set views = {"think", "want", "would", "will", "believe", "recommend", "suspect", "see", "hear", "appreciate", "going", "know", "can", "like", "feel", "order", "need"};
        if (views.contains(words[k].lower)) return std::any_of(words.begin(), words.end(), [](const Word& word) { return word.is("my"); });
    }
    return true;
}

struct HistoryWriter {
    const Visit& visit;
    std::vector<Draft> drafts;

    // "martha is a 50-year-old female with ... who presents for": the doctor's own opening.
    bool opening(size_t i)
    {
        const Utterance& utterance = visit.at(i);
        std::string text = plain(utterance.words);
        bool age = text.find("year-old") != std::string::npos || text.find("year old") != std::string::npos || text.find("month-old") != std::string::npos;
        if (!age || text.find(" is a") == std::string::npos || has_first_or_second_person(utterance.words) || utterance.words.size() < 6) return false;
        Words words = utterance.words;
        for (size_t k = 1; k < words.size() && k < 8; k++)
            if (words[k].is("is")) {
                // Names are given small in some transcripts: "ms. thompson is a ..."
                for (size_t n = 0; n < k; n++)
                    if (!is_function_word(words[n].lower) && words[n].text[0] >= 'a' && words[n].text[0] <= 'z') words[n].text[0] = static_cast<char>(words[n].text[0] - 32);
                break;
            }
        size_t comma = 0;
        // "hey, dragon, ms. thompson is ..."
        for (size_t k = 0; k + 1 < words.size() && k < 6; k++)
            if (words[k].is(",") ) comma = k + 1;
        bool before_is = true;
        for (size_t k = 0; k < comma; k++) before_is = before_is && !words[k].is("is");
        if (comma && before_is) words = slice(words, comma);
        if (words.empty()) return false;
        drafts.push_back(draft_of(visit, {i}, words));
        return true;
    }

    // "we have you on the Prozac", "we started you on Imitrex": what the patient takes.
    std::optional<Words> medication(const Words& words) const
    {
        static constexpr std::pair<std::string_view, std::string_view> takes[] = {
            {"we have had you on", "has been on"}, {"i have had you on", "has been on"}, {"we have you on", "is on"}, {"i have you on", "is on"}, {"they have you on", "is on"},
            {"we had you on", "was on"}, {"we had put you on", "was put on"}, {"we put you on", "was put on"}, {"i put you on", "was put on"}, {"we had placed you on", "was placed on"},
            {"we placed you on", "was placed on"}, {"i placed you on", "was placed on"}, {"we had started you on", "was started on"}, {"we started you on", "was started on"}, {"i started you on", "was started on"}};
        for (const auto& [spoken, written] : takes) {
            size_t length = match_any(words, 0, {spoken});
            if (!length || length >= words.size()) continue;
            Words rest = slice(words, length);
            if (!clinical_terms(rest).drugs && !clinical_terms(rest).classes) return std::nullopt;
            auto third = main_clause_to_third_person(rest, Role::doctor, visit.voice, true);
            if (!third) return std::nullopt;
            std::string verb(written);
            if (visit.voice.plural(true)) {
                for (auto [one, many] : {std::pair<std::string_view, std::string_view>{"has ", "have "}, {"is ", "are "}, {"was ", "were "}})
                    if (verb.starts_with(one)) verb = std::string(many) + verb.substr(one.size());
            }
            Words out = make_words(subject_pronoun(visit.voice, true) + " " + verb, words[0].start, words[length - 1].end);
            append(out, *third);
            return out;
        }
        return std::nullopt;
    }

    // The doctor says back what is known, "you've had this for three weeks", or dictates it.
    bool said_back(size_t i)
    {
        const Utterance& utterance = visit.at(i);
        ClinicalTerms terms = clinical_terms(utterance.words);
        Words words = utterance.words;
        while (size_t length = match_any(words, 0, {"i know that", "i know", "i see here that", "i see that", "i hear that", "i hear", "i understand that", "i understand", "it sounds like", "sounds like", "it looks like", "looks like", "i heard that", "i heard", "i was told that", "i remember that", "from looking at the notes",
                                                 "the nurse said that", "the nurse told me that", "they said that", "i see", "i saw that", "i saw", "i noticed that", "and i know that", "i did see that", "i guess", "now", "and", "then", "lastly", "also", ","}))
            words = slice(words, length);
        if (words.size() < 3 || is_wh_word(words[0].lower) || small_talk(words)) return false;
        float score = utterance.scores[relevance_head] + (terms.any() ? 0.8f : 0);
        if (terms.drugs && score > -3) {
            if (auto taken = medication(words)) {
                drafts.push_back(draft_of(visit, {i}, *taken));
                return true;
            }
        }
        static const Set about = {"he", "she", "patient"};
        bool dictated = !has_first_or_second_person(words) && (terms.any() || about.contains(words[0].lower) || about.contains(words[1].lower));
        if (score < (dictated ? dictated_threshold : terms.any() ? said_back_threshold : 0.5f)) return false;
        if (!stands_alone(words)) return false;
        if (words[0].is("we") || words[0].is("i") || words[0].is("they") || words[0].is("let")) return false;
        auto third = main_clause_to_third_person(words, Role::doctor, visit.voice);
        if (!third) return false;
        drafts.push_back(draft_of(visit, {i}, *third));
        return true;
    }

    // The doctor repeats a side, "the right knee, okay", after the patient named it.
    bool side_repeated(size_t i)
    {
        const Words& words = visit.at(i).words;
        if (words.size() < 2 || words.size() > 6 || i == 0 || has_finite_verb(words)) return false;
        bool side = std::any_of(words.begin(), words.end(), [](const Word& w) { return w.is("left") || w.is("right"); });
        if (!side || !clinical_terms(words).body) return false;
        for (size_t back = 1; back <= 3 && back <= i; back++) {
            const Utterance& before = visit.at(i - back);
            if (before.role != Role::patient) continue;
            for (const Word& said : before.words)
                for (const Word& word : words)
                    if (said.lower == word.lower && (word.is("left") || word.is("right"))) {
                        Words place = words;
                        if (is_determiner(place[0].lower)) place.erase(place.begin());
                        Draft made = draft_of(visit, {i - back, i}, place);
                        made.label = "Location";
                        drafts.push_back(made);
                        return true;
                    }
        }
        return false;
    }

    void run()
    {
        const Dialogue& dialogue = visit.dialogue;
        size_t next_exchange = 0;
        bool opened = false;
        for (size_t i = 0; i < dialogue.utterances.size(); i++) {
            const Utterance& utterance = dialogue.utterances[i];
            while (next_exchange < dialogue.exchanges.size() && dialogue.exchanges[next_exchange].questions.back() == i)
                write_exchange(visit, dialogue.exchanges[next_exchange++], drafts);
            if (utterance.is_answer || utterance.question || utterance.words.empty()) continue;
            size_t section = visit.sections[i];
            if (utterance.role == Role::doctor) {
                if (!opened && i < dialogue.utterances.size() / 2 && opening(i)) {
                    opened = true;
                    continue;
                }
                if (section == subjective && !side_repeated(i)) said_back(i);
                continue;
            }
            bool late = section == assessment_plan || section == exam || section == results;
            if (late && dialogue.roles_told && !surely_of_patient(utterance.words)) continue;
            write_statement(visit, i, late ? -0.8f : 0.2f, drafts);
        }
    }
};

} // namespace

std::vector<Draft> write_history(const Visit& visit)
{
    HistoryWriter writer{visit, {}};
    writer.run();
    return std::move(writer.drafts);
}

} // namespace chartside::note
