// What the page sees of the application: web/host/application.ts, class WasmApplication. The structs cross as
// plain objects (platform/shapes.h).
#include "platform/app/desk.h"
#include "platform/shapes.h"

#include <emscripten/bind.h>

using namespace emscripten;
using namespace chartside;
using app::Application;
using platform::ArrayOf;
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
    register_type<ArrayOf<LoadProgress>>("LoadProgress[]");
    register_type<ArrayOf<Role>>("number[]");

    value_object<LoadProgress>("LoadProgress")
        .field("label", &LoadProgress::label)
        .field("done_bytes", &LoadProgress::done_bytes)
        .field("total_bytes", &LoadProgress::total_bytes)
        .field("ready", &LoadProgress::ready)
        .field("failure", &LoadProgress::failure);
    // Without its partial_ fields, which on_partial owns.
    value_object<RecorderState>("RecorderState")
        .field("status", &RecorderState::status)
        .field("visit_id", &RecorderState::visit_id)
        .field("elapsed_ms", &RecorderState::elapsed_ms)
        .field("saved_ms", &RecorderState::saved_ms)
        .field("caption_delay_ms", &RecorderState::caption_delay_ms)
        .field("silent_for_ms", &RecorderState::silent_for_ms)
        .field("stalled_for_ms", &RecorderState::stalled_for_ms)
        .field("overruns", &RecorderState::overruns)
        .field("device_id", &RecorderState::device_id)
        .field("failure", &RecorderState::failure);
    value_object<TranscriptionState>("TranscriptionState")
        .field("active", &TranscriptionState::active)
        .field("visit_id", &TranscriptionState::visit_id)
        .field("file_name", &TranscriptionState::file_name)
        .field("phase", &TranscriptionState::phase)
        .field("done_ms", &TranscriptionState::done_ms)
        .field("total_ms", &TranscriptionState::total_ms)
        .field("failure", &TranscriptionState::failure);
    value_object<PlaybackState>("PlaybackState")
        .field("playing", &PlaybackState::playing)
        .field("position_ms", &PlaybackState::position_ms)
        .field("end_ms", &PlaybackState::end_ms);
    value_object<app::TextFieldPlace>("TextFieldPlace")
        .field("x", &app::TextFieldPlace::x)
        .field("y", &app::TextFieldPlace::y)
        .field("width", &app::TextFieldPlace::width)
        .field("height", &app::TextFieldPlace::height)
        .field("font_px", &app::TextFieldPlace::font_px)
        .field("line_height_px", &app::TextFieldPlace::line_height_px)
        .field("indent_px", &app::TextFieldPlace::indent_px)
        .field("weight", &app::TextFieldPlace::weight)
        .field("multiline", &app::TextFieldPlace::multiline)
        .field("password", &app::TextFieldPlace::password)
        .field("dark", &app::TextFieldPlace::dark)
        .field("ink", &app::TextFieldPlace::ink)
        .field("background", &app::TextFieldPlace::background)
        .field("caret_color", &app::TextFieldPlace::caret_color)
        .field("label", &app::TextFieldPlace::label)
        .field("placeholder", &app::TextFieldPlace::placeholder);

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
        .function("on_tick", &deliver<&Application::on_tick, double, int>)
        .function("on_preferences", &deliver<&Application::on_preferences, std::string>)
        .function("on_notice", &deliver<&Application::on_notice, std::string, bool>)
        .function("on_blocked", &deliver<&Application::on_blocked, std::string, std::string>)
        .function("on_loading", &deliver<&Application::on_loading, std::vector<LoadProgress>>)
        .function("on_ready", &deliver<&Application::on_ready, bool>)
        .function("on_store_status", &deliver<&Application::on_store_status, bool>)
        .function("on_opened", &deliver<&Application::on_opened, bool>)
        .function("on_open_failed", &deliver<&Application::on_open_failed, std::string>)
        .function("on_locked", &deliver<&Application::on_locked>)
        .function("on_visits", &deliver<&Application::on_visits, std::vector<VisitSummary>>)
        .function("on_visit_opened", &deliver<&Application::on_visit_opened, VisitDocument>)
        .function("on_visit_open_failed", &deliver<&Application::on_visit_open_failed, std::string>)
        .function("on_saved", &deliver<&Application::on_saved, std::string, double>)
        .function("on_save_failed", &deliver<&Application::on_save_failed, std::string>)
        .function("on_recorder", &deliver<&Application::on_recorder, RecorderState>)
        .function("on_devices", &deliver<&Application::on_devices, std::vector<InputDevice>>)
        .function("on_samples", &Desk::on_samples)
        .function("on_partial", &deliver<&Application::on_partial, std::string, std::string, double>)
        .function("on_segment", &deliver<&Application::on_segment, std::string, Segment>)
        .function("on_note", &deliver<&Application::on_note, std::string, Note, std::vector<Role>>)
        .function("on_note_failed", &deliver<&Application::on_note_failed, std::string>)
        .function("on_transcription", &deliver<&Application::on_transcription, TranscriptionState>)
        .function("on_playback", &deliver<&Application::on_playback, PlaybackState>);
}
