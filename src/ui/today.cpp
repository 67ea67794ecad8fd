// Today: the day's visits, and beside them what this device is ready for.
#include "ui/panels.h"

#include "domain/clock_text.h"

#include <cmath>

namespace chartside::ui {

namespace {

std::string summary_line(const std::vector<const VisitSummary*>& visits)
{
    size_t signed_off = 0, drafts = 0;
    for (const auto* visit : visits) {
        signed_off += visit->state == VisitState::signed_off;
        drafts += visit->state == VisitState::draft;
    }
    if (visits.empty()) return "No visits yet";
    std::string text = std::to_string(visits.size()) + (visits.size() == 1 ? " visit" : " visits");
    if (signed_off) text += " · " + std::to_string(signed_off) + " signed";
    if (drafts) text += " · " + std::to_string(drafts) + (drafts == 1 ? " draft ready" : " drafts ready");
    return text;
}

void row_action(const VisitSummary& visit, const State& state, Actions& actions)
{
    const bool being_recorded = state.recorder.status != RecorderStatus::idle && state.recorder.visit_id == visit.id;
    if (!being_recorded && visit.state == VisitState::planned) actions.push_back(action::OpenForm{visit.id});
    else actions.push_back(action::OpenVisit{visit.id});
}

// Where the table's columns begin, from its left edge.
struct Columns {
    float patient, reason, note, audio;
    float width;
};

Columns lay_out_columns(UiContext& context, const std::vector<const VisitSummary*>& visits, float width)
{
    Columns columns;
    columns.width = width;
    columns.patient = width > 900 ? std::max(118.0f, context.text(70)) : context.text(64) + 24;
    columns.audio = width - context.text(60) - 10;
    columns.note = columns.audio - chip_width(context, "Interrupted", Icon::triangle_alert) - 28;
    float name = width * 0.16f;
    for (const VisitSummary* visit : visits) name = std::max(name, text_width(context, visit->patient.name, text_style::row_name));
    const float rest = columns.note - columns.patient - 16;
    columns.reason = columns.patient + std::min(name + 24, rest * 0.56f);
    return columns;
}

// A row of the table; a name or a reason too long for its column takes a second line.
void draw_row(const State& state, UiContext& context, const VisitSummary& visit, const Columns& columns, float x, float& y,
    Actions& actions)
{
    const auto& colors = context.colors();
    const float line = context.scaled(text_style::body).line_px;
    const float patient_width = columns.reason - columns.patient - 16;
    const float reason_width = columns.note - columns.reason - 16;
    const std::string reason = visit.reason.empty() ? "Visit" : visit.reason;
    const float lines = paragraph_height(context, visit.patient.name, text_style::row_name, patient_width) > line ? 2.0f : 1.0f;
    const float reason_lines = paragraph_height(context, reason, text_style::body, reason_width) > line ? 2.0f : 1.0f;
    const Rect rect{x, y, columns.width, std::max(50.0f, std::max(lines, reason_lines) * line + 28)};
    const auto touch = interact(context, "visit." + visit.id, rect, "listitem", patient_title(visit) + ", " + visit.reason);
    if (touch.held) fill(context, rect, mix(colors.sunken, colors.ink, 0.05f), 6);
    else if (touch.hovered) fill(context, rect, colors.sunken, 6);
    const float top = std::round(rect.center_y() - line / 2);
    draw_line(context, clock_time(visit.scheduled_ms, state.utc_offset_minutes), text_style::body, x + 10, top, colors.ink);
    draw_lines(context, visit.patient.name, text_style::row_name, x + columns.patient, std::round(rect.center_y() - lines * line / 2), patient_width, 2, colors.ink);
    draw_lines(context, reason, text_style::body, x + columns.reason, std::round(rect.center_y() - reason_lines * line / 2), reason_width, 2, colors.ink2);
    const ChipWords words = visit_chip(state, visit);
    if (!words.label.empty())
        chip(context, "visit.state." + visit.id, x + columns.note, std::round(rect.center_y() - chip_height(context) / 2), words.label, words.tone, words.icon);
    if (visit.audio_ms > 0) draw_line(context, minutes_text(visit.audio_ms), text_style::body, x + columns.audio, top, colors.ink2);
    if (touch.focused) focus_ring(context, rect.inset(4), 6);
    if (touch.clicked) row_action(visit, state, actions);
    y = rect.bottom() + 1;
    hairline(context, x, y - 1, x + columns.width, y - 1, colors.line);
}

struct SideCard {
    std::string id, title, text;
    bool alert = false;
    float share = -1; // progress; below 0: none
    std::string button;
};

void draw_side_card(UiContext& context, const SideCard& side, float x, float& y, float width, bool& pressed)
{
    const auto& colors = context.colors();
    const float padding = 17, inner = width - 2 * padding;
    const ButtonLook look{.kind = ButtonKind::quiet, .small = true};
    float height = padding + context.scaled(text_style::card_strong).line_px + 4 + paragraph_height(context, side.text, text_style::card, inner) + padding - 3;
    if (side.share >= 0) height += 16;
    if (!side.button.empty()) height += button_height(context, look) + 12;
    const Rect box{x, y, width, height};
    card(context, box, side.alert);
    describe(context, side.id, box, "status", side.title + ". " + side.text);
    float line = box.y + padding - 1;
    draw_line(context, side.title, text_style::card_strong, box.x + padding, line, colors.ink, inner);
    line += context.scaled(text_style::card_strong).line_px + 4;
    line += draw_paragraph(context, side.text, text_style::card, box.x + padding, line, inner, colors.ink2);
    if (side.share >= 0) {
        progress_bar(context, side.id + ".progress", {box.x + padding, line + 8, inner, 6}, side.share, side.text);
        line += 16;
    }
    if (!side.button.empty()) {
        float at = box.x + padding;
        pressed = inline_button(context, side.id + ".button", at, line + 12, side.button, look);
    }
    y = box.bottom() + 10;
}

SideCard loading_card(const State& state)
{
    SideCard side{.id = "card.ready", .title = "Ready offline", .text = "", .button = ""};
    if (state.models_ready) {
        const bool is_kept = state.offline_copy != OfflineCopy::none;
        if (!is_kept) side.title = "Ready";
        side.text = is_kept ? "All of Chartside is on this device, and checked. " : "The models are loaded. The copy for working offline is not whole yet. ";
        side.text += std::to_string(static_cast<long long>(state.bytes_sent)) +
            "\u00A0bytes have left it since you opened the page.";
        return side;
    }
    double done = 0, total = 0;
    for (const LoadProgress& part : state.loading) {
        if (!part.failure.empty()) {
            side.title = "Not ready yet";
            side.text = part.label + ": " + part.failure;
            side.alert = true;
            side.button = "Try again";
            return side;
        }
        done += part.done_bytes;
        total += part.total_bytes;
    }
    side.title = "Getting ready";
    side.text = "Speech and note models are being loaded onto this device";
    if (total > 0) {
        side.text += ": " + megabytes_text(done) + " of " + megabytes_text(total);
        side.share = static_cast<float>(done / total);
    }
    side.text += ". This is needed once.";
    return side;
}

// Offers every recording that was cut off. Moves `y` below.
void draw_interrupted(const State& state, UiContext& context, float x, float& y, float width, Actions& actions)
{
    for (const VisitSummary& visit : state.visits) {
        const bool being_recorded = state.recorder.status != RecorderStatus::idle && state.recorder.visit_id == visit.id;
        if (!visit.interrupted || being_recorded) continue;
        const auto& colors = context.colors();
        const float padding = 17, inner = width - 2 * padding;
        const std::string title = "A recording was cut off";
        const std::string text = visit.patient.name + ": " + (visit.audio_ms > 0 ? minutes_text(visit.audio_ms) + " of sound are kept. " : "What was said is kept. ") +
            "Continue it, or write the note from what there is.";
        const ButtonLook on{.kind = ButtonKind::quiet, .small = true}, write{.kind = ButtonKind::plain, .small = true};
        const bool stacked = button_width(context, "Continue recording", on) + 8 + button_width(context, "Write note", write) > inner;
        const float tall = button_height(context, on), title_line = context.scaled(text_style::card_strong).line_px;
        const float words = paragraph_height(context, text, text_style::card, inner);
        const Rect box{x, y, width, padding + title_line + 4 + words + 12 + tall + (stacked ? tall + 8 : 0) + padding};
        card(context, box, true);
        describe(context, "card.interrupted." + visit.id, box, "status", title + ". " + text);
        float line = box.y + padding - 1;
        draw_line(context, title, text_style::card_strong, box.x + padding, line, colors.ink, inner);
        line += title_line + 4;
        line += draw_paragraph(context, text, text_style::card, box.x + padding, line, inner, colors.ink2) + 13;
        float at = box.x + padding;
        if (inline_button(context, "visit.resume." + visit.id, at, line, "Continue recording", on)) actions.push_back(action::ResumeRecording{visit.id});
        if (stacked) {
            at = box.x + padding;
            line += tall + 8;
        }
        if (inline_button(context, "visit.finish." + visit.id, at, line, "Write note", write)) actions.push_back(action::FinishInterrupted{visit.id});
        y = box.bottom() + 10;
    }
}

void draw_loading(const State& state, UiContext& context, float x, float& y, float width, Actions& actions)
{
    bool pressed = false;
    draw_side_card(context, loading_card(state), x, y, width, pressed);
    if (pressed) actions.push_back(action::RetryLoading{});
}

// A newer version is there; it comes when no visit can be in its way.
void draw_update(const State& state, UiContext& context, float x, float& y, float width)
{
    if (state.offline_copy != OfflineCopy::update) return;
    bool pressed = false;
    draw_side_card(context, {.id = "card.update", .title = "Update ready", .text = "A newer Chartside is on this device. It takes over once every Chartside tab was closed.", .button = ""},
        x, y, width, pressed);
}

void draw_demo(const State& state, UiContext& context, float x, float& y, float width)
{
    if (!state.demo) return;
    bool pressed = false;
    draw_side_card(context, {.id = "card.demo", .title = "Made-up patients", .text = "This is the demonstration. Nobody here is real; try everything. Lock it to start your own practice.", .button = ""},
        x, y, width, pressed);
}

} // namespace

Actions draw_today(const State& state, UiContext& context, const ShellLayout& shell)
{
    Actions actions;
    const auto& colors = context.colors();
    std::vector<const VisitSummary*> visits;
    for (const VisitSummary& visit : state.visits)
        if (is_same_day(visit.scheduled_ms, state.now_ms, state.utc_offset_minutes) || visit.interrupted) visits.push_back(&visit);

    const Rect header = shell.header;
    draw_header_bar(context, header);
    const bool narrow = shell.width_class == WidthClass::narrow;
    const bool recording = state.recorder.status != RecorderStatus::idle;
    const ButtonLook start{.kind = recording ? ButtonKind::quiet : ButtonKind::record, .icon = Icon::mic};
    const std::string label = recording ? (narrow ? "Recording" : "Back to the recording") : narrow ? "Start" : "Start a visit";
    const float width = button_width(context, label, start), tall = button_height(context, start);
    const float right = header.right() - measure::gutter - width;
    if (button(context, "today.start", {right, header.center_y() - tall / 2, width, tall}, label, start)) {
        if (recording) actions.push_back(action::OpenVisit{state.recorder.visit_id});
        else actions.push_back(action::OpenForm{""});
    }
    header_titles(context, {header.x + measure::gutter, header.y, header.width, header.height},
        narrow ? day_label(state.now_ms, state.now_ms, state.utc_offset_minutes) + ", " + short_date(state.now_ms, state.utc_offset_minutes)
               : long_date(state.now_ms, state.utc_offset_minutes),
        summary_line(visits), std::max(60.0f, right - header.x - measure::gutter - 12));

    Rect content = shell.content;
    const bool wide = shell.width_class == WidthClass::wide;
    if (wide) {
        const float side = std::min(340.0f * std::max(1.0f, context.text_scale * 0.9f), content.width * 0.34f);
        const Rect column = content.cut_right(std::round(side));
        hairline(context, column.x, column.y, column.x, column.bottom(), colors.line);
        ScrollArea scroll(context, "today_cards", column);
        const float card_x = column.x + measure::gutter, card_width = column.width - 2 * measure::gutter;
        float card_y = scroll.top() + measure::gutter;
        draw_interrupted(state, context, card_x, card_y, card_width, actions);
        draw_loading(state, context, card_x, card_y, card_width, actions);
        draw_update(state, context, card_x, card_y, card_width);
        draw_demo(state, context, card_x, card_y, card_width);
        scroll.end(card_y + 8);
    }
    ScrollArea scroll(context, "today", content);
    const float x = content.x + measure::gutter, full = content.width - 2 * measure::gutter;
    float y = scroll.top();
    if (!wide) {
        // What asks for something stands above the visits, the rest below.
        y += 12;
        draw_interrupted(state, context, x, y, full, actions);
        if (!state.models_ready) draw_loading(state, context, x, y, full, actions);
    }
    if (visits.empty()) {
        y += wide ? std::round(content.height * 0.28f) : 40;
        y += empty_state(context, {x, y, full, 0}, Icon::calendar, "No visits today yet",
            "Start a visit when the patient is with you, or open a recording that you have.") + 24;
    } else if (content.width > context.text(640)) {
        const TextStyle& head = text_style::label;
        const Columns columns = lay_out_columns(context, visits, full);
        y += wide ? 20 : 8;
        draw_line(context, "Time", head, x + 10, y, colors.ink3);
        draw_line(context, "Patient", head, x + columns.patient, y, colors.ink3);
        draw_line(context, "Visit", head, x + columns.reason, y, colors.ink3);
        draw_line(context, "Note", head, x + columns.note, y, colors.ink3);
        draw_line(context, "Audio", head, x + columns.audio, y, colors.ink3);
        y += context.scaled(head).line_px + 12;
        hairline(context, x, y, x + full, y, colors.line);
        y += 1;
        for (const auto* visit : visits) draw_row(state, context, *visit, columns, x, y, actions);
    } else {
        for (const auto* visit : visits)
            if (visit_row(context, state, *visit, "visit." + visit->id, clock_time(visit->scheduled_ms, state.utc_offset_minutes),
                    visit->patient.name, visit->reason.empty() ? "Visit" : visit->reason, x, y, full))
                row_action(*visit, state, actions);
    }
    if (!wide) {
        y += 20;
        if (state.models_ready) draw_loading(state, context, x, y, full, actions);
        draw_update(state, context, x, y, full);
        draw_demo(state, context, x, y, full);
    }
    scroll.end(y + (wide ? 24 : 14));
    return actions;
}

} // namespace chartside::ui
