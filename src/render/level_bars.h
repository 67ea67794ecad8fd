// The live level bars, drawn by shaders/levels.* from a texture of the newest levels. Owner: the app module; main
// thread, with its context current.
#pragma once

#include "render/gl_objects.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chartside::render {

/// Pixels of the framebuffer, y down.
struct LevelBarsPlace {
    float x = 0, y = 0, width = 0, height = 0;
    float framebuffer_width = 0, framebuffer_height = 0;
    float pixel_ratio = 1;
    float color[4] = {0, 0, 0, 1}; // not premultiplied
};

class LevelBars {
public:
    static Result<LevelBars> create();

    /// Uploads `levels` (0..1, oldest first) when `version` differs from the last, then draws. Leaves the program,
    /// texture and vertex array bound to its own: the caller restores its state.
    void draw(const LevelBarsPlace& place, std::span<const float> levels, size_t version);

private:
    Program m_program;
    Texture m_texture;
    VertexArray m_vertices;
    GLint m_rect = -1, m_framebuffer = -1, m_size = -1, m_pixel_ratio = -1, m_color = -1, m_levels = -1, m_level_count = -1,
          m_bar_count = -1;
    std::vector<uint8_t> m_texels;
    size_t m_version = static_cast<size_t>(-1);
};

} // namespace chartside::render
