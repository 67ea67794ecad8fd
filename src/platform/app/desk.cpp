#include "platform/app/desk.h"

#include <GLES3/gl3.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

namespace chartside::platform {

namespace {

// A pointer or key event is followed by the frames it needs, at once; more than this would be a loop.
constexpr int most_frames_at_once = 12;

} // namespace

Desk::Desk(emscripten::val host) : m_host(std::move(host)), m_application(m_host), m_frame(m_application, m_host)
{
    m_frame.set_level_painter([this](ImDrawList& list, ui::Rect rect, const ui::LevelHistory& levels, ui::Color color) {
        if (!m_level_bars) return;
        // One level display a screen, so that its place can lie here until the list is drawn.
        m_level_drawing = {this, rect, color};
        m_levels = &levels;
        list.AddCallback(draw_levels, &m_level_drawing);
        list.AddCallback(ImGui::GetPlatformIO().DrawCallback_ResetRenderState, nullptr);
    });
}

Desk::~Desk()
{
    m_level_bars.reset();
    if (m_renderer_ready) ImGui_ImplOpenGL3_Shutdown();
    if (m_context > 0) emscripten_webgl_destroy_context(m_context);
}

bool Desk::start(const std::string& canvas_selector)
{
    EmscriptenWebGLContextAttributes attributes;
    emscripten_webgl_init_context_attributes(&attributes);
    attributes.majorVersion = 2;
    attributes.alpha = false;
    attributes.depth = false;
    attributes.stencil = false;
    attributes.antialias = false; // ImGui smooths its own edges
    attributes.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
    m_context = emscripten_webgl_create_context(canvas_selector.c_str(), &attributes);
    if (m_context <= 0) return false;
    emscripten_webgl_make_context_current(m_context);
    m_renderer_ready = ImGui_ImplOpenGL3_Init("#version 300 es");
    if (!m_renderer_ready) return false;
    auto bars = render::LevelBars::create();
    if (bars) m_level_bars = std::move(bars).value();
    else m_application.on_notice(bars.error().message, true);
    return true;
}

void Desk::add_font(const std::string& name, const std::string& bytes)
{
    const ui::Face face = name == "icons" ? ui::Face::icons
        : name == "semibold" ? ui::Face::semibold : name == "medium" ? ui::Face::medium : ui::Face::regular;
    const Status added = m_frame.add_font(face, {bytes.begin(), bytes.end()});
    if (!added) m_application.on_blocked("This page is damaged", added.error().message, "Reload");
}

void Desk::resize(float width, float height, float device_pixel_ratio, float inset_top, float inset_right, float inset_bottom, float inset_left)
{
    m_frame.resize(width, height, device_pixel_ratio, {inset_top, inset_right, inset_bottom, inset_left});
}

bool Desk::frame(double time_ms)
{
    if (!m_renderer_ready) return false;
    ImGui_ImplOpenGL3_NewFrame();
    const bool more = m_frame.draw(time_ms);
    draw_to_canvas();
    return more;
}

void Desk::settle(double time_ms)
{
    for (int i = 0; i < most_frames_at_once && frame(time_ms + i) && i < most_frames_at_once; ++i)
        if (m_frame.only_animating()) break;
}

void Desk::draw_to_canvas()
{
    ImDrawData* data = ImGui::GetDrawData();
    if (!data) return;
    emscripten_webgl_make_context_current(m_context);
    glViewport(0, 0, static_cast<GLsizei>(data->DisplaySize.x * data->FramebufferScale.x), static_cast<GLsizei>(data->DisplaySize.y * data->FramebufferScale.y));
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(data);
}

void Desk::draw_levels(const ImDrawList*, const ImDrawCmd* command)
{
    const auto& drawing = *static_cast<const LevelDrawing*>(command->UserCallbackData);
    const ImGuiIO& io = ImGui::GetIO();
    const float ratio = io.DisplayFramebufferScale.x;
    const float width = io.DisplaySize.x * ratio, height = io.DisplaySize.y * ratio;
    const ui::Rect& rect = drawing.rect;
    glDisable(GL_SCISSOR_TEST);
    render::LevelBarsPlace place{rect.x * ratio, rect.y * ratio, rect.width * ratio, rect.height * ratio, width, height, ratio, {}};
    for (int i = 0; i < 3; ++i)
        place.color[i] = static_cast<float>((drawing.color.rgb >> (16 - 8 * i)) & 0xFF) / 255;
    place.color[3] = drawing.color.alpha;
    drawing.desk->m_level_bars->draw(place, drawing.desk->m_levels->bars(), drawing.desk->m_levels->version());
    glEnable(GL_SCISSOR_TEST);
}

void Desk::on_samples(const emscripten::val& samples)
{
    m_samples = emscripten::convertJSArrayToNumberVector<float>(samples);
    m_frame.add_samples(m_samples);
}

} // namespace chartside::platform
