#include "ui/fonts.h"

#include "ui/text_layout.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>

namespace chartside::ui {

Status Fonts::add(Face face, std::vector<uint8_t> file)
{
    auto& data = m_faces[static_cast<int>(face)];
    auto metrics = FontMetrics::create(file);
    if (!metrics) return std::move(metrics).error();
    data.file = std::move(file);
    data.metrics = std::move(metrics).value();
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    config.PixelSnapH = false; // snapped advances would move words away from where the native field has them
    config.OversampleH = face == Face::icons ? 1 : 2;
    config.OversampleV = 1;
    data.font = ImGui::GetIO().Fonts->AddFontFromMemoryTTF(data.file.data(), static_cast<int>(data.file.size()), 0, &config);
    if (!data.font) return Error{ErrorCode::corrupt, "A font of this page could not be read. Reload the page.", "atlas"};
    return Ok{};
}

bool Fonts::complete() const
{
    for (const auto& data : m_faces)
        if (!data.font) return false;
    return true;
}

const Fonts::FaceData& Fonts::face(int weight) const
{
    return m_faces[weight >= 600 ? 2 : weight >= 500 ? 1 : 0];
}

float Fonts::width(std::string_view text, const TextStyle& style) const
{
    const auto& metrics = *face(style.weight).metrics;
    float width = 0;
    for (size_t offset = 0; offset < text.size();) width += metrics.advance(next_code_point(text, offset), style.em_px);
    return width;
}

float Fonts::baseline(const TextStyle& style, float line_top) const
{
    // Browsers round the font's ascent and descent to whole pixels and center them in the line.
    const auto& metrics = *face(style.weight).metrics;
    const float ascent = std::round(metrics.ascent(style.em_px)), descent = std::round(metrics.descent(style.em_px));
    return line_top + std::floor((style.line_px - ascent - descent) / 2) + ascent;
}

void Fonts::draw_glyph(ImDrawList& list, const FaceData& data, float em_px, char32_t code_point, float x,
    float baseline_y, unsigned packed_color) const
{
    // ImGui bakes only whole sizes. We ask for a whole size at the density that makes its bitmaps exactly as
    // large as the pixels they cover, and scale the (then slightly wrong) coordinates back.
    const float wanted = data.metrics->imgui_size(em_px);
    const float whole = std::max(1.0f, std::round(wanted));
    ImFontBaked* baked = data.font->GetFontBaked(whole, m_device_pixel_ratio * wanted / whole);
    if (!baked) return;
    const ImFontGlyph* glyph = baked->FindGlyph(static_cast<ImWchar>(code_point));
    if (!glyph || !glyph->Visible) return;
    const float scale = wanted / whole;
    const float ascent = IM_ROUND(baked->Ascent);
    const float x0 = x + glyph->X0 * scale, x1 = x + glyph->X1 * scale;
    const float y0 = baseline_y + (glyph->Y0 - ascent) * scale, y1 = baseline_y + (glyph->Y1 - ascent) * scale;
    list.PrimReserve(6, 4);
    list.PrimRectUV({x0, y0}, {x1, y1}, {glyph->U0, glyph->V0}, {glyph->U1, glyph->V1}, packed_color);
}

void Fonts::draw(ImDrawList& list, std::string_view text, const TextStyle& style, float x, float baseline_y,
    Color color) const
{
    const auto& data = face(style.weight);
    const uint32_t packed = packed_color(color);
    const float y = std::round(baseline_y * m_device_pixel_ratio) / m_device_pixel_ratio;
    const float left = list.GetClipRectMin().x, right = list.GetClipRectMax().x;
    if (y + style.em_px < list.GetClipRectMin().y || y - style.em_px > list.GetClipRectMax().y) return;
    for (size_t offset = 0; offset < text.size();) {
        const char32_t code_point = next_code_point(text, offset);
        const float advance = data.metrics->advance(code_point, style.em_px);
        if (code_point > ' ' && x < right && x + advance + style.em_px > left)
            draw_glyph(list, data, style.em_px, code_point, x, y, packed);
        x += advance;
    }
}

void Fonts::draw_icon(ImDrawList& list, Icon icon, float size_px, float center_x, float center_y, Color color) const
{
    const auto& data = m_faces[static_cast<int>(Face::icons)];
    const auto snap = [&](float value) { return std::round(value * m_device_pixel_ratio) / m_device_pixel_ratio; };
    // An icon fills its em: its box goes from the ascent to the descent.
    const float top = snap(center_y - size_px / 2), left = snap(center_x - size_px / 2);
    draw_glyph(list, data, size_px, static_cast<char32_t>(icon), left, top + data.metrics->ascent(size_px),
        packed_color(color));
}

} // namespace chartside::ui
