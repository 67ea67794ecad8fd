// One drawn frame: input in, panels drawn, their actions applied, the native field kept where it belongs.
// Owner: platform/app; main thread. Draws into ImGui's lists only; the platform sends those to the GPU.
#pragma once

#include "app/application.h"
#include "ui/gesture.h"
#include "ui/ui_context.h"

#include <string>
#include <vector>

struct ImGuiContext;

namespace chartside::app {

class Frame {
public:
    Frame(Application& application, Host& host);
    ~Frame();
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

    Status add_font(ui::Face face, std::vector<uint8_t> file) { return m_context.fonts.add(face, std::move(file)); }
    void resize(float width, float height, float device_pixel_ratio, ui::Insets insets);
    void set_level_painter(ui::LevelPainter painter) { m_context.paint_levels = std::move(painter); }
    void add_samples(std::span<const float> samples);

    void pointer_down(float x, float y, int button, bool is_touch, double time_ms);
    void pointer_move(float x, float y, bool is_touch, double time_ms);
    void pointer_up(float x, float y, int button, bool is_touch, double time_ms);
    void pointer_cancel();
    void pointer_leave();
    void wheel(float delta_x, float delta_y);
    /// `key` as KeyboardEvent.key. True when the application uses it.
    bool key_down(const std::string& key, bool shift, bool control, bool alt);

    /// Something changed: two more frames are needed, one to draw it and one for what depends on its size.
    void invalidate() { m_settle = 2; }
    /// Draws. True while another frame is wanted.
    bool draw(double time_ms);
    bool settled() const;
    /// All input is dealt with; only a fling or a reveal wants further frames, which may take their time.
    bool only_animating() const;

    const std::vector<ui::Element>& elements() const { return m_context.elements; }
    std::string elements_json() const;
    const char* cursor() const;
    long frames_drawn() const { return m_frames_drawn; }

private:
    ui::ScrollState* scroll_at(float x, float y);
    void move_scrolls(double elapsed_ms);
    void place_text_field();

    Application& m_application;
    Host& m_host;
    ImGuiContext* m_imgui;
    ui::UiContext m_context;
    ui::TouchGesture m_gesture;
    std::string m_gesture_scroll;
    std::string m_shown_field;
    TextFieldPlace m_shown_place;
    size_t m_shown_levels = 0;
    float m_mouse_x = -1, m_mouse_y = -1;
    double m_last_ms = 0;
    int m_settle = 2;
    long m_frames_drawn = 0;
};

} // namespace chartside::app
