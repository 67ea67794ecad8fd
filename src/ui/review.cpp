// Review: what was said, the note, and what to check before signing.
#include "ui/panels.h"

#include "domain/checks.h"
#include "domain/clock_text.h"

namespace chartside::ui {

namespace {

std::string second_line(const State& state)
{
    const VisitSummary& visit = state.visit.summary;
    std::string text = visit.reason;
    const auto add = [&](const std::string& part) {
        if (part.empty()) return;
        if (!text.empty()) text += " · ";
        text += part;
    };
    if (visit.scheduled_ms > 0)
        add(day_label(visit.scheduled_ms, state.now_ms, state.utc_offset_minutes) + " " + clock_time(visit.scheduled_ms, state.utc_offset_minutes));
    if (visit.audio_ms > 0) add("visit " + minutes_text(visit.audio_ms));
    return text;
}

// Draws the save state so that it ends at `right`; returns where it begins.
float draw_save_state(const State& state, UiContext& context, float right, float center_y)
{
    std::string label;
    ChipTone tone = ChipTone::neutral;
    Icon icon = Icon::none;
    switch (state.save.status) {
    case SaveStatus::idle: return right;
    case SaveStatus::saving: label = "Saving"; break;
    case SaveStatus::saved:
        label = "Saved " + clock_time(state.save.saved_at_ms, state.utc_offset_minutes);
        tone = ChipTone::ok;
        icon = Icon::check;
        break;
    case SaveStatus::failed:
        label = "Not saved";
        tone = ChipTone::rec;
        icon = Icon::triangle_alert;
        break;
    }
    const float width = chip_width(context, label, icon);
    chip(context, "review.saved", right - width, center_y - chip_height(context) / 2, label, tone, icon);
    return right - width - 10;
}

void draw_header(const State& state, UiContext& context, const ShellLayout& shell, Actions& actions)
{
    const Rect header = shell.header;
    draw_header_bar(context, header);
    const bool narrow = shell.width_class == WidthClass::narrow;
    const auto checks = open_checks(state.visit.note, state.visit.transcript);
    const int blocking = blocking_count(checks);
    const bool signed_off = state.visit.summary.state == VisitState::signed_off;
    bool any_sentence = false;
    for (const auto& section : state.visit.note.sections) any_sentence |= !section.sentences.empty();

    float right = header.right() - (narrow ? 12 : 20);
    const float center = header.center_y();
    const float tall = button_height(context, {});
    if (signed_off) {
        const float width = chip_width(context, "Signed", Icon::shield_check);
        chip(context, "review.signed", right - width, center - chip_height(context) / 2, "Signed", ChipTone::ok, Icon::shield_check);
        right -= width + 12;
    } else {
        std::string label = blocking > 0 ? "Review " + std::to_string(checks.size()) + ", then sign" : "Sign note";
        if (narrow) label = blocking > 0 ? "Check " + std::to_string(checks.size()) : "Sign";
        const ButtonLook look{.kind = ButtonKind::primary, .icon = Icon::shield_check, .enabled = any_sentence};
        const float width = button_width(context, label, look);
        if (button(context, "review.sign", {right - width, center - tall / 2, width, tall}, label, look)) {
            if (blocking == 0) {
                actions.push_back(action::SignNote{});
            } else {
                // The first thing that blocks is brought into view, with its sentence.
                for (const Check& check : checks) {
                    if (!check.blocks_signing) continue;
                    actions.push_back(action::SelectSentence{check.sentence_id, false});
                    break;
                }
                context.checks_open = true;
                context.review_tab = ReviewTab::checks;
            }
        }
        right -= width + 12;
    }
    if (!narrow) {
        const ButtonLook copy{.kind = ButtonKind::quiet, .icon = Icon::copy, .enabled = any_sentence};
        const float width = button_width(context, "Copy", copy);
        if (button(context, "review.copy", {right - width, center - tall / 2, width, tall}, "Copy", copy)) actions.push_back(action::CopyNote{});
        right -= width + 10;
    }
    if (!signed_off) {
        if (icon_button(context, "review.undo", right - measure::touch / 2, center, Icon::undo, "Undo the last change", state.undo_count > 0))
            actions.push_back(action::Undo{});
        right -= measure::touch + 10;
    }
    if (!narrow) right = draw_save_state(state, context, right, center);
    float left = header.x + 20;
    if (narrow) {
        if (icon_button(context, "review.back", header.x + 26, center, Icon::arrow_left, "Back to the notes")) actions.push_back(action::ShowScreen{Screen::notes});
        left = header.x + 52;
    }
    header_titles(context, {left, header.y, right - left, header.height}, patient_title(state.visit.summary), second_line(state), std::max(60.0f, right - left - 12));
}

// Transcript | Note | Check, where one column must do.
void draw_tabs(const State& state, UiContext& context, Rect bar)
{
    const auto& colors = context.colors();
    fill(context, bar, colors.surface);
    hairline(context, bar.x, bar.bottom() - 1, bar.right(), bar.bottom() - 1, colors.line);
    const size_t checks = state.visit.summary.state == VisitState::signed_off ? 0 : open_checks(state.visit.note, state.visit.transcript).size();
    const struct { const char* id; std::string label; ReviewTab tab; } tabs[] = {
        {"review.tab.transcript", "Transcript", ReviewTab::transcript},
        {"review.tab.note", "Note", ReviewTab::note},
        {"review.tab.checks", checks ? "Check (" + std::to_string(checks) + ")" : "Check", ReviewTab::checks},
    };
    const float width = bar.width / 3;
    float x = bar.x;
    for (const auto& tab : tabs) {
        const Rect rect{x, bar.y, width, bar.height - 1};
        const bool current = context.review_tab == tab.tab;
        const auto touch = interact(context, tab.id, rect, "tab", tab.label, true, current);
        if (touch.held) fill(context, rect, colors.sunken);
        const TextStyle& style = text_style::small_button;
        const float words = text_width(context, tab.label, style);
        draw_line(context, tab.label, style, rect.center_x() - words / 2, rect.center_y() - context.scaled(style).line_px / 2, current ? colors.accent : colors.ink2);
        if (current) fill(context, {rect.center_x() - words / 2 - 8, rect.bottom() - 2, words + 16, 3}, colors.accent, 1.5f);
        if (touch.focused) focus_ring(context, rect.inset(6), 6);
        if (touch.clicked) context.review_tab = tab.tab;
        x += width;
    }
}

void append(Actions& actions, Actions more)
{
    for (auto& action : more) actions.push_back(std::move(action));
}

} // namespace

Actions draw_review(const State& state, UiContext& context, const ShellLayout& shell)
{
    Actions actions;
    const auto& colors = context.colors();
    draw_header(state, context, shell, actions);
    Rect content = shell.content;
    fill(context, content, colors.background);
    if (state.visit_opening || state.visit.summary.id.empty()) {
        draw_paragraph(context, "Opening the visit …", text_style::body, content.x + 20, content.y + 20, content.width - 40, colors.ink3);
        return actions;
    }
    if (shell.width_class == WidthClass::narrow) {
        draw_tabs(state, context, content.cut_top(measure::touch + 4));
        switch (context.review_tab) {
        case ReviewTab::transcript: append(actions, draw_transcript(state, context, content, {})); break;
        case ReviewTab::note: append(actions, draw_note(state, context, content, {})); break;
        case ReviewTab::checks: append(actions, draw_checks(state, context, content)); break;
        }
        return actions;
    }
    const ReviewLayout layout = lay_out_review(content, shell.width_class, context.text_scale);
    append(actions, draw_transcript(state, context, layout.transcript, {}));
    append(actions, draw_note(state, context, layout.note, {}));
    hairline(context, layout.transcript.right() - 1, content.y, layout.transcript.right() - 1, content.bottom(), colors.line);
    if (shell.width_class == WidthClass::wide) {
        hairline(context, layout.checks.x, content.y, layout.checks.x, content.bottom(), colors.line);
        append(actions, draw_checks(state, context, layout.checks));
    } else if (context.checks_open) {
        const float width = std::min(content.width * 0.62f, context.text(340));
        const Rect sheet{context.width - width, 0, width, context.height};
        Layer layer(context, "checks_sheet", sheet, 0);
        const float top = context.insets.top;
        Rect inside{sheet.x, top + 8, sheet.width, sheet.height - top - 8 - context.insets.bottom};
        if (icon_button(context, "checks.close", sheet.right() - 32, inside.y + 24, Icon::close, "Close") || layer.dismissed())
            context.checks_open = false;
        append(actions, draw_checks(state, context, inside));
    }
    return actions;
}

} // namespace chartside::ui
