// The application's one State, and the only code that changes it. Owner: platform/app/desk; main thread.
//
// Two things change it: an Action that a panel returned (apply), and an event that the page delivers (on_...).
// Both may call the Host; neither blocks. Pure: built and tested natively with a recording Host.
#pragma once

#include "app/host.h"
#include "app/journal.h"
#include "domain/action.h"
#include "domain/state.h"

#include <functional>
#include <string>
#include <vector>

namespace chartside::app {

class Application {
public:
    explicit Application(Host& host);

    const State& state() const { return m_state; }
    void apply(const Action& action);
    void apply(const Actions& actions);

    // page
    void on_environment(bool online, bool system_dark, double bytes_sent);
    void on_offline_copy(int copy); // OfflineCopy
    void on_tick(double now_ms, int utc_offset_minutes); // once a second while visible; draws only if a minute passed
    void on_hidden();                                    // the page may be ended without another word
    void on_preferences(const std::string& json);        // as given to Host::save_preferences; empty: none yet
    void on_notice(const std::string& text, bool is_problem);
    void on_blocked(const std::string& title, const std::string& text, const std::string& way_out);

    // loading: models_ready once speech and note models may be used
    void on_loading(std::vector<LoadProgress> loading);
    void on_ready(bool models_ready);

    // store
    void on_store_status(bool practice_exists);
    void on_opened(bool demo);
    void on_open_failed(const std::string& message);
    void on_locking(); // what is being typed is saved before the practice closes
    void on_locked();
    void on_lock_soon(int seconds); // 0: not any more
    void on_clipboard(bool may_hold);
    void on_keys(int recovery, bool device_possible, bool device_added); // RecoveryCode
    void on_new_passphrase_needed();                                     // just before on_opened
    void on_recovery_code(const std::string& code);
    void on_keys_changed(const std::string& sentence);
    void on_keys_failed(const std::string& message);
    void on_visits(std::vector<VisitSummary> visits);
    void on_visit_opened(VisitDocument visit);
    void on_visit_open_failed(const std::string& message);
    void on_saved(const std::string& visit_id, double at_ms);
    void on_save_failed(const std::string& message);

    // record: `recorder` without its partial_ fields, which on_partial owns
    bool on_recorder(const RecorderState& recorder); // true when something that is shown has changed
    void on_devices(std::vector<InputDevice> devices);
    void on_partial(const std::string& visit_id, const std::string& text, double start_ms);
    void on_segment(const std::string& visit_id, Segment segment); // replaces a segment of the same id

    // write: `note` is saved already. `roles` has one entry a segment by start, or is empty
    void on_note(const std::string& visit_id, Note note, const std::vector<Role>& roles);
    void on_note_failed(const std::string& message);
    void on_transcription(const TranscriptionState& transcription);
    void on_playback(const PlaybackState& playback);

    // native text field
    void on_text_changed(const std::string& text);
    void on_text_committed(const std::string& text); // blur, Tab, Ctrl+Enter
    void on_text_entered(const std::string& text);   // Enter in a single line
    void on_text_cancelled();                        // Escape

private:
    void apply_one(const action::ShowScreen&);
    void apply_one(const action::CreatePractice&);
    void apply_one(const action::UnlockPractice&);
    void apply_one(const action::OpenDemo&);
    void apply_one(const action::Lock&);
    void apply_one(const action::OpenForm&);
    void apply_one(const action::ChangeForm&);
    void apply_one(const action::CloseForm&);
    void apply_one(const action::StartRecording&);
    void apply_one(const action::OpenAudioFile&);
    void apply_one(const action::ResumeRecording&);
    void apply_one(const action::FinishInterrupted&);
    void apply_one(const action::PauseRecording&);
    void apply_one(const action::ContinueRecording&);
    void apply_one(const action::AddMark&);
    void apply_one(const action::FinishRecording&);
    void apply_one(const action::CancelTranscription&);
    void apply_one(const action::ChooseDevice&);
    void apply_one(const action::OpenVisit&);
    void apply_one(const action::SelectSentence&);
    void apply_one(const action::SelectWord&);
    void apply_one(const action::PlayFrom&);
    void apply_one(const action::StopPlayback&);
    void apply_one(const action::SwapRoles&);
    void apply_one(const action::BeginEdit&);
    void apply_one(const action::ChangeEdit&);
    void apply_one(const action::CommitEdit&);
    void apply_one(const action::CancelEdit&);
    void apply_one(const action::Undo&);
    void apply_one(const action::DeleteSentence&);
    void apply_one(const action::AddOmission&);
    void apply_one(const action::DismissOmission&);
    void apply_one(const action::AcceptFlag&);
    void apply_one(const action::CopyNote&);
    void apply_one(const action::CopySection&);
    void apply_one(const action::SignNote&);
    void apply_one(const action::FocusField&);
    void apply_one(const action::DismissCheck&);
    void apply_one(const action::ReopenNote&);
    void apply_one(const action::ChangePreferences&);
    void apply_one(const action::RetryLoading&);
    void apply_one(const action::DismissNotice&);
    void apply_one(const action::TryAgain&);
    void apply_one(const action::UseRecoveryCode&);
    void apply_one(const action::UnlockWithDevice&);
    void apply_one(const action::ClearClipboard&);
    void apply_one(const action::BeginKeyTask&);
    void apply_one(const action::LeaveKeyTask&);
    void apply_one(const action::ChangePassphrase&);
    void apply_one(const action::MakeRecoveryCode&);
    void apply_one(const action::CheckRecoveryCode&);
    void apply_one(const action::CopyRecoveryCode&);
    void apply_one(const action::PrintRecoveryCode&);
    void apply_one(const action::AddDevice&);
    void apply_one(const action::RemoveDevice&);

    bool form_is_complete();
    VisitSummary visit_from_form();
    Consent consent_from_form(const std::string& visit_id) const;
    Consent open_visit_from_form(); // the open visit is then the form's, with this consent
    void open_unfinished(const VisitSummary& summary);
    bool offer_form_again(const TranscriptionState& transcription);
    VisitSummary* find_visit(const std::string& visit_id);
    bool is_open(const std::string& visit_id) const;
    bool is_being_heard(const std::string& visit_id) const; // recorded, or its audio listened to
    bool may_edit() const;
    /// Remembers the note as it is, changes it by `change`, and asks the store to keep the result.
    void change_note(const std::string& what_changed, const std::function<void(Note&)>& change);
    void save_change(const std::string& what_changed); // by hand, and made already
    void save_note(const std::string& what_changed);
    void count_checks();
    void show_notice(const std::string& text, bool is_problem = false);
    void write_text(const std::string& text);
    void commit_edit();
    void cancel_edit();
    /// Saves what is being typed and goes on editing.
    void keep_typed();
    bool has_unsaved_text() const;
    void begin_save();
    void show_whether_saved();
    void take_note(Note note);
    void open_document(VisitDocument document);
    void leave_visit();
    void leave_key_task();
    void begin_key_task(KeyTask task, bool from_set_up);
    std::string* key_field(const std::string& id); // what is typed into it; null where it is none of key_form's
    std::string new_id(const char* kind);
    void changed() { m_host.request_frame(); }

    /// The sentence in the text field since it was opened.
    struct Typing {
        bool is_kept = false; // some of it was saved before the field was left
        bool is_new = false;
        Sentence before;
    };

    Host& m_host;
    State m_state;
    Journal m_journal;
    Typing m_typing;
    Note m_received_note;        // the open note as it came from the page last
    bool m_note_changed = false; // by hand since then
    bool m_is_saving = false;    // something of the open visit is on its way into the store
    std::string m_wanted_visit_id;
    bool m_making_practice = false;
    std::string m_picking_for;   // the visit that an audio file is being chosen for
    std::string m_file_visit_id; // the visit of the file that is being read
    NewVisitForm m_file_form;    // as it was filled in for that file
    int m_ids_made = 0;
};

} // namespace chartside::app
