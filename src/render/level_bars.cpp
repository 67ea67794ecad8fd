#include "render/level_bars.h"

#include "shaders.h"

#include <algorithm>

namespace chartside::render {

Result<LevelBars> LevelBars::create()
{
    LevelBars bars;
    bars.m_program = TRY(create_program(shaders::levels_vert, shaders::levels_frag));
    const auto place = [&](const char* name) { return glGetUniformLocation(bars.m_program.get(), name); };
    bars.m_rect = place("u_rect");
    bars.m_framebuffer = place("u_framebuffer");
    bars.m_size = place("u_size");
    bars.m_pixel_ratio = place("u_pixel_ratio");
    bars.m_color = place("u_color");
    bars.m_levels = place("u_levels");
    bars.m_level_count = place("u_level_count");
    bars.m_bar_count = place("u_bar_count");
    GLuint name = 0;
    glGenTextures(1, &name);
    bars.m_texture = Texture(name);
    glBindTexture(GL_TEXTURE_2D, name);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glGenVertexArrays(1, &name);
    bars.m_vertices = VertexArray(name);
    return bars;
}

void LevelBars::draw(const LevelBarsPlace& place, std::span<const float> levels, size_t version)
{
    if (levels.empty() || place.width < 1 || place.height < 1) return;
    glUseProgram(m_program.get());
    glBindVertexArray(m_vertices.get());
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, m_texture.get());
    if (version != m_version) {
        m_version = version;
        m_texels.resize(levels.size());
        std::transform(levels.begin(), levels.end(), m_texels.begin(),
            [](float level) { return static_cast<uint8_t>(std::clamp(level, 0.0f, 1.0f) * 255 + 0.5f); });
        glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, static_cast<GLsizei>(m_texels.size()), 1, 0, GL_RED, GL_UNSIGNED_BYTE, m_texels.data());
    }
    // About 6.2 CSS pixels a bar, as many as fit.
    const int bar_count = std::clamp(static_cast<int>(place.width / (6.2f * place.pixel_ratio)), 1, static_cast<int>(levels.size()));
    glUniform4f(m_rect, place.x, place.y, place.width, place.height);
    glUniform2f(m_framebuffer, place.framebuffer_width, place.framebuffer_height);
    glUniform2f(m_size, place.width, place.height);
    glUniform1f(m_pixel_ratio, place.pixel_ratio);
    glUniform4fv(m_color, 1, place.color);
    glUniform1i(m_levels, 0);
    glUniform1i(m_level_count, static_cast<GLint>(levels.size()));
    glUniform1i(m_bar_count, bar_count);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

} // namespace chartside::render
