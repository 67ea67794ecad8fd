// Which panels the state calls for, and the few words that several of them share.
#include "ui/panels.h"

#include "domain/clock_text.h"

#include <cmath>

namespace chartside::ui {

std::string patient_title(const VisitSummary& visit)
{
    std::string title = visit.patient.name.empty() ? "Unnamed patient" : visit.patient.name;
    std::string facts;
    if (visit.patient.age_years >= 0) facts = std::to_string(visit.patient.age_years);
    const char* sex = visit.patient.sex == Sex::female ? "F" : visit.patient.sex == Sex::male ? "M" : "";
    // Age and sex are not parted at the end of a line.
    if (*sex) facts += (facts.empty() ? "" : "\u00A0") + std::string(sex);
    return facts.empty() ? title : title + ", " + facts;
}

bool listened_to(const VisitSummary& visit)
{
    return visit.state == VisitState::draft || visit.state == VisitState::signed_off;
}

// The earliest of today's visits that has not begun.
static bool is_next(const State& state, const VisitSummary& visit)
{
    if (!is_same_day(visit.scheduled_ms, state.now_ms, state.utc_offset_minutes)) return false;
    for (const VisitSummary& other : state.visits)
        if (other.state == VisitState::planned && other.scheduled_ms < visit.scheduled_ms &&
            is_same_day(other.scheduled_ms, state.now_ms, state.utc_offset_minutes))
            return false;
    return true;
}

ChipWords visit_chip(const State& state, const VisitSummary& visit)
{
    if (state.recorder.status != RecorderStatus::idle && state.recorder.visit_id == visit.id)
        return {"Recording", ChipTone::rec, Icon::mic};
    if (visit.interrupted) return {"Interrupted", ChipTone::warn, Icon::triangle_alert};
    switch (visit.state) {
    case VisitState::signed_off: return {"Signed", ChipTone::ok};
    case VisitState::draft:
        if (visit.check_count > 0) return {std::to_string(visit.check_count) + " to check", ChipTone::warn};
        return {"Draft ready", ChipTone::accent};
    case VisitState::transcribing: return {"Audio kept", ChipTone::neutral};
    case VisitState::recording: return {"Interrupted", ChipTone::warn, Icon::triangle_alert};
    case VisitState::planned:
        if (is_next(state, visit)) return {"Next", ChipTone::neutral};
        break;
    }
    return {};
}

bool visit_row(UiContext& context, const State& state, const VisitSummary& visit, const std::string& id,
    const std::string& time, const std::string& name, const std::string& facts, float x, float& y, float width)
{
    const auto& colors = context.colors();
    const TextStyle& name_style = text_style::row_name;
    const float line = context.scaled(name_style).line_px, small = context.scaled(text_style::secondary).line_px;
    const ChipWords words = visit_chip(state, visit);
    const float chip_space = words.label.empty() ? 0 : chip_width(context, words.label, words.icon);
    const float left = x + (time.empty() ? 0 : std::max(60.0f, context.text(56)));
    // Large text leaves no room beside the chip: there it stands below the words.
    const bool chip_below = chip_space > 0 && x + width - chip_space - left < context.text(160);
    const float room = x + width - left - (chip_below ? 0 : chip_space + 12);
    // A name is never cut for want of a line: it takes a second one.
    const float lines = paragraph_height(context, name, name_style, room) > line ? 2.0f : 1.0f;
    const float words_height = lines * line + small + 2;
    const float chip_line = chip_below ? chip_height(context) + 8 : 0;
    const float height = std::max(63.0f, words_height + chip_line + 24);
    const Rect rect{x, y, width, height};
    const auto touch = interact(context, id, rect, "listitem", name + ", " + facts);
    if (touch.held || touch.hovered) fill(context, rect.inset(-8, 0), colors.sunken, 6);
    const float top = std::round(rect.center_y() - (words_height + chip_line) / 2);
    if (!time.empty()) draw_line(context, time, text_style::body, x, top, colors.ink);
    draw_lines(context, name, name_style, left, top, room, 2, colors.ink);
    draw_line(context, facts, text_style::secondary, left, top + lines * line + 2, colors.ink2, room);
    if (!words.label.empty())
        chip(context, "visit.state." + visit.id, chip_below ? left : x + width - chip_space,
            chip_below ? top + words_height + 8 : std::round(rect.center_y() - chip_height(context) / 2), words.label, words.tone, words.icon);
    if (touch.focused) focus_ring(context, rect.inset(4), 6);
    y = rect.bottom() + 1;
    hairline(context, x, y - 1, x + width, y - 1, colors.line);
    return touch.clicked;
}

void append(Actions& actions, Actions more)
{
    for (auto& action : more) actions.push_back(std::move(action));
}

Actions draw_all(const State& state, UiContext& context)
{
    Actions actions;
    fill(context, {0, 0, context.width, context.height}, context.colors().background);
    if (!state.blocked.title.empty()) return draw_blocked(state, context);
    switch (state.screen) {
    case Screen::starting: append(actions, draw_starting(state, context)); break;
    case Screen::welcome: append(actions, draw_welcome(state, context)); break;
    case Screen::unlock: append(actions, draw_unlock(state, context)); break;
    case Screen::keys: append(actions, draw_keys(state, context)); break;
    default: {
        const bool typing = state.editing.active || !state.field.id.empty();
        const ShellLayout shell = lay_out_shell(context.width, context.height, context.insets, context.text_scale, typing);
        append(actions, draw_rail(state, context, shell));
        switch (state.screen) {
        case Screen::record: append(actions, draw_record(state, context, shell)); break;
        case Screen::review:
            append(actions, state.transcription.active && state.transcription.visit_id == state.visit.summary.id
                    ? draw_transcribing(state, context, shell) : draw_review(state, context, shell));
            break;
        case Screen::notes: append(actions, draw_notes(state, context, shell)); break;
        case Screen::set_up: append(actions, draw_set_up(state, context, shell)); break;
        default: append(actions, draw_today(state, context, shell)); break;
        }
        if (state.form.open) append(actions, draw_new_visit(state, context));
        break;
    }
    }
    append(actions, draw_notice(state, context));
    return actions;
}

} // namespace chartside::ui
