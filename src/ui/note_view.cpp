// The note: sentences that flow as prose, each underlined by where it comes from. Solid teal is from the visit,
// dotted violet the physician's own hand; the selected one is tinted. The sentence that is being typed is left
// out here: the native field draws it, and the rest flows around what it holds.
#include "ui/panels.h"
#include "ui/text_layout.h"

#include "domain/checks.h"
#include "domain/clock_text.h"
#include "domain/plain_note.h"
#include "domain/word_diff.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>

namespace chartside::ui {

namespace {

struct Part {
    const Sentence* sentence = nullptr; // null: the new sentence that is being typed
    size_t start = 0, end = 0;          // in the flow
    bool edited_now = false;
};

struct FlagBox {
    const Sentence* sentence;
    std::string words;
};

// A section's sentences as one flow of text, with the chips that stand behind flagged ones.
struct Flow {
    std::string text;
    std::vector<Part> parts;
    std::vector<InlineBox> boxes;
    std::vector<FlagBox> flags;
};

constexpr float chip_gap = 5, chip_padding = 8;

Flow flow_of(const State& state, UiContext& context, const NoteSection& section)
{
    Flow flow;
    const auto& editing = state.editing;
    const TextStyle chip_style{16, 26, 500};
    const auto add = [&](const std::string& text, const Sentence* sentence, bool edited_now, bool new_line) {
        if (!flow.text.empty()) flow.text += new_line ? '\n' : ' ';
        Part part{sentence, flow.text.size(), 0, edited_now};
        flow.text += text;
        part.end = flow.text.size();
        flow.parts.push_back(part);
    };
    for (const Sentence& sentence : section.sentences) {
        const bool edited_now = editing.active && editing.sentence_id == sentence.id;
        add(edited_now ? editing.text : sentence.text, &sentence, edited_now, starts_line(sentence));
        if (edited_now) continue;
        for (const std::string& flag : sentence.flags) {
            const std::string words = flag_chip(flag);
            flow.boxes.push_back({flow.text.size(), chip_gap + text_width(context, words, chip_style) + 2 * chip_padding});
            flow.flags.push_back({&sentence, words});
        }
    }
    if (editing.active && editing.sentence_id.empty() && editing.section_id == section.id)
        add(editing.text, nullptr, true, false);
    return flow;
}

class SectionDrawing {
public:
    SectionDrawing(const State& state, UiContext& context, Actions& actions, const NoteSection& section, Rect column,
        const NoteLook& look)
        : m_state(state), m_context(context), m_actions(actions), m_section(section), m_column(column), m_look(look),
          m_style(context.scaled(text_style::note)), m_flow(flow_of(state, context, section))
    {
        const auto& metrics = context.fonts.metrics(m_style.weight);
        const float em = m_style.em_px;
        m_advance = [&metrics, em](char32_t c) { return metrics.advance(c, em); };
        m_layout = lay_out_text(m_flow.text, column.width, m_advance, 0, m_flow.boxes);
    }

    float height() const { return static_cast<float>(m_layout.lines.size()) * m_style.line_px; }

    void draw(float top)
    {
        m_top = top;
        for (const Part& part : m_flow.parts) {
            if (part.edited_now) place_native_field(part);
            else draw_part(part);
        }
        for (size_t i = 0; i < m_flow.flags.size(); ++i) draw_flag(i);
    }

    /// The screen's span of the selected sentence, when it is in this section.
    bool selected_span(float& top, float& bottom) const
    {
        for (const Part& part : m_flow.parts) {
            if (!part.sentence || part.sentence->id != m_state.selection.sentence_id) continue;
            top = line_top(m_layout.line_of(part.start));
            bottom = line_top(m_layout.line_of(part.end > part.start ? part.end - 1 : part.start)) + m_style.line_px;
            return true;
        }
        return false;
    }

private:
    float line_top(int line) const { return m_top + static_cast<float>(line) * m_style.line_px; }

    // Calls `each(line, left, right, start, end)` for every line that the bytes [start, end) touch.
    template <typename Each>
    void for_lines(size_t start, size_t end, Each each) const
    {
        if (end <= start) return;
        const int first = m_layout.line_of(start), last = m_layout.line_of(end - 1);
        for (int l = first; l <= last; ++l) {
            const auto& line = m_layout.lines[static_cast<size_t>(l)];
            const size_t from = std::max(start, line.start), to = std::min(end, line.end);
            const float left = m_layout.x_px[from], right = m_layout.right_edge(m_flow.text, line, to, m_advance);
            if (right > left) each(l, left, right, from, to);
        }
    }

    void underline(size_t start, size_t end, Color color, bool dotted)
    {
        for_lines(start, end, [&](int l, float left, float right, size_t, size_t) {
            const float y = m_context.fonts.baseline(m_style, line_top(l)) + std::round(m_style.em_px * 0.32f);
            if (!dotted) {
                fill(m_context, {m_column.x + left, y, right - left, 2}, color);
                return;
            }
            for (float x = left; x + 2 <= right + 1; x += 4) fill(m_context, {m_column.x + x, y, 2, 2}, color);
        });
    }

    void draw_part(const Part& part)
    {
        const auto& colors = m_context.colors();
        const Sentence& sentence = *part.sentence;
        const bool selected = m_look.editable && m_state.selection.sentence_id == sentence.id;
        bool hovered = false, clicked = false, focused = false;
        size_t clicked_at = part.end;
        int fragment = 0;
        for_lines(part.start, part.end, [&](int l, float left, float right, size_t from, size_t to) {
            const Rect rect{m_column.x + left - 2, line_top(l), right - left + 4, m_style.line_px};
            const std::string id = "sentence." + sentence.id + (fragment ? "+" + std::to_string(fragment) : "");
            if (!m_look.editable) {
                describe(m_context, id, rect, "text", sentence.text);
                ++fragment;
                return;
            }
            if (fragment) ImGui::PushItemFlag(ImGuiItemFlags_NoNav, true);
            const auto touch = interact(m_context, id, rect, "listitem", sentence.text, true, selected);
            if (fragment) ImGui::PopItemFlag();
            ++fragment;
            hovered |= touch.hovered;
            focused |= touch.focused;
            if (touch.clicked) {
                clicked = true;
                clicked_at = byte_at(ImGui::GetIO().MousePos.x - m_column.x, from, to);
            }
        });
        if (clicked) {
            if (!selected) {
                m_actions.push_back(action::SelectSentence{sentence.id, true});
            } else if (m_state.visit.summary.state != VisitState::signed_off) {
                m_context.edit_caret = static_cast<int>(clicked_at - part.start);
                m_actions.push_back(action::BeginEdit{m_section.id, sentence.id});
            }
        }

        if (selected || hovered) {
            const Color tint = sentence.origin == Origin::hand ? colors.hand_tint : colors.accent_tint;
            for_lines(part.start, part.end, [&](int l, float left, float right, size_t, size_t) {
                fill(m_context, {m_column.x + left, line_top(l) + 2, right - left, m_style.line_px - 2},
                    selected ? tint : tint.with_alpha(0.5f));
            });
        }
        const Color from_visit = selected ? colors.accent : colors.accent.with_alpha(colors.dark ? 0.5f : 0.36f);
        if (sentence.origin == Origin::hand) {
            underline(part.start, part.end, colors.hand, true);
        } else if (sentence.origin == Origin::edited) {
            // Words that were changed are the physician's; the others still rest on what was said.
            std::vector<TextSpan> own;
            if (sentence.drafted_text.empty()) own.push_back({0, static_cast<int>(sentence.text.size())});
            else own = changed_words(sentence.drafted_text, sentence.text);
            size_t at = part.start;
            for (const TextSpan& span : own) {
                const size_t start = part.start + static_cast<size_t>(span.start), end = part.start + static_cast<size_t>(span.end);
                if (start > at) underline(at, start, from_visit, false);
                underline(start, end, colors.hand, true);
                at = end;
            }
            if (at < part.end) underline(at, part.end, from_visit, false);
        } else {
            underline(part.start, part.end, from_visit, false);
        }
        for_lines(part.start, part.end, [&](int l, float left, float, size_t from, size_t to) {
            m_context.fonts.draw(*m_context.list, std::string_view(m_flow.text).substr(from, to - from), m_style,
                m_column.x + left, m_context.fonts.baseline(m_style, line_top(l)), colors.ink);
        });
        if (focused)
            for_lines(part.start, part.end, [&](int l, float left, float right, size_t, size_t) {
                stroke(m_context, {m_column.x + left - 3, line_top(l), right - left + 6, m_style.line_px}, colors.accent, 4, 2);
            });
    }

    size_t byte_at(float x, size_t from, size_t to) const
    {
        for (size_t i = from; i < to;) {
            size_t next = i;
            const float width = m_advance(next_code_point(m_flow.text, next));
            if (x < m_layout.x_px[i] + width / 2) return i;
            i = next;
        }
        return to;
    }

    void draw_flag(size_t index)
    {
        const auto& colors = m_context.colors();
        const auto& box = m_flow.boxes[index];
        const auto& flag = m_flow.flags[index];
        const float top = line_top(m_layout.box_line[index]);
        const float gap = m_layout.box_x_px[index] > 0 ? chip_gap : 0; // none at the beginning of a line
        const Rect rect{m_column.x + m_layout.box_x_px[index] + gap, top + 3, box.width_px - chip_gap, m_style.line_px - 4};
        const std::string id = "flag." + flag.sentence->id + "." + std::to_string(index);
        const auto touch = interact(m_context, id, rect, "button", flag.words, m_look.editable);
        fill(m_context, rect, mix(colors.warn_tint, colors.warn, touch.hovered || touch.held ? 0.18f : 0.0f), 5);
        draw_line(m_context, flag.words, {16, 26, 500}, rect.x + chip_padding, top, colors.warn);
        if (touch.focused) focus_ring(m_context, rect, 5);
        if (touch.clicked) {
            m_actions.push_back(action::SelectSentence{flag.sentence->id, false});
            m_context.checks_open = true;
            m_context.review_tab = ReviewTab::checks;
        }
    }

    void place_native_field(const Part& part)
    {
        const auto& colors = m_context.colors();
        const int first = m_layout.line_of(part.start);
        const int last = m_layout.line_of(part.end > part.start ? part.end - 1 : part.start);
        const float top = line_top(first);
        const float lines = static_cast<float>(last - first + 1);
        NativeField native;
        native.id = "note.edit." + m_state.editing.section_id + "." + m_state.editing.sentence_id;
        native.text = m_state.editing.text;
        native.caret = m_context.edit_caret;
        native.place = {.x = m_column.x, .y = top, .width = m_column.width, .height = lines * m_style.line_px,
            .font_px = m_style.em_px, .line_height_px = m_style.line_px, .indent_px = m_layout.x_px[part.start],
            .weight = m_style.weight, .multiline = true, .password = false, .dark = colors.dark,
            .ink = css_color(colors.ink), .background = "", .caret_color = css_color(colors.hand),
            .label = "Sentence of " + m_section.title, .placeholder = part.sentence ? "" : "Type a sentence"};
        // A soft ground shows what is being typed without moving a letter of it.
        for_lines(part.start, part.end, [&](int l, float left, float right, size_t, size_t) {
            fill(m_context, {m_column.x + left - 2, line_top(l) + 1, right - left + 4, m_style.line_px - 1}, colors.hand_tint, 3);
        });
        underline(part.start, part.end, colors.hand, true);
        keep_field_in_view(m_context, {m_column.x, top, m_column.width, lines * m_style.line_px}, native);
        m_context.native_field = std::move(native);
        m_context.elements.push_back({"note.edit", "textbox", "Sentence of " + m_section.title,
            {m_column.x, top, m_column.width, lines * m_style.line_px}, true, true, true});
    }

    const State& m_state;
    UiContext& m_context;
    Actions& m_actions;
    const NoteSection& m_section;
    Rect m_column;
    const NoteLook& m_look;
    TextStyle m_style;
    Flow m_flow;
    Advance m_advance;
    TextLayout m_layout;
    float m_top = 0;
};

void count_origins(const Note& note, int& from_visit, int& all)
{
    for (const auto& section : note.sections)
        for (const auto& sentence : section.sentences) {
            ++all;
            from_visit += sentence.origin != Origin::hand;
        }
}

const Sentence* find_selected(const State& state, const NoteSection*& in)
{
    for (const auto& section : state.visit.note.sections)
        for (const auto& sentence : section.sentences)
            if (sentence.id == state.selection.sentence_id) {
                in = &section;
                return &sentence;
            }
    return nullptr;
}

// What can be done with the selected sentence, at the foot of the column where a thumb reaches it.
void draw_sentence_bar(const State& state, UiContext& context, Rect bar, Actions& actions)
{
    const auto& colors = context.colors();
    fill(context, bar, colors.surface);
    hairline(context, bar.x, bar.y, bar.right(), bar.y, colors.line);
    float x = bar.x + measure::gutter;
    const float y = bar.y + 8;
    const ButtonLook quiet{.kind = ButtonKind::quiet, .small = true};
    if (state.editing.active) {
        ButtonLook done{.kind = ButtonKind::primary, .icon = Icon::check, .small = true};
        if (inline_button(context, "edit.done", x, y, "Done", done)) actions.push_back(action::CommitEdit{});
        if (inline_button(context, "edit.cancel", x, y, "Cancel", {.kind = ButtonKind::plain, .small = true}))
            actions.push_back(action::CancelEdit{});
        return;
    }
    const NoteSection* section = nullptr;
    const Sentence* sentence = find_selected(state, section);
    if (!sentence) return;
    const bool heard = sentence->end_ms > sentence->start_ms, may_edit = state.visit.summary.state != VisitState::signed_off;
    const bool playing = state.playback.playing;
    const std::string hear_label = playing ? "Stop" : "Hear " + position_time(sentence->start_ms);
    ButtonLook hear = quiet, edit = quiet, remove{.kind = ButtonKind::plain, .icon = Icon::trash, .small = true};
    hear.icon = playing ? Icon::square : Icon::play;
    edit.icon = Icon::pencil;
    const float needed = button_width(context, hear_label, hear) + button_width(context, "Edit", edit) + button_width(context, "Remove", remove) + 16;
    if (needed > bar.width - 2 * measure::gutter) hear.icon = edit.icon = remove.icon = Icon::none;
    if (heard && inline_button(context, "sentence.hear", x, y, hear_label, hear)) {
        if (playing) actions.push_back(action::StopPlayback{});
        else actions.push_back(action::PlayFrom{sentence->start_ms, sentence->end_ms});
    }
    if (!may_edit) return;
    if (inline_button(context, "sentence.edit", x, y, "Edit", edit)) {
        context.edit_caret = -1;
        actions.push_back(action::BeginEdit{section->id, sentence->id});
    }
    if (inline_button(context, "sentence.delete", x, y, "Remove", remove))
        actions.push_back(action::DeleteSentence{sentence->id});
}

// Above the note: its title, how much of it rests on the visit, and what leads to the checks.
void draw_head(const State& state, UiContext& context, Rect head, const NoteLook& look, Actions& actions)
{
    const TextStyle heading = context.scaled(text_style::secondary_strong);
    const float chip_y = std::round(head.center_y() - chip_height(context) / 2);
    const bool signed_off = state.visit.summary.state == VisitState::signed_off;
    float left = head.x, right = head.right();
    if (*look.title) left += 12 + draw_line(context, look.title, text_style::secondary_strong, head.x, head.center_y() - heading.line_px / 2, context.colors().ink2);
    if (!look.editable) return;
    if (look.tools_in_head) {
        right += 10; // the icons line up with those of the sections
        if (icon_button(context, "review.copy", right - measure::touch / 2, head.center_y(), Icon::copy, "Copy the note", !state.visit.note.sections.empty()))
            actions.push_back(action::CopyNote{});
        right -= measure::touch;
        if (!signed_off) {
            if (icon_button(context, "review.undo", right - measure::touch / 2, head.center_y(), Icon::undo, "Undo the last change", state.undo_count > 0))
                actions.push_back(action::Undo{});
            right -= measure::touch;
        }
    }
    if (look.checks_in_sheet) {
        const auto checks = open_checks(state.visit.note, state.visit.transcript);
        const std::string label = signed_off ? "Change" : checks.empty() ? "Checks" : std::to_string(checks.size()) + " to check";
        const ChipTone tone = !signed_off && blocking_count(checks) > 0 ? ChipTone::warn : ChipTone::neutral;
        right -= chip_width(context, label, Icon::chevron_right);
        if (chip_button(context, "review.checks", right, chip_y, label, tone, Icon::chevron_right)) context.checks_open = true;
        right -= 8;
    }
    int from_visit = 0, all = 0;
    count_origins(state.visit.note, from_visit, all);
    const std::string label = std::to_string(from_visit) + " of " + std::to_string(all) + " from the visit";
    const float width = chip_width(context, label, Icon::link);
    if (all > 0 && left + width <= right)
        chip(context, "note.grounded", *look.title ? right - width : left, chip_y, label, ChipTone::accent, Icon::link);
}

} // namespace

Actions draw_note(const State& state, UiContext& context, Rect rect, const NoteLook& look)
{
    Actions actions;
    const auto& colors = context.colors();
    fill(context, rect, colors.surface);
    const TextStyle heading = context.scaled(text_style::secondary_strong);
    const float head = *look.title || look.editable ? std::max(48.0f, heading.line_px + 20) : 0;
    const Rect inside = rect.inset(measure::gutter, 0);
    draw_head(state, context, {inside.x, rect.y, inside.width, head}, look, actions);

    Rect view{rect.x, rect.y + head, rect.width, rect.height - head};
    const bool bar_shown = look.editable && (state.editing.active || !state.selection.sentence_id.empty());
    Rect bar;
    if (bar_shown) bar = view.cut_bottom(std::round(button_height(context, {.small = true})) + 16);
    const bool may_edit = look.editable && state.visit.summary.state != VisitState::signed_off;
    {
        ScrollArea scroll(context, look.scroll_id, view);
        // Prose is read best in lines of at most about 75 letters.
        const Rect column{inside.x, 0, std::min(inside.width, context.text(680)), 0};
        float y = scroll.top() + (look.editable ? 16 : 24);
        bool any = false;
        for (const NoteSection& section : state.visit.note.sections) {
            const bool being_added = state.editing.active && state.editing.section_id == section.id;
            if (section.sentences.empty() && !being_added && !may_edit) continue;
            any = true;
            const float line = context.scaled(text_style::secondary_strong).line_px;
            draw_line(context, section.title, text_style::secondary_strong, column.x, y, colors.ink2);
            describe(context, "section." + section.id, {column.x, y, 200, line}, "text", section.title);
            if (may_edit) {
                const float reach = y + line / 2;
                if (icon_button(context, "section.copy." + section.id, inside.right() - 12, reach, Icon::copy,
                        "Copy " + section.title, !section.sentences.empty(), 18))
                    actions.push_back(action::CopySection{section.id});
                if (icon_button(context, "section.add." + section.id, inside.right() - 12 - measure::touch, reach, Icon::plus,
                        "Add a sentence to " + section.title, true, 18)) {
                    context.edit_caret = -1;
                    actions.push_back(action::BeginEdit{section.id, ""});
                }
            }
            y += line + context.text(6);
            SectionDrawing drawing(state, context, actions, section, column, look);
            if (section.sentences.empty() && !being_added) {
                y += draw_paragraph(context, "Nothing written here.", text_style::card, column.x, y, column.width, colors.ink3);
            } else {
                drawing.draw(y);
                float top = 0, bottom = 0;
                if (look.editable && context.shown_in_note != state.selection.sentence_id && drawing.selected_span(top, bottom)) {
                    scroll.reveal(top, bottom);
                    context.shown_in_note = state.selection.sentence_id;
                }
                y += drawing.height();
            }
            y += context.text(18);
        }
        if (!any) {
            const char* words = state.note_writing ? "Writing the note from what was heard …"
                                                   : "The note grows here while the visit goes on. Only what was said is written.";
            if (state.note_writing || !look.editable) y += draw_paragraph(context, words, text_style::body, column.x, y, column.width, colors.ink3);
            else y += 40 + empty_state(context, {column.x, y + 40, column.width, 0}, Icon::file_text, "There is no note",
                listened_to(state.visit.summary) ? "Nothing that was said supports a sentence, and nothing is made up."
                                                 : "It is written when the visit has been listened to.");
        }
        scroll.end(y + 24);
    }
    if (bar_shown) draw_sentence_bar(state, context, bar, actions);
    return actions;
}

} // namespace chartside::ui
