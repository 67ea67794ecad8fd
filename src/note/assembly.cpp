#include "note/assembly.h"

#include "base/characters.h"
#include "base/text.h"
#include "note/checks.h"
#include "note/lexicon.h"
#include "note/numbers.h"
#include "note/orders.h"
#include "note/soundness.h"
#include "note/statements.h"

#include <algorithm>
#include <unordered_set>

namespace chartside::note {
namespace {

constexpr float low_confidence = 0.55f;

const char* const section_ids[] = {"subjective", "medications", "exam", "results", "assessment_plan"};
const char* const section_titles[] = {"Subjective", "Medications", "Exam", "Results", "Assessment and plan"};

void capitalise(std::string& text)
{
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
}

std::string closed(std::string text)
{
    while (!text.empty() && (text.back() == ' ' || text.back() == ',')) text.pop_back();
    if (!text.empty() && text.back() != '.' && text.back() != '?' && text.back() != '!') text += '.';
    return text;
}

// Lower-case start inside a sentence, unless the word keeps its capital.
std::string inner(const Words& words)
{
    std::string text = join_words(words);
    if (words.empty() || text.empty()) return text;
    const Word* first = nullptr;
    for (const Word& word : words)
        if (!word.filler && !word.text.empty()) { first = &word; break; }
    bool keeps = !first || keeps_capital(*first) || !acronym_form(first->lower).empty() || (first->text.size() > 1 && first->text[1] >= 'A' && first->text[1] <= 'Z');
    // A name the recogniser wrote with a capital in the middle of a clause keeps it.
    if (!keeps && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] + 32);
    return text;
}

struct Piece {
    std::string text;
    std::vector<size_t> sources;
    size_t section = subjective;
    bool denied_aloud = false;
    std::vector<std::string> flags;
    bool heading = false;
    std::string label;       // what the sentence stands under
    std::string labelled;    // with its label in front
    bool label_runs = false; // the label is written once for a run of them
};

Form form_of(const Draft& draft)
{
    if (draft.denial || draft.affirmed) return Form::topic;
    if (draft.section == exam || draft.section == results) return Form::finding;
    if (draft.section == assessment_plan) {
        // "Not thought to need a scan", "Complete the ultrasound": no subject is wanted.
        const Word& first = draft.words.front();
        bool orders = draft.label != reasoning_label || first.is("not") || first.is("suspect") || first.is("concern") || first.is("for") || is_base_verb(first.lower) || is_past_verb(first.lower) || is_modal(first.lower);
        for (size_t i = 0; i + 1 < draft.words.size(); i++) orders = orders || (draft.words[i].is(",") && (is_order_verb(draft.words[i + 1].lower) || is_modal(draft.words[i + 1].lower)));
        return orders ? Form::order : Form::statement;
    }
    return draft.label.empty() ? Form::statement : Form::finding;
}

bool is_sound(const Draft& draft)
{
    if (draft.heading) return !has_first_or_second_person(draft.words);
    Words label = tokenize(draft.label);
    if (has_first_or_second_person(label) || (label.size() > 1 && is_auxiliary(label[0].lower) && is_determiner(label[1].lower))) return false;
    return flaw_of(draft.words, form_of(draft)).empty();
}

struct Assembler {
    const Transcript& transcript;
    const Visit& visit;
    std::vector<Piece> pieces;
    std::vector<bool> used;
    Note note;

    std::string said(size_t source) const
    {
        const Clause& clause = visit.at(source).clause;
        const std::string& text = transcript.segments[clause.segment].text;
        return text.substr(static_cast<size_t>(clause.start), static_cast<size_t>(clause.end - clause.start));
    }

    std::vector<Evidence> evidence_of(const std::vector<size_t>& sources) const
    {
        std::vector<Evidence> evidence;
        for (size_t source : sources) {
            const Clause& clause = visit.at(source).clause;
            const std::string& id = transcript.segments[clause.segment].id;
            if (!evidence.empty() && evidence.back().segment_id == id && clause.start - evidence.back().end_char <= 3 && clause.start >= evidence.back().start_char)
                evidence.back().end_char = std::max(evidence.back().end_char, clause.end);
            else
                evidence.push_back({id, clause.start, clause.end});
        }
        return evidence;
    }

    void time_of(const std::vector<Evidence>& evidence, double& start_ms, double& end_ms, float* confidence) const
    {
        bool any = false;
        for (const Evidence& item : evidence) {
            const Segment* segment = transcript.find(item.segment_id);
            if (!segment) continue;
            double from = segment->start_ms, to = segment->end_ms;
            bool first = true;
            for (const chartside::Word& word : segment->words) {
                if (word.end_char <= item.start_char || word.start_char >= item.end_char) continue;
                from = first ? word.start_ms : std::min(from, word.start_ms);
                to = first ? word.end_ms : std::max(to, word.end_ms);
                first = false;
            }
            start_ms = any ? std::min(start_ms, from) : from;
            end_ms = any ? std::max(end_ms, to) : to;
            any = true;
            if (!confidence) continue;
            // Only words that carry the meaning count: the least sure of them.
            if (segment->words.empty()) *confidence = std::min(*confidence, segment->confidence);
            for (const chartside::Word& word : segment->words) {
                if (word.end_char <= item.start_char || word.start_char >= item.end_char || word.end_char > static_cast<int>(segment->text.size())) continue;
                std::string lower = to_lower_ascii(trim(std::string_view(segment->text).substr(static_cast<size_t>(word.start_char), static_cast<size_t>(word.end_char - word.start_char))));
                while (!lower.empty() && std::ispunct(static_cast<unsigned char>(lower.back()))) lower.pop_back();
                bool matters = is_drug(lower) || is_symptom(lower) || is_condition(lower) || is_laterality(lower) || is_negator(lower) || std::any_of(lower.begin(), lower.end(), is_digit);
                if (matters) *confidence = std::min(*confidence, word.confidence);
            }
        }
    }

    std::string subject(bool capital) const
    {
        std::string text = subject_pronoun(visit.voice, true);
        if (capital) capitalise(text);
        return text;
    }

    // "She denies A, B, and C." Each topic may itself hold an "or".
    std::string denial(const std::vector<const Draft*>& run) const
    {
        std::string text = subject(true) + " " + agree(visit.voice, "deny") + " ";
        bool listed = false;
        for (const Draft* draft : run)
            for (const Word& word : draft->words) listed = listed || word.is("or") || word.is(",") || word.is("and");
        for (size_t i = 0; i < run.size(); i++) {
            if (i > 0 && i + 1 < run.size()) text += ", ";
            else if (i > 0) text += listed ? ", and " : run.size() > 2 ? ", or " : " or ";
            text += inner(run[i]->words);
        }
        return text;
    }

    void make_pieces(std::vector<Draft>& drafts)
    {
        for (Draft& draft : drafts)
            if (!draft.heading) draft.words = whole_sentence(without_loose_end(draft.words));
        std::erase_if(drafts, [](const Draft& draft) { return draft.words.empty() || !is_sound(draft); });
        std::erase_if(drafts, [](const Draft& draft) { return std::any_of(draft.words.begin(), draft.words.end(), [](const Word& word) { return word.unclear; }); });
        for (size_t i = 0; i < drafts.size(); i++) {
            Draft& draft = drafts[i];
            Piece piece;
            piece.section = draft.section;
            piece.flags = draft.flags;
            piece.heading = draft.heading;
            if (draft.denial) {
                std::vector<const Draft*> run = {&draft};
                size_t words = draft.words.size();
                size_t next = i + 1;
                while (next < drafts.size() && drafts[next].denial && drafts[next].section == draft.section && run.size() < 6 && words + drafts[next].words.size() < 26) {
                    bool repeat = std::any_of(run.begin(), run.end(), [&](const Draft* d) { return plain(d->words) == plain(drafts[next].words); });
                    if (!repeat) run.push_back(&drafts[next]);
                    words += drafts[next].words.size();
                    piece.sources.insert(piece.sources.end(), drafts[next].sources.begin(), drafts[next].sources.end());
                    for (const std::string& flag : drafts[next].flags) piece.flags.push_back(flag);
                    next++;
                }
                piece.sources.insert(piece.sources.begin(), draft.sources.begin(), draft.sources.end());
                piece.text = closed(denial(run));
                piece.denied_aloud = true;
                i = next - 1;
                pieces.push_back(std::move(piece));
                continue;
            }
            piece.sources = draft.sources;
            piece.denied_aloud = draft.negated_by_answer;
            if (draft.affirmed) {
                piece.text = closed(subject(true) + " " + agree(visit.voice, "report") + " " + inner(draft.words));
            } else {
                piece.label = draft.label;
                bool runs = draft.section == exam || draft.section == results || draft.section == assessment_plan;
                piece.label_runs = runs && !draft.label.empty();
                piece.text = closed(join_words(draft.words));
                if (!draft.label.empty()) piece.labelled = draft.label + ": " + (draft.section == assessment_plan ? piece.text : closed(inner(draft.words)));
            }
            capitalise(piece.text);
            pieces.push_back(std::move(piece));
        }
    }

    // A sentence again, or one whose words another has: the first stays.
    bool repeats(const Piece& piece, const std::vector<std::vector<std::string>>& before) const
    {
        std::vector<std::string> mine = content(piece.text);
        if (mine.empty()) return false;
        for (const auto& other : before) {
            size_t shared = 0;
            for (const std::string& word : mine) shared += std::find(other.begin(), other.end(), word) != other.end();
            if (shared == mine.size() && (mine.size() > 1 || other.size() == 1)) return true;
        }
        return false;
    }

    std::vector<std::string> content(const std::string& text) const
    {
        Words words = tokenize(text);
        std::vector<std::string> kept;
        for (const Word& word : words) {
            if (word.kind == WordKind::punctuation) continue;
            if (is_function_word(word.lower) && !is_negator(word.lower)) continue;
            if (word.is("patient") || word.is("reports")) continue;
            std::string key = is_negator(word.lower) ? "not" : word.lower;
            for (std::string_view tail : {"ing", "ed", "s"})
                if (key.size() > tail.size() + 3 && key.ends_with(tail)) { key.resize(key.size() - tail.size()); break; }
            if (std::find(kept.begin(), kept.end(), key) == kept.end()) kept.push_back(key);
        }
        return kept;
    }

    void write_sections()
    {
        int number = 0;
        for (size_t section = 0; section < section_count; section++) {
            NoteSection made{section_ids[section], section_titles[section], {}};
            std::vector<std::vector<std::string>> before;
            int problem = 0;
            std::string run_label;
            for (size_t p = 0; p < pieces.size(); p++) {
                Piece& piece = pieces[p];
                if (piece.section != section) continue;
                if (piece.heading) {
                    // A problem with nothing under it is no problem.
                    bool followed = p + 1 < pieces.size() && pieces[p + 1].section == section && !pieces[p + 1].heading;
                    if (!followed) {
                        for (size_t source : piece.sources) used[source] = true;
                        continue;
                    }
                    before.clear();
                    run_label.clear();
                    piece.text = std::to_string(problem + 1) + ". " + piece.text;
                } else if (repeats(piece, before)) {
                    for (size_t source : piece.sources) used[source] = true;
                    continue;
                }
                std::vector<std::string> cited;
                for (size_t source : piece.sources) cited.push_back(said(source));
                std::string checked = piece.heading ? piece.text.substr(piece.text.find(' ') + 1) : piece.text;
                bool labels = !piece.label.empty() && !(piece.label_runs && run_label == piece.label);
                if (labels) {
                    piece.text = piece.labelled;
                    if (section != assessment_plan) checked = piece.labelled;
                }
                // A problem is only named by its heading; what is said of it, "it is not under control", stands below.
                const std::string lacking = unsupported(checked, cited, piece.denied_aloud);
                if (!lacking.empty() && !(piece.heading && lacking == "polarity")) continue;
                problem += piece.heading;
                run_label = piece.label;
                Sentence sentence;
                sentence.text = piece.text;
                sentence.evidence = evidence_of(piece.sources);
                float confidence = 1;
                time_of(sentence.evidence, sentence.start_ms, sentence.end_ms, &confidence);
                if (confidence < low_confidence) piece.flags.push_back("low_confidence");
                Words written = tokenize(piece.text);
                read_numbers(written);
                if (!piece.heading && lacks_dose(written) && (section == assessment_plan || section == medications)) piece.flags.push_back("dose_missing");
                for (const std::string& flag : piece.flags)
                    if (std::find(sentence.flags.begin(), sentence.flags.end(), flag) == sentence.flags.end()) sentence.flags.push_back(flag);
                sentence.id = "n" + std::to_string(++number);
                before.push_back(content(checked));
                for (size_t source : piece.sources) used[source] = true;
                made.sentences.push_back(std::move(sentence));
            }
            if (!made.sentences.empty()) note.sections.push_back(std::move(made));
        }
    }

    void list_omissions()
    {
        int number = 0;
        std::vector<std::string> seen;
        for (size_t i = 0; i < visit.dialogue.utterances.size(); i++) {
            if (used[i]) continue;
            const Utterance& utterance = visit.at(i);
            if (utterance.words.empty() || (utterance.question && utterance.role == Role::doctor)) continue;
            ClinicalTerms terms = clinical_terms(utterance.words);
            bool family = terms.family && (terms.conditions || terms.symptoms);
            bool wanted = terms.drugs || family || (utterance.role == Role::patient && (terms.symptoms || terms.conditions) && utterance.words.size() >= 3) ||
                          (terms.numbers && (terms.symptoms || terms.conditions || terms.tests || terms.body)) || (utterance.role == Role::doctor && terms.conditions && utterance.scores[relevance_head] > -0.5f);
            if (!wanted) continue;
            std::string key = plain(utterance.words);
            if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
            seen.push_back(key);
            Omission omission;
            omission.id = "o" + std::to_string(++number);
            omission.section_id = section_ids[visit.sections[i]];
            std::string text = said(i);
            omission.text = std::string(trim(text));
            omission.evidence = evidence_of({i});
            time_of(omission.evidence, omission.start_ms, omission.end_ms, nullptr);
            bool unclear = std::any_of(utterance.words.begin(), utterance.words.end(), [](const Word& word) { return word.unclear; });
            omission.reason = unclear ? "number_unclear" : utterance.question ? "question" : terms.drugs ? "drug" : family ? "family_history" : utterance.scores[relevance_head] < relevance_threshold ? "low_relevance" : "not_rewritten";
            note.omissions.push_back(std::move(omission));
        }
    }
};

} // namespace

Note assemble_note(const Transcript& transcript, const Visit& visit, std::vector<Draft> drafts)
{
    Assembler assembler{transcript, visit, {}, std::vector<bool>(visit.dialogue.utterances.size(), false), {}};
    assembler.make_pieces(drafts);
    assembler.write_sections();
    assembler.list_omissions();
    return std::move(assembler.note);
}

} // namespace chartside::note
