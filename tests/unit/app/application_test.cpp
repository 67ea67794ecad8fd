#include "app/application.h"
#include "app/note_edits.h"
#include "app/preferences_text.h"
#include "domain/checks.h"
#include "domain/word_diff.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

using namespace chartside;
using namespace chartside::app;

namespace {

// Writes down what the application asks of the page.
struct RecordingHost final : Host {
    std::vector<std::string> calls;
    Note saved;
    std::string copied;

    void create_practice(const std::string&) override { calls.push_back("create_practice"); }
    void unlock_practice(const std::string&) override { calls.push_back("unlock_practice"); }
    void open_demo() override { calls.push_back("open_demo"); }
    void lock() override { calls.push_back("lock"); }
    void list_visits() override {}
    void open_visit(const std::string&) override { calls.push_back("open_visit"); }
    void save_visit(const VisitSummary&) override { calls.push_back("save_visit"); }
    void save_note(const std::string&, const Note& note, const std::string&) override
    {
        calls.push_back("save_note");
        saved = note;
    }
    void save_segments(const std::string&, const Transcript&) override { calls.push_back("save_segments"); }
    void save_mark(const std::string&, const Mark&) override { calls.push_back("save_mark"); }
    void start_recording(const VisitSummary&, const Consent&, const std::string&) override { calls.push_back("start_recording"); }
    void resume_recording(const VisitSummary&, const std::string&) override { calls.push_back("resume_recording"); }
    void pause_recording() override {}
    void continue_recording() override {}
    void finish_recording() override { calls.push_back("finish_recording"); }
    void choose_device(const std::string&) override {}
    void open_audio_file(const VisitSummary&, const Consent&) override { calls.push_back("open_audio_file"); }
    void transcribe_stored(const VisitSummary&) override {}
    void cancel_transcription() override {}
    void write_note(const VisitSummary&, const Transcript&) override {}
    void play(const std::string&, double, double) override { calls.push_back("play"); }
    void stop_playback() override {}
    void show_text_field(const TextFieldPlace&, const std::string&, int) override {}
    void move_text_field(const TextFieldPlace&) override {}
    void hide_text_field() override {}
    void copy_text(const std::string& text) override { copied = text; }
    void save_preferences(const std::string&) override {}
    void retry_loading() override {}
    void request_frame() override {}

    bool called(const std::string& name) const { return std::find(calls.begin(), calls.end(), name) != calls.end(); }
};

Sentence drafted(const std::string& id, const std::string& text)
{
    Sentence sentence;
    sentence.id = id;
    sentence.text = text;
    sentence.evidence = {{"s1", 0, 4}};
    sentence.end_ms = 1000;
    return sentence;
}

struct Opened {
    RecordingHost host;
    Application application{host};

    Opened()
    {
        VisitDocument visit;
        visit.summary.id = "v1";
        visit.summary.state = VisitState::draft;
        visit.note.sections = {{"subjective", "Subjective", {drafted("n1", "She denies locking."), drafted("n2", "Start aspirin.")}}};
        visit.note.sections[0].sentences[1].flags = {"dose_missing"};
        application.on_visit_opened(visit);
    }
    const Sentence& sentence(size_t index) const { return application.state().visit.note.sections[0].sentences[index]; }
    void edit(const std::string& id, const std::string& text)
    {
        application.apply(action::BeginEdit{"subjective", id});
        application.on_text_changed(text);
        application.apply(action::CommitEdit{});
    }
};

} // namespace

TEST_CASE("application: an edited sentence keeps its evidence and shows as edited")
{
    Opened opened;
    opened.edit("n1", "She denies locking or giving way.");
    CHECK(opened.sentence(0).origin == Origin::edited);
    CHECK(opened.sentence(0).drafted_text == "She denies locking.");
    CHECK(opened.sentence(0).evidence.size() == 1);
    CHECK(opened.host.called("save_note"));
    opened.edit("n1", "She denies locking.");
    CHECK(opened.sentence(0).origin == Origin::visit);
}

TEST_CASE("application: an added sentence is the physician's own hand")
{
    Opened opened;
    opened.edit("", "Gardens competitively.");
    CHECK(opened.sentence(2).origin == Origin::hand);
    CHECK(opened.sentence(2).evidence.empty());
}

TEST_CASE("application: undo brings back the version before and saves it")
{
    Opened opened;
    opened.application.apply(action::DeleteSentence{"n1"});
    CHECK(opened.host.saved.sections[0].sentences.size() == 1);
    opened.application.apply(action::Undo{});
    CHECK(opened.host.saved.sections[0].sentences.size() == 2);
}

TEST_CASE("application: another tap keeps what is being typed, cancel does not")
{
    Opened opened;
    opened.application.apply(action::BeginEdit{"subjective", "n1"});
    opened.application.on_text_changed("Changed.");
    opened.application.apply(action::CancelEdit{});
    CHECK(opened.sentence(0).text == "She denies locking.");
    opened.application.apply(action::BeginEdit{"subjective", "n1"});
    opened.application.on_text_changed("Changed.");
    opened.application.apply(action::SelectSentence{"n2", false});
    CHECK(opened.sentence(0).text == "Changed.");
}

TEST_CASE("application: a missing dose blocks signing until it is filled in or left open")
{
    Opened opened;
    opened.application.apply(action::SignNote{});
    CHECK_FALSE(opened.host.called("save_visit"));
    opened.edit("n2", "Start aspirin 81 mg.");
    opened.application.apply(action::SignNote{});
    CHECK(opened.host.called("save_visit"));
    CHECK(opened.application.state().visit.summary.state == VisitState::signed_off);
}

TEST_CASE("application: a blank blocks signing")
{
    Opened opened;
    opened.edit("n2", "Start aspirin *** mg 1 tablet.");
    opened.application.apply(action::SignNote{});
    CHECK_FALSE(opened.host.called("save_visit"));
}

TEST_CASE("application: says saved only when the store has said so")
{
    Opened opened;
    opened.edit("n1", "Changed.");
    CHECK(opened.application.state().save.status == SaveStatus::saving);
    opened.application.on_saved("v1", 5);
    CHECK(opened.application.state().save.status == SaveStatus::saved);
}

TEST_CASE("application: records nothing without a consent")
{
    RecordingHost host;
    Application application(host);
    application.apply(action::OpenForm{""});
    CHECK(application.state().form.consent_method.empty());
    NewVisitForm form = application.state().form;
    form.patient_name = "R. Alvarez";
    application.apply(action::ChangeForm{form});
    application.apply(action::StartRecording{});
    CHECK_FALSE(host.called("start_recording"));
    CHECK_FALSE(application.state().form.problem.empty());
    form.consent_method = "aloud";
    form.consent_by = "R. Alvarez";
    application.apply(action::ChangeForm{form});
    application.apply(action::StartRecording{});
    CHECK(host.called("start_recording"));
    CHECK(application.state().screen == Screen::record);
}

TEST_CASE("application: a note written again keeps the physician's own words")
{
    Opened opened;
    opened.edit("", "Gardens competitively.");
    Note fresh;
    fresh.sections = {{"subjective", "Subjective", {drafted("n1", "She denies locking.")}}};
    opened.application.on_note("v1", fresh, {});
    REQUIRE(opened.application.state().visit.note.sections[0].sentences.size() == 2);
    CHECK(opened.sentence(1).text == "Gardens competitively.");
}

TEST_CASE("preferences: come back as they were written, and never fail to be read")
{
    Preferences preferences;
    preferences.theme = Theme::dark;
    preferences.text_scale = 1.3f;
    preferences.clinician_name = "Dr \"Ann\" Lee";
    const Preferences read = preferences_from_json(preferences_to_json(preferences));
    CHECK(read.theme == Theme::dark);
    CHECK(read.clinician_name == preferences.clinician_name);
    CHECK(preferences_from_json("{\"text_scale\":9,\"new\":").text_scale <= 1.6f);
}

TEST_CASE("word diff: only words that were not drafted are the physician's own")
{
    CHECK(changed_words("Full extension.", "Full extension at rest.") == std::vector<TextSpan>{{5, 23}});
    CHECK(changed_words("a b", "a b").empty());
}
