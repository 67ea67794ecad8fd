#include "note/dialogue.h"

#include "note/draft.h"
#include "note/features.h"
#include "note/lexicon.h"
#include "note/orders.h"
#include "note/phrase.h"
#include "note/sections.h"

#include <algorithm>
#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

bool is_backchannel(const Words& words)
{
    static const Set set = {"okay", "ok", "mm-hmm", "uh-huh", "yeah", "right", "alright", "all", "sure", "good", "great", "yes", "oh",
                            "gotcha", "i", "see", "hmm", "wow", "no", "nice", "perfect", "and", "got", "it", "very", "that", "is"};
    size_t count = 0;
    for (const Word& word : words) {
        if (word.kind == WordKind::punctuation) continue;
        if (!set.contains(word.lower)) return false;
        count++;
    }
    return count <= 5;
}

// The doctor's score of a clause without looking at the labels.
float doctor_score(const Utterance& utterance)
{
    return std::clamp(utterance.scores[doctor_head], -4.0f, 4.0f);
}

// Words that a patient says while being examined: an answer, or of himself.
bool sounds_like_patient(const Utterance& utterance)
{
    static const Set set = {"my", "yes", "no", "yeah", "okay", "i"};
    if (utterance.words.size() < 3 && !clinical_terms(utterance.words).any()) return true;
    return std::any_of(utterance.words.begin(), utterance.words.end(), [](const Word& word) { return set.contains(word.lower); });
}

// "your heart", "I want you to": the patient seldom says it, and never of himself.
bool speaks_to_patient(const Words& words)
{
    if (words.size() < 3) return false;
    for (size_t i = 0; i < words.size(); i++) {
        bool clinical = words[i].is("your") && (clinical_terms(words).any() || clinical_terms(words).body);
        if (clinical || phrase_at(words, i, "want you to") || phrase_at(words, i, "like you to") || phrase_at(words, i, "refer you") || phrase_at(words, i, "send you") || phrase_at(words, i, "see you back")) return true;
    }
    return false;
}

// "there is no redness", "no ulcers", "follow my finger", "use a heating pad": said while examining or planning.
bool sounds_like_examiner(const Words& words)
{
    if (words.size() < 2) return false;
    if (words[0].is("there") && (words[1].is("is") || words[1].is("are"))) return true;
    ClinicalTerms terms = clinical_terms(words);
    if (words[0].is("no") && words.size() <= 5 && (is_symptom(words[1].lower) || is_condition(words[1].lower))) return true;
    if (is_determiner(words[0].lower) && !words[0].is("my") && terms.body && words.size() <= 9)
        return std::any_of(words.begin(), words.end(), [](const Word& word) { return word.is("is") || word.is("are") || word.is("looks") || word.is("feels"); });
    return words.size() >= 3 && is_order_verb(words[0].lower) && !words[0].is("have") && !words[0].is("let") && !words[0].is("do") && !words[0].is("see");
}

// `sections`: of each utterance after a first labelling, or empty before it.
void label_from_words(Dialogue& dialogue, const Transcript& transcript, const std::vector<size_t>& sections)
{
    // Two speakers; a change inside a segment is dear unless a question ends there. A recording that goes on brings
    // segments without a role after segments with one: what is known holds, and helps its neighbours.
    constexpr float known_score = 8, examining_bias = 0.8f, addressing_bias = 2;
    size_t count = dialogue.utterances.size();
    std::vector<std::array<float, 2>> best(count);
    std::vector<std::array<int, 2>> from(count);
    for (size_t i = 0; i < count; i++) {
        const Utterance& now = dialogue.utterances[i];
        float score = doctor_score(now);
        if (now.clause.question_mark) score += 0.8f;
        // While examining, and from there on, it is mostly the doctor who speaks.
        if (!sections.empty() && sections[i] != subjective && !sounds_like_patient(now)) score += examining_bias;
        if (speaks_to_patient(now.words)) score += addressing_bias;
        if (!sections.empty() && sections[i] != subjective && sounds_like_examiner(now.words)) score += addressing_bias;
        const Role given = transcript.segments[now.clause.segment].role;
        if (given != Role::unknown) score = given == Role::doctor ? known_score : -known_score;
        std::array<float, 2> emission = {score / 2, -score / 2}; // doctor, patient
        for (int state = 0; state < 2; state++) {
            if (i == 0) {
                best[i][static_cast<size_t>(state)] = emission[static_cast<size_t>(state)] + (state == 0 ? 0.5f : 0.0f);
                continue;
            }
            const Utterance& before = dialogue.utterances[i - 1];
            bool same_segment = before.clause.segment == now.clause.segment;
            // One that asks is seldom the one who told in the same breath, whatever the recogniser put between them.
            bool asks_after = looks_like_question(now.words) && !looks_like_question(before.words);
            float change = same_segment ? (before.clause.question_mark || asks_after ? 0.4f : 1.8f) : (before.clause.question_mark ? -0.9f : -0.3f);
            float stay = best[i - 1][static_cast<size_t>(state)];
            float turn = best[i - 1][static_cast<size_t>(1 - state)] - change;
            from[i][static_cast<size_t>(state)] = stay >= turn ? state : 1 - state;
            best[i][static_cast<size_t>(state)] = std::max(stay, turn) + emission[static_cast<size_t>(state)];
        }
    }
    if (count == 0) return;
    int state = best[count - 1][0] >= best[count - 1][1] ? 0 : 1;
    for (size_t i = count; i-- > 0;) {
        Utterance& utterance = dialogue.utterances[i];
        utterance.role = state == 0 ? Role::doctor : Role::patient;
        float agree = state == 0 ? doctor_score(utterance) : -doctor_score(utterance);
        utterance.role_uncertain = agree < -1.0f;
        if (i > 0) state = from[i][static_cast<size_t>(state)];
    }
}

void label_from_transcript(Dialogue& dialogue, const Transcript& transcript)
{
    // Labels may be swapped for the whole visit, for a stretch of it or for single turns: the cheapest course, where a
    // change costs as much as a turn whose words clearly belong to the other.
    constexpr float change = 4.5f;
    size_t count = transcript.segments.size();
    std::vector<float> sums(count, 0);
    for (const Utterance& utterance : dialogue.utterances) sums[utterance.clause.segment] += doctor_score(utterance);
    auto given_doctor = [&](size_t i) { return transcript.segments[i].role == Role::doctor; };
    std::vector<std::array<float, 2>> best(count); // as labelled, swapped
    std::vector<std::array<size_t, 2>> from(count);
    for (size_t i = 0; i < count; i++) {
        float agree = (given_doctor(i) ? sums[i] : -sums[i]) / 2;
        for (size_t state : {0u, 1u}) {
            float stay = i ? best[i - 1][state] : state ? -change : 0.0f;
            float turn = i ? best[i - 1][1 - state] - change : stay;
            from[i][state] = stay >= turn ? state : 1 - state;
            best[i][state] = std::max(stay, turn) + (state ? -agree : agree);
        }
    }
    std::vector<bool> doctor(count, false);
    size_t state = count && best[count - 1][1] > best[count - 1][0] ? 1 : 0;
    size_t swapped = 0;
    for (size_t i = count; i-- > 0;) {
        doctor[i] = given_doctor(i) != (state == 1);
        swapped += state;
        if (i > 0) state = from[i][state];
    }
    dialogue.roles_swapped = swapped * 2 > count;
    for (Utterance& utterance : dialogue.utterances) {
        size_t segment = utterance.clause.segment;
        bool agreed = doctor[segment] == (given_doctor(segment) != dialogue.roles_swapped);
        utterance.role = doctor[segment] ? Role::doctor : Role::patient;
        utterance.role_uncertain = !agreed || (doctor[segment] ? sums[segment] < -3 : sums[segment] > 3);
    }
}

void link_answers(Dialogue& dialogue)
{
    std::vector<Utterance>& all = dialogue.utterances;
    for (size_t i = 0; i < all.size(); i++) {
        if (all[i].role != Role::doctor || !all[i].question) continue;
        // The last question before the patient speaks takes the answer.
        size_t next = i + 1;
        size_t between = 0;
        while (next < all.size() && all[next].role == Role::doctor && !all[next].question && between < 2 && all[next].words.size() <= 4) {
            next++;
            between++;
        }
        if (next >= all.size() || all[next].role != Role::patient) continue;
        Exchange exchange;
        exchange.questions.push_back(i);
        size_t at = next;
        while (at < all.size()) {
            if (all[at].role == Role::patient) {
                if (all[at].question) break;
                exchange.answers.push_back(at++);
                continue;
            }
            bool more = is_backchannel(all[at].clause.words) && !all[at].question && at + 1 < all.size() && all[at + 1].role == Role::patient;
            if (!more || exchange.answers.size() >= 8) break;
            at++;
        }
        if (exchange.answers.empty()) continue;
        size_t rest_from = 0;
        const Words& first = all[exchange.answers[0]].clause.words;
        exchange.kind = read_answer(first, rest_from);
        exchange.rest.push_back(slice(first, rest_from));
        for (size_t k = 1; k < exchange.answers.size(); k++) {
            const Words& words = all[exchange.answers[k]].clause.words;
            size_t from = 0;
            AnswerKind kind = read_answer(words, from);
            // "Um. No." and "yeah. no": what comes at once after it counts.
            if (k == 1 && exchange.rest[0].empty() && (exchange.kind == AnswerKind::none || exchange.kind == AnswerKind::open)) exchange.kind = kind;
            bool bare = kind == AnswerKind::yes || kind == AnswerKind::no;
            if (bare && exchange.kind == AnswerKind::open && k == 1 && from >= words.size()) exchange.kind = kind;
            exchange.rest.push_back(slice(words, bare ? from : 0));
        }
        // "Any medical problems? High blood pressure, asthma?": the second narrows the first.
        if (i > 0 && all[i - 1].role == Role::doctor && all[i - 1].question && !all[i - 1].answered && all[i - 1].clause.segment == all[i].clause.segment) {
            bool verbless = std::none_of(all[i].words.begin(), all[i].words.end(), [](const Word& w) { return is_auxiliary(w.lower); });
            if (verbless && all[i].words.size() <= 10) exchange.questions.insert(exchange.questions.begin(), i - 1);
        }
        for (size_t q : exchange.questions) all[q].answered = true;
        for (size_t a : exchange.answers) all[a].is_answer = true;
        dialogue.exchanges.push_back(std::move(exchange));
    }
}

// "And you're still taking the metoprolol." "Yes, every morning.": what the patient at once confirms was asked.
void read_confirmations(Dialogue& dialogue)
{
    std::vector<Utterance>& all = dialogue.utterances;
    std::vector<size_t> sections = read_sections(dialogue);
    for (size_t i = 0; i + 1 < all.size(); i++) {
        Utterance& said = all[i];
        if (said.role != Role::doctor || said.question || sections[i] != subjective || all[i + 1].role != Role::patient || said.words.size() < 3) continue;
        size_t rest = 0;
        AnswerKind kind = read_answer(all[i + 1].clause.words, rest);
        if (kind != AnswerKind::yes && kind != AnswerKind::no) continue;
        bool of_patient = said.words[0].is("you") || said.words[0].is("your") || said.words[0].kind == WordKind::number;
        bool verb = std::any_of(said.words.begin(), said.words.end(), [](const Word& word) { return is_auxiliary(word.lower); });
        bool named = !verb && said.words[0].is("the") && clinical_terms(said.words).drugs > 0;
        if (of_patient || named) said.question = true;
    }
}

} // namespace

bool looks_like_question(const Words& words)
{
    Words bare = strip_lead_ins(words);
    if (bare.size() < 2) return false;
    const std::string& first = bare[0].lower;
    const std::string& second = bare[1].lower;
    if (is_auxiliary(first) && first != "be" && first != "been" && first != "being")
        return is_subject_pronoun(second) || is_determiner(second);
    if (first == "any") return true;
    if (first == "how" || first == "what") {
        if (second == "about" || second == "long" || second == "often" || second == "many" || second == "much" || second == "bad" || second == "other" || second == "kind") return true;
        return is_auxiliary(second) || second == "brings";
    }
    if (first == "when" || first == "where" || first == "who" || first == "why") return is_auxiliary(second);
    return false;
}

AnswerKind read_answer(const Words& words, size_t& rest_from)
{
    static const Set yes = {"yes", "yeah", "yep", "yup", "mm-hmm", "mmhm", "uh-huh", "correct", "right", "sure", "absolutely", "definitely", "exactly",
                            "certainly", "totally", "ya", "yea", "mhm", "indeed"};
    static const Set no = {"no", "nope", "nah", "never", "none", "negative", "huh-uh", "uh-uh"};
    static const Set lead = {"oh", "well", "so", "um", "uh", "i", "mean", "hmm", "okay", "and", ",", ".", "actually", "like", "honestly", "mm"};
    static const Set some = {"sometimes", "occasionally", "rarely", "usually", "mostly", "often"};
    size_t i = 0;
    auto at = [&](size_t k) -> std::string_view { return k < words.size() ? std::string_view(words[k].lower) : std::string_view(); };
    AnswerKind kind = AnswerKind::none;
    rest_from = 0;
    while (i < words.size()) {
        std::string_view now = at(i);
        if (now == "i" && at(i + 1) != "mean") break;
        if (yes.contains(now)) {
            // "right knee" and "sure about that" are no answers
            bool alone = i + 1 >= words.size() || at(i + 1) == "," || yes.contains(at(i + 1)) || is_subject_pronoun(at(i + 1)) || at(i + 1) == "and" ||
                         at(i + 1) == "but" || at(i + 1) == "no" || at(i + 1) == "just" || at(i + 1) == "so" || at(i + 1) == "my" || at(i + 1) == "the";
            if ((now == "right" || now == "sure" || now == "correct" || now == "exactly" || now == "definitely" || now == "absolutely" || now == "certainly" || now == "totally") && !alone) break;
            if ((now == "definitely" || now == "absolutely") && at(i + 1) == "not") { kind = AnswerKind::no; i += 2; rest_from = i; continue; }
            kind = AnswerKind::yes;
            rest_from = ++i;
            continue;
        }
        if (now == "no" && kind != AnswerKind::yes && i + 1 < words.size() && at(i + 1) != "," && !is_subject_pronoun(at(i + 1)) && !no.contains(at(i + 1)) &&
            !is_function_word(at(i + 1)) && at(i + 1) != "nothing" && at(i + 1) != "more" && at(i + 1) != "definitely" && !yes.contains(at(i + 1)) && at(i + 1) != "absolutely" && at(i + 1) != "okay")
            break; // "no fever": a restated denial, read as a phrase
        if (no.contains(now)) {
            kind = AnswerKind::no;
            rest_from = ++i;
            continue;
        }
        if (now == "nothing" || (now == "not" && (at(i + 1) == "really" || at(i + 1) == "at" || at(i + 1) == "that" || at(i + 1) == "usually" || at(i + 1) == "anymore" || at(i + 1) == "yet" || i + 1 >= words.size()))) {
            if (kind == AnswerKind::none || kind == AnswerKind::no) {
                kind = AnswerKind::no;
                rest_from = i;
            }
            break;
        }
        if (some.contains(now) && kind == AnswerKind::none && (i + 1 >= words.size() || at(i + 1) == ",")) {
            kind = AnswerKind::sometimes;
            rest_from = i;
            break;
        }
        if (lead.contains(now)) {
            i++;
            continue;
        }
        break;
    }
    if (kind == AnswerKind::none) {
        Words bare = strip_lead_ins(words);
        std::string text = plain(bare);
        if (text.starts_with("i do not know") || text.starts_with("i am not sure") || text.starts_with("not sure") || text.starts_with("i can not remember") ||
            text.starts_with("i do not remember"))
            return AnswerKind::unknown;
        auto short_form = [&](std::string_view form) { return text == form; };
        for (std::string_view form : {"i do", "i am", "i have", "i did", "it is", "it does", "it has", "they are", "they do", "that is right", "that is correct",
                                      "that is it", "i was", "it was", "i can", "you got it", "sounds right", "it did", "i would", "i will"})
            if (short_form(form)) { rest_from = words.size(); return AnswerKind::yes; }
        for (std::string_view form : {"i do not", "i am not", "i have not", "i did not", "it is not", "it does not", "it has not", "they are not", "i was not",
                                      "i do not think so", "i can not", "not that i know of", "i do not believe so", "it did not", "not to my knowledge"})
            if (short_form(form)) { rest_from = words.size(); return AnswerKind::no; }
        return bare.empty() ? AnswerKind::none : AnswerKind::open;
    }
    return kind;
}

bool is_empty_answer(const Words& words)
{
    static const Set empty = {
        "no", "not", "never", "none", "nothing", "that", "like", "i", "have", "do", "did", "am", "was", "it", "is", "does", "has", "of", "know", "think", "can",
        "noticed", "remember", "aware", "at", "all", "really", "me", "so", "far", "yes", "yeah", "yep", "okay", "definitely", "absolutely", "any", "those", "these",
        "them", "anything", "else", "been", "to", "my", "knowledge", "or", "the", "and", "right", "correct", "sure", "just", "would", "say", "ever", "there",
        "they", "are", "were", "did", "that's", "we", "will", "things", "stuff", "good", "fine", "great", "what", "you", "said", "believe", "mentioned", "problems", "issues", "too", "exactly", "mm-hmm", "much", "more", "but", "usually", "well"};
    for (const Word& word : words)
        if (word.kind != WordKind::punctuation && !empty.contains(word.lower)) return false;
    return true;
}

Dialogue read_dialogue(const Transcript& transcript, const LinearModel& model)
{
    Dialogue dialogue;
    std::vector<Clause> clauses = split_clauses(transcript);
    const bool labelled = std::none_of(transcript.segments.begin(), transcript.segments.end(),
        [](const Segment& segment) { return segment.role == Role::unknown; });
    for (size_t i = 0; i < clauses.size(); i++) {
        Utterance utterance;
        utterance.scores = model.score(clause_features(clauses, i, Role::unknown));
        utterance.clause = clauses[i];
        utterance.words = strip_lead_ins(clauses[i].words);
        dialogue.utterances.push_back(std::move(utterance));
    }
    auto score_again = [&] {
        for (size_t i = 0; i < clauses.size(); i++) {
            Utterance& utterance = dialogue.utterances[i];
            float doctor = utterance.scores[doctor_head], question = utterance.scores[question_head];
            utterance.scores = model.score(clause_features(clauses, i, utterance.role));
            utterance.scores[doctor_head] = doctor;
            utterance.scores[question_head] = question;
        }
    };
    if (labelled) {
        label_from_transcript(dialogue, transcript);
    } else {
        dialogue.roles_told = true;
        label_from_words(dialogue, transcript, {});
        score_again();
        label_from_words(dialogue, transcript, read_sections(dialogue));
    }
    score_again();
    for (size_t i = 0; i < clauses.size(); i++) {
        Utterance& utterance = dialogue.utterances[i];
        float question = utterance.scores[question_head];
        utterance.question = clauses[i].question_mark || (looks_like_question(clauses[i].words) && (question > -1.5f || clauses[i].last_of_segment)) || question > 1.5f;
        // "..., okay?" and "..., right?" ask for a nod, not for a finding.
        if (clauses[i].question_mark && !clauses[i].words.empty()) {
            const std::string& last = clauses[i].words.back().lower;
            bool nod = last == "okay" || last == "alright" || (last == "right" && clauses[i].words.size() > 1 && clauses[i].words[clauses[i].words.size() - 2].is("all"));
            if (nod && !looks_like_question(clauses[i].words)) utterance.question = false;
        }
    }
    read_confirmations(dialogue);
    link_answers(dialogue);
    return dialogue;
}

std::vector<Role> segment_roles(const Transcript& transcript, const Dialogue& dialogue)
{
    std::vector<int> doctor(transcript.segments.size(), 0), patient(transcript.segments.size(), 0);
    for (const Utterance& utterance : dialogue.utterances) {
        int words = static_cast<int>(utterance.clause.words.size());
        (utterance.role == Role::doctor ? doctor : patient)[utterance.clause.segment] += words;
    }
    std::vector<Role> roles;
    for (size_t i = 0; i < transcript.segments.size(); i++)
        roles.push_back(doctor[i] + patient[i] == 0 ? transcript.segments[i].role : doctor[i] >= patient[i] ? Role::doctor : Role::patient);
    return roles;
}

} // namespace chartside::note
