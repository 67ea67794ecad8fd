// What the application asks of the page around it. Implemented by src/platform/app (JavaScript behind it) and by
// a recording double in tests. Main thread. Nothing here blocks: answers come back as Application events.
#pragma once

#include "domain/visit.h"
#include "ui/text_field_place.h"

#include <string>
#include <vector>

namespace chartside::app {

using ui::TextFieldPlace;

class Host {
public:
    virtual ~Host() = default;

    // store
    virtual void create_practice(const std::string& passphrase) = 0;
    virtual void unlock_practice(const std::string& passphrase) = 0;
    virtual void unlock_with_code(const std::string& code) = 0;
    virtual void unlock_with_device() = 0;
    virtual void open_demo() = 0;
    virtual void lock() = 0;
    virtual void lock_after(int minutes) = 0; // idle or out of sight
    // `present` is the passphrase or the recovery code, or empty right after the practice was made or recovered
    virtual void change_passphrase(const std::string& present, const std::string& passphrase) = 0;
    virtual void make_recovery_code(const std::string& present) = 0;
    virtual void recovery_code_checked() = 0;
    virtual void print_recovery_code(const std::string& code) = 0;
    virtual void add_device(const std::string& present) = 0;
    virtual void remove_device() = 0;
    virtual void list_visits() = 0;
    virtual void open_visit(const std::string& visit_id) = 0;
    virtual void save_visit(const VisitSummary& visit) = 0;
    virtual void save_note(const std::string& visit_id, const Note& note, const std::string& what_changed) = 0;
    virtual void swap_roles(const std::string& visit_id) = 0;
    virtual void save_mark(const std::string& visit_id, const Mark& mark) = 0;

    // record. The consent is committed first; the microphone is asked for on the same tap.
    virtual void start_recording(const VisitSummary& visit, const Consent& consent, const std::string& device_id) = 0;
    virtual void resume_recording(const VisitSummary& visit, const std::string& device_id) = 0;
    virtual void pause_recording() = 0;
    virtual void continue_recording() = 0;
    virtual void finish_recording() = 0;
    virtual void choose_device(const std::string& device_id) = 0;

    // hear and write
    virtual void open_audio_file(const VisitSummary& visit, const Consent& consent) = 0; // shows the file picker
    virtual void transcribe_stored(const VisitSummary& visit) = 0; // an interrupted visit: from its stored audio
    virtual void cancel_transcription() = 0;

    // play
    virtual void play(const std::string& visit_id, double start_ms, double end_ms) = 0;
    virtual void stop_playback() = 0;

    // page
    virtual void show_text_field(const TextFieldPlace& place, const std::string& text, int caret) = 0; // focuses it
    virtual void move_text_field(const TextFieldPlace& place) = 0;
    virtual void hide_text_field() = 0;
    virtual void copy_text(const std::string& text) = 0;
    virtual void clear_clipboard() = 0;
    virtual void save_preferences(const std::string& json) = 0;
    virtual void retry_loading() = 0;
    virtual void try_again() = 0; // what on_blocked told of
    virtual void request_frame() = 0; // something changed: call frame() at the next display refresh
};

} // namespace chartside::app
