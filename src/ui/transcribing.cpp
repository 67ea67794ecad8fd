// While a recording is read: what is being done, how far it is, how to stop; what was heard so far below.
#include "ui/panels.h"

#include "domain/clock_text.h"

namespace chartside::ui {

Actions draw_transcribing(const State& state, UiContext& context, const ShellLayout& shell)
{
    Actions actions;
    const auto& colors = context.colors();
    const TranscriptionState& work = state.transcription;
    const Rect header = shell.header;
    draw_header_bar(context, header);
    const ButtonLook stop{.kind = ButtonKind::quiet, .icon = Icon::close};
    const float width = button_width(context, "Cancel", stop), tall = button_height(context, stop);
    const Rect cancel{header.right() - measure::gutter - width, header.center_y() - tall / 2, width, tall};
    if (button(context, "transcription.cancel", cancel, "Cancel", stop)) actions.push_back(action::CancelTranscription{});
    header_titles(context, {header.x + measure::gutter, header.y, header.width, header.height}, patient_title(state.visit.summary),
        work.file_name.empty() ? state.visit.summary.reason : work.file_name, std::max(60.0f, cancel.x - header.x - 2 * measure::gutter));

    Rect content = shell.content;
    fill(context, content, colors.background);
    const float x = content.x + measure::gutter, inner = std::min(content.width - 2 * measure::gutter, context.text(640));
    float y = content.y + 24;
    draw_line(context, work.phase.empty() ? "Listening" : work.phase, text_style::title, x, y, colors.ink);
    y += context.scaled(text_style::title).line_px + 6;
    const std::string amount = work.total_ms > 0 ? position_time(work.done_ms) + " of " + position_time(work.total_ms) + " heard" : "Not begun yet";
    y += draw_paragraph(context, amount + ". You may leave this screen.", text_style::card, x, y, inner, colors.ink2) + 12;
    progress_bar(context, "transcribing.progress", {x, y, inner, 8}, work.total_ms > 0 ? static_cast<float>(work.done_ms / work.total_ms) : 0, amount);
    y += 32;
    content.cut_top(y - content.y);
    hairline(context, content.x, content.y, content.right(), content.y, colors.line);
    const TranscriptLook heard{.scroll_id = "heard", .title = "Heard so far", .nothing = "The words appear here as they are heard.", .live = true};
    for (auto& action : draw_transcript(state, context, content, heard)) actions.push_back(std::move(action));
    return actions;
}

} // namespace chartside::ui
