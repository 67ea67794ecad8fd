// Which panels the state calls for, and the few words that several of them share.
#include "ui/panels.h"

#include "domain/checks.h"

namespace chartside::ui {

std::string patient_title(const VisitSummary& visit)
{
    std::string title = visit.patient.name.empty() ? "Unnamed patient" : visit.patient.name;
    std::string facts;
    if (visit.patient.age_years >= 0) facts = std::to_string(visit.patient.age_years);
    const char* sex = visit.patient.sex == Sex::female ? "F" : visit.patient.sex == Sex::male ? "M" : "";
    if (*sex) facts += (facts.empty() ? "" : " ") + std::string(sex);
    return facts.empty() ? title : title + ", " + facts;
}

float visit_chip(UiContext& context, const State& state, const VisitSummary& visit, float x, float y)
{
    const std::string id = "visit.state." + visit.id;
    if (state.recorder.status != RecorderStatus::idle && state.recorder.visit_id == visit.id)
        return chip(context, id, x, y, "Recording", ChipTone::rec, Icon::mic);
    if (visit.interrupted) return chip(context, id, x, y, "Interrupted", ChipTone::warn, Icon::triangle_alert);
    switch (visit.state) {
    case VisitState::signed_off: return chip(context, id, x, y, "Signed", ChipTone::ok);
    case VisitState::draft:
        if (visit.check_count > 0) return chip(context, id, x, y, std::to_string(visit.check_count) + " to check", ChipTone::warn);
        return chip(context, id, x, y, "Draft ready", ChipTone::accent);
    case VisitState::transcribing: return chip(context, id, x, y, "Audio kept", ChipTone::neutral);
    case VisitState::recording: return chip(context, id, x, y, "Interrupted", ChipTone::warn, Icon::triangle_alert);
    case VisitState::planned: break;
    }
    return 0;
}

namespace {

void append(Actions& actions, Actions more)
{
    for (auto& action : more) actions.push_back(std::move(action));
}

} // namespace

Actions draw_all(const State& state, UiContext& context)
{
    Actions actions;
    fill(context, {0, 0, context.width, context.height}, context.colors().background);
    if (!state.blocked.title.empty()) return draw_blocked(state, context);
    switch (state.screen) {
    case Screen::starting: append(actions, draw_starting(state, context)); break;
    case Screen::welcome: append(actions, draw_welcome(state, context)); break;
    case Screen::unlock: append(actions, draw_unlock(state, context)); break;
    default: {
        const ShellLayout shell = lay_out_shell(context.width, context.height, context.insets, context.text_scale);
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
