#include "domain/note_merge.h"

#include "domain/note_edits.h"

#include <algorithm>

namespace chartside {

namespace {

void add_cited(SegmentIds& segments, const std::vector<Evidence>& evidence)
{
    for (const Evidence& span : evidence) segments.insert(span.segment_id);
}

/// A whole segment was before the writer when one word of it was cited, so what the draft makes of its other words
/// was decided then, by the writer or by the physician who deleted it.
bool says_new(const std::vector<Evidence>& evidence, const SegmentIds& known)
{
    return std::any_of(evidence.begin(), evidence.end(),
        [&](const Evidence& span) { return !known.contains(span.segment_id); });
}

// The section of this id; made, in the draft's order, where `mine` has none.
NoteSection& section_like(Note& mine, const Note& draft, const NoteSection& wanted)
{
    if (NoteSection* section = find_section(mine, wanted.id)) return *section;
    auto place = mine.sections.begin();
    for (const NoteSection& before : draft.sections) {
        if (before.id == wanted.id) break;
        const auto there = std::find_if(mine.sections.begin(), mine.sections.end(),
            [&](const NoteSection& section) { return section.id == before.id; });
        if (there != mine.sections.end()) place = std::max(place, there + 1);
    }
    return *mine.sections.insert(place, {wanted.id, wanted.title, {}});
}

void add_omission(Note& mine, Omission omission)
{
    const auto taken = [&](const std::string& id) {
        return std::any_of(mine.omissions.begin(), mine.omissions.end(), [&](const Omission& one) { return one.id == id; });
    };
    for (size_t number = mine.omissions.size() + 1; omission.id.empty() || taken(omission.id); ++number)
        omission.id = "o" + std::to_string(number);
    mine.omissions.push_back(std::move(omission));
}

void add_new_omissions(Note& mine, const Note& draft, const SegmentIds& known)
{
    for (const Omission& omission : draft.omissions)
        if (says_new(omission.evidence, known)) add_omission(mine, omission);
}

} // namespace

SegmentIds cited_segments(const Note& note)
{
    SegmentIds segments;
    for (const NoteSection& section : note.sections)
        for (const Sentence& sentence : section.sentences) add_cited(segments, sentence.evidence);
    for (const Omission& omission : note.omissions) add_cited(segments, omission.evidence);
    return segments;
}

Note add_new_evidence(Note mine, const Note& draft, const SegmentIds& known)
{
    for (const NoteSection& section : draft.sections) {
        for (Sentence sentence : section.sentences) {
            if (!says_new(sentence.evidence, known)) continue;
            if (find_sentence(mine, sentence.id)) sentence.id = next_sentence_id(mine);
            section_like(mine, draft, section).sentences.push_back(std::move(sentence));
        }
    }
    add_new_omissions(mine, draft, known);
    return mine;
}

Note offer_new_evidence(Note mine, const Note& draft, const SegmentIds& known)
{
    for (const NoteSection& section : draft.sections) {
        for (const Sentence& sentence : section.sentences) {
            if (!says_new(sentence.evidence, known)) continue;
            add_omission(mine, {"", section.id, sentence.text, sentence.evidence, sentence.start_ms, sentence.end_ms, after_signing});
        }
    }
    add_new_omissions(mine, draft, known);
    return mine;
}

} // namespace chartside
