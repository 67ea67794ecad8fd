// Move-only owners of WebGL2 objects. Owner: the app module; main thread, with its context current.
#pragma once

#include "base/result.h"

#include <GLES3/gl3.h>

#include <utility>

namespace chartside::render {

template <typename Traits>
class GlObject {
public:
    GlObject() = default;
    explicit GlObject(GLuint name) : m_name(name) {}
    GlObject(GlObject&& other) noexcept : m_name(std::exchange(other.m_name, 0)) {}
    GlObject& operator=(GlObject&& other) noexcept
    {
        if (this != &other) {
            reset();
            m_name = std::exchange(other.m_name, 0);
        }
        return *this;
    }
    ~GlObject() { reset(); }

    GLuint get() const { return m_name; }
    explicit operator bool() const { return m_name != 0; }

private:
    void reset()
    {
        if (m_name) Traits::destroy(std::exchange(m_name, 0));
    }
    GLuint m_name = 0;
};

struct ProgramTraits { static void destroy(GLuint name) { glDeleteProgram(name); } };
struct ShaderTraits { static void destroy(GLuint name) { glDeleteShader(name); } };
struct TextureTraits { static void destroy(GLuint name) { glDeleteTextures(1, &name); } };
struct VertexArrayTraits { static void destroy(GLuint name) { glDeleteVertexArrays(1, &name); } };
using Program = GlObject<ProgramTraits>;
using Shader = GlObject<ShaderTraits>;
using Texture = GlObject<TextureTraits>;
using VertexArray = GlObject<VertexArrayTraits>;

/// Compiles and links; the error's detail holds the driver's log.
Result<Program> create_program(const char* vertex_source, const char* fragment_source);

} // namespace chartside::render
