// What the page sees of the application: web/host/application.ts, class WasmApplication. The structs cross as
// plain objects (platform/shapes.h).
#include "platform/app/desk.h"
#include "platform/shapes.h"

#include <emscripten/bind.h>

using namespace emscripten;
using namespace chartside;
using app::Application;
using platform::Desk;

namespace {

// Calls an event method of the application behind the desk.
template <auto Method, typename... Arguments>
void deliver(Desk& desk, Arguments... arguments)
{
    (desk.application().*Method)(std::move(arguments)...);
}

std::unique_ptr<Desk> create_desk(val host)
{
    return std::make_unique<Desk>(std::move(host));
}

} // namespace

EMSCRIPTEN_BINDINGS(application)
{
    class_<Desk>("Application")
        .constructor(&create_desk)
        .function("start", &Desk::start)
        .function("add_font", &Desk::add_font)
        .function("resize", &Desk::resize)
        .function("frame", &Desk::frame)
        .function("settle", &Desk::settle)
        .function("pointer_down", &Desk::pointer_down)
        .function("pointer_move", &Desk::pointer_move)
        .function("pointer_up", &Desk::pointer_up)
        .function("pointer_cancel", &Desk::pointer_cancel)
        .function("pointer_leave", &Desk::pointer_leave)
        .function("wheel", &Desk::wheel)
        .function("key_down", &Desk::key_down)
        .function("cursor", &Desk::cursor)
        .function("frames_drawn", &Desk::frames_drawn)
        .function("elements", &Desk::elements)
        .function("text_changed", &deliver<&Application::on_text_changed, std::string>)
        .function("text_committed", &deliver<&Application::on_text_committed, std::string>)
        .function("text_entered", &deliver<&Application::on_text_entered, std::string>)
        .function("text_cancelled", &deliver<&Application::on_text_cancelled>)
        .function("on_environment", &deliver<&Application::on_environment, bool, bool, double>)
        .function("on_offline_copy", &deliver<&Application::on_offline_copy, int>)
        .function("on_tick", &deliver<&Application::on_tick, double, int>)
        .function("on_hidden", &deliver<&Application::on_hidden>)
        .function("on_preferences", &deliver<&Application::on_preferences, std::string>)
        .function("on_notice", &deliver<&Application::on_notice, std::string, bool>)
        .function("on_blocked", &deliver<&Application::on_blocked, std::string, std::string, std::string>)
        .function("on_loading", &deliver<&Application::on_loading, std::vector<LoadProgress>>)
        .function("on_ready", &deliver<&Application::on_ready, bool>)
        .function("on_store_status", &deliver<&Application::on_store_status, bool>)
        .function("on_opened", &deliver<&Application::on_opened, bool>)
        .function("on_open_failed", &deliver<&Application::on_open_failed, std::string>)
        .function("on_locking", &deliver<&Application::on_locking>)
        .function("on_locked", &deliver<&Application::on_locked>)
        .function("on_lock_soon", &deliver<&Application::on_lock_soon, int>)
        .function("on_clipboard", &deliver<&Application::on_clipboard, bool>)
        .function("on_keys", &deliver<&Application::on_keys, int, bool, bool>)
        .function("on_new_passphrase_needed", &deliver<&Application::on_new_passphrase_needed>)
        .function("on_recovery_code", &deliver<&Application::on_recovery_code, std::string>)
        .function("on_keys_changed", &deliver<&Application::on_keys_changed, std::string>)
        .function("on_keys_failed", &deliver<&Application::on_keys_failed, std::string>)
        .function("on_visits", &deliver<&Application::on_visits, std::vector<VisitSummary>>)
        .function("on_visit_opened", &deliver<&Application::on_visit_opened, VisitDocument>)
        .function("on_visit_open_failed", &deliver<&Application::on_visit_open_failed, std::string>)
        .function("on_saved", &deliver<&Application::on_saved, std::string, double>)
        .function("on_save_failed", &deliver<&Application::on_save_failed, std::string>)
        .function("on_recorder", &Desk::on_recorder)
        .function("on_devices", &deliver<&Application::on_devices, std::vector<InputDevice>>)
        .function("on_samples", &Desk::on_samples)
        .function("on_partial", &deliver<&Application::on_partial, std::string, std::string, double>)
        .function("on_segment", &deliver<&Application::on_segment, std::string, Segment>)
        .function("on_note", &deliver<&Application::on_note, std::string, Note, std::vector<Role>>)
        .function("on_note_failed", &deliver<&Application::on_note_failed, std::string>)
        .function("on_transcription", &deliver<&Application::on_transcription, TranscriptionState>)
        .function("on_playback", &deliver<&Application::on_playback, PlaybackState>);
}
