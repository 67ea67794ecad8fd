// What the groups of Set-up share, and the groups that have a file of their own.
#pragma once

#include "ui/panels.h"

namespace chartside::ui {

void group_title(UiContext& context, std::string_view title, float x, float& y);
/// A name and a sentence below it.
void fact(UiContext& context, std::string_view name, std::string_view text, float x, float& y, float width);
/// A small button on a line of its own; true when tapped.
bool line_button(UiContext& context, const char* id, float x, float& y, std::string_view label, Icon icon);

void draw_lock_settings(const State& state, UiContext& context, float x, float& y, float width, Preferences& preferences, bool& change, Actions& actions);

} // namespace chartside::ui
