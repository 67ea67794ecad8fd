// One sentence at the foot of the screen: what was done, what went wrong and what to do, or that the practice is about to
// lock itself.
#include "ui/panels.h"

#include <imgui.h>

namespace chartside::ui {

Actions draw_notice(const State& state, UiContext& context)
{
    Actions actions;
    // That the practice is about to lock itself is said before anything else; a touch keeps it open.
    const bool locks_soon = state.locks_in_s > 0;
    const std::string said = locks_soon ? "Locks in " + std::to_string(state.locks_in_s) + " s. Touch anything to stay." : state.notice.text;
    const bool is_problem = !locks_soon && state.notice.is_problem;
    if (said.empty()) return actions;
    const auto& colors = context.colors();
    const bool narrow = width_class(context.width) == WidthClass::narrow;
    const float limit = std::min(context.width - 32, context.text(560));
    const float words = std::min(text_width(context, said, text_style::card) + 2, limit - 112);
    const float text = paragraph_height(context, said, text_style::card, words);
    const float width = words + 112, height = std::max(52.0f, text + 26);
    // Above the buttons at the foot of a screen: those are what the sentence is about.
    const bool has_sentence_bar = state.screen == Screen::review && (state.editing.active || !state.selection.sentence_id.empty());
    const float foot = state.screen == Screen::record ? 88.0f : has_sentence_bar ? 64.0f : 0.0f;
    const float bottom = context.height - context.insets.bottom - (narrow ? 76 : 24) - foot;
    const Rect box{std::round((context.width - width) / 2), bottom - height, width, height};

    ImGui::SetNextWindowPos({box.x - 24, box.y - 24});
    ImGui::SetNextWindowSize({box.width + 48, box.height + 48});
    ImGui::Begin("notice", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove
            | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing);
    ImDrawList* outer = context.list;
    context.list = ImGui::GetWindowDrawList();
    shadow(context, box, measure::card_radius);
    fill(context, box, is_problem ? colors.rec_tint : colors.surface, measure::card_radius);
    stroke(context, box, is_problem ? colors.rec.with_alpha(0.5f) : colors.line, measure::card_radius);
    const Color ink = is_problem ? colors.rec : colors.ok;
    draw_icon(context, locks_soon ? Icon::lock : is_problem ? Icon::triangle_alert : Icon::circle_check, 20, box.x + 28, box.center_y(), ink);
    describe(context, "notice", box, "status", said);
    draw_paragraph(context, said, text_style::card, box.x + 50, box.center_y() - text / 2, words, is_problem ? colors.rec : colors.ink);
    if (!locks_soon && icon_button(context, "notice.close", box.right() - 30, box.center_y(), Icon::close, "Close")) actions.push_back(action::DismissNotice{});
    ImGui::End();
    context.list = outer;
    return actions;
}

} // namespace chartside::ui
