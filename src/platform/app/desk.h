// The application module's one object: application, frame and GPU, made and torn down in this order. Owner: the
// page, through bindings.cpp; main thread.
#pragma once

#include "app/application.h"
#include "app/frame.h"
#include "platform/app/host_bridge.h"
#include "render/level_bars.h"

#include <emscripten/html5_webgl.h>
#include <emscripten/val.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

struct ImDrawCmd;
struct ImDrawList;

namespace chartside::platform {

class Desk {
public:
    explicit Desk(emscripten::val host);
    ~Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    bool start(const std::string& canvas_selector);
    void add_font(const std::string& name, const std::string& bytes);
    void resize(float width, float height, float device_pixel_ratio, float inset_top, float inset_right, float inset_bottom, float inset_left);
    bool frame(double time_ms);
    void settle(double time_ms);

    void pointer_down(float x, float y, int button, bool is_touch, double time_ms) { m_frame.pointer_down(x, y, button, is_touch, time_ms); }
    void pointer_move(float x, float y, bool is_touch, double time_ms) { m_frame.pointer_move(x, y, is_touch, time_ms); }
    void pointer_up(float x, float y, int button, bool is_touch, double time_ms) { m_frame.pointer_up(x, y, button, is_touch, time_ms); }
    void pointer_cancel() { m_frame.pointer_cancel(); }
    void pointer_leave() { m_frame.pointer_leave(); }
    void wheel(float delta_x, float delta_y) { m_frame.wheel(delta_x, delta_y); }
    bool key_down(const std::string& key, bool shift, bool control, bool alt) { return m_frame.key_down(key, shift, control, alt); }
    int frames_drawn() const { return static_cast<int>(m_frame.frames_drawn()); }
    std::string elements() const { return m_frame.elements_json(); }
    std::string cursor() const { return m_frame.cursor(); }

    void on_samples(const emscripten::val& samples);
    /// Comes many times a second: what changes nothing that is shown asks for no settling frame either.
    void on_recorder(const RecorderState& recorder)
    {
        if (m_application.on_recorder(recorder)) m_frame.invalidate();
    }

    /// For an event of the page: the next frame draws what it changed.
    app::Application& application()
    {
        m_frame.invalidate();
        return m_application;
    }

private:
    void draw_to_canvas();
    struct LevelDrawing {
        Desk* desk;
        ui::Rect rect;
        ui::Color color;
    };
    static void draw_levels(const ImDrawList* list, const ImDrawCmd* command);

    HostBridge m_host;
    app::Application m_application;
    app::Frame m_frame;
    EMSCRIPTEN_WEBGL_CONTEXT_HANDLE m_context = 0;
    bool m_renderer_ready = false;
    std::optional<render::LevelBars> m_level_bars;
    LevelDrawing m_level_drawing{};
    const ui::LevelHistory* m_levels = nullptr;
    std::vector<float> m_samples;
};

} // namespace chartside::platform
