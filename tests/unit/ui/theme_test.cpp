#include "ui/theme.h"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <string>

using namespace chartside::ui;

namespace {

double luminance(Color color)
{
    double sum = 0;
    const double weights[] = {0.2126, 0.7152, 0.0722};
    for (int channel = 0; channel < 3; ++channel) {
        const double value = ((color.rgb >> (16 - 8 * channel)) & 0xFF) / 255.0;
        sum += weights[channel] * (value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4));
    }
    return sum;
}

// As WCAG 2 defines it.
double contrast(Color a, Color b)
{
    const double first = luminance(a) + 0.05, second = luminance(b) + 0.05;
    return first > second ? first / second : second / first;
}

void check(const Palette& palette)
{
    const struct { const char* what; Color ink, ground; } pairs[] = {
        {"ink, background", palette.ink, palette.background}, {"ink, surface", palette.ink, palette.surface},
        {"ink, sunken", palette.ink, palette.sunken}, {"ink, evidence", palette.ink, palette.accent_tint},
        {"ink, own words", palette.ink, palette.hand_tint},
        {"ink2, background", palette.ink2, palette.background}, {"ink2, surface", palette.ink2, palette.surface},
        {"ink2, sunken", palette.ink2, palette.sunken}, {"ink2, quiet chip", palette.ink2, quiet_chip_ground(palette)},
        {"ink3, background", palette.ink3, palette.background}, {"ink3, surface", palette.ink3, palette.surface},
        {"ink3, sunken", palette.ink3, palette.sunken},
        {"accent, surface", palette.accent, palette.surface}, {"accent, tint", palette.accent, palette.accent_tint},
        {"on accent", palette.accent_ink, palette.accent},
        {"hand, surface", palette.hand, palette.surface}, {"hand, sunken", palette.hand, palette.sunken},
        {"hand, tint", palette.hand, palette.hand_tint},
        {"rec, tint", palette.rec, palette.rec_tint}, {"on rec", palette.rec_ink, palette.rec},
        {"rec, surface", palette.rec, palette.surface},
        {"warn, tint", palette.warn, palette.warn_tint}, {"warn, sunken", palette.warn, palette.sunken},
        {"ok, tint", palette.ok, palette.ok_tint},
    };
    for (const auto& pair : pairs) {
        INFO(pair.what << " " << (palette.dark ? "dark" : "light") << " " << contrast(pair.ink, pair.ground));
        CHECK(contrast(pair.ink, pair.ground) >= 4.5);
    }
}

} // namespace

TEST_CASE("theme: every text has a contrast of at least 4.5 in the light") { check(light_palette()); }
TEST_CASE("theme: every text has a contrast of at least 4.5 in the dark") { check(dark_palette()); }

TEST_CASE("theme: packs a colour as draw lists take it")
{
    CHECK(packed_color({0x112233}) == 0xFF332211);
    CHECK(packed_color({0x112233, 0.5f}) == 0x80332211);
}
