// Review: what was said, the note, and what to check before signing.
#include "ui/panels.h"

#include "domain/checks.h"
#include "domain/clock_text.h"

#include <algorithm>
#include <cmath>

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

// How safe the note is; the label is empty before anything was saved.
ChipWords save_words(const State& state)
{
    switch (state.save.status) {
    case SaveStatus::saving: return {"Saving", ChipTone::neutral};
    case SaveStatus::saved: return {"Saved " + clock_time(state.save.saved_at_ms, state.utc_offset_minutes), ChipTone::ok, Icon::check};
    case SaveStatus::failed: return {"Not saved", ChipTone::rec, Icon::triangle_alert};
    case SaveStatus::idle: break;
    }
    return {};
}

// "Review 3, then sign" opens the checks until none of them blocks; then the same button signs.
void draw_sign(const State& state, UiContext& context, float& right, float center, bool roomy, Actions& actions)
{
    if (state.visit.summary.state == VisitState::signed_off) {
        const float width = chip_width(context, "Signed", Icon::shield_check);
        chip(context, "review.signed", right - width, std::round(center - chip_height(context) / 2), "Signed", ChipTone::ok, Icon::shield_check);
        right -= width + 12;
        return;
    }
    const auto checks = open_checks(state.visit.note, state.visit.transcript);
    const std::string count = std::to_string(checks.size());
    const bool blocked = blocking_count(checks) > 0;
    bool any_sentence = false;
    for (const auto& section : state.visit.note.sections) any_sentence |= !section.sentences.empty();
    const std::string label = roomy ? (blocked ? "Review " + count + ", then sign" : "Sign note") : blocked ? "Check " + count : "Sign";
    const ButtonLook look{.kind = ButtonKind::primary, .icon = roomy ? Icon::shield_check : Icon::none, .enabled = any_sentence};
    const float width = button_width(context, label, look), tall = button_height(context, look);
    if (button(context, "review.sign", {right - width, std::round(center - tall / 2), width, tall}, label, look)) {
        const auto first = std::find_if(checks.begin(), checks.end(), [](const Check& check) { return check.blocks_signing; });
        if (first == checks.end()) {
            actions.push_back(action::SignNote{});
        } else {
            // The first thing that blocks is brought into view, with its sentence.
            actions.push_back(action::SelectSentence{first->sentence_id, false});
            context.checks_open = true;
            context.review_tab = ReviewTab::checks;
        }
    }
    right -= width + 12;
}

void draw_header(const State& state, UiContext& context, const ShellLayout& shell, Actions& actions)
{
    const Rect header = shell.header;
    draw_header_bar(context, header);
    const bool narrow = shell.width_class == WidthClass::narrow, wide = shell.width_class == WidthClass::wide;
    float right = header.right() - measure::gutter;
    const float center = header.center_y();
    draw_sign(state, context, right, center, wide, actions);
    const ChipWords saved = save_words(state);
    std::string second = second_line(state);
    float left = header.x + measure::gutter;
    if (narrow) {
        // Undo and Copy stand beside the note; whether it is saved is said before the rest, which may be cut.
        if (!saved.label.empty()) second = state.save.status == SaveStatus::failed ? saved.label : saved.label + " · " + second;
        if (icon_button(context, "review.back", header.x + 26, center, Icon::arrow_left, "Back to the notes")) actions.push_back(action::ShowScreen{Screen::notes});
        left = header.x + 52;
    } else {
        const ButtonLook copy{.kind = ButtonKind::quiet, .icon = Icon::copy, .enabled = !state.visit.note.sections.empty()};
        const float width = button_width(context, "Copy", copy), tall = button_height(context, copy);
        if (button(context, "review.copy", {right - width, std::round(center - tall / 2), width, tall}, "Copy", copy)) actions.push_back(action::CopyNote{});
        right -= width + 10;
        if (state.visit.summary.state != VisitState::signed_off) {
            if (icon_button(context, "review.undo", right - measure::touch / 2, center, Icon::undo, "Undo the last change", state.undo_count > 0))
                actions.push_back(action::Undo{});
            right -= measure::touch + 10;
        }
        if (!saved.label.empty()) {
            right -= chip_width(context, saved.label, saved.icon);
            chip(context, "review.saved", right, std::round(center - chip_height(context) / 2), saved.label, saved.tone, saved.icon);
            right -= 10;
        }
    }
    header_titles(context, {left, header.y, right - left, header.height}, patient_title(state.visit.summary), second, std::max(60.0f, right - left - 12),
        narrow && state.save.status == SaveStatus::failed);
}

// Transcript | Note | Check, where one column must do.
void draw_tabs(const State& state, UiContext& context, Rect bar)
{
    const bool signed_off = state.visit.summary.state == VisitState::signed_off;
    const size_t checks = signed_off ? 0 : open_checks(state.visit.note, state.visit.transcript).size();
    const Tab tabs[] = {
        {"review.tab.transcript", "Transcript"},
        {"review.tab.note", "Note"},
        {"review.tab.checks", signed_off ? "Signed" : checks ? "Check (" + std::to_string(checks) + ")" : "Check"},
    };
    context.review_tab = static_cast<ReviewTab>(tab_bar(context, bar, tabs, static_cast<int>(context.review_tab)));
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
        draw_paragraph(context, "Opening the visit …", text_style::body, content.x + measure::gutter, content.y + 20, content.width - 2 * measure::gutter, colors.ink3);
        return actions;
    }
    if (shell.width_class == WidthClass::narrow) {
        draw_tabs(state, context, content.cut_top(measure::touch + 4));
        switch (context.review_tab) {
        case ReviewTab::transcript: append(actions, draw_transcript(state, context, content, {})); break;
        case ReviewTab::note: append(actions, draw_note(state, context, content, {.title = "", .tools_in_head = true})); break;
        case ReviewTab::checks: append(actions, draw_checks(state, context, content)); break;
        }
        return actions;
    }
    const ReviewLayout layout = lay_out_review(content, shell.width_class, context.text_scale);
    append(actions, draw_transcript(state, context, layout.transcript, {}));
    append(actions, draw_note(state, context, layout.note, {.checks_in_sheet = shell.width_class == WidthClass::medium}));
    hairline(context, layout.transcript.right() - 1, content.y, layout.transcript.right() - 1, content.bottom(), colors.line);
    if (shell.width_class == WidthClass::wide) {
        hairline(context, layout.checks.x, content.y, layout.checks.x, content.bottom(), colors.line);
        append(actions, draw_checks(state, context, layout.checks));
    } else if (context.checks_open) {
        const float width = std::round(std::min(content.width * 0.62f, context.text(340)));
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
