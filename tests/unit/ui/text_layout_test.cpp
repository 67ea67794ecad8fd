#include "ui/gesture.h"
#include "ui/layout.h"
#include "ui/text_layout.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace chartside::ui;

namespace {

// Every letter is ten wide.
float ten(char32_t) { return 10; }

std::string lines_of(const std::string& text, float width, float indent = 0)
{
    std::string lines;
    for (const TextLine& line : lay_out_text(text, width, ten, indent).lines)
        lines += text.substr(line.start, line.end - line.start) + "|";
    return lines;
}

} // namespace

TEST_CASE("text layout: breaks after spaces, which hang over the end of a line")
{
    CHECK(lines_of("one two three", 70) == "one two |three|");
    CHECK(lines_of("one two", 70) == "one two|");
    CHECK(lines_of("", 70) == "|");
}

TEST_CASE("text layout: breaks a word that is longer than the line")
{
    CHECK(lines_of("metoprolol", 40) == "meto|prol|ol|");
}

TEST_CASE("text layout: breaks after a hyphen and never before or after a slash")
{
    CHECK(lines_of("follow-up", 70) == "follow-|up|");
    CHECK(lines_of("a 12/80", 60) == "a |12/80|");
    CHECK_FALSE(may_break_between(' ', '-', '5'));
    CHECK(may_break_between('a', '-', '5'));
}

TEST_CASE("text layout: begins the first line at the indent")
{
    CHECK(lines_of("one two", 70, 30) == "one |two|");
    CHECK(lay_out_text("one", 70, ten, 30).x_px[0] == 30);
}

TEST_CASE("text layout: a line break typed by hand begins a line")
{
    CHECK(lines_of("a\nb", 70) == "a\n|b|");
}

TEST_CASE("text layout: a chip that does not fit moves on alone")
{
    const InlineBox box{7, 40};
    const auto layout = lay_out_text("one two", 80, ten, 0, std::span(&box, 1));
    REQUIRE(layout.lines.size() == 2);
    CHECK(layout.lines[0].end == 7);
    CHECK(layout.box_line[0] == 1);
    CHECK(layout.box_x_px[0] == 0);
}

TEST_CASE("text layout: a line's right edge leaves out the space that hangs there")
{
    const std::string text = "one two é";
    const auto layout = lay_out_text(text, 80, ten);
    CHECK(layout.lines[0].width_px == 70);
    CHECK(layout.right_edge(text, layout.lines[0], 4, ten) == 30);
    CHECK(layout.right_edge(text, layout.lines[1], text.size(), ten) == 10);
}

TEST_CASE("text layout: reads malformed UTF-8 one byte at a time")
{
    size_t offset = 0;
    CHECK(next_code_point("\xC3", offset) == 0xFFFD);
    CHECK(offset == 1);
}

TEST_CASE("gesture: a finger that rests taps, one that moves scrolls")
{
    TouchGesture gesture;
    gesture.down(10, 10, 0);
    CHECK(gesture.move(12, 14, 10) == TouchGesture::Move::rests);
    CHECK(gesture.up(50));
    gesture.down(10, 10, 100);
    CHECK(gesture.move(10, 40, 110) == TouchGesture::Move::scrolls);
    gesture.move(10, 60, 120);
    CHECK(gesture.scrolled_px() == 20);
    CHECK_FALSE(gesture.up(125));
    CHECK(gesture.fling_velocity() > 0);
}

TEST_CASE("layout: a width decides for one, two or three columns")
{
    CHECK(width_class(390) == WidthClass::narrow);
    CHECK(width_class(820) == WidthClass::medium);
    CHECK(width_class(1180) == WidthClass::wide);
    CHECK(lay_out_shell(390, 844, {}, 1).rail.empty());
    CHECK(lay_out_review({0, 0, 744, 1000}, WidthClass::medium, 1).checks.empty());
}

TEST_CASE("layout: the tabs give way to the soft keyboard while somebody types")
{
    const Insets keyboard{0, 0, 300, 0};
    CHECK_FALSE(lay_out_shell(390, 844, {}, 1, true).tabs.empty());
    CHECK_FALSE(lay_out_shell(390, 844, keyboard, 1, false).tabs.empty());
    CHECK(lay_out_shell(390, 844, keyboard, 1, true).tabs.empty());
    CHECK(lay_out_shell(390, 844, keyboard, 1, true).content.bottom() == 544);
}
