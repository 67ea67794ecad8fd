// What saving a draft leaves of the physician's work.
#include "memory_files.h"
#include "must.h"

#include "domain/note_edits.h"

#include <catch2/catch_test_macros.hpp>

using namespace chartside;
using namespace chartside::store;
using namespace chartside::store::test;

namespace {

Sentence about(const std::string& id, const std::string& text, const std::string& segment_id)
{
    Sentence sentence;
    sentence.id = id;
    sentence.text = text;
    sentence.evidence = {{segment_id, 0, 3}};
    return sentence;
}

Segment segment(const std::string& id, double start_ms, Role role)
{
    return {id, start_ms, start_ms + 900, role, "words", 1, {}};
}

const std::vector<Segment> first_part = {segment("s1", 0, Role::doctor), segment("s2", 1000, Role::patient)};
const std::vector<Segment> whole = {segment("s1", 0, Role::doctor), segment("s2", 1000, Role::patient), segment("s3", 2000, Role::patient)};

Note first_draft()
{
    Note note;
    note.sections = {{"subjective", "Subjective", {about("n1", "Knee pain.", "s1"), about("n2", "A cousin fell.", "s2")}}};
    return note;
}

Note second_draft()
{
    Note note = first_draft();
    note.sections[0].sentences[0].text = "Knee pain for a week.";
    note.sections[0].sentences.push_back(about("n3", "It swells.", "s3"));
    return note;
}

struct Drafted {
    Practice practice;
    std::unique_ptr<Store> store = must(practice.open());

    Drafted()
    {
        must(store->save_visit(made_visit("v1")));
        must(store->save_consent(made_consent("v1")));
        must(store->save_draft("v1", first_part, first_draft()));
    }
    std::vector<std::string> texts()
    {
        std::vector<std::string> result;
        for (const NoteSection& section : must(store->load_visit("v1")).note.sections)
            for (const Sentence& sentence : section.sentences) result.push_back(sentence.text);
        return result;
    }
    VisitSummary summary() { return must(store->load_visit("v1")).summary; }
};

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("draft: a note that nobody touched is replaced by the new draft")
{
    Drafted drafted;
    const SavedDraft saved = must(drafted.store->save_draft("v1", whole, second_draft()));
    CHECK(saved.note == second_draft());
    CHECK(saved.roles == std::vector<Role>{Role::doctor, Role::patient, Role::patient});
    CHECK(drafted.texts() == Texts{"Knee pain for a week.", "A cousin fell.", "It swells."});
}

TEST_CASE("draft: an edited, an added and a deleted sentence stay so when the visit is drafted again")
{
    Drafted drafted;
    Note mine = first_draft();
    change_sentence(mine.sections[0].sentences[0], "Left knee pain.");
    mine.sections[0].sentences[1] = hand_sentence(mine, "Gardens.");
    must(drafted.store->save_note("v1", mine, "Sentence changed"));
    must(drafted.store->save_draft("v1", whole, second_draft()));
    CHECK(drafted.texts() == Texts{"Left knee pain.", "Gardens.", "It swells."});
    must(drafted.store->save_draft("v1", whole, second_draft()));
    CHECK(drafted.texts() == Texts{"Left knee pain.", "Gardens.", "It swells."});
}

TEST_CASE("draft: an omission that was dismissed stays dismissed, whatever is drafted and however often the page is opened")
{
    Drafted drafted;
    const Omission omission{"o1", "subjective", "my cousin", {{"s4", 0, 9}}, 3000, 3900, "low_relevance"};
    Note with_omission = first_draft();
    with_omission.omissions = {omission, {"o2", "subjective", "the weather", {{"s5", 0, 9}}, 4000, 4900, "low_relevance"}};
    must(drafted.store->save_draft("v1", first_part, with_omission));
    Note mine = with_omission;
    mine.omissions.erase(mine.omissions.begin());
    must(drafted.store->save_note("v1", mine, "Left out"));
    drafted.store.reset();
    drafted.store = must(drafted.practice.open());
    Note again = second_draft(); // the visit went on, and its speakers were swapped
    again.omissions = with_omission.omissions;
    must(drafted.store->swap_roles("v1"));
    const SavedDraft saved = must(drafted.store->save_draft("v1", whole, again));
    REQUIRE(saved.note.omissions.size() == 1);
    CHECK(saved.note.omissions[0].text == "the weather");
    CHECK(drafted.texts() == Texts{"Knee pain.", "A cousin fell.", "It swells."});
    // Nor does it come back as a sentence; taken back by hand, it is there again.
    again.sections[0].sentences.push_back(about("n9", "A cousin fell ill.", "s4"));
    CHECK(must(drafted.store->save_draft("v1", whole, again)).note == saved.note);
    must(drafted.store->save_note("v1", with_omission, "Undone"));
    CHECK(must(drafted.store->load_visit("v1")).note.omissions[0] == omission);
}

TEST_CASE("draft: what is drafted while a visit is recorded is one revision, of which the newest stands")
{
    Drafted drafted;
    const std::string id = must(drafted.store->begin_recording("v1", 16000, 0));
    must(drafted.store->save_draft("v1", {}, first_draft()));
    const size_t count = must(drafted.store->list_revisions("v1")).size();
    for (int i = 0; i < 5; ++i) {
        Note note = second_draft();
        note.sections[0].sentences[2].text += std::string(static_cast<size_t>(i), '.');
        must(drafted.store->save_draft("v1", {}, note));
    }
    CHECK(must(drafted.store->list_revisions("v1")).size() == count);
    CHECK(drafted.texts() == Texts{"Knee pain for a week.", "A cousin fell.", "It swells....."});
    CHECK(drafted.summary().state == VisitState::recording);
    must(drafted.store->end_interrupted_recording(id, 4000));
    must(drafted.store->save_draft("v1", whole, second_draft()));
    CHECK(must(drafted.store->list_revisions("v1")).size() == count + 1);
    CHECK(drafted.store->check_integrity().ok());
}

TEST_CASE("draft: a check that was settled is not raised again by the next draft")
{
    Drafted drafted;
    Note flagged = first_draft();
    flagged.sections[0].sentences[0].flags = {"dose_missing"};
    must(drafted.store->save_draft("v1", first_part, flagged));
    must(drafted.store->save_note("v1", first_draft(), "Looked at and right: dose_missing"));
    const SavedDraft saved = must(drafted.store->save_draft("v1", first_part, flagged));
    CHECK(saved.note == first_draft());
}

TEST_CASE("draft: a signed note is left as it was signed, and is offered what is new")
{
    Drafted drafted;
    must(drafted.store->save_note("v1", first_draft(), "Signed"));
    VisitSummary signed_visit = drafted.summary();
    signed_visit.state = VisitState::signed_off;
    must(drafted.store->save_visit(signed_visit));
    CHECK(drafted.store->begin_recording("v1", 16000, 0).error().code == ErrorCode::invalid_input);
    const SavedDraft saved = must(drafted.store->save_draft("v1", whole, second_draft()));
    CHECK(saved.is_signed);
    CHECK(saved.note.sections == first_draft().sections);
    REQUIRE(saved.note.omissions.size() == 1);
    CHECK(saved.note.omissions[0].text == "It swells.");
    CHECK(drafted.summary().state == VisitState::signed_off);
    CHECK(must(drafted.store->load_visit("v1")).note == saved.note);
}

TEST_CASE("draft: swapped speakers stay swapped, and what is heard later follows them")
{
    Drafted drafted;
    must(drafted.store->swap_roles("v1"));
    must(drafted.store->append_segment("v1", segment("s3", 2000, Role::unknown)));
    const SavedDraft saved = must(drafted.store->save_draft("v1", whole, second_draft()));
    CHECK(saved.roles == std::vector<Role>{Role::patient, Role::doctor, Role::doctor});
}

TEST_CASE("draft: roles that nobody corrected are those of the newest draft")
{
    Drafted drafted;
    std::vector<Segment> again = whole;
    again[0].role = Role::patient;
    CHECK(must(drafted.store->save_draft("v1", again, second_draft())).roles[0] == Role::patient);
}

TEST_CASE("draft: saving some segments leaves the others and the roles that are known")
{
    Drafted drafted;
    must(drafted.store->save_segments("v1", {segment("s2", 1000, Role::unknown), segment("s4", 3000, Role::other)}));
    const auto segments = must(drafted.store->load_visit("v1")).transcript.segments;
    REQUIRE(segments.size() == 3);
    CHECK(segments[1].role == Role::patient);
}

TEST_CASE("draft: an edit leaves audio that no draft was written of to be found again")
{
    Drafted drafted;
    const std::string id = must(drafted.store->begin_recording("v1", 16000, 0));
    must(drafted.store->end_interrupted_recording(id, 4000));
    must(drafted.store->save_note("v1", first_draft(), "Sentence changed"));
    CHECK(drafted.summary().state == VisitState::recording);
    CHECK(drafted.summary().interrupted);
    must(drafted.store->save_draft("v1", whole, second_draft()));
    CHECK(drafted.summary().state == VisitState::draft);
    CHECK_FALSE(drafted.summary().interrupted);
}
