#include "app/application.h"
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
    std::string last_change;
    std::string copied;
    int frames_asked = 0;
    int locks_after = 0;

    void create_practice(const std::string&) override { calls.push_back("create_practice"); }
    void unlock_practice(const std::string&) override { calls.push_back("unlock_practice"); }
    void open_demo() override { calls.push_back("open_demo"); }
    void lock() override { calls.push_back("lock"); }
    void unlock_with_code(const std::string&) override { calls.push_back("unlock_with_code"); }
    void unlock_with_device() override { calls.push_back("unlock_with_device"); }
    void lock_after(int minutes) override { locks_after = minutes; }
    void change_passphrase(const std::string& present, const std::string& passphrase) override { calls.push_back("change_passphrase " + present + " " + passphrase); }
    void make_recovery_code(const std::string& present) override { calls.push_back("make_recovery_code " + present); }
    void recovery_code_checked() override { calls.push_back("recovery_code_checked"); }
    void print_recovery_code(const std::string& code) override { calls.push_back("print " + code); }
    void add_device(const std::string& present) override { calls.push_back("add_device " + present); }
    void remove_device() override { calls.push_back("remove_device"); }
    void clear_clipboard() override { calls.push_back("clear_clipboard"); }
    void list_visits() override {}
    void open_visit(const std::string&) override { calls.push_back("open_visit"); }
    void save_visit(const VisitSummary&) override { calls.push_back("save_visit"); }
    void save_note(const std::string&, const Note& note, const std::string& what_changed) override
    {
        calls.push_back("save_note");
        last_change = what_changed;
        saved = note;
    }
    void swap_roles(const std::string&) override { calls.push_back("swap_roles"); }
    void save_mark(const std::string&, const Mark&) override { calls.push_back("save_mark"); }
    void start_recording(const VisitSummary&, const Consent&, const std::string&) override { calls.push_back("start_recording"); }
    void resume_recording(const VisitSummary&, const std::string&) override { calls.push_back("resume_recording"); }
    void pause_recording() override {}
    void continue_recording() override {}
    void finish_recording() override { calls.push_back("finish_recording"); }
    void choose_device(const std::string&) override {}
    void open_audio_file(const VisitSummary&, const Consent&) override { calls.push_back("open_audio_file"); }
    void transcribe_stored(const VisitSummary&) override { calls.push_back("transcribe_stored"); }
    void cancel_transcription() override {}
    void play(const std::string&, double, double) override { calls.push_back("play"); }
    void stop_playback() override {}
    void show_text_field(const TextFieldPlace&, const std::string&, int) override {}
    void move_text_field(const TextFieldPlace&) override {}
    void hide_text_field() override {}
    void copy_text(const std::string& text) override { copied = text; }
    void save_preferences(const std::string&) override {}
    void retry_loading() override {}
    void try_again() override { calls.push_back("try_again"); }
    void request_frame() override { ++frames_asked; }

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
        application.apply(action::OpenVisit{"v1"});
        application.on_visit_opened(visit);
        host.calls.clear();
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

TEST_CASE("application: a recorder that reports many times a second is drawn when what it shows changes")
{
    RecordingHost host;
    Application application{host};
    RecorderState recorder;
    recorder.status = RecorderStatus::recording;
    recorder.visit_id = "v1";
    recorder.elapsed_ms = 4010;
    application.on_recorder(recorder);
    host.frames_asked = 0;
    for (recorder.elapsed_ms = 4070; recorder.elapsed_ms < 5000; recorder.elapsed_ms += 66) application.on_recorder(recorder);
    CHECK(host.frames_asked == 0);
    recorder.elapsed_ms = 5000;
    application.on_recorder(recorder);
    CHECK(host.frames_asked == 1);
    recorder.failure = "The microphone was unplugged.";
    application.on_recorder(recorder);
    CHECK(host.frames_asked == 2);
}

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

TEST_CASE("application: does not say saved over a word that is only typed")
{
    Opened opened;
    opened.application.on_saved("v1", 5);
    opened.application.apply(action::BeginEdit{"subjective", "n1"});
    CHECK(opened.application.state().save.status == SaveStatus::saved);
    opened.application.on_text_changed("She denies it");
    CHECK(opened.application.state().save.status == SaveStatus::saving);
    opened.application.on_saved("v1", 6); // something else of the visit
    CHECK(opened.application.state().save.status == SaveStatus::saving);
    opened.application.on_text_cancelled();
    CHECK(opened.application.state().save.status == SaveStatus::saved);
    CHECK(opened.application.state().save.saved_at_ms == 6);
    opened.application.apply(action::BeginEdit{"subjective", "n1"});
    opened.application.on_text_changed("She denies it");
    opened.application.on_tick(1000, 0);
    opened.application.on_saved("v1", 7);
    CHECK(opened.application.state().save.status == SaveStatus::saved);
    opened.application.on_text_changed("She denies it all");
    opened.application.on_text_committed("She denies it all");
    CHECK(opened.application.state().save.status == SaveStatus::saving);
}

TEST_CASE("application: a chosen microphone that goes away is said, once")
{
    Opened opened;
    opened.application.on_preferences(R"({"input_device_id":"usb"})");
    opened.application.on_devices({}); // before the microphone is allowed nothing is known
    CHECK(opened.application.state().notice.text.empty());
    opened.application.on_devices({{"usb", "USB microphone"}, {"mac", "Built-in"}});
    CHECK(opened.application.state().notice.text.empty());
    opened.application.on_devices({{"mac", "Built-in"}});
    CHECK(opened.application.state().notice.text.find("USB microphone") != std::string::npos);
    opened.application.apply(action::DismissNotice{});
    opened.application.on_devices({{"mac", "Built-in"}});
    CHECK(opened.application.state().notice.text.empty());
}

TEST_CASE("application: a tab that could not open is asked to try again, and goes on when the store answers")
{
    RecordingHost host;
    Application application(host);
    application.on_blocked("Open in another tab", "Close it there.", "Use it here");
    application.apply(action::TryAgain{});
    CHECK(host.called("try_again"));
    application.on_store_status(true);
    CHECK(application.state().blocked.title.empty());
    CHECK(application.state().screen == Screen::unlock);
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

TEST_CASE("application: a draft that the page saved replaces the note, and is not saved again")
{
    Opened opened;
    Note fresh;
    fresh.sections = {{"subjective", "Subjective", {drafted("n1", "No locking.")}}};
    opened.application.on_note("v1", fresh, {});
    CHECK(opened.application.state().visit.note == fresh);
    CHECK_FALSE(opened.host.called("save_note"));
}

TEST_CASE("application: what was edited while a draft was on its way is kept, and the draft only adds to it")
{
    Opened opened;
    opened.edit("n1", "She denies any locking.");
    opened.edit("", "Gardens competitively.");
    opened.application.apply(action::DeleteSentence{"n2"});
    Note fresh;
    fresh.sections = {{"subjective", "Subjective", {drafted("n1", "She denies locking."), drafted("n2", "Start aspirin."), drafted("n3", "It swells.")}}};
    fresh.sections[0].sentences[2].evidence = {{"s9", 0, 4}};
    opened.application.on_note("v1", fresh, {});
    REQUIRE(opened.application.state().visit.note.sections[0].sentences.size() == 3);
    CHECK(opened.sentence(0).text == "She denies any locking.");
    CHECK(opened.sentence(1).text == "Gardens competitively.");
    CHECK(opened.sentence(2).text == "It swells.");
    CHECK(opened.host.saved == opened.application.state().visit.note);
}

TEST_CASE("application: a draft that comes while a sentence is typed does not put the words elsewhere")
{
    Opened opened;
    opened.application.apply(action::BeginEdit{"subjective", "n1"});
    opened.application.on_text_changed("She denies lock");
    Note fresh;
    fresh.sections = {{"subjective", "Subjective", {drafted("n1", "Another sentence."), drafted("n4", "It swells.")}}};
    fresh.sections[0].sentences[1].evidence = {{"s9", 0, 4}};
    opened.application.on_note("v1", fresh, {});
    CHECK(opened.application.state().editing.active);
    opened.application.on_text_committed("She denies locking at all.");
    CHECK(opened.sentence(0).text == "She denies locking at all.");
    CHECK(opened.sentence(1).text == "Start aspirin.");
    CHECK(opened.sentence(2).text == "It swells.");
}

TEST_CASE("application: typed words are saved before the field is left, and a cancel still takes them back in one step")
{
    Opened opened;
    opened.application.on_tick(10000, 0);
    opened.application.apply(action::BeginEdit{"subjective", "n1"});
    opened.application.on_text_changed("She");
    CHECK_FALSE(opened.host.called("save_note"));
    opened.application.on_tick(11000, 0);
    CHECK(opened.host.saved.sections[0].sentences[0].text == "She");
    opened.application.on_text_changed("She denies"); // without a pause
    opened.application.on_tick(12000, 0);
    CHECK(opened.host.saved.sections[0].sentences[0].text == "She denies");
    CHECK(opened.application.state().editing.active);
    opened.application.on_text_changed("She denies it.");
    opened.application.on_hidden();
    CHECK(opened.host.saved.sections[0].sentences[0].text == "She denies it.");
    CHECK(opened.application.state().undo_count == 1);
    opened.application.on_text_cancelled();
    CHECK(opened.sentence(0) == drafted("n1", "She denies locking."));
    CHECK(opened.host.saved == opened.application.state().visit.note);
    CHECK(opened.application.state().undo_count == 0);

    opened.application.apply(action::BeginEdit{"subjective", ""});
    opened.application.on_text_changed("Gardens.");
    opened.application.on_hidden();
    CHECK(opened.host.saved.sections[0].sentences.size() == 3);
    opened.application.on_text_cancelled();
    CHECK(opened.host.saved.sections[0].sentences.size() == 2);
}

TEST_CASE("application: what is being typed when the store stops is handed to the page before the screen is cleared")
{
    Opened opened;
    opened.application.apply(action::BeginEdit{"subjective", "n1"});
    opened.application.on_text_changed("She denies it.");
    opened.application.on_locked();
    CHECK(opened.host.saved.sections[0].sentences[0].text == "She denies it.");
    CHECK(opened.application.state().visit.summary.id.empty());
}

TEST_CASE("application: what is signed is saved as it is on the screen, and a later draft leaves it so")
{
    Opened opened;
    opened.edit("n2", "Start aspirin 81 mg.");
    opened.application.apply(action::SignNote{});
    CHECK(opened.host.last_change == "Signed");
    const Note signed_note = opened.application.state().visit.note;
    Note fresh;
    fresh.sections = {{"subjective", "Subjective", {drafted("n1", "She denies locking."), drafted("n3", "It swells.")}}};
    fresh.sections[0].sentences[1].evidence = {{"s9", 0, 4}};
    opened.application.on_note("v1", fresh, {});
    CHECK(opened.application.state().visit.note.sections == signed_note.sections);
    CHECK(opened.host.saved.sections == signed_note.sections);
    REQUIRE(opened.application.state().visit.note.omissions.size() == 1);
    opened.application.apply(action::ReopenNote{});
    opened.application.apply(action::AddOmission{opened.application.state().visit.note.omissions[0].id});
    CHECK(opened.sentence(2).text == "It swells.");
}

TEST_CASE("application: a visit whose audio is still listened to is not signed")
{
    Opened opened;
    opened.edit("n2", "Start aspirin 81 mg.");
    TranscriptionState transcription;
    transcription.active = true;
    transcription.visit_id = "v1";
    opened.application.on_transcription(transcription);
    opened.application.apply(action::SignNote{});
    CHECK(opened.application.state().visit.summary.state == VisitState::draft);
}

TEST_CASE("application: the form closes when its file was chosen, even while another visit is listened to")
{
    Opened opened;
    Application& application = opened.application;
    application.apply(action::OpenForm{""});
    NewVisitForm form = application.state().form;
    form.patient_name = form.consent_by = "R. Alvarez";
    form.consent_method = "aloud";
    application.apply(action::ChangeForm{form});
    application.apply(action::OpenAudioFile{});
    CHECK(application.state().form.open); // the picker may be closed without a choice
    TranscriptionState transcription;
    transcription.active = true;
    transcription.visit_id = "v9"; // a recording that is being finished
    application.on_transcription(transcription);
    CHECK(application.state().form.open);
    transcription.visit_id = application.state().visit.summary.id;
    application.on_transcription(transcription);
    CHECK_FALSE(application.state().form.open);
    CHECK(application.state().screen == Screen::review);
    application.apply(action::OpenForm{""});
    application.on_transcription(transcription);
    CHECK(application.state().form.open); // progress does not close the next one
}

TEST_CASE("application: a file that is refused brings its form back, with what was typed and why")
{
    RecordingHost host;
    Application application(host);
    application.apply(action::OpenForm{""});
    NewVisitForm form = application.state().form;
    form.patient_name = form.consent_by = "R. Alvarez";
    form.consent_method = "aloud";
    application.apply(action::ChangeForm{form});
    application.apply(action::OpenAudioFile{});
    TranscriptionState transcription;
    transcription.active = true;
    transcription.visit_id = application.state().visit.summary.id;
    application.on_transcription(transcription);
    CHECK_FALSE(application.state().form.open);
    transcription.active = false;
    transcription.failure = "This file is empty.";
    application.on_transcription(transcription);
    CHECK(application.state().form.open);
    CHECK(application.state().form.patient_name == "R. Alvarez");
    CHECK(application.state().form.problem == "This file is empty.");
    CHECK(application.state().visit.summary.id.empty());
    CHECK(application.state().screen == Screen::today);

    application.apply(action::OpenAudioFile{}); // another one, which is cancelled
    transcription = {};
    transcription.active = true;
    transcription.visit_id = application.state().visit.summary.id;
    application.on_transcription(transcription);
    CHECK(application.state().screen == Screen::review);
    application.apply(action::CancelTranscription{});
    CHECK(application.state().visit.summary.id.empty());
    CHECK(application.state().screen == Screen::today);
}

TEST_CASE("application: an answer for a visit that was left does not take the place of the one that is recorded")
{
    Opened opened;
    opened.application.apply(action::OpenVisit{"v2"});
    opened.application.apply(action::OpenForm{""});
    NewVisitForm form = opened.application.state().form;
    form.patient_name = form.consent_by = "R. Alvarez";
    form.consent_method = "aloud";
    opened.application.apply(action::ChangeForm{form});
    opened.application.apply(action::StartRecording{});
    const std::string recorded = opened.application.state().visit.summary.id;
    VisitDocument late;
    late.summary.id = "v2";
    opened.application.on_visit_opened(late);
    CHECK(opened.application.state().visit.summary.id == recorded);
}

TEST_CASE("application: an interrupted visit is finished with its note and words on the screen")
{
    Opened opened;
    VisitSummary cut;
    cut.id = "v3";
    cut.state = VisitState::recording;
    cut.interrupted = true;
    opened.application.on_visits({cut});
    opened.application.apply(action::FinishInterrupted{"v3"});
    CHECK(opened.host.called("open_visit"));
    CHECK(opened.host.called("transcribe_stored"));
    Segment late{"s2", 5000, 6000, Role::unknown, "late", 1, {}};
    opened.application.on_segment("v3", late);
    opened.application.on_segment("v3", {"s3", 1000, 2000, Role::unknown, "middle", 1, {}});
    VisitDocument stored;
    stored.summary = cut;
    stored.transcript.segments = {{"s1", 0, 900, Role::doctor, "first", 1, {}}};
    stored.note.sections = {{"subjective", "Subjective", {drafted("n1", "Mine.")}}};
    opened.application.on_visit_opened(stored);
    const auto& segments = opened.application.state().visit.transcript.segments;
    REQUIRE(segments.size() == 3);
    CHECK(segments[0].id == "s1");
    CHECK(segments[1].id == "s3");
    CHECK(opened.application.state().visit.note == stored.note);
}

TEST_CASE("application: a signed visit is not recorded further before it was opened for changes")
{
    RecordingHost host;
    Application application(host);
    VisitSummary visit;
    visit.id = "v1";
    visit.state = VisitState::signed_off;
    application.on_visits({visit});
    application.apply(action::ResumeRecording{"v1"});
    CHECK_FALSE(host.called("resume_recording"));
    CHECK(application.state().notice.is_problem);
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

TEST_CASE("keys: a new practice shows its code at once, and two of its groups are asked for before it counts as checked")
{
    RecordingHost host;
    Application application(host);
    application.on_store_status(false);
    application.apply(action::CreatePractice{"four calm green rivers"});
    application.on_opened(false);
    REQUIRE(host.called("make_recovery_code "));
    CHECK(application.state().screen == Screen::keys);
    CHECK(application.state().key_form.busy);
    application.on_recovery_code("7QK2-M9XD-4HTV-0RWN-8ZPC-3JYB-61EG");
    application.apply(action::BeginKeyTask{KeyTask::check_code});
    const auto [first, second] = application.state().key_form.asked_groups;
    REQUIRE(0 <= first);
    REQUIRE(first < second);
    REQUIRE(second < 7);
    const std::string code = application.state().key_form.code;
    const auto group = [&](int index) { return code.substr(static_cast<size_t>(index) * 5, 4); };
    application.apply(action::FocusField{"keys.group_a"});
    application.on_text_committed(group(second)); // the wrong one
    application.apply(action::FocusField{"keys.group_b"});
    application.on_text_committed(group(second));
    application.apply(action::CheckRecoveryCode{});
    CHECK(application.state().key_form.problem.starts_with("Group " + std::to_string(first + 1)));
    CHECK_FALSE(host.called("recovery_code_checked"));
    application.apply(action::FocusField{"keys.group_a"});
    application.on_text_committed(group(first));
    application.apply(action::CheckRecoveryCode{});
    CHECK(host.called("recovery_code_checked"));
    CHECK(application.state().screen == Screen::today);
    CHECK(application.state().key_form.code.empty());
}

TEST_CASE("keys: what is typed and shown of them is gone once the practice is locked")
{
    Opened opened;
    opened.application.apply(action::BeginKeyTask{KeyTask::change_passphrase});
    opened.application.apply(action::FocusField{"keys.present"});
    opened.application.on_text_committed("four calm green rivers");
    CHECK(opened.application.state().key_form.present == "four calm green rivers");
    opened.application.on_locking();
    opened.application.on_locked();
    CHECK(opened.application.state().key_form.present.empty());
    CHECK(opened.application.state().key_form.task == KeyTask::none);
    CHECK(opened.application.state().field.id.empty());
}

TEST_CASE("keys: a change that cannot be right is refused before anything is asked of the store")
{
    Opened opened;
    opened.application.apply(action::BeginKeyTask{KeyTask::change_passphrase});
    const auto type = [&](const char* field, const char* text) {
        opened.application.apply(action::FocusField{field});
        opened.application.on_text_committed(text);
        opened.application.apply(action::ChangePassphrase{});
    };
    type("keys.first", "short");
    CHECK(opened.application.state().key_form.problem == "Type your present passphrase first.");
    type("keys.present", "four calm green rivers");
    CHECK(opened.application.state().key_form.problem.find("at least 8 characters") != std::string::npos);
    type("keys.first", "another river lamp");
    CHECK(opened.application.state().key_form.problem.find("not the same") != std::string::npos);
    CHECK_FALSE(opened.host.called("change_passphrase four calm green rivers another river lamp"));
    type("keys.again", "another river lamp");
    CHECK(opened.host.called("change_passphrase four calm green rivers another river lamp"));
    opened.application.on_keys_failed("That passphrase does not open this practice.");
    CHECK(opened.application.state().key_form.problem == "That passphrase does not open this practice.");
    CHECK(opened.application.state().key_form.present.empty());
}
