// Where text breaks into lines, as a browser's textarea breaks it. Pure; any thread.
//
// The focused text is a native textarea laid over the drawn text, so both must wrap at the same places. The
// break rules are those that Chromium applies to `white-space: pre-wrap; overflow-wrap: break-word`, found by
// measuring every pair of printable ASCII characters; kerning and ligatures are off on both sides.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace chartside::ui {

/// One code point of UTF-8 `text` at `offset`, which is moved past it. A malformed byte is U+FFFD.
char32_t next_code_point(std::string_view text, size_t& offset);

/// True where a line may end between `before` and `after`, neither of them white space.
/// `before_that` tells a minus sign from a hyphen; 0 where there is none.
bool may_break_between(char32_t before_that, char32_t before, char32_t after);

/// Something in the flow of text that is no text: a chip. It stands at the byte `offset`, before the text there.
struct InlineBox {
    size_t offset = 0;
    float width_px = 0;
};

struct TextLine {
    size_t start = 0;      // byte offsets into the text; trailing white space belongs to the line
    size_t end = 0;
    float x_px = 0;        // where the line begins: the indent, on the first
    float width_px = 0;    // without trailing white space
};

using Advance = std::function<float(char32_t)>;

struct TextLayout {
    std::vector<TextLine> lines; // at least one
    std::vector<float> x_px;     // by byte offset (text.size() + 1 entries): left edge within its line
    std::vector<float> box_x_px; // by inline box
    std::vector<int> box_line;

    /// The line that shows the byte `offset`.
    int line_of(size_t offset) const;
    /// The right edge, in `line`, of the text before the byte `end`, without white space that hangs there.
    float right_edge(std::string_view text, const TextLine& line, size_t end, const Advance& advance) const;
};

/// Breaks `text` into lines of at most `width_px`; '\n' ends a line. `boxes` by offset.
TextLayout lay_out_text(std::string_view text, float width_px, const Advance& advance, float indent_px = 0,
    std::span<const InlineBox> boxes = {});

} // namespace chartside::ui
