// What was said: who, when, and the words, of which those that a selected sentence rests on are lit.
#include "ui/panels.h"
#include "ui/text_layout.h"

#include "domain/clock_text.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace chartside::ui {

namespace {

constexpr float text_indent = 52;

struct Lit {
    int start, end;
};

const Sentence* find_sentence(const Note& note, const std::string& id)
{
    if (id.empty()) return nullptr;
    for (const auto& section : note.sections)
        for (const auto& sentence : section.sentences)
            if (sentence.id == id) return &sentence;
    return nullptr;
}

// A path along `corners` (clockwise, each edge level or upright) with its corners rounded.
void trace(ImDrawList& list, const std::vector<ImVec2>& corners)
{
    constexpr float radius = 5;
    const size_t count = corners.size();
    for (size_t i = 0; i < count; ++i) {
        const ImVec2 before = corners[(i + count - 1) % count], corner = corners[i], after = corners[(i + 1) % count];
        const auto towards = [&](ImVec2 other) {
            const float length = std::fabs(other.x - corner.x) + std::fabs(other.y - corner.y);
            const float step = length > 0 ? std::min(radius, length / 2) / length : 0;
            return ImVec2{corner.x + (other.x - corner.x) * step, corner.y + (other.y - corner.y) * step};
        };
        list.PathLineTo(towards(before));
        list.PathBezierQuadraticCurveTo(corner, towards(after), 4);
    }
}

// Tints the lines of a span and draws one outline around all of them, so that they read as one thing.
void draw_lit(UiContext& context, std::vector<Rect> lines)
{
    constexpr float small_step = 10; // ends that differ by less are drawn as one straight edge
    for (size_t l = 1; l < lines.size(); ++l)
        if (std::fabs(lines[l].right() - lines[l - 1].right()) < small_step) lines[l].width = std::max(lines[l].right(), lines[l - 1].right()) - lines[l].x;
    for (size_t l = lines.size(); l-- > 1;)
        if (std::fabs(lines[l].right() - lines[l - 1].right()) < small_step) lines[l - 1].width = lines[l].right() - lines[l - 1].x;
    const auto& colors = context.colors();
    for (size_t first = 0, end = 0; first < lines.size(); first = end) {
        // Lines that do not touch, the end of one and the beginning of the next, get an outline each.
        for (end = first + 1; end < lines.size() && lines[end].right() > lines[end - 1].x + 2 * small_step; ++end) {}
        std::vector<ImVec2> corners;
        for (size_t l = first; l < end; ++l) {
            const bool same = l > first && lines[l].right() == lines[l - 1].right();
            if (same) corners.pop_back();
            else corners.push_back({lines[l].right(), lines[l].y});
            corners.push_back({lines[l].right(), lines[l].bottom()});
        }
        for (size_t l = end; l-- > first;) {
            const bool same = l + 1 < end && lines[l].x == lines[l + 1].x;
            if (same) corners.pop_back();
            else corners.push_back({lines[l].x, lines[l].bottom()});
            corners.push_back({lines[l].x, lines[l].y});
        }
        trace(*context.list, corners);
        context.list->PathFillConcave(packed_color(colors.accent_tint));
        trace(*context.list, corners);
        context.list->PathStroke(packed_color(colors.accent), 1.25f, ImDrawFlags_Closed);
    }
}

struct SegmentDrawing {
    UiContext& context;
    const State& state;
    Actions& actions;
    float x, width; // of the text column

    float draw(const Segment& segment, float time_x, float top, const std::vector<Lit>& lit, Rect view, bool& lit_shown,
        float& lit_top, float& lit_bottom)
    {
        const auto& colors = context.colors();
        const TextStyle label = context.scaled(text_style::label_strong), style = context.scaled(text_style::body);
        const auto& metrics = context.fonts.metrics(style.weight);
        const Advance advance = [&](char32_t c) { return metrics.advance(c, style.em_px); };
        const auto layout = lay_out_text(segment.text, width, advance);
        const float text_top = top + label.line_px + 2;
        const float height = label.line_px + 2 + static_cast<float>(layout.lines.size()) * style.line_px;
        if (!lit.empty()) {
            const int first = layout.line_of(static_cast<size_t>(std::max(0, lit.front().start)));
            if (!lit_shown) lit_top = text_top + static_cast<float>(first) * style.line_px;
            lit_bottom = top + height;
            lit_shown = true;
        }
        if (top + height < view.y - 40 || top > view.bottom() + 40) return height;

        draw_line(context, position_time(segment.start_ms), text_style::secondary, time_x, top, colors.ink3);
        const bool patient = segment.role == Role::patient;
        draw_line(context, role_name(segment.role), text_style::label_strong, x, top, patient ? colors.hand : colors.ink2);

        for (const Lit& span : lit) {
            const int from = layout.line_of(static_cast<size_t>(span.start));
            const int to = layout.line_of(static_cast<size_t>(std::max(span.start, span.end - 1)));
            std::vector<Rect> lines;
            for (int l = from; l <= to; ++l) {
                const auto& line = layout.lines[static_cast<size_t>(l)];
                const float left = (l == from ? layout.x_px[static_cast<size_t>(span.start)] : line.x_px) - 3;
                const float right = 3 + (l == to ? layout.right_edge(segment.text, line, static_cast<size_t>(span.end), advance)
                                                 : line.x_px + line.width_px);
                lines.push_back({context.snap(x + left), text_top + static_cast<float>(l) * style.line_px, context.snap(right - left), style.line_px});
            }
            draw_lit(context, std::move(lines));
        }
        draw_words(segment, layout, advance, text_top, style, lit);
        for (size_t l = 0; l < layout.lines.size(); ++l) {
            const auto& line = layout.lines[l];
            const float y = text_top + static_cast<float>(l) * style.line_px;
            context.fonts.draw(*context.list, std::string_view(segment.text).substr(line.start, line.end - line.start),
                style, x, context.fonts.baseline(style, y), colors.ink);
        }
        return height;
    }

    // Every word can be tapped; the one that sounds now is underlined.
    void draw_words(const Segment& segment, const TextLayout& layout, const Advance& advance, float text_top,
        const TextStyle& style, const std::vector<Lit>& lit)
    {
        const auto& colors = context.colors();
        const ImGuiWindow* window = ImGui::GetCurrentWindow();
        for (size_t w = 0; w < segment.words.size(); ++w) {
            const Word& word = segment.words[w];
            if (word.start_char < 0 || word.end_char <= word.start_char || word.end_char > static_cast<int>(segment.text.size()))
                continue;
            const size_t start = static_cast<size_t>(word.start_char);
            const int l = layout.line_of(start);
            const auto& line = layout.lines[static_cast<size_t>(l)];
            const float left = layout.x_px[start];
            const float right = layout.right_edge(segment.text, line, std::min(line.end, static_cast<size_t>(word.end_char)), advance);
            const Rect rect{x + left - 2, text_top + static_cast<float>(l) * style.line_px, right - left + 4, style.line_px};
            if (rect.bottom() < window->ClipRect.Min.y || rect.y > window->ClipRect.Max.y) continue;
            const std::string id = "word." + segment.id + "." + std::to_string(w);
            const bool is_lit = std::ranges::any_of(lit, [&](const Lit& span) { return word.start_char >= span.start && word.start_char < span.end; });
            ImGui::PushItemFlag(ImGuiItemFlags_NoNav, true);
            const auto touch = interact(context, id, rect, "button",
                std::string_view(segment.text).substr(start, static_cast<size_t>(word.end_char) - start), true, is_lit);
            ImGui::PopItemFlag();
            if (touch.clicked) actions.push_back(action::SelectWord{segment.id, static_cast<int>(w)});
            const bool sounds = state.playback.playing && state.playback.position_ms >= word.start_ms &&
                state.playback.position_ms < word.end_ms;
            const bool chosen = state.selection.segment_id == segment.id && state.selection.word_index == static_cast<int>(w);
            if (touch.hovered || chosen)
                fill(context, rect, colors.accent.with_alpha(chosen ? 0.18f : 0.1f), 4);
            if (sounds) fill(context, {x + left, rect.bottom() - 3, right - left, 2}, colors.accent);
        }
    }
};

} // namespace

Actions draw_transcript(const State& state, UiContext& context, Rect rect, const TranscriptLook& look)
{
    Actions actions;
    const auto& colors = context.colors();
    fill(context, rect, colors.sunken);
    Rect inside = rect.inset(measure::gutter, 0);
    const TextStyle heading = context.scaled(text_style::secondary_strong);
    const float head = *look.title ? std::max(48.0f, heading.line_px + 20) : 8;
    draw_line(context, look.title, text_style::secondary_strong, inside.x, rect.y + (head - heading.line_px) / 2, colors.ink2);
    const auto& segments = state.visit.transcript.segments;
    if (!look.live && segments.size() > 1 && state.visit.summary.state != VisitState::signed_off) {
        const ButtonLook swap{.kind = ButtonKind::plain, .icon = Icon::swap, .small = true};
        const float width = button_width(context, "Swap speakers", swap);
        const bool fits = width + text_width(context, look.title, text_style::secondary_strong) + 12 < inside.width;
        const Rect place{inside.right() + 10 - width, rect.y + (head - measure::touch) / 2, width, measure::touch};
        if (fits ? button(context, "transcript.swap", place, "Swap speakers", swap)
                 : icon_button(context, "transcript.swap", inside.right() - 12, rect.y + head / 2, Icon::swap, "Swap speakers"))
            actions.push_back(action::SwapRoles{});
    }

    const Rect view{rect.x, rect.y + head, rect.width, rect.height - head};
    ScrollArea scroll(context, look.scroll_id, view, look.live);
    float y = scroll.top() + 8;
    const float indent = std::max(text_indent, text_width(context, "00:00 ", text_style::secondary) + 12);
    SegmentDrawing drawing{context, state, actions, inside.x + indent, inside.width - indent};
    const Sentence* selected = look.live ? nullptr : find_sentence(state.visit.note, state.selection.sentence_id);
    bool lit_shown = false;
    float lit_top = 0, lit_bottom = 0;
    const float gap = context.text(14);
    size_t mark = 0;
    const auto& marks = state.visit.marks;
    const auto draw_marks_until = [&](double ms) {
        for (; mark < marks.size() && marks[mark].at_ms <= ms; ++mark) {
            const float size = context.text(14);
            draw_icon(context, Icon::flag, size, inside.x + indent + size / 2, y + 1 + context.text(8), colors.warn);
            draw_line(context, "Marked " + position_time(marks[mark].at_ms), text_style::label, inside.x + indent + size + 6, y + 1, colors.warn);
            y += context.text(18) + gap;
        }
    };
    for (const Segment& segment : segments) {
        draw_marks_until(segment.start_ms);
        std::vector<Lit> lit;
        if (selected)
            for (const Evidence& evidence : selected->evidence)
                if (evidence.segment_id == segment.id && evidence.start_char >= 0 && evidence.end_char > evidence.start_char &&
                    evidence.end_char <= static_cast<int>(segment.text.size()))
                    lit.push_back({evidence.start_char, evidence.end_char});
        y += drawing.draw(segment, inside.x, y, lit, view, lit_shown, lit_top, lit_bottom) + gap;
    }
    draw_marks_until(1e18);
    if (look.live && !state.recorder.partial_text.empty()) {
        draw_line(context, position_time(state.recorder.partial_start_ms), text_style::secondary, inside.x, y, colors.ink3);
        const float label = context.scaled(text_style::label_strong).line_px + 2;
        draw_line(context, state.recorder.status == RecorderStatus::recording ? "Listening" : "Not finished", text_style::label_strong, inside.x + indent, y, colors.ink3);
        describe(context, "record.partial", {inside.x + indent, y, inside.width - indent, 40}, "status", state.recorder.partial_text);
        y += label + draw_paragraph(context, state.recorder.partial_text, text_style::body, inside.x + indent, y + label, inside.width - indent, colors.ink3) + gap;
    }
    if (segments.empty() && (!look.live || state.recorder.partial_text.empty())) {
        if (look.live) y += draw_paragraph(context, look.nothing, text_style::body, inside.x, y, inside.width, colors.ink3);
        else if (listened_to(state.visit.summary)) y += 48 + empty_state(context, {inside.x, y + 48, inside.width, 0}, Icon::ear, "Nothing was heard", look.nothing);
        else y += 48 + empty_state(context, {inside.x, y + 48, inside.width, 0}, Icon::ear, "Not listened to yet", "What was said is kept as sound. Its words appear here once it has been listened to.");
    }
    scroll.end(y + 24);

    const std::string key = std::string(look.scroll_id) + state.selection.sentence_id;
    if (!look.live && selected && lit_shown && context.shown_sentence != key) {
        scroll.reveal(lit_top - 40, lit_bottom);
        context.shown_sentence = key;
    }
    return actions;
}

} // namespace chartside::ui
