#version 300 es
// The newest levels as bars with round ends, newest at the right, each as tall as it was loud.
precision highp float;
uniform sampler2D u_levels; // one row, a texel a bar, 0..1
uniform int u_level_count;  // texels
uniform int u_bar_count;    // bars that fit; the newest so many are shown
uniform vec2 u_size;        // of the rectangle, pixels
uniform float u_pixel_ratio;
uniform vec4 u_color;       // premultiplied by nothing
in vec2 v_place;
out vec4 o_color;

// Distance to a box with round corners around the origin.
float round_box(vec2 point, vec2 half_size, float radius)
{
    vec2 outside = abs(point) - half_size + radius;
    return length(max(outside, 0.0)) + min(max(outside.x, outside.y), 0.0) - radius;
}

void main()
{
    float pitch = u_size.x / float(u_bar_count);
    float width = pitch * 0.64;
    int bar = clamp(int(v_place.x / pitch), 0, u_bar_count - 1);
    float level = texelFetch(u_levels, ivec2(u_level_count - u_bar_count + bar, 0), 0).r;
    float height = max(4.0 * u_pixel_ratio, level * u_size.y);
    vec2 center = vec2((float(bar) + 0.5) * pitch, height * 0.5);
    float edge = round_box(v_place - center, vec2(width, height) * 0.5, min(2.0 * u_pixel_ratio, width * 0.5));
    o_color = vec4(u_color.rgb, u_color.a * clamp(0.5 - edge, 0.0, 1.0));
}
