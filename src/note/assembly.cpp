#include "note/assembly.h"

#include "note/checks.h"
#include "note/evidence.h"
#include "note/lexicon.h"
#include "note/numbers.h"
#include "note/omissions.h"
#include "note/orders.h"
#include "note/soundness.h"
#include "note/statements.h"

#include <algorithm>
#include <string>
#include <utility>

namespace chartside::note {
namespace {

constexpr float low_confidence = 0.55f;

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
    std::vector<std::string> flags;
    bool heading = false;
    std::string label;       // what the sentence stands under
    std::string labelled;    // with its label in front
    bool label_runs = false; // the label is written once for a run of them
};

// What a sentence says, as words to compare: without endings, every negator one.
using Content = std::vector<std::string>;

Content content(const std::string& text)
{
    Content kept;
    for (const Word& word : tokenize(text)) {
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

// All that `one` says, `other` says too. "Do not start it" does not say "start it".
bool says_no_more(const Content& one, const Content& other)
{
    if (one.empty()) return false;
    auto holds = [](const Content& list, const std::string& word) { return std::find(list.begin(), list.end(), word) != list.end(); };
    if (holds(one, "not") != holds(other, "not")) return false;
    bool all = std::all_of(one.begin(), one.end(), [&](const std::string& word) { return holds(other, word); });
    return all && (one.size() > 1 || other.size() == 1);
}

void add_once(std::vector<std::string>& list, const std::vector<std::string>& more)
{
    for (const std::string& item : more)
        if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

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
    Sources sources;
    Coverage coverage;
    std::vector<Piece> pieces;
    Note note;

    std::string subject() const
    {
        std::string text = subject_pronoun(visit.voice, true);
        capitalise(text);
        return text;
    }

    // "She denies A, B, and C." Each topic may itself hold an "or".
    std::string denial(const std::vector<const Draft*>& run) const
    {
        std::string text = subject() + " " + agree(visit.voice, "deny") + " ";
        bool listed = false;
        for (const Draft* draft : run)
            for (const Word& word : draft->words) listed = listed || word.is("or") || word.is(",") || word.is("and");
        for (size_t i = 0; i < run.size(); i++) {
            if (i > 0 && i + 1 < run.size()) text += ", ";
            else if (i > 0) text += listed ? ", and " : run.size() > 2 ? ", or " : " or ";
            text += inner(run[i]->words);
        }
        return closed(text);
    }

    // Drafts that cannot be written: broken off, with a number that is unclear, or denied against the answer's words.
    // A denial is verified alone, so that one that fails does not take the others of its sentence with it.
    void drop_unwritable(std::vector<Draft>& drafts)
    {
        for (Draft& draft : drafts)
            if (!draft.heading) draft.words = whole_sentence(without_loose_end(draft.words));
        std::erase_if(drafts, [&](const Draft& draft) {
            if (draft.words.empty() || !is_sound(draft)) return true;
            if (std::any_of(draft.words.begin(), draft.words.end(), [](const Word& word) { return word.unclear; })) return true;
            return draft.denial && !supported(denial({&draft}), draft.sources);
        });
    }

    bool supported(const std::string& text, const std::vector<size_t>& cited)
    {
        if (unsupported(text, sources.said(cited)).empty()) return true;
        coverage.refused.push_back(cited);
        return false;
    }

    // The denials of a section from `first` on, as one sentence; returns the place of its last.
    size_t add_denials(const std::vector<Draft>& drafts, size_t first)
    {
        std::vector<const Draft*> run;
        Piece piece;
        piece.section = drafts[first].section;
        size_t words = 0, next = first;
        for (; next < drafts.size() && drafts[next].denial && drafts[next].section == piece.section; next++) {
            const Draft& draft = drafts[next];
            if (!run.empty() && (run.size() >= 6 || words + draft.words.size() >= 26)) break;
            bool repeat = std::any_of(run.begin(), run.end(), [&](const Draft* d) { return plain(d->words) == plain(draft.words); });
            if (!repeat) run.push_back(&draft);
            words += draft.words.size();
            piece.sources.insert(piece.sources.end(), draft.sources.begin(), draft.sources.end());
            piece.flags.insert(piece.flags.end(), draft.flags.begin(), draft.flags.end());
        }
        piece.text = denial(run);
        pieces.push_back(std::move(piece));
        return next - 1;
    }

    void add_piece(const Draft& draft)
    {
        Piece piece;
        piece.section = draft.section;
        piece.flags = draft.flags;
        piece.heading = draft.heading;
        piece.sources = draft.sources;
        if (draft.affirmed) {
            piece.text = closed(subject() + " " + agree(visit.voice, "report") + " " + inner(draft.words));
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

    void make_pieces(std::vector<Draft>& drafts)
    {
        drop_unwritable(drafts);
        for (size_t i = 0; i < drafts.size(); i++) {
            if (drafts[i].denial) i = add_denials(drafts, i);
            else add_piece(drafts[i]);
        }
    }

    Sentence sentence_of(const Piece& piece, int number) const
    {
        Sentence sentence;
        sentence.id = "n" + std::to_string(number);
        sentence.text = piece.text;
        sentence.evidence = sources.evidence(piece.sources);
        const Heard span = heard(transcript, sentence.evidence);
        sentence.start_ms = span.start_ms;
        sentence.end_ms = span.end_ms;
        add_once(sentence.flags, piece.flags);
        if (span.confidence < low_confidence) add_once(sentence.flags, {"low_confidence"});
        Words written = tokenize(piece.text);
        read_numbers(written);
        if (!piece.heading && lacks_dose(written) && (piece.section == assessment_plan || piece.section == medications)) add_once(sentence.flags, {"dose_missing"});
        return sentence;
    }

    void cover(std::vector<std::string>& texts, const std::vector<size_t>& cited, const std::string& text)
    {
        for (size_t source : cited) texts[source] += text + "\n";
    }

    // What a sentence says with the label it stands under, which is not written again in a run of them.
    static Content content_of(const Piece& piece)
    {
        bool label_says = !piece.label.empty() && piece.section != assessment_plan;
        return content(label_says ? piece.labelled : piece.text);
    }

    // A sentence again, or one whose words another has: the first stays, and what was said again is its evidence too.
    // Its time stays that of the first saying, which is what is played.
    bool merge_repeat(const Piece& piece, const std::vector<std::pair<Content, size_t>>& before, NoteSection& section)
    {
        const Content mine = content_of(piece);
        for (const auto& [other, place] : before) {
            if (!says_no_more(mine, other)) continue;
            Sentence& sentence = section.sentences[place];
            for (const Evidence& item : sources.evidence(piece.sources))
                if (std::find(sentence.evidence.begin(), sentence.evidence.end(), item) == sentence.evidence.end()) sentence.evidence.push_back(item);
            cover(coverage.sentences, piece.sources, sentence.text);
            return true;
        }
        return false;
    }

    NoteSection write_section(size_t index, int& number)
    {
        NoteSection section{note_section_ids[index], section_titles[index], {}};
        std::vector<std::pair<Content, size_t>> before; // of this problem
        Piece* heading = nullptr;                       // written once a sentence stands under it
        int problem = 0;
        std::string run_label;
        for (Piece& piece : pieces) {
            if (piece.section != index) continue;
            if (piece.heading) {
                if (heading) coverage.refused.push_back(heading->sources);
                heading = &piece;
                before.clear();
                run_label.clear();
                continue;
            }
            if (merge_repeat(piece, before, section)) continue;
            const Content says = content_of(piece);
            std::string checked = piece.text;
            bool labels = !piece.label.empty() && !(piece.label_runs && run_label == piece.label);
            if (labels) {
                piece.text = piece.labelled;
                if (index != assessment_plan) checked = piece.labelled;
            }
            if (!supported(checked, piece.sources)) continue;
            if (heading) {
                cover(coverage.headings, heading->sources, heading->text);
                heading->text = std::to_string(++problem) + ". " + heading->text;
                section.sentences.push_back(sentence_of(*heading, ++number));
                heading = nullptr;
            }
            run_label = piece.label;
            before.emplace_back(says, section.sentences.size());
            cover(coverage.sentences, piece.sources, piece.text);
            section.sentences.push_back(sentence_of(piece, ++number));
        }
        if (heading) coverage.refused.push_back(heading->sources);
        return section;
    }
};

} // namespace

Note assemble_note(const Transcript& transcript, const Visit& visit, std::vector<Draft> drafts)
{
    const Sources sources{transcript, visit};
    const size_t count = visit.dialogue.utterances.size();
    Assembler assembler{transcript, visit, sources, {std::vector<std::string>(count), std::vector<std::string>(count), {}}, {}, {}};
    assembler.make_pieces(drafts);
    int number = 0;
    for (size_t section = 0; section < section_count; section++)
        if (NoteSection made = assembler.write_section(section, number); !made.sentences.empty()) assembler.note.sections.push_back(std::move(made));
    assembler.note.omissions = list_omissions(sources, assembler.coverage);
    return std::move(assembler.note);
}

} // namespace chartside::note
