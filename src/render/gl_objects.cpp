#include "render/gl_objects.h"

#include <string>

namespace chartside::render {

namespace {

constexpr const char* not_drawn = "This device could not prepare the level display. Recording works without it.";

Result<Shader> compile(GLenum kind, const char* source)
{
    Shader shader(glCreateShader(kind));
    glShaderSource(shader.get(), 1, &source, nullptr);
    glCompileShader(shader.get());
    GLint compiled = GL_FALSE;
    glGetShaderiv(shader.get(), GL_COMPILE_STATUS, &compiled);
    if (compiled) return shader;
    char log[512] = "";
    glGetShaderInfoLog(shader.get(), sizeof log, nullptr, log);
    return Error{ErrorCode::unsupported, not_drawn, log};
}

} // namespace

Result<Program> create_program(const char* vertex_source, const char* fragment_source)
{
    const Shader vertex = TRY(compile(GL_VERTEX_SHADER, vertex_source));
    const Shader fragment = TRY(compile(GL_FRAGMENT_SHADER, fragment_source));
    Program program(glCreateProgram());
    glAttachShader(program.get(), vertex.get());
    glAttachShader(program.get(), fragment.get());
    glLinkProgram(program.get());
    GLint linked = GL_FALSE;
    glGetProgramiv(program.get(), GL_LINK_STATUS, &linked);
    if (linked) return program;
    char log[512] = "";
    glGetProgramInfoLog(program.get(), sizeof log, nullptr, log);
    return Error{ErrorCode::unsupported, not_drawn, log};
}

} // namespace chartside::render
