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
    header_titles(context, {header.x + 20, header.y, header.width, header.height}, "Notes", second, header.width - 40);

    const Rect content = shell.content;
    const bool narrow = shell.width_class == WidthClass::narrow;
    ScrollArea scroll(context, "notes", content);
    const float x = content.x + (narrow ? 12 : 20), width = std::min(content.width - (narrow ? 24 : 40), context.text(900));
    float y = scroll.top() + 12;
    if (count == 0)
        y += 8 + draw_paragraph(context, "When a visit has been heard, its note waits here until you have read and signed it.", text_style::body, x, y + 8, width, colors.ink3);
    std::string day;
    for (auto visit = state.visits.rbegin(); visit != state.visits.rend(); ++visit) {
        if (visit->state == VisitState::planned) continue;
        const std::string label = day_label(visit->scheduled_ms, state.now_ms, state.utc_offset_minutes);
        if (label != day) {
            y += 10;
            draw_line(context, label, text_style::secondary_strong, x, y, colors.ink2);
            y += context.scaled(text_style::secondary_strong).line_px + 8;
            hairline(context, x, y, x + width, y, colors.line);
            day = label;
        }
        const float row = std::max(64.0f, context.text(42) + 24);
        const Rect rect{x, y + 1, width, row - 1};
        const auto touch = interact(context, "note." + visit->id, rect, "listitem", patient_title(*visit) + ", " + visit->reason);
        if (touch.held || touch.hovered) fill(context, rect, colors.sunken, 6);
        const float line = context.scaled(text_style::body).line_px, small = context.scaled(text_style::secondary).line_px;
        const float top = rect.center_y() - (line + small + 2) / 2;
        const float chip_column = std::max(132.0f, context.text(126));
        draw_line(context, patient_title(*visit), {15, 22, 500}, rect.x + 10, top, colors.ink, rect.width - chip_column - 24);
        std::string facts = visit->reason.empty() ? "Visit" : visit->reason;
        facts += " · " + clock_time(visit->scheduled_ms, state.utc_offset_minutes);
        if (visit->audio_ms > 0) facts += " · " + minutes_text(visit->audio_ms);
        draw_line(context, facts, text_style::secondary, rect.x + 10, top + line + 2, colors.ink2, rect.width - chip_column - 24);
        visit_chip(context, state, *visit, rect.right() - chip_column, rect.center_y() - chip_height(context) / 2);
        if (touch.focused) focus_ring(context, rect.inset(4), 6);
        if (touch.clicked) actions.push_back(action::OpenVisit{visit->id});
        y += row;
        hairline(context, x, y, x + width, y, colors.line);
    }
    scroll.end(y + 24);
    return actions;
}

} // namespace chartside::ui
