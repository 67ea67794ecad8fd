// The form that starts a visit: who it is, why, and the consent. Nothing is ticked beforehand.
#include "ui/panels.h"

namespace chartside::ui {

Actions draw_new_visit(const State& state, UiContext& context)
{
    Actions actions;
    const auto& colors = context.colors();
    const NewVisitForm& form = state.form;
    const bool narrow = width_class(context.width) == WidthClass::narrow;
    const float top = context.insets.top, height = context.height - top - context.insets.bottom;
    const float width = narrow ? context.width : std::min(context.text(560), context.width - 48);
    const float padding = narrow ? 20 : 28, inner = width - 2 * padding;
    const bool waits = !state.models_ready;
    const std::string problem = !form.problem.empty() ? form.problem
        : waits ? "Speech is still being loaded. You can record now; the words follow when it is ready." : std::string();
    const float problem_height = problem.empty() ? 0 : banner_height(context, problem, inner) + 12;
    const float buttons = std::max(measure::recording_touch, context.text(22) + 20);
    const float head = std::max(64.0f, context.scaled(text_style::title).line_px + 40);
    const float foot = 14 + problem_height + buttons + 14;
    const float known = context.scrolls["new_visit"].content_height + head + foot;
    const float tall = narrow ? height : std::min(height - 32, std::max(320.0f, known));
    const Rect box{narrow ? 0 : std::round((context.width - width) / 2), narrow ? top : top + std::round((height - tall) * 0.4f), width, tall};
    Layer layer(context, "new_visit", box, narrow ? 0 : measure::card_radius);
    if (layer.dismissed() && form.patient_name.empty()) actions.push_back(action::CloseForm{});

    const float x = box.x + padding;
    draw_line(context, form.visit_id.empty() ? "New visit" : "Start the visit", text_style::title, x, box.y + 22, colors.ink);
    if (icon_button(context, "form.close", box.right() - 34, box.y + 34, Icon::close, "Close")) actions.push_back(action::CloseForm{});

    NewVisitForm changed = form;
    bool change = false;
    const auto text_field = [&](const char* id, float fx, float& fy, float fwidth, const std::string& text, FieldLook look) {
        look.active = state.field.id == id;
        if (field(context, id, fx, fy, fwidth, text, look)) actions.push_back(action::FocusField{id});
    };

    {
        ScrollArea scroll(context, "new_visit", {box.x, box.y + head, box.width, box.height - head - foot});
        float y = scroll.top() + 4;
        if (inner > context.text(380)) {
            const float age = context.text(96);
            float left = y, right = y;
            text_field("form.patient_name", x, left, inner - age - 12, form.patient_name, {.label = "Patient", .placeholder = "Name or initials", .hint = ""});
            text_field("form.age", x + inner - age, right, age, form.age, {.label = "Age", .placeholder = "", .hint = ""});
            y = std::max(left, right) + 16;
        } else {
            text_field("form.patient_name", x, y, inner, form.patient_name, {.label = "Patient", .placeholder = "Name or initials", .hint = ""});
            y += 16;
            text_field("form.age", x, y, inner, form.age, {.label = "Age", .placeholder = "", .hint = ""});
            y += 16;
        }
        text_field("form.reason", x, y, inner, form.reason, {.label = "Reason for the visit", .placeholder = "Knee pain", .hint = ""});
        y += 16;
        draw_line(context, "The note says", text_style::secondary_strong, x, y, colors.ink2);
        y += context.scaled(text_style::secondary_strong).line_px + 6;
        static const std::vector<std::pair<std::string, std::string>> pronouns = {{"unstated", "the patient"}, {"she", "she"}, {"he", "he"}, {"they", "they"}};
        const int pronoun = choices(context, "form.pronouns", x, y, inner, pronouns, pronouns[static_cast<size_t>(form.pronouns)].first);
        if (pronoun >= 0) {
            changed.pronouns = static_cast<Pronouns>(pronoun);
            change = true;
        }
        y += 22;
        hairline(context, x, y, x + inner, y, colors.line);
        y += 18;
        draw_line(context, "Consent", text_style::body_strong, x, y, colors.ink);
        y += context.scaled(text_style::body_strong).line_px + 2;
        y += draw_paragraph(context, "Ask whether the visit may be recorded on this device to draft the note. It is kept with the visit.", text_style::card, x, y, inner, colors.ink2) + 14;
        draw_line(context, "How was it given?", text_style::secondary_strong, x, y, colors.ink2);
        y += context.scaled(text_style::secondary_strong).line_px + 6;
        static const std::vector<std::pair<std::string, std::string>> methods = {{"aloud", "Aloud, just now"}, {"written", "In writing"}, {"on file", "On file"}};
        const int method = choices(context, "form.consent", x, y, inner, methods, form.consent_method);
        if (method >= 0) {
            changed.consent_method = methods[static_cast<size_t>(method)].first;
            change = true;
        }
        y += 16;
        text_field("form.consent_by", x, y, inner, form.consent_by, {.label = "Who gave it?", .placeholder = "The patient, or a parent or guardian", .hint = ""});
        if (form.consent_by.empty() && !form.patient_name.empty() && state.field.id != "form.consent_by") {
            y += 8;
            float at = x;
            if (inline_button(context, "form.consent_patient", at, y, form.patient_name, {.kind = ButtonKind::quiet, .icon = Icon::user, .small = true})) {
                changed.consent_by = form.patient_name;
                change = true;
            }
            y += button_height(context, {.small = true});
        }
        y += 8;
        scroll.end(y + 8);
    }
    if (change) actions.push_back(action::ChangeForm{changed});

    hairline(context, box.x, box.bottom() - foot, box.right(), box.bottom() - foot, colors.line);
    float y = box.bottom() - foot + 14;
    // Just above the buttons, so that it is read before they are reached.
    if (!problem.empty()) banner(context, "form.problem", x, y, inner, problem, form.problem.empty() ? ChipTone::warn : ChipTone::rec);
    y += problem_height;
    const bool recording = state.recorder.status != RecorderStatus::idle && state.recorder.status != RecorderStatus::failed;
    const float first = std::round((inner - 12) * 0.54f);
    if (button(context, "form.start", {x, y, first, buttons}, inner < context.text(330) ? "Record" : "Start recording", {.kind = ButtonKind::record, .icon = Icon::mic, .enabled = !recording, .height = 56}))
        actions.push_back(action::StartRecording{});
    if (button(context, "form.open_file", {x + first + 12, y, inner - first - 12, buttons}, inner < context.text(420) ? "Open a file" : "Open an audio file",
            {.kind = ButtonKind::quiet, .icon = inner < context.text(340) ? Icon::none : Icon::file_audio, .height = 56}))
        actions.push_back(action::OpenAudioFile{});
    return actions;
}

} // namespace chartside::ui
