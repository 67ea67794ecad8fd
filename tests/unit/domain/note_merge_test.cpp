#include "domain/note_merge.h"

#include "domain/note_edits.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <random>

using namespace chartside;

namespace {

Sentence drafted(const std::string& id, const std::string& text, std::vector<std::string> segment_ids)
{
    Sentence sentence;
    sentence.id = id;
    sentence.text = text;
    for (const std::string& segment : segment_ids) sentence.evidence.push_back({segment, 0, 4});
    return sentence;
}

Sentence edited(Sentence sentence, const std::string& text)
{
    change_sentence(sentence, text);
    return sentence;
}

std::vector<std::string> texts(const Note& note, const std::string& section_id)
{
    std::vector<std::string> result;
    for (const NoteSection& section : note.sections)
        if (section.id == section_id)
            for (const Sentence& sentence : section.sentences) result.push_back(sentence.text);
    return result;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("merge: what the physician wrote stays in its place, and what is new is added after it")
{
    Note mine;
    mine.sections = {{"subjective", "Subjective",
        {edited(drafted("n1", "Knee pain.", {"s1"}), "Left knee pain."), hand_sentence({}, "Gardens."), drafted("n2", "No locking.", {"s2"})}}};
    Note draft;
    draft.sections = {{"subjective", "Subjective",
                          {drafted("n1", "Knee pain for a week.", {"s1"}), drafted("n2", "No locking.", {"s2"}),
                              drafted("n3", "It swells.", {"s3"})}},
        {"assessment_plan", "Plan", {drafted("n4", "Start ibuprofen.", {"s2", "s4"})}}};
    const Note merged = add_new_evidence(mine, draft, cited_segments(mine));
    CHECK(texts(merged, "subjective") == Texts{"Left knee pain.", "Gardens.", "No locking.", "It swells."});
    CHECK(texts(merged, "assessment_plan") == Texts{"Start ibuprofen."});
    CHECK(add_new_evidence(merged, draft, cited_segments(merged)) == merged);
}

TEST_CASE("merge: a sentence that was deleted does not come back, nor an omission that was dismissed with its sentence")
{
    Note before;
    before.sections = {{"subjective", "Subjective", {drafted("n1", "Knee pain.", {"s1"}), drafted("n2", "A cousin fell.", {"s2"})}}};
    Note mine = before;
    mine.sections[0].sentences.pop_back();
    Note draft = before;
    draft.omissions = {{"o1", "subjective", "my cousin", {{"s2", 3, 9}}, 0, 1, "low_relevance"}};
    const Note merged = add_new_evidence(mine, draft, cited_segments(before));
    CHECK(merged == mine);
}

TEST_CASE("merge: a new section takes its place in the order of the draft")
{
    Note mine;
    mine.sections = {{"subjective", "Subjective", {}}, {"assessment_plan", "Plan", {}}};
    Note draft;
    draft.sections = {{"subjective", "Subjective", {}}, {"exam", "Exam", {drafted("n1", "Knee warm.", {"s9"})}},
        {"assessment_plan", "Plan", {}}};
    const Note merged = add_new_evidence(mine, draft, {});
    REQUIRE(merged.sections.size() == 3);
    CHECK(merged.sections[1].id == "exam");
}

TEST_CASE("merge: a signed note keeps its sections, and is offered what is new")
{
    Note mine;
    mine.sections = {{"subjective", "Subjective", {drafted("n1", "Knee pain.", {"s1"})}}};
    mine.omissions = {{"o1", "subjective", "words", {{"s1", 0, 2}}, 0, 1, "low_relevance"}};
    Note draft;
    draft.sections = {{"subjective", "Subjective", {drafted("n1", "Knee pain.", {"s1"}), drafted("n2", "It swells.", {"s2"})}}};
    draft.omissions = {{"o1", "subjective", "more words", {{"s3", 0, 2}}, 0, 1, "unsupported"}};
    const Note merged = offer_new_evidence(mine, draft, cited_segments(mine));
    CHECK(merged.sections == mine.sections);
    REQUIRE(merged.omissions.size() == 3);
    CHECK(merged.omissions[1].text == "It swells.");
    CHECK(merged.omissions[1].reason == after_signing);
    CHECK(omitted_sentence(merged, merged.omissions[1]).text == "It swells.");
    CHECK(omitted_sentence(merged, merged.omissions[0]).text == "“words”");
    CHECK(merged.omissions[2].id != "o1");
    CHECK(offer_new_evidence(merged, draft, cited_segments(merged)) == merged);
}

TEST_CASE("merge: whatever is drafted, every sentence of the physician's note stays as it is, in order, and ids stay unique")
{
    std::mt19937 random(7);
    const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    const char* const section_ids[] = {"subjective", "medications", "exam", "assessment_plan"};
    const auto any_note = [&](const char* prefix) {
        Note note;
        int number = 0;
        for (const char* id : section_ids) {
            if (pick(3) == 0) continue;
            NoteSection section{id, id, {}};
            for (int i = pick(5); i > 0; --i) {
                Sentence sentence = drafted(prefix + std::to_string(++number), "text " + std::to_string(pick(1000)), {"s" + std::to_string(pick(12))});
                if (pick(4) == 0) sentence = edited(sentence, "typed " + std::to_string(pick(1000)));
                if (pick(6) == 0) sentence.evidence.clear(), sentence.origin = Origin::hand;
                section.sentences.push_back(sentence);
            }
            note.sections.push_back(section);
        }
        return note;
    };
    for (int round = 0; round < 400; ++round) {
        const Note mine = any_note("n"), draft = any_note(pick(2) ? "n" : "h");
        const Note merged = add_new_evidence(mine, draft, cited_segments(mine));
        SegmentIds ids;
        size_t count = 0;
        for (const NoteSection& section : merged.sections)
            for (const Sentence& sentence : section.sentences) ids.insert(sentence.id), ++count;
        REQUIRE(ids.size() == count);
        for (const NoteSection& section : mine.sections) {
            const auto kept = std::find_if(merged.sections.begin(), merged.sections.end(), [&](const NoteSection& one) { return one.id == section.id; });
            REQUIRE(kept != merged.sections.end());
            REQUIRE(kept->sentences.size() >= section.sentences.size());
            REQUIRE(std::equal(section.sentences.begin(), section.sentences.end(), kept->sentences.begin()));
        }
    }
}
