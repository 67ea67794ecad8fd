#include "app/frame.h"

#include "base/text.h"
#include "ui/panels.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>
#include <cstdio>
#include <cstring>

namespace chartside::app {

namespace {

constexpr float slowest_fling = 12; // px/s

void append_json(std::string& json, const std::string& text)
{
    json += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') (json += '\\') += c;
        else if (c == '\n') json += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20) json += c;
    }
    json += '"';
}

struct NamedKey {
    const char* name;
    ImGuiKey key;
};

constexpr NamedKey named_keys[] = {
    {"Tab", ImGuiKey_Tab}, {"Enter", ImGuiKey_Enter}, {" ", ImGuiKey_Space}, {"ArrowLeft", ImGuiKey_LeftArrow},
    {"ArrowRight", ImGuiKey_RightArrow}, {"ArrowUp", ImGuiKey_UpArrow}, {"ArrowDown", ImGuiKey_DownArrow},
    {"Home", ImGuiKey_Home}, {"End", ImGuiKey_End},
};

} // namespace

Frame::Frame(Application& application, Host& host) : m_application(application), m_host(host)
{
    IMGUI_CHECKVERSION();
    m_imgui = ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.ConfigNavCaptureKeyboard = false;
    io.ConfigInputTrickleEventQueue = true;
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowPadding = {0, 0};
    style.WindowBorderSize = 0;
    style.WindowRounding = 0;
    style.WindowMinSize = {1, 1};
    style.Colors[ImGuiCol_NavCursor] = {0, 0, 0, 0}; // the kit draws its own focus ring
    style.Colors[ImGuiCol_NavWindowingHighlight] = {0, 0, 0, 0};
}

Frame::~Frame()
{
    ImGui::DestroyContext(m_imgui);
}

void Frame::resize(float width, float height, float device_pixel_ratio, ui::Insets insets)
{
    m_context.width = width;
    m_context.height = height;
    m_context.insets = insets;
    m_context.fonts.set_device_pixel_ratio(device_pixel_ratio);
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {width, height};
    io.DisplayFramebufferScale = {device_pixel_ratio, device_pixel_ratio};
    invalidate();
}

void Frame::add_samples(std::span<const float> samples)
{
    m_context.levels.add(samples);
    const Screen screen = m_application.state().screen;
    if (screen != Screen::record || m_context.levels.version() == m_shown_levels) return;
    m_shown_levels = m_context.levels.version();
    // One frame is enough: nothing else on the screen depends on how high a bar is.
    m_host.request_frame();
}

ui::ScrollState* Frame::scroll_at(float x, float y)
{
    for (auto id = m_context.scroll_order.rbegin(); id != m_context.scroll_order.rend(); ++id) {
        auto& state = m_context.scrolls[*id];
        if (state.rect.contains(x, y)) {
            m_gesture_scroll = *id;
            return &state;
        }
    }
    m_gesture_scroll.clear();
    return nullptr;
}

void Frame::pointer_down(float x, float y, int button, bool is_touch, double time_ms)
{
    invalidate();
    if (!is_touch) {
        ImGui::GetIO().AddMousePosEvent(x, y);
        if (button >= 0 && button < 3) ImGui::GetIO().AddMouseButtonEvent(button, true);
        return;
    }
    m_gesture.down(x, y, time_ms);
    if (auto* scroll = scroll_at(x, y)) scroll->velocity = 0;
    m_context.finger_down = true;
    m_context.finger_x = x;
    m_context.finger_y = y;
}

void Frame::pointer_move(float x, float y, bool is_touch, double time_ms)
{
    m_mouse_x = x;
    m_mouse_y = y;
    if (!is_touch) {
        ImGui::GetIO().AddMousePosEvent(x, y);
        invalidate();
        return;
    }
    if (m_gesture.move(x, y, time_ms) != ui::TouchGesture::Move::scrolls) return;
    m_context.finger_down = false;
    if (!m_gesture_scroll.empty()) {
        auto& scroll = m_context.scrolls[m_gesture_scroll];
        scroll.follow_end = false;
        scroll.offset = std::clamp(scroll.offset - m_gesture.scrolled_px(), 0.0f, scroll.limit());
    }
    invalidate();
}

void Frame::pointer_up(float x, float y, int button, bool is_touch, double time_ms)
{
    invalidate();
    ImGuiIO& io = ImGui::GetIO();
    if (!is_touch) {
        io.AddMousePosEvent(x, y);
        if (button >= 0 && button < 3) io.AddMouseButtonEvent(button, false);
        return;
    }
    m_context.finger_down = false;
    if (m_gesture.up(time_ms)) {
        io.AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
        io.AddMousePosEvent(m_gesture.start_x(), m_gesture.start_y());
        io.AddMouseButtonEvent(0, true);
        io.AddMouseButtonEvent(0, false);
        io.AddMousePosEvent(-FLT_MAX, -FLT_MAX); // a finger that is gone hovers over nothing
    } else if (!m_gesture_scroll.empty()) {
        auto& scroll = m_context.scrolls[m_gesture_scroll];
        scroll.velocity = -m_gesture.fling_velocity();
        scroll.follow_end = scroll.offset >= scroll.limit() - 2 && scroll.velocity >= 0 && m_gesture_scroll == "heard";
    }
}

void Frame::pointer_cancel()
{
    m_gesture.cancel();
    m_context.finger_down = false;
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    invalidate();
}

void Frame::pointer_leave()
{
    ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
    invalidate();
}

void Frame::wheel(float, float delta_y)
{
    if (auto* scroll = scroll_at(m_mouse_x, m_mouse_y)) {
        scroll->velocity = 0;
        scroll->offset = std::clamp(scroll->offset + delta_y, 0.0f, scroll->limit());
        scroll->follow_end = scroll->offset >= scroll->limit() - 2 && m_gesture_scroll == "heard";
    }
    invalidate();
}

bool Frame::key_down(const std::string& key, bool shift, bool control, bool alt)
{
    invalidate();
    const State& state = m_application.state();
    if (control && !alt && (key == "z" || key == "Z") && state.screen == Screen::review && !shift) {
        m_application.apply(action::Undo{});
        return true;
    }
    if (control || alt) return false;
    if (key == "Escape") {
        if (m_context.checks_open) m_context.checks_open = false;
        else if (state.form.open) m_application.apply(action::CloseForm{});
        else if (!state.notice.text.empty()) m_application.apply(action::DismissNotice{});
        else if (state.playback.playing) m_application.apply(action::StopPlayback{});
        else if (!state.selection.sentence_id.empty()) m_application.apply(action::SelectSentence{"", false});
        return true;
    }
    ImGuiIO& io = ImGui::GetIO();
    for (const NamedKey& named : named_keys) {
        if (key != named.name) continue;
        io.AddKeyEvent(ImGuiMod_Shift, shift);
        io.AddKeyEvent(named.key, true);
        io.AddKeyEvent(named.key, false);
        io.AddKeyEvent(ImGuiMod_Shift, false);
        return true;
    }
    const bool up = key == "PageUp", down = key == "PageDown";
    if (up || down) {
        if (auto* scroll = scroll_at(m_mouse_x, m_mouse_y))
            scroll->offset = std::clamp(scroll->offset + (down ? 0.85f : -0.85f) * scroll->rect.height, 0.0f, scroll->limit());
        return true;
    }
    return false;
}

void Frame::move_scrolls(double elapsed_ms)
{
    const float seconds = static_cast<float>(std::min(elapsed_ms, 50.0) / 1000);
    for (auto& [id, scroll] : m_context.scrolls) {
        if (scroll.velocity == 0) continue;
        const float wanted = scroll.offset + scroll.velocity * seconds;
        scroll.offset = std::clamp(wanted, 0.0f, scroll.limit());
        scroll.velocity *= std::exp(-3.2f * seconds);
        if (std::fabs(scroll.velocity) < slowest_fling || wanted != scroll.offset) scroll.velocity = 0;
        else m_context.animating = true;
    }
}

bool Frame::settled() const
{
    return m_settle <= 0 && !m_context.animating && m_imgui->InputEventsQueue.empty();
}

bool Frame::only_animating() const
{
    return m_settle <= 0 && m_imgui->InputEventsQueue.empty();
}

bool Frame::draw(double time_ms)
{
    if (m_context.width < 1 || m_context.height < 1 || !m_context.fonts.complete()) return false;
    const State& state = m_application.state();
    const double elapsed_ms = std::max(1.0, time_ms - m_last_ms);
    m_last_ms = time_ms;
    --m_settle;
    m_context.animating = false;
    move_scrolls(elapsed_ms);

    const Preferences& preferences = state.preferences;
    const bool dark = preferences.theme == Theme::dark || (preferences.theme == Theme::system && state.system_dark);
    m_context.palette = dark ? &ui::dark_palette() : &ui::light_palette();
    m_context.text_scale = preferences.text_scale;
    m_context.elements.clear();
    m_context.scroll_order.clear();
    m_context.current_scroll.clear();
    m_context.native_field.reset();

    ImGui::GetIO().DeltaTime = static_cast<float>(std::min(elapsed_ms, 100.0) / 1000);
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({m_context.width, m_context.height});
    ImGui::Begin("desk", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove
            | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoBringToFrontOnFocus);
    m_context.list = ImGui::GetWindowDrawList();
    const Actions actions = ui::draw_all(state, m_context);
    ImGui::End();
    ImGui::Render();
    ++m_frames_drawn;

    // Panels never change the state they draw: what they asked for happens now, and is drawn next.
    if (!actions.empty()) {
        m_application.apply(actions);
        invalidate();
    }
    place_text_field();
    return !settled();
}

void Frame::place_text_field()
{
    const auto& wanted = m_context.native_field;
    if (!wanted) {
        if (!m_shown_field.empty()) m_host.hide_text_field();
        m_shown_field.clear();
        return;
    }
    if (wanted->id != m_shown_field) {
        const int caret = wanted->caret < 0 ? -1
            : static_cast<int>(utf16_offset(wanted->text, std::min(wanted->text.size(), static_cast<size_t>(wanted->caret))));
        m_host.show_text_field(wanted->place, wanted->text, caret);
    } else if (!(wanted->place == m_shown_place)) {
        m_host.move_text_field(wanted->place);
    }
    m_shown_field = wanted->id;
    m_shown_place = wanted->place;
}

const char* Frame::cursor() const
{
    switch (ImGui::GetMouseCursor()) {
    case ImGuiMouseCursor_Hand: return "pointer";
    case ImGuiMouseCursor_TextInput: return "text";
    default: return "default";
    }
}

std::string Frame::elements_json() const
{
    std::string json = "[";
    for (const ui::Element& element : m_context.elements) {
        if (json.size() > 1) json += ',';
        json += "{\"id\":";
        append_json(json, element.id);
        json += ",\"role\":";
        append_json(json, element.role);
        json += ",\"label\":";
        append_json(json, element.label);
        char numbers[200];
        std::snprintf(numbers, sizeof numbers,
            ",\"x\":%.2f,\"y\":%.2f,\"width\":%.2f,\"height\":%.2f,\"enabled\":%s,\"selected\":%s,\"visible\":%s}",
            static_cast<double>(element.rect.x), static_cast<double>(element.rect.y), static_cast<double>(element.rect.width),
            static_cast<double>(element.rect.height), element.enabled ? "true" : "false", element.selected ? "true" : "false",
            element.visible ? "true" : "false");
        json += numbers;
    }
    return json + "]";
}

} // namespace chartside::app
