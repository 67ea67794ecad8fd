// What to look at before signing, a card each: first what blocks signing, as the note reads; omissions last.
#include "ui/panels.h"

#include "domain/checks.h"
#include "domain/clock_text.h"

#include <algorithm>

namespace chartside::ui {

namespace {

struct CardLook {
    ChipTone tone = ChipTone::warn;
    Icon icon = Icon::circle_alert;
};

CardLook look_of(const Check& check)
{
    switch (check.kind) {
    case CheckKind::dose: return {ChipTone::warn, Icon::pill};
    case CheckKind::allergy: return {ChipTone::warn, Icon::triangle_alert};
    case CheckKind::blank: return {ChipTone::warn, Icon::pen_line};
    case CheckKind::heard: return {ChipTone::accent, Icon::ear};
    case CheckKind::omission: return {ChipTone::neutral, Icon::circle_alert};
    case CheckKind::other: break;
    }
    return {ChipTone::warn, Icon::circle_alert};
}

const NoteSection* section_of(const Note& note, const std::string& sentence_id)
{
    for (const auto& section : note.sections)
        for (const auto& sentence : section.sentences)
            if (sentence.id == sentence_id) return &section;
    return nullptr;
}

// Draws one card at `y` and moves `y` below it.
void draw_check(const State& state, UiContext& context, const Check& check, float x, float& y, float width, Actions& actions)
{
    const auto& colors = context.colors();
    const std::string key = check.omission_id.empty() ? check.sentence_id + "." + (check.flag.empty() ? "blank" : check.flag)
                                                      : check.omission_id;
    const bool omission = check.kind == CheckKind::omission;
    const bool hears = check.end_ms > check.start_ms;
    const CardLook look = look_of(check);
    const float padding = 17, inner = width - 2 * padding;
    const ButtonLook quiet{.kind = ButtonKind::quiet, .small = true}, plain{.kind = ButtonKind::plain, .small = true};
    const float buttons = button_height(context, quiet);
    std::string text = check.text;
    if (omission && hears) text += " " + position_time(check.start_ms);
    const float title_height = check.title.empty() ? 0 : paragraph_height(context, check.title, text_style::card_strong, inner) + 4;
    const float text_height = paragraph_height(context, text, text_style::card, inner);
    const float chip_line = chip_height(context) + 8;
    const Rect box{x, y, width, 15 + chip_line + title_height + text_height + 11 + buttons + 15};
    const bool chosen = !check.sentence_id.empty() && state.selection.sentence_id == check.sentence_id;
    card(context, box, check.blocks_signing);
    if (chosen && !check.blocks_signing) stroke(context, box, colors.accent, measure::card_radius);
    describe(context, "check." + key, box, "listitem", check.label + ". " + check.title + " " + check.text);

    float line = box.y + 15;
    chip(context, "check.label." + key, box.x + padding, line, check.label, look.tone, look.icon);
    line += chip_line;
    if (!check.title.empty())
        line += draw_paragraph(context, check.title, text_style::card_strong, box.x + padding, line, inner, colors.ink) + 4;
    line += draw_paragraph(context, text, text_style::card, box.x + padding, line, inner, colors.ink2) + 11;

    float at = box.x + padding;
    const auto hear_fits = [&](float used) { return used + button_width(context, "Hear it", {.kind = ButtonKind::plain, .icon = Icon::play, .small = true}) <= box.right() - 8; };
    if (omission) {
        ButtonLook add = quiet;
        add.icon = Icon::plus;
        if (inline_button(context, "check.add." + key, at, line, "Add", add)) actions.push_back(action::AddOmission{check.omission_id});
        if (inline_button(context, "check.dismiss." + key, at, line, "Dismiss", plain)) actions.push_back(action::DismissOmission{check.omission_id});
    } else {
        const NoteSection* section = section_of(state.visit.note, check.sentence_id);
        const bool fills = check.kind == CheckKind::blank || (check.kind == CheckKind::dose && check.flag.find("missing") != std::string::npos);
        if (fills) {
            if (inline_button(context, "check.fill." + key, at, line, "Fill in", quiet) && section) {
                const size_t blank = [&] {
                    for (const auto& sentence : section->sentences)
                        if (sentence.id == check.sentence_id) {
                            const size_t found = sentence.text.find(blank_mark);
                            if (found != std::string::npos) return found;
                            return sentence.text.empty() || sentence.text.back() != '.' ? sentence.text.size() : sentence.text.size() - 1;
                        }
                    return std::string::npos;
                }();
                context.edit_caret = blank == std::string::npos ? -1 : static_cast<int>(blank);
                context.checks_open = false;
                context.review_tab = ReviewTab::note;
                actions.push_back(action::SelectSentence{check.sentence_id, false});
                actions.push_back(action::BeginEdit{section->id, check.sentence_id});
            }
            if (!check.flag.empty() && inline_button(context, "check.leave." + key, at, line, "Leave open", plain))
                actions.push_back(action::DismissCheck{check.sentence_id, check.flag});
        } else {
            ButtonLook right = quiet;
            right.icon = Icon::check;
            if (inline_button(context, "check.right." + key, at, line, "Right", right))
                actions.push_back(action::AcceptFlag{check.sentence_id, check.flag});
        }
    }
    if (hears && hear_fits(at)) {
        ButtonLook hear = plain;
        hear.icon = Icon::play;
        if (inline_button(context, "check.hear." + key, at, line, "Hear it", hear)) {
            if (omission) actions.push_back(action::PlayFrom{check.start_ms, check.end_ms});
            else actions.push_back(action::SelectSentence{check.sentence_id, true});
        }
    }
    y = box.bottom() + 10;
}

} // namespace

Actions draw_checks(const State& state, UiContext& context, Rect rect)
{
    Actions actions;
    const auto& colors = context.colors();
    const Rect inside = rect.inset(measure::gutter, 0);
    const TextStyle heading = context.scaled(text_style::secondary_strong);
    const float head = 48;
    const bool signed_off = state.visit.summary.state == VisitState::signed_off;
    draw_line(context, signed_off ? "Signed" : "Check before signing", text_style::secondary_strong, inside.x, rect.y + (head - heading.line_px) / 2, colors.ink2);
    ScrollArea scroll(context, "checks", {rect.x, rect.y + head, rect.width, rect.height - head});
    float y = scroll.top() + 1;
    auto checks = open_checks(state.visit.note, state.visit.transcript);
    std::stable_partition(checks.begin(), checks.end(), [](const Check& check) { return check.blocks_signing; });
    const bool any_sentence = std::any_of(state.visit.note.sections.begin(), state.visit.note.sections.end(),
        [](const NoteSection& section) { return !section.sentences.empty(); });
    if (signed_off) {
        const float text = paragraph_height(context, "The note is closed for changes.", text_style::card, inside.width - 34);
        const ButtonLook reopen{.kind = ButtonKind::quiet, .small = true};
        const Rect box{inside.x, y, inside.width, 17 + text + 12 + button_height(context, reopen) + 17};
        card(context, box);
        draw_paragraph(context, "The note is closed for changes.", text_style::card, box.x + 17, box.y + 17, box.width - 34, colors.ink2);
        float x = box.x + 17;
        if (inline_button(context, "review.reopen", x, box.y + 17 + text + 12, "Open for changes", reopen)) actions.push_back(action::ReopenNote{});
        y = box.bottom() + 10;
    } else if (checks.empty()) {
        const char* words = state.note_writing ? "The note is still being written."
            : !any_sentence ? "There is nothing to sign: the note is empty." : "Nothing left to check. Read the note once more, then sign.";
        const float text = paragraph_height(context, words, text_style::card, inside.width - 34 - 30);
        const Rect box{inside.x, y, inside.width, text + 34};
        card(context, box);
        draw_icon(context, any_sentence ? Icon::circle_check : Icon::info, context.text(20), box.x + 27, box.y + 17 + context.text(10), any_sentence ? colors.ok : colors.ink3);
        draw_paragraph(context, words, text_style::card, box.x + 47, box.y + 17, box.width - 34 - 30, colors.ink2);
        y = box.bottom() + 10;
    } else {
        for (const Check& check : checks) draw_check(state, context, check, inside.x, y, inside.width, actions);
    }
    scroll.end(y + 14);
    return actions;
}

} // namespace chartside::ui
