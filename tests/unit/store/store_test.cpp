#include "describe.h"
#include "memory_files.h"
#include "must.h"

#include <catch2/catch_test_macros.hpp>

#include <sqlite3.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>

using namespace chartside;
using namespace chartside::store;
using namespace chartside::store::test;

namespace {

Sentence made_sentence(const std::string& id, const std::string& text, std::vector<Evidence> evidence)
{
    Sentence sentence;
    sentence.id = id;
    sentence.text = text;
    sentence.evidence = std::move(evidence);
    sentence.origin = sentence.evidence.empty() ? Origin::hand : Origin::visit;
    return sentence;
}

Note made_note()
{
    Note note;
    NoteSection subjective{"subjective", "Subjective", {}};
    subjective.sentences.push_back(made_sentence("n1", "She denies locking.", {{"s2", 0, 5}, {"s3", 2, 9}}));
    subjective.sentences.push_back(made_sentence("n2", "Takes 50 mg.", {{"s4", 3, 8}}));
    subjective.sentences[1].flags = {"dose_missing"};
    note.sections.push_back(subjective);
    note.sections.push_back({"exam", "Exam", {made_sentence("n3", "Knee: warm.", {{"s5", 0, 4}})}});
    note.omissions.push_back({"o1", "subjective", "my sister is ill", {{"s6", 1, 3}}, 8000, 8100, "low_relevance"});
    return note;
}

} // namespace

TEST_CASE("store: a visit comes back with its patient, consent, transcript, note and marks")
{
    Practice practice;
    {
        auto store = must(practice.open());
        must(store->save_visit(made_visit("v1")));
        must(store->save_consent(made_consent("v1")));
        Segment segment{"s1", 100, 900, Role::patient, "It hurts — été 😀", 0.75f, {{0, 2, 100, 200, 0.5f}}};
        must(store->save_segments("v1", {segment}));
        must(store->append_segment("v1", {"s2", 1000, 1200, Role::doctor, "Where?", 1, {}}));
        must(store->save_note("v1", made_note(), "drafted"));
        must(store->save_mark("v1", {450, "listen again"}));
    }
    auto store = must(practice.open());
    const VisitDocument visit = must(store->load_visit("v1"));
    CHECK(visit.summary.patient.name == "Rosa Alvarez");
    CHECK(visit.summary.patient.pronouns == Pronouns::she);
    CHECK(visit.summary.state == VisitState::draft);
    CHECK(visit.summary.check_count == 1);
    CHECK(visit.consents.size() == 1);
    CHECK(visit.consents[0].method == "aloud");
    REQUIRE(visit.transcript.segments.size() == 2);
    CHECK(visit.transcript.segments[0].text == "It hurts — été 😀");
    CHECK(visit.transcript.segments[0].words[0].end_ms == 200);
    REQUIRE(visit.note.sections.size() == 2);
    CHECK(visit.note.sections[0].sentences[0].evidence[1].segment_id == "s3");
    CHECK(visit.note.sections[0].sentences[1].flags[0] == "dose_missing");
    CHECK(visit.note.omissions[0].evidence[0].end_char == 3);
    CHECK(visit.marks[0].label == "listen again");
    CHECK(visit.saved_at_ms > 0);
    CHECK(store->check_integrity().ok());
}

TEST_CASE("store: what lies on disk is neither a plain database nor holds a word of it")
{
    Practice practice;
    {
        auto store = must(practice.open());
        must(store->save_visit(made_visit("v1")));
    }
    const auto holds = [](const FileBytes& bytes, const std::string& text) {
        return std::search(bytes.begin(), bytes.end(), text.begin(), text.end()) != bytes.end();
    };
    for (const auto* file : {&practice.database, &practice.write_ahead_log, &practice.journal}) {
        CHECK_FALSE(holds(file->bytes, "SQLite format 3"));
        CHECK_FALSE(holds(file->bytes, "Alvarez"));
        CHECK_FALSE(holds(file->bytes, "CREATE TABLE"));
    }
    CHECK(practice.database.bytes.size() >= 8192);
}

TEST_CASE("store: another key is refused and changes nothing")
{
    Practice practice;
    {
        auto store = must(practice.open());
        must(store->save_visit(made_visit("v1")));
    }
    const FileBytes before = practice.database.bytes;
    auto options = practice.options();
    options.database.key[0] ^= 1;
    const auto refused = Store::open(options);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::corrupt);
    CHECK(practice.database.bytes == before);
    CHECK(must(must(practice.open())->list_visits()).size() == 1);
}

TEST_CASE("store: a flipped bit is refused, not read")
{
    Practice practice;
    {
        auto store = must(practice.open());
        for (int i = 0; i < 40; ++i) must(store->save_visit(made_visit("v" + std::to_string(i))));
        must(store->save_note("v1", made_note(), "drafted"));
    }
    const FileBytes good = practice.database.bytes;
    int refused = 0;
    int tried = 0;
    for (size_t at = 100; at < good.size(); at += good.size() / 40) {
        practice.database.bytes = good;
        practice.database.bytes[at] ^= 0x10;
        practice.write_ahead_log.bytes.clear();
        ++tried;
        auto store = practice.open();
        if (!store.ok() || !store.value()->check_integrity().ok()) ++refused;
    }
    CHECK(refused == tried);
}

TEST_CASE("store: a practice written by a newer Chartside is refused with a sentence")
{
    Practice practice;
    { auto store = must(practice.open()); }
    {
        auto database = must(Database::open(practice.options().database));
        REQUIRE(database.execute("PRAGMA user_version = 99").ok());
    }
    const auto refused = practice.open();
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::newer_version);
    CHECK(refused.error().message.find("newer Chartside") != std::string::npos);
}

TEST_CASE("store: the demo's files cannot be opened as the practice")
{
    Practice practice;
    auto options = practice.options();
    options.demo = true;
    { auto store = must(Store::open(options)); }
    CHECK_FALSE(practice.open().ok());
    auto store = must(Store::open(options));
    must(store->save_visit(made_visit("v1")));
    CHECK(must(store->list_visits())[0].demo);
}

TEST_CASE("store: every save of a note adds a revision, and older ones stay readable")
{
    Practice practice;
    auto store = must(practice.open());
    must(store->save_visit(made_visit("v1")));
    Note note = made_note();
    CHECK(must(store->save_note("v1", note, "drafted")).revision == 1);
    note.sections[0].sentences[0].text = "She denies locking or giving way.";
    note.sections[0].sentences[0].origin = Origin::edited;
    note.sections[0].sentences[0].drafted_text = "She denies locking.";
    CHECK(must(store->save_note("v1", note, "edited")).revision == 2);
    note.sections[0].sentences.erase(note.sections[0].sentences.begin() + 1);
    note.sections[1].sentences.push_back(made_sentence("n9", "Mine.", {}));
    CHECK(must(store->save_note("v1", note, "removed and added")).revision == 3);

    const auto revisions = must(store->list_revisions("v1"));
    REQUIRE(revisions.size() == 3);
    CHECK(revisions[1].what_changed == "edited");
    CHECK(must(store->load_revision("v1", 1)).sections[0].sentences[0].text == "She denies locking.");
    CHECK(must(store->load_revision("v1", 1)).sections[0].sentences.size() == 2);
    CHECK(must(store->load_revision("v1", 2)).sections[0].sentences[0].origin == Origin::edited);
    CHECK(must(store->load_revision("v1", 2)).sections[0].sentences[0].drafted_text == "She denies locking.");
    CHECK(must(store->load_revision("v1", 2)).sections[1].sentences.size() == 1);
    const Note now = must(store->load_visit("v1")).note;
    CHECK(now.sections[0].sentences.size() == 1);
    CHECK(now.sections[1].sentences[1].text == "Mine.");
}

TEST_CASE("store: a note with one id twice is refused whole")
{
    Practice practice;
    auto store = must(practice.open());
    must(store->save_visit(made_visit("v1")));
    must(store->save_note("v1", made_note(), "drafted"));
    Note doubled = made_note();
    doubled.sections[1].sentences[0].id = "n1";
    const auto refused = store->save_note("v1", doubled, "bad");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::invalid_input);
    CHECK(must(store->list_revisions("v1")).size() == 1);
    CHECK(must(store->load_visit("v1")).note.sections[1].sentences[0].id == "n3");
}

TEST_CASE("store: a recording needs a consent that was saved before")
{
    Practice practice;
    auto store = must(practice.open());
    must(store->save_visit(made_visit("v1")));
    const auto refused = store->begin_recording("v1", 48000, 0);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message.find("consent") != std::string::npos);
    CHECK_FALSE(store->save_consent({"v1", " ", "aloud", "Dr. L", 5000}).ok());
    must(store->save_consent(made_consent("v1")));
    CHECK(store->begin_recording("v1", 48000, 0).ok());
    CHECK(must(store->load_visit("v1")).summary.state == VisitState::recording);
}

TEST_CASE("store: a recording that a crash left open makes its visit interrupted, with its true length")
{
    Practice practice;
    std::string recording;
    {
        auto store = must(practice.open());
        must(store->save_visit(made_visit("v1")));
        must(store->save_consent(made_consent("v1")));
        recording = must(store->begin_recording("v1", 48000, 0));
        must(store->save_note("v1", made_note(), "while recording"));
        CHECK(must(store->load_visit("v1")).summary.state == VisitState::recording);
    }
    auto store = must(practice.open());
    REQUIRE(must(store->list_recordings(""))[0].open);
    must(store->end_interrupted_recording(recording, 41500));
    must(store->mark_interrupted_visits());
    const VisitSummary visit = must(store->list_visits())[0];
    CHECK(visit.interrupted);
    CHECK(visit.state == VisitState::recording);
    CHECK(visit.audio_ms == 41500);
    // Taken up again, then finished: the second recording follows the first.
    const auto second = must(store->begin_recording("v1", 48000, 41500));
    CHECK_FALSE(must(store->list_visits())[0].interrupted);
    must(store->end_recording(second, 8500));
    CHECK(must(store->list_visits())[0].audio_ms == 50000);
    CHECK(must(store->list_visits())[0].state == VisitState::transcribing);
}

TEST_CASE("store: deleting a visit takes all of it, names its recordings and spares the others")
{
    Practice practice;
    auto store = must(practice.open());
    must(store->save_visit(made_visit("v1")));
    must(store->save_visit(made_visit("v2")));
    const auto recording = must(store->begin_import(made_visit("v1"), made_consent("v1"), 16000, 0));
    must(store->save_note("v1", made_note(), "drafted"));
    CHECK(must(store->delete_visit("v1")) == std::vector<std::string>{recording});
    CHECK(must(store->list_visits()).size() == 1);
    CHECK(store->load_visit("v1").error().code == ErrorCode::not_found);
    CHECK(store->check_integrity().ok());
}

TEST_CASE("store: a file that is taken back leaves no trace of itself, and all that was there before")
{
    Practice practice;
    auto store = must(practice.open());
    const auto first = must(store->begin_import(made_visit("v1"), made_consent("v1"), 16000, 0));
    CHECK(must(store->load_visit("v1")).summary.state == VisitState::transcribing);
    must(store->append_segment("v1", {"s1", 0, 900, Role::unknown, "words", 1, {}}));
    must(store->remove_recording(first));
    CHECK(must(store->list_visits()).empty());
    CHECK(store->check_integrity().ok());

    // To a visit that has a consent, a recording and a draft of its own.
    must(store->save_visit(made_visit("v2")));
    must(store->save_consent(made_consent("v2")));
    must(store->end_recording(must(store->begin_recording("v2", 16000, 0)), 4000));
    must(store->save_draft("v2", {{"s1", 0, 900, Role::patient, "words", 1, {}}}, made_note()));
    const VisitDocument before = must(store->load_visit("v2"));
    const auto second = must(store->begin_import(before.summary, made_consent("v2"), 16000, 4000));
    must(store->append_segment("v2", {"s2", 4000, 4900, Role::unknown, "more", 1, {}}));
    must(store->end_recording(second, 3000)); // wholly read, then cancelled while it was heard
    CHECK(must(store->load_visit("v2")).summary.audio_ms == 7000);
    must(store->remove_recording(second));
    VisitDocument after = must(store->load_visit("v2"));
    after.saved_at_ms = before.saved_at_ms;
    CHECK(describe(after) == describe(before));
    CHECK(after.consents.size() == 1);

    // A visit that something was written for meanwhile is kept.
    const auto third = must(store->begin_import(made_visit("v3"), made_consent("v3"), 16000, 0));
    must(store->save_note("v3", made_note(), "Sentence added"));
    must(store->remove_recording(third));
    CHECK(must(store->load_visit("v3")).consents.empty());
    CHECK(must(store->load_visit("v3")).summary.audio_ms == 0);
}

TEST_CASE("store: an interrupted visit that is taken up again for nothing is interrupted as before")
{
    Practice practice;
    auto store = must(practice.open());
    must(store->save_visit(made_visit("v1")));
    must(store->save_consent(made_consent("v1")));
    must(store->end_interrupted_recording(must(store->begin_recording("v1", 16000, 0)), 4000));
    const auto again = must(store->begin_recording("v1", 16000, 4000));
    CHECK_FALSE(must(store->list_visits())[0].interrupted);
    must(store->remove_recording(again));
    CHECK(must(store->list_visits())[0].interrupted);
    CHECK(must(store->list_visits())[0].state == VisitState::recording);
}

TEST_CASE("store: saving to a visit that is not there is refused with a sentence")
{
    Practice practice;
    auto store = must(practice.open());
    CHECK(store->save_segments("gone", {}).error().code == ErrorCode::not_found);
    CHECK(store->save_note("gone", {}, "").error().code == ErrorCode::not_found);
    CHECK(store->save_mark("gone", {}).error().code == ErrorCode::not_found);
    CHECK(store->save_consent(made_consent("gone")).error().code == ErrorCode::not_found);
}

TEST_CASE("store: numbers that are no numbers are refused, and the next save succeeds")
{
    Practice practice;
    auto store = must(practice.open());
    auto visit = made_visit("v1");
    visit.scheduled_ms = std::numeric_limits<double>::quiet_NaN();
    CHECK(store->save_visit(visit).error().code == ErrorCode::invalid_input);
    visit.scheduled_ms = 5;
    visit.state = static_cast<VisitState>(77);
    CHECK(store->save_visit(visit).error().code == ErrorCode::invalid_input);
    visit.state = VisitState::planned;
    CHECK(store->save_visit(visit).ok());
}

TEST_CASE("store: a full device is told as such, keeps what was saved and saves again when there is room")
{
    Practice practice;
    auto store = must(practice.open());
    must(store->save_visit(made_visit("v1")));
    practice.write_ahead_log.capacity = practice.write_ahead_log.bytes.size();
    practice.database.capacity = practice.database.bytes.size();
    Status full = Ok{};
    for (int i = 0; i < 50 && full.ok(); ++i) {
        auto saved = store->save_segments("v1", {{"s1", 0, 1, Role::doctor, std::string(20000, 'x'), 1, {}}});
        if (!saved.ok()) full = saved.error();
    }
    REQUIRE_FALSE(full.ok());
    CHECK(full.error().code == ErrorCode::out_of_space);
    CHECK(must(store->list_visits()).size() == 1);
    practice.write_ahead_log.capacity = SIZE_MAX;
    practice.database.capacity = SIZE_MAX;
    CHECK(store->save_segments("v1", {{"s1", 0, 1, Role::doctor, "again", 1, {}}}).ok());
    CHECK(store->check_integrity().ok());
}

TEST_CASE("store: a device that fails once, at any operation, loses nothing and takes the next try")
{
    Practice practice;
    auto store = must(practice.open());
    must(store->save_visit(made_visit("v1")));
    int countdown = -1;
    for (auto* file : {&practice.database, &practice.write_ahead_log, &practice.journal}) {
        file->operations_until_failure = &countdown;
    }
    int failures = 0;
    for (int fail_at = 0; fail_at < 60; ++fail_at) {
        const std::string text = "take " + std::to_string(fail_at);
        countdown = fail_at % 20;
        if (!store->append_segment("v1", {"s" + text, double(fail_at), 0, Role::doctor, text, 1, {}}).ok()) ++failures;
        countdown = -1;
        must(store->append_segment("v1", {"s" + text, double(fail_at), 0, Role::doctor, text, 1, {}}));
    }
    CHECK(failures > 5);
    CHECK(must(store->load_visit("v1")).transcript.segments.size() == 60);
    CHECK(store->check_integrity().ok());
}

TEST_CASE("store: preferences and events are kept")
{
    Practice practice;
    auto store = must(practice.open());
    CHECK(must(store->load_preference("ui")).empty());
    must(store->save_preference("ui", "{\"theme\":1}"));
    must(store->save_preference("ui", "{\"theme\":2}"));
    CHECK(must(store->load_preference("ui")) == "{\"theme\":2}");
    CHECK(store->log_event("note_copied", "v1", "312 characters").ok());
}

TEST_CASE("store: the same code keeps a practice on the system's own files")
{
    if (sqlite3_vfs_find("unix") == nullptr) SKIP("this build has no file system of its own");
    const auto folder = std::filesystem::temp_directory_path() / ("chartside-" + std::to_string(std::rand()));
    std::filesystem::create_directories(folder);
    StoreOptions options;
    options.database.path = (folder / "library.db").string();
    options.database.key = test_key();
    {
        auto store = must(Store::open(options));
        must(store->save_visit(made_visit("v1")));
    }
    CHECK(must(must(Store::open(options))->list_visits())[0].patient.name == "Rosa Alvarez");
    std::ifstream file(options.database.path, std::ios::binary);
    std::string header(15, '\0');
    file.read(header.data(), 15);
    CHECK(header != "SQLite format 3");
    std::filesystem::remove_all(folder);
}
