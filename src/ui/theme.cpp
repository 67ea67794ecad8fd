#include "ui/theme.h"

#include <cstdio>

namespace chartside::ui {

std::string css_color(Color color)
{
    char buffer[8];
    std::snprintf(buffer, sizeof buffer, "#%06X", static_cast<unsigned>(color.rgb & 0xFFFFFF));
    return buffer;
}

uint32_t packed_color(Color color)
{
    const uint32_t alpha = static_cast<uint32_t>(color.alpha * 255 + 0.5f);
    return alpha << 24 | (color.rgb & 0xFF) << 16 | (color.rgb & 0xFF00) | ((color.rgb >> 16) & 0xFF);
}

Color mix(Color from, Color to, float amount)
{
    uint32_t rgb = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        const float a = static_cast<float>((from.rgb >> shift) & 0xFF), b = static_cast<float>((to.rgb >> shift) & 0xFF);
        rgb |= static_cast<uint32_t>(a + (b - a) * amount + 0.5f) << shift;
    }
    return {rgb, from.alpha + (to.alpha - from.alpha) * amount};
}

Color quiet_chip_ground(const Palette& palette)
{
    return palette.dark ? mix(palette.sunken, palette.line, 0.6f) : palette.sunken;
}

const Palette& light_palette()
{
    static const Palette palette{
        .dark = false,
        .background = {0xF4F6F6}, .surface = {0xFFFFFF}, .sunken = {0xECF0F0}, .line = {0xD9E0E1},
        .ink = {0x16262B}, .ink2 = {0x4A5D63}, .ink3 = {0x586B72},
        .accent = {0x0B6E6E}, .accent_ink = {0xFFFFFF}, .accent_tint = {0xDFF1EF},
        .hand = {0x5B4BB7}, .hand_tint = {0xECE9FA},
        .rec = {0xC22F3D}, .rec_ink = {0xFFFFFF}, .rec_tint = {0xFBE7E8},
        .warn = {0x8A5300}, .warn_tint = {0xFFF1D6},
        .ok = {0x1F7A4A}, .ok_tint = {0xE0F3E8},
    };
    return palette;
}

const Palette& dark_palette()
{
    static const Palette palette{
        .dark = true,
        .background = {0x0E1618}, .surface = {0x162124}, .sunken = {0x111B1E}, .line = {0x2A393D},
        .ink = {0xE6EFF0}, .ink2 = {0xA9BBC0}, .ink3 = {0x8CA1A7},
        .accent = {0x4CC3BD}, .accent_ink = {0x06201F}, .accent_tint = {0x12383A},
        .hand = {0xB3A6FF}, .hand_tint = {0x272344},
        .rec = {0xFF7480}, .rec_ink = {0x2A0A0D}, .rec_tint = {0x3A1C20},
        .warn = {0xF2B65A}, .warn_tint = {0x362A14},
        .ok = {0x62CE97}, .ok_tint = {0x14301F},
    };
    return palette;
}

} // namespace chartside::ui
