#version 300 es
// A rectangle in pixels of the framebuffer, y down, as a strip of four corners without attributes.
uniform vec4 u_rect;        // x, y, width, height
uniform vec2 u_framebuffer; // width, height
out vec2 v_place;           // pixels from the rectangle's bottom left

void main()
{
    vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
    vec2 pixel = u_rect.xy + corner * u_rect.zw;
    v_place = vec2(corner.x, 1.0 - corner.y) * u_rect.zw;
    gl_Position = vec4(pixel.x / u_framebuffer.x * 2.0 - 1.0, 1.0 - pixel.y / u_framebuffer.y * 2.0, 0.0, 1.0);
}
