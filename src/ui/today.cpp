// Today: the day's visits, and beside them what this device is ready for.
#include "ui/panels.h"

#include "domain/clock_text.h"

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

// A wide row of the table. Columns as shares of the width: time, patient, visit, state.
void draw_row(const State& state, UiContext& context, const VisitSummary& visit, Rect rect, Actions& actions)
{
    const auto& colors = context.colors();
    const auto touch = interact(context, "visit." + visit.id, rect, "listitem", patient_title(visit) + ", " + visit.reason);
    if (touch.held) fill(context, rect, mix(colors.sunken, colors.ink, 0.05f), 6);
    else if (touch.hovered) fill(context, rect, colors.sunken, 6);
    const float line = context.scaled(text_style::body).line_px, top = rect.center_y() - line / 2;
    const float x = rect.x + 10;
    const float time = std::max(118.0f, context.text(70)), patient = rect.width * 0.175f, chip_x = rect.width * 0.668f;
    draw_line(context, clock_time(visit.scheduled_ms, state.utc_offset_minutes), text_style::body, x, top, colors.ink);
    draw_line(context, visit.patient.name, {15, 22, 500}, x + time, top, colors.ink, patient - 12);
    draw_line(context, visit.reason.empty() ? "Visit" : visit.reason, text_style::body, x + time + patient, top, colors.ink2, chip_x - time - patient - 20);
    visit_chip(context, state, visit, rect.x + chip_x, rect.center_y() - chip_height(context) / 2);
    if (visit.audio_ms > 0)
        draw_line(context, minutes_text(visit.audio_ms), text_style::body, rect.x + rect.width * 0.866f, top, colors.ink2);
    if (touch.focused) focus_ring(context, rect.inset(4), 6);
    if (touch.clicked) row_action(visit, state, actions);
}

// Two lines, where a table does not fit.
void draw_tall_row(const State& state, UiContext& context, const VisitSummary& visit, Rect rect, Actions& actions)
{
    const auto& colors = context.colors();
    const auto touch = interact(context, "visit." + visit.id, rect, "listitem", patient_title(visit) + ", " + visit.reason);
    if (touch.held || touch.hovered) fill(context, rect, colors.sunken, 6);
    const float line = context.scaled(text_style::body).line_px, small = context.scaled(text_style::secondary).line_px;
    const float top = rect.center_y() - (line + small + 2) / 2;
    const float time = std::max(64.0f, context.text(56));
    draw_line(context, clock_time(visit.scheduled_ms, state.utc_offset_minutes), text_style::body, rect.x + 4, top, colors.ink);
    float chip_x = rect.right();
    {
        // Measured first by drawing out of sight: the chip's words decide how much room the name has.
        const float width = visit_chip(context, state, visit, rect.right() + context.width, -100);
        context.elements.pop_back();
        if (width > 0) visit_chip(context, state, visit, chip_x -= width + 4, rect.center_y() - chip_height(context) / 2);
        else context.elements.push_back({"visit.state." + visit.id, "status", "Planned", rect, true, false, false});
    }
    draw_line(context, visit.patient.name, {15, 22, 500}, rect.x + time, top, colors.ink, chip_x - rect.x - time - 8);
    draw_line(context, visit.reason.empty() ? "Visit" : visit.reason, text_style::secondary, rect.x + time, top + line + 2, colors.ink2, chip_x - rect.x - time - 8);
    if (touch.focused) focus_ring(context, rect.inset(4), 6);
    if (touch.clicked) row_action(visit, state, actions);
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
        side.text = "Speech and note models are on this device. " + std::to_string(static_cast<long long>(state.bytes_sent)) +
            " bytes have left it since you opened the page.";
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

float draw_cards(const State& state, UiContext& context, float x, float y, float width, Actions& actions)
{
    bool pressed = false;
    for (const VisitSummary& visit : state.visits) {
        const bool being_recorded = state.recorder.status != RecorderStatus::idle && state.recorder.visit_id == visit.id;
        if (!visit.interrupted || being_recorded) continue;
        const auto& colors = context.colors();
        const float padding = 17, inner = width - 2 * padding;
        const std::string title = "A recording was cut off";
        const std::string text = visit.patient.name + ": " + (visit.audio_ms > 0 ? minutes_text(visit.audio_ms) + " are kept. " : "What was said is kept. ") +
            "Go on recording, or write the note from what there is.";
        const ButtonLook quiet{.kind = ButtonKind::quiet, .small = true};
        const float words = paragraph_height(context, text, text_style::card, inner);
        const Rect box{x, y, width, padding + 24 + words + 12 + button_height(context, quiet) + padding};
        card(context, box, true);
        describe(context, "card.interrupted." + visit.id, box, "status", title + ". " + text);
        draw_line(context, title, text_style::card_strong, box.x + padding, box.y + padding - 1, colors.ink);
        draw_paragraph(context, text, text_style::card, box.x + padding, box.y + padding + 23, inner, colors.ink2);
        float at = box.x + padding;
        const float top = box.y + padding + 24 + words + 12;
        if (inline_button(context, "visit.resume." + visit.id, at, top, "Go on recording", quiet)) actions.push_back(action::ResumeRecording{visit.id});
        if (inline_button(context, "visit.finish." + visit.id, at, top, "Write note", {.kind = ButtonKind::plain, .small = true}))
            actions.push_back(action::FinishInterrupted{visit.id});
        y = box.bottom() + 10;
    }
    draw_side_card(context, loading_card(state), x, y, width, pressed);
    if (pressed) actions.push_back(action::RetryLoading{});
    if (state.demo) {
        const SideCard side{.id = "card.demo", .title = "Made-up patients", .text = "This is the demonstration. Nobody here is real; try everything. Lock it to start your own practice.", .button = ""};
        draw_side_card(context, side, x, y, width, pressed);
    }
    return y;
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
    const float right = header.right() - (narrow ? 12 : 20) - width;
    if (button(context, "today.start", {right, header.center_y() - tall / 2, width, tall}, label, start)) {
        if (recording) actions.push_back(action::OpenVisit{state.recorder.visit_id});
        else actions.push_back(action::OpenForm{""});
    }
    header_titles(context, {header.x + 20, header.y, header.width, header.height},
        narrow ? day_label(state.now_ms, state.now_ms, state.utc_offset_minutes) + ", " + short_date(state.now_ms, state.utc_offset_minutes)
               : long_date(state.now_ms, state.utc_offset_minutes),
        summary_line(visits), std::max(60.0f, right - header.x - 32));

    Rect content = shell.content;
    const bool wide = shell.width_class == WidthClass::wide;
    if (wide) {
        const float side = std::min(340.0f * std::max(1.0f, context.text_scale * 0.9f), content.width * 0.34f);
        const Rect column = content.cut_right(side);
        hairline(context, column.x, column.y, column.x, column.bottom(), colors.line);
        ScrollArea scroll(context, "today_cards", column);
        scroll.end(draw_cards(state, context, column.x + measure::gutter, scroll.top() + measure::gutter, column.width - 2 * measure::gutter, actions) + 8);
    }
    ScrollArea scroll(context, "today", content);
    const float x = content.x + (narrow ? 12 : 20), full = content.width - (narrow ? 24 : 40);
    float y = scroll.top();
    if (!wide) y = draw_cards(state, context, x, y + 12, full, actions) + 6;
    if (visits.empty()) {
        const float middle = wide ? std::max(y + 60, content.y + content.height * 0.32f) : y + 40;
        const float center = x + full / 2;
        draw_icon(context, Icon::calendar, 32, center, middle, colors.ink3);
        const std::string words = "No visits today yet", more = "Start a visit when the patient is with you, or open a recording that you have.";
        draw_line(context, words, text_style::body_strong, center - text_width(context, words, text_style::body_strong) / 2, middle + 32, colors.ink);
        const float wrap = std::min(full, context.text(360));
        y = middle + 60;
        y += draw_paragraph(context, more, text_style::card, center - std::min(wrap, text_width(context, more, text_style::card)) / 2, y, wrap, colors.ink2);
    } else if (content.width > 640) {
        const TextStyle& head = text_style::label;
        y += 20;
        const float time = std::max(118.0f, context.text(70));
        draw_line(context, "Time", head, x + 10, y, colors.ink3);
        draw_line(context, "Patient", head, x + 10 + time, y, colors.ink3);
        draw_line(context, "Visit", head, x + 10 + time + full * 0.175f, y, colors.ink3);
        draw_line(context, "Note", head, x + full * 0.668f, y, colors.ink3);
        draw_line(context, "Audio", head, x + full * 0.866f, y, colors.ink3);
        y += context.scaled(head).line_px + 12;
        hairline(context, x, y, x + full, y, colors.line);
        const float row = std::max(51.0f, context.text(22) + 29);
        for (const auto* visit : visits) {
            draw_row(state, context, *visit, {x, y + 1, full, row - 1}, actions);
            y += row;
            hairline(context, x, y, x + full, y, colors.line);
        }
    } else {
        const float row = std::max(64.0f, context.text(42) + 24);
        for (const auto* visit : visits) {
            draw_tall_row(state, context, *visit, {x, y + 1, full, row - 1}, actions);
            y += row;
            hairline(context, x, y, x + full, y, colors.line);
        }
    }
    scroll.end(y + 24);
    return actions;
}

} // namespace chartside::ui
