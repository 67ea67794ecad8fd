// Where and how the native text field lies over the drawn one. Pure data; main thread.
#pragma once

#include <string>

namespace chartside::ui {

/// CSS pixels of the canvas. The page sets exactly these metrics, so that its lines wrap as the drawn ones do.
struct TextFieldPlace {
    float x = 0, y = 0, width = 0, height = 0;
    float font_px = 16, line_height_px = 26;
    float indent_px = 0; // where the first line begins: a sentence may start in the middle of a line
    float clip_top_px = 0, clip_bottom_px = 0; // what is scrolled out of sight is not to be seen either
    int weight = 400;
    bool multiline = true;
    bool password = false;
    bool dark = false;
    std::string ink;         // "#16262B"
    std::string background;  // "#FFFFFF", or empty: see-through, over drawn text
    std::string caret_color;
    std::string label;       // accessible name
    std::string placeholder;

    bool operator==(const TextFieldPlace&) const = default;
};

} // namespace chartside::ui
