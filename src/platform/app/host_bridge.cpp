#include "platform/app/host_bridge.h"

#include "platform/shapes.h"

namespace chartside::platform {

void HostBridge::create_practice(const std::string& passphrase)
{
    m_host.call<void>("create_practice", passphrase);
}

void HostBridge::unlock_practice(const std::string& passphrase)
{
    m_host.call<void>("unlock_practice", passphrase);
}

void HostBridge::open_demo()
{
    m_host.call<void>("open_demo");
}

void HostBridge::lock()
{
    m_host.call<void>("lock");
}

void HostBridge::unlock_with_code(const std::string& code)
{
    m_host.call<void>("unlock_with_code", code);
}

void HostBridge::unlock_with_device()
{
    m_host.call<void>("unlock_with_device");
}

void HostBridge::lock_after(int minutes)
{
    m_host.call<void>("lock_after", minutes);
}

void HostBridge::change_passphrase(const std::string& present, const std::string& passphrase)
{
    m_host.call<void>("change_passphrase", present, passphrase);
}

void HostBridge::make_recovery_code(const std::string& present)
{
    m_host.call<void>("make_recovery_code", present);
}

void HostBridge::recovery_code_checked()
{
    m_host.call<void>("recovery_code_checked");
}

void HostBridge::print_recovery_code(const std::string& code)
{
    m_host.call<void>("print_recovery_code", code);
}

void HostBridge::add_device(const std::string& present)
{
    m_host.call<void>("add_device", present);
}

void HostBridge::remove_device()
{
    m_host.call<void>("remove_device");
}

void HostBridge::clear_clipboard()
{
    m_host.call<void>("clear_clipboard");
}

void HostBridge::list_visits()
{
    m_host.call<void>("list_visits");
}

void HostBridge::open_visit(const std::string& visit_id)
{
    m_host.call<void>("open_visit", visit_id);
}

void HostBridge::save_visit(const VisitSummary& visit)
{
    m_host.call<void>("save_visit", visit);
}

void HostBridge::save_note(const std::string& visit_id, const Note& note, const std::string& what_changed)
{
    m_host.call<void>("save_note", visit_id, note, what_changed);
}

void HostBridge::swap_roles(const std::string& visit_id)
{
    m_host.call<void>("swap_roles", visit_id);
}

void HostBridge::save_mark(const std::string& visit_id, const Mark& mark)
{
    m_host.call<void>("save_mark", visit_id, mark);
}

void HostBridge::start_recording(const VisitSummary& visit, const Consent& consent, const std::string& device_id)
{
    m_host.call<void>("start_recording", visit, consent, device_id);
}

void HostBridge::resume_recording(const VisitSummary& visit, const std::string& device_id)
{
    m_host.call<void>("resume_recording", visit, device_id);
}

void HostBridge::pause_recording()
{
    m_host.call<void>("pause_recording");
}

void HostBridge::continue_recording()
{
    m_host.call<void>("continue_recording");
}

void HostBridge::finish_recording()
{
    m_host.call<void>("finish_recording");
}

void HostBridge::choose_device(const std::string& device_id)
{
    m_host.call<void>("choose_device", device_id);
}

void HostBridge::open_audio_file(const VisitSummary& visit, const Consent& consent)
{
    m_host.call<void>("open_audio_file", visit, consent);
}

void HostBridge::transcribe_stored(const VisitSummary& visit)
{
    m_host.call<void>("transcribe_stored", visit);
}

void HostBridge::cancel_transcription()
{
    m_host.call<void>("cancel_transcription");
}

void HostBridge::play(const std::string& visit_id, double start_ms, double end_ms)
{
    m_host.call<void>("play", visit_id, start_ms, end_ms);
}

void HostBridge::stop_playback()
{
    m_host.call<void>("stop_playback");
}

void HostBridge::show_text_field(const app::TextFieldPlace& place, const std::string& text, int caret)
{
    m_host.call<void>("show_text_field", place, text, caret);
}

void HostBridge::move_text_field(const app::TextFieldPlace& place)
{
    m_host.call<void>("move_text_field", place);
}

void HostBridge::hide_text_field()
{
    m_host.call<void>("hide_text_field");
}

void HostBridge::copy_text(const std::string& text)
{
    m_host.call<void>("copy_text", text);
}

void HostBridge::save_preferences(const std::string& json)
{
    m_host.call<void>("save_preferences", json);
}

void HostBridge::retry_loading()
{
    m_host.call<void>("retry_loading");
}

void HostBridge::try_again()
{
    m_host.call<void>("try_again");
}

void HostBridge::request_frame()
{
    m_host.call<void>("request_frame");
}

} // namespace chartside::platform
