#include "ui/text_layout.h"

#include "base/characters.h"

#include <algorithm>

namespace chartside::ui {

char32_t next_code_point(std::string_view text, size_t& offset)
{
    const auto byte = [&](size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
    const unsigned first = byte(offset);
    const int length = first < 0x80 ? 1 : (first >> 5) == 6 ? 2 : (first >> 4) == 14 ? 3 : (first >> 3) == 30 ? 4 : 0;
    if (length <= 1) {
        ++offset;
        return length == 1 ? first : 0xFFFD;
    }
    char32_t code_point = first & (0x7F >> length);
    for (int i = 1; i < length; ++i) {
        const unsigned next = byte(offset + static_cast<size_t>(i));
        if ((next & 0xC0) != 0x80) {
            ++offset;
            return 0xFFFD;
        }
        code_point = code_point << 6 | (next & 0x3F);
    }
    offset += static_cast<size_t>(length);
    return code_point;
}

namespace {

bool is_one_of(char32_t c, std::string_view set) { return c < 0x80 && set.find(static_cast<char>(c)) != set.npos; }
bool is_letter_or_digit(char32_t c) { return is_digit(c) || is_ascii_letter(c) || c >= 0xC0; }
bool is_ideograph(char32_t c)
{
    return (c >= 0x2E80 && c < 0xA4D0 && !(c >= 0x3000 && c <= 0x3020)) || (c >= 0xAC00 && c < 0xD7A4) ||
        (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x30000);
}

} // namespace

bool may_break_between(char32_t before_that, char32_t before, char32_t after)
{
    if (before == 0x2014 || (after == 0x2014 && before != 0xA0)) return after != 0xA0; // em dash: on both sides
    if (before == 0x2013) return is_letter_or_digit(after);
    if (is_ideograph(before) || is_ideograph(after))
        return !is_one_of(after, "!),.:;?]}") && !is_one_of(before, "([{") && after != 0xA0 && before != 0xA0;
    if (before == '-') {
        if (is_digit(after) && !is_letter_or_digit(before_that)) return false; // a minus sign
        return !is_one_of(after, "!$),./:;?]}") && after != 0xA0 && after < 0x2000;
    }
    if (before == '?') return !is_one_of(after, "!\"'),./:;?]}") && after != 0xA0 && after < 0x2000;
    if (is_one_of(after, "(<[{")) return is_one_of(before, "!\"#%&)*+,.:;=>\\]|}~");
    return false;
}

int TextLayout::line_of(size_t offset) const
{
    int line = static_cast<int>(lines.size()) - 1;
    while (line > 0 && lines[static_cast<size_t>(line)].start > offset) --line;
    return line;
}

float TextLayout::right_edge(std::string_view text, const TextLine& line, size_t end, const Advance& advance) const
{
    while (end > line.start && (text[end - 1] == ' ' || text[end - 1] == '\n' || text[end - 1] == '\t')) --end;
    if (end <= line.start) return line.x_px;
    size_t last = end - 1;
    while (last > line.start && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    size_t after = last;
    const char32_t code_point = next_code_point(text, after);
    return x_px[last] + advance(code_point);
}

TextLayout lay_out_text(std::string_view text, float width_px, const Advance& advance, float indent_px,
    std::span<const InlineBox> boxes)
{
    TextLayout layout;
    layout.x_px.assign(text.size() + 1, 0);
    layout.box_x_px.assign(boxes.size(), 0);
    layout.box_line.assign(boxes.size(), 0);
    layout.lines.push_back({0, 0, indent_px, 0});

    // A browser lays out in 1/64 px and lets a line be full to the last of them.
    const float limit = width_px + 1.0f / 64;
    float x = indent_px;
    size_t break_at = 0;      // the last place where this line may end ...
    size_t break_box = 0;     // ... and the first box after it
    bool can_break = false;
    size_t next_box = 0;
    char32_t before_that = 0, before = 0;
    bool before_is_space = true;

    const auto end_line = [&](size_t at) {
        layout.lines.back().end = at;
        layout.lines.push_back({at, at, 0, 0});
        can_break = false;
        x = 0;
    };
    // Moves what follows the break onto a new line.
    const auto wrap = [&](size_t now, size_t box_now) {
        const size_t from = break_at;
        const float shift = from <= text.size() ? (break_box < box_now && boxes[break_box].offset == from
                                                          ? layout.box_x_px[break_box] : layout.x_px[from]) : 0;
        const float x_now = x;
        end_line(from);
        const int line = static_cast<int>(layout.lines.size()) - 1;
        for (size_t i = from; i < now; ++i) layout.x_px[i] -= shift;
        for (size_t b = break_box; b < box_now; ++b) {
            layout.box_x_px[b] -= shift;
            layout.box_line[b] = line;
        }
        x = x_now - shift;
    };
    const auto place_boxes = [&](size_t offset) {
        while (next_box < boxes.size() && boxes[next_box].offset <= offset) {
            const float width = boxes[next_box].width_px;
            // A chip moves on alone: were it to take its word along, the native field would wrap elsewhere.
            break_at = offset;
            break_box = next_box;
            can_break = x > 0;
            layout.box_x_px[next_box] = x;
            layout.x_px[offset] = x;
            if (x + width > limit && can_break) wrap(offset, next_box);
            layout.box_x_px[next_box] = x;
            layout.box_line[next_box] = static_cast<int>(layout.lines.size()) - 1;
            x += width;
            layout.lines.back().width_px = x - layout.lines.back().x_px;
            before = 'x';
            before_that = 0;
            before_is_space = false;
            ++next_box;
        }
    };

    size_t offset = 0;
    while (offset < text.size()) {
        place_boxes(offset);
        const size_t start = offset;
        const char32_t code_point = next_code_point(text, offset);
        if (code_point == '\n') {
            layout.x_px[start] = x;
            end_line(offset);
            before_that = 0;
            before = 0;
            before_is_space = true;
            continue;
        }
        const bool is_space = code_point == ' ' || code_point == '\t';
        // White space that stands at the end of a line hangs over it and never wraps.
        if (!is_space) {
            const bool allowed = before_is_space ? start > layout.lines.back().start || x > 0
                                                 : may_break_between(before_that, before, code_point);
            if (allowed && start > layout.lines.back().start) {
                break_at = start;
                break_box = next_box;
                can_break = true;
            }
        }
        const float width = advance(code_point);
        layout.x_px[start] = x;
        if (!is_space && x + width > limit) {
            if (can_break) wrap(start, next_box);
            // A word longer than the line is broken inside.
            if (x + width > limit && start > layout.lines.back().start) end_line(start);
            layout.x_px[start] = x;
        }
        for (size_t i = start + 1; i < offset; ++i) layout.x_px[i] = layout.x_px[start];
        x += width;
        if (!is_space) layout.lines.back().width_px = x - layout.lines.back().x_px;
        before_that = before_is_space ? 0 : before;
        before = code_point;
        before_is_space = is_space;
    }
    place_boxes(text.size());
    layout.x_px[text.size()] = x;
    layout.lines.back().end = text.size();
    // Lines that a wrap cut short kept the width of what moved on: measure them again, without hanging space.
    for (auto& line : layout.lines) line.width_px = layout.right_edge(text, line, line.end, advance) - line.x_px;
    for (size_t b = 0; b < boxes.size(); ++b) {
        auto& line = layout.lines[static_cast<size_t>(layout.box_line[b])];
        line.width_px = std::max(line.width_px, layout.box_x_px[b] + boxes[b].width_px - line.x_px);
    }
    return layout;
}

} // namespace chartside::ui
