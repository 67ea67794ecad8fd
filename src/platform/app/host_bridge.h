// The application's Host, answered by the page's host object (web/host/application.ts). Owner: Desk; main thread.
#pragma once

#include "app/host.h"

#include <emscripten/val.h>

namespace chartside::platform {

class HostBridge final : public app::Host {
public:
    explicit HostBridge(emscripten::val host) : m_host(std::move(host)) {}

    void create_practice(const std::string& passphrase) override;
    void unlock_practice(const std::string& passphrase) override;
    void open_demo() override;
    void lock() override;
    void unlock_with_code(const std::string& code) override;
    void unlock_with_device() override;
    void lock_after(int minutes) override;
    void change_passphrase(const std::string& present, const std::string& passphrase) override;
    void make_recovery_code(const std::string& present) override;
    void recovery_code_checked() override;
    void print_recovery_code(const std::string& code) override;
    void add_device(const std::string& present) override;
    void remove_device() override;
    void clear_clipboard() override;
    void list_visits() override;
    void open_visit(const std::string& visit_id) override;
    void save_visit(const VisitSummary& visit) override;
    void save_note(const std::string& visit_id, const Note& note, const std::string& what_changed) override;
    void swap_roles(const std::string& visit_id) override;
    void save_mark(const std::string& visit_id, const Mark& mark) override;
    void start_recording(const VisitSummary& visit, const Consent& consent, const std::string& device_id) override;
    void resume_recording(const VisitSummary& visit, const std::string& device_id) override;
    void pause_recording() override;
    void continue_recording() override;
    void finish_recording() override;
    void choose_device(const std::string& device_id) override;
    void open_audio_file(const VisitSummary& visit, const Consent& consent) override;
    void transcribe_stored(const VisitSummary& visit) override;
    void cancel_transcription() override;
    void play(const std::string& visit_id, double start_ms, double end_ms) override;
    void stop_playback() override;
    void show_text_field(const app::TextFieldPlace& place, const std::string& text, int caret) override;
    void move_text_field(const app::TextFieldPlace& place) override;
    void hide_text_field() override;
    void copy_text(const std::string& text) override;
    void save_preferences(const std::string& json) override;
    void retry_loading() override;
    void try_again() override;
    void request_frame() override;

private:
    emscripten::val m_host;
};

} // namespace chartside::platform
