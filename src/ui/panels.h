// The panels, one a file. Each draws the state and returns what was asked for; none changes it. Main thread,
// inside a frame.
#pragma once

#include "domain/action.h"
#include "domain/state.h"
#include "ui/kit.h"
#include "ui/ui_context.h"

namespace chartside::ui {

// Whole screens, in the canvas without a rail.
Actions draw_blocked(const State& state, UiContext& context);
Actions draw_starting(const State& state, UiContext& context);
Actions draw_welcome(const State& state, UiContext& context);
Actions draw_unlock(const State& state, UiContext& context);
Actions draw_keys(const State& state, UiContext& context);

// The shell and what lies in it.
Actions draw_rail(const State& state, UiContext& context, const ShellLayout& shell);
Actions draw_today(const State& state, UiContext& context, const ShellLayout& shell);
Actions draw_notes(const State& state, UiContext& context, const ShellLayout& shell);
Actions draw_set_up(const State& state, UiContext& context, const ShellLayout& shell);
Actions draw_record(const State& state, UiContext& context, const ShellLayout& shell);
Actions draw_review(const State& state, UiContext& context, const ShellLayout& shell);
Actions draw_transcribing(const State& state, UiContext& context, const ShellLayout& shell);

// Parts of Record and Review.
struct TranscriptLook {
    const char* scroll_id = "transcript";
    const char* title = "Transcript";
    const char* nothing = "There is no speech in this visit’s audio. Look at the microphone in Set-up before the next visit.";
    bool live = false; // follows the end and shows the caption that may still change
};
Actions draw_transcript(const State& state, UiContext& context, Rect rect, const TranscriptLook& look);
struct NoteLook {
    const char* scroll_id = "note";
    const char* title = "Note · SOAP";
    bool editable = true;
    bool checks_in_sheet = false; // a chip opens them
    bool tools_in_head = false;   // Undo and Copy stand here, not in the screen's header
};
Actions draw_note(const State& state, UiContext& context, Rect rect, const NoteLook& look);
Actions draw_checks(const State& state, UiContext& context, Rect rect);

// Above everything.
Actions draw_new_visit(const State& state, UiContext& context);
Actions draw_notice(const State& state, UiContext& context);

/// Everything, by screen.
Actions draw_all(const State& state, UiContext& context);

// Words shared by panels.
std::string patient_title(const VisitSummary& visit); // "R. Alvarez, 58 F"
bool listened_to(const VisitSummary& visit); // false while its sound is only kept
/// The chip that tells how far a visit is; the label is empty where there is nothing to say.
struct ChipWords {
    std::string label;
    ChipTone tone = ChipTone::neutral;
    Icon icon = Icon::none;
};
ChipWords visit_chip(const State& state, const VisitSummary& visit);
/// A visit in a list: its name and facts, a time before them unless empty, its chip at the right. True when tapped;
/// moves `y` below itself and its line.
bool visit_row(UiContext& context, const State& state, const VisitSummary& visit, const std::string& id,
    const std::string& time, const std::string& name, const std::string& facts, float x, float& y, float width);
void append(Actions& actions, Actions more);

} // namespace chartside::ui
