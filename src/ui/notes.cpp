// Notes: every visit that was heard, newest first, by day.
#include "ui/panels.h"

#include "domain/clock_text.h"

namespace chartside::ui {

Actions draw_notes(const State& state, UiContext& context, const ShellLayout& shell)
{
    Actions actions;
    const auto& colors = context.colors();
    const Rect header = shell.header;
    draw_header_bar(context, header);
    size_t drafts = 0, count = 0;
    for (const auto& visit : state.visits) {
        if (visit.state == VisitState::planned) continue;
        ++count;
        drafts += visit.state != VisitState::signed_off;
    }
    std::string second = count == 0 ? "No notes yet" : drafts == 0 ? "All signed" : std::to_string(drafts) + " not signed yet";
    header_titles(context, {header.x + measure::gutter, header.y, header.width, header.height}, "Notes", second, header.width - 2 * measure::gutter);

    const Rect content = shell.content;
    ScrollArea scroll(context, "notes", content);
    const float x = content.x + measure::gutter, width = std::min(content.width - 2 * measure::gutter, context.text(900));
    float y = scroll.top() + 12;
    if (count == 0)
        y += 120 + empty_state(context, {x, y + 120, content.width - 2 * (x - content.x), 0}, Icon::file_text, "No notes yet",
            "When a visit has been heard, its note waits here until you have read and signed it.");
    std::string day;
    for (auto visit = state.visits.rbegin(); visit != state.visits.rend(); ++visit) {
        if (visit->state == VisitState::planned) continue;
        const std::string label = day_label(visit->scheduled_ms, state.now_ms, state.utc_offset_minutes);
        if (label != day) {
            y += day.empty() ? 10 : 26;
            draw_line(context, label, text_style::secondary_strong, x, y, colors.ink2);
            y += context.scaled(text_style::secondary_strong).line_px + 8;
            hairline(context, x, y, x + width, y, colors.line);
            y += 1;
            day = label;
        }
        std::string facts = clock_time(visit->scheduled_ms, state.utc_offset_minutes) + " · " + (visit->reason.empty() ? "Visit" : visit->reason);
        if (visit->audio_ms > 0) facts += " · " + minutes_text(visit->audio_ms);
        if (visit_row(context, state, *visit, "note." + visit->id, "", patient_title(*visit), facts, x, y, width))
            actions.push_back(action::OpenVisit{visit->id});
    }
    scroll.end(y + 24);
    return actions;
}

} // namespace chartside::ui
