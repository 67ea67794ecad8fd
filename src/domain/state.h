// Everything the panels may draw. Owner: app/; ui/ reads it. Main thread.
#pragma once

#include "domain/keys.h"
#include "domain/visit.h"

#include <string>
#include <vector>

namespace chartside {

enum class Screen : int {
    starting,  // engine, store and models are loading
    welcome,   // first screen: set a passphrase, or demo with made-up patients
    unlock,    // a practice exists: ask for its passphrase
    today,
    record,
    review,
    notes,     // all visits that have a draft or a signed note
    set_up,
    keys,      // recovery code, new passphrase: state.key_form says which
};

/// What is being loaded, in the user's words. total_bytes is 0 while unknown.
struct LoadProgress {
    std::string label; // "Speech model"
    double done_bytes = 0;
    double total_bytes = 0;
    bool ready = false;
    std::string failure; // sentence; empty while all is well
};

struct InputDevice {
    std::string id;
    std::string label;
};

enum class RecorderStatus : int { idle, asking, recording, paused, finishing, failed };

/// A problem the user must see while recording, in plain words ("The microphone was unplugged. ...").
struct RecorderState {
    RecorderStatus status = RecorderStatus::idle;
    std::string visit_id;
    double elapsed_ms = 0;     // recorded audio, pauses excluded
    double saved_ms = 0;       // durable up to here
    double caption_delay_ms = 0;
    double silent_for_ms = 0;  // time since the level last rose above the floor
    double stalled_for_ms = 0; // time since frames last arrived
    int overruns = 0;          // blocks of samples lost to a full ring
    std::string device_id;
    std::string failure;       // sentence; empty while all is well
    std::string partial_text;  // caption that may still change
    double partial_start_ms = 0;
};

/// Opening an audio file, or re-reading stored audio: minutes done of minutes.
struct TranscriptionState {
    bool active = false;
    std::string visit_id;
    std::string file_name;
    std::string phase; // "Reading the file", "Listening", "Writing the note"
    double done_ms = 0;
    double total_ms = 0;
    std::string failure;
};

struct PlaybackState {
    bool playing = false;
    double position_ms = 0;
    double end_ms = 0;
};

enum class SaveStatus : int { idle, saving, saved, failed };

struct SaveState {
    SaveStatus status = SaveStatus::idle;
    double saved_at_ms = 0; // epoch; of the last commit that returned
    std::string failure;
};

/// The copy of the site that opens without a network.
enum class OfflineCopy : int {
    none,     // not whole yet, or cleared by the browser
    complete, // every file is there, each checked against the site's manifest
    update,   // complete, and a newer version waits beside it
};

enum class Theme : int { system, light, dark };

struct Preferences {
    Theme theme = Theme::system;
    float text_scale = 1.0f; // 0.85 .. 1.6
    std::string input_device_id;
    std::string clinician_name;
    int lock_after_minutes = 5; // idle, or out of sight
};

/// A sentence that is being typed in the native textarea.
struct EditingState {
    bool active = false;
    std::string sentence_id; // empty: a new sentence at the end of section_id
    std::string section_id;
    std::string text;        // live text of the textarea
};

/// The form field that the native input lies over. Its text lives in `form`, `passphrase` or `preferences`.
struct FieldState {
    std::string id; // "form.patient_name", "passphrase.first", ...; empty: none
};

/// What is typed on the welcome and unlock screens. Wiped as soon as it was handed to the store.
struct PassphraseForm {
    std::string first;
    std::string again;
};

struct SelectionState {
    std::string sentence_id;
    std::string segment_id;
    int word_index = -1;
};

struct Notice {
    std::string text; // one sentence
    bool is_problem = false;
    double shown_at_ms = 0;
};

/// The form that starts a visit; drafted in app state so that nothing typed is lost on a rotate.
struct NewVisitForm {
    bool open = false;
    std::string visit_id; // set when starting a planned visit
    std::string patient_name;
    std::string age;
    Pronouns pronouns = Pronouns::unstated;
    std::string reason;
    std::string consent_by;
    std::string consent_method; // "", "aloud", "written": nothing is pre-ticked
    std::string consent_recorded_by;
    std::string problem;        // sentence, when something is missing
};

/// Why the application cannot work on this device or in this tab, and what to do; both empty while it can.
struct Blocked {
    std::string title; // "Chartside is open in another tab"
    std::string text;
    std::string way_out; // on the button: "Use it here"
};

struct State {
    Screen screen = Screen::starting;
    Blocked blocked;
    std::vector<LoadProgress> loading;
    bool models_ready = false;
    bool demo = false;           // the demo practice with made-up patients is open
    bool practice_exists = false;
    bool store_ready = false;    // the store has answered whether a practice exists
    bool opening = false;        // passphrase is being checked
    std::string open_problem;    // sentence for the welcome and unlock screens
    double bytes_sent = 0;       // to any other origin, ever: 0
    double now_ms = 0;           // epoch, local
    int utc_offset_minutes = 0;
    bool online = true;
    OfflineCopy offline_copy = OfflineCopy::none;
    bool system_dark = false;
    Preferences preferences;

    std::vector<VisitSummary> visits; // by scheduled_ms
    VisitDocument visit;              // the open one; summary.id empty when none
    bool visit_opening = false;       // asked for, not yet here
    bool note_writing = false;        // the note model is at work on the open visit
    int undo_count = 0;               // note edits that can be taken back
    RecorderState recorder;
    std::vector<InputDevice> devices;
    TranscriptionState transcription;
    PlaybackState playback;
    SelectionState selection;
    EditingState editing;
    SaveState save;
    NewVisitForm form;
    FieldState field;
    PassphraseForm passphrase;
    bool unlock_with_code = false;    // the unlock screen asks for the recovery code
    KeyState keys;
    KeyForm key_form;
    bool clipboard_may_hold = false;  // something was copied since the page was opened, and not cleared
    int locks_in_s = 0;               // the practice locks itself soon unless somebody is there; 0: not soon
    Notice notice;
};

} // namespace chartside
