// Record: the visit as it is heard, with the note that grows beside it.
#include "ui/panels.h"

#include "domain/clock_text.h"

namespace chartside::ui {

namespace {

// Who gave the consent is left out where there is no room; it is kept with the visit.
std::string consent_line(const State& state, UiContext& context, float room)
{
    if (state.visit.consents.empty()) return state.visit.summary.reason;
    const Consent& consent = state.visit.consents.back();
    const std::string time = clock_time(consent.at_ms, state.utc_offset_minutes);
    if (consent.method == "on file") return "Consent on file, " + consent.given_by;
    const std::string whole = "Consent given " + consent.method + " " + time + ", by " + consent.given_by;
    return text_width(context, whole, text_style::secondary) <= room ? whole : "Consent " + consent.method + ", " + time;
}

// The red pill that says that the microphone is on, for how long; ends at `right`. Returns where it begins.
float draw_timer(const State& state, UiContext& context, float right, float center_y)
{
    const auto& colors = context.colors();
    const RecorderState& recorder = state.recorder;
    const bool recording = recorder.status == RecorderStatus::recording;
    std::string label;
    switch (recorder.status) {
    case RecorderStatus::asking: label = "Waiting for the microphone"; break;
    case RecorderStatus::recording: label = "Recording " + position_time(recorder.elapsed_ms); break;
    case RecorderStatus::paused: label = "Paused " + position_time(recorder.elapsed_ms); break;
    case RecorderStatus::finishing: label = "Finishing"; break;
    case RecorderStatus::failed: label = recorder.elapsed_ms > 0 ? "Stopped " + position_time(recorder.elapsed_ms) : "Not recording"; break;
    case RecorderStatus::idle: return right;
    }
    const float words = text_width(context, label, text_style::label), dot = recording ? 15 : 0;
    const Rect pill{right - words - dot - 20, center_y - chip_height(context) / 2, words + dot + 20, chip_height(context)};
    describe(context, "record.timer", pill, "status", label);
    fill(context, pill, recording || recorder.status == RecorderStatus::failed ? colors.rec_tint : quiet_chip_ground(colors), pill.height / 2);
    if (recording) fill(context, {pill.x + 11, pill.center_y() - 4.5f, 9, 9}, colors.rec, 4.5f);
    draw_line(context, label, text_style::label, pill.x + 10 + dot, pill.y + 5,
        recording || recorder.status == RecorderStatus::failed ? colors.rec : colors.ink2);
    return pill.x - 12;
}

std::string sentence_of_finishing(const RecorderState& recorder)
{
    const std::string rest = recorder.caption_delay_ms > 3000 ? "the last " + minutes_text(recorder.caption_delay_ms) : "the last words";
    return "Listening to " + rest + ", then the note is written. You may leave this screen.";
}

// What a person should know at once, in plain words; empty while all is well.
std::string problem_of(const RecorderState& recorder)
{
    if (!recorder.failure.empty()) return recorder.failure;
    if (recorder.status != RecorderStatus::recording) return {};
    if (recorder.stalled_for_ms > 3000)
        return "The microphone has sent nothing for " + minutes_text(recorder.stalled_for_ms) + ". Check that it is plugged in, or choose another one.";
    if (recorder.silent_for_ms > 20000)
        return "Nothing heard for " + minutes_text(recorder.silent_for_ms) + ". Is the right microphone chosen, and is it near enough?";
    if (recorder.overruns > 0)
        return "This device is too busy: " + (recorder.overruns == 1 ? "a moment of sound was" : std::to_string(recorder.overruns) + " moments of sound were") + " lost. Close other programs.";
    if (recorder.elapsed_ms - recorder.saved_ms > 5000)
        return "Sound is recorded faster than it can be saved. Do not close this page until it has caught up.";
    return {};
}

struct RecordChip {
    const char* id;
    ChipWords words;
};

std::vector<RecordChip> chips_of(const State& state, UiContext& context)
{
    std::vector<RecordChip> chips;
    switch (context.levels.room()) {
    case Room::unknown: break;
    case Room::good: chips.push_back({"record.room", {"Room: good", ChipTone::ok, Icon::mic}}); break;
    case Room::quiet: chips.push_back({"record.room", {"Too quiet: come nearer", ChipTone::warn, Icon::mic}}); break;
    case Room::noisy: chips.push_back({"record.room", {"Noisy room", ChipTone::warn, Icon::mic}}); break;
    case Room::loud: chips.push_back({"record.room", {"Too loud: move away", ChipTone::warn, Icon::mic}}); break;
    }
    // Where text is large on a small screen the words that are heard need the room more.
    const bool roomy = context.text_scale < 1.2f || width_class(context.width) != WidthClass::narrow;
    if (roomy) chips.push_back({"record.offline", {state.online ? "On this device" : "Offline, on this device", ChipTone::neutral,
        state.online ? Icon::hard_drive : Icon::wifi_off}});
    if (state.recorder.saved_ms > 0)
        chips.push_back({"record.saved", {"Audio saved to " + position_time(state.recorder.saved_ms), ChipTone::ok, Icon::check}});
    if (state.recorder.caption_delay_ms > 8000)
        chips.push_back({"record.behind", {"Text is " + minutes_text(state.recorder.caption_delay_ms) + " behind", ChipTone::neutral, Icon::clock}});
    return chips;
}

float draw_levels(const State& state, UiContext& context, Rect area)
{
    const auto& colors = context.colors();
    const float height = context.height < 700 || area.width < 500 ? 64 : 84; // words matter more than bars
    const Rect box{area.x + measure::gutter, area.y + 16, area.width - 2 * measure::gutter, height};
    fill(context, box, colors.sunken, measure::card_radius);
    describe(context, "record.level", box, "status", "Sound level");
    const Rect bars = box.inset(8, 8);
    const bool live = state.recorder.status == RecorderStatus::recording;
    if (context.paint_levels)
        context.paint_levels(*context.list, bars, context.levels, live ? colors.accent.with_alpha(0.85f) : colors.ink3.with_alpha(0.5f));
    float x = box.x, y = box.bottom() + 10;
    for (const auto& [id, words] : chips_of(state, context)) {
        const float width = chip_width(context, words.label, words.icon);
        if (x > box.x && x + width > box.right()) {
            x = box.x;
            y += chip_height(context) + 8;
        }
        chip(context, id, x, y, words.label, words.tone, words.icon);
        x += width + 8;
    }
    if (state.devices.size() > 1) {
        std::string label = "Microphone";
        for (const InputDevice& device : state.devices)
            if (device.id == state.recorder.device_id && !device.label.empty()) label = device.label;
        if (label.size() > 34) label = label.substr(0, 32) + "…";
        const float width = chip_width(context, label, Icon::chevron_down);
        if (x > box.x && x + width > box.right()) {
            x = box.x;
            y += chip_height(context) + 8;
        }
        if (chip_button(context, "record.device", x, y, label, ChipTone::neutral, Icon::chevron_down)) context.devices_open = !context.devices_open;
    }
    y += chip_height(context);
    const bool finishing = state.recorder.status == RecorderStatus::finishing;
    const std::string problem = finishing ? sentence_of_finishing(state.recorder) : problem_of(state.recorder);
    if (!problem.empty()) {
        y += 12;
        y += banner(context, "record.problem", box.x, y, box.width, problem, finishing ? ChipTone::neutral : ChipTone::warn);
    }
    return y + 16;
}

void draw_devices(const State& state, UiContext& context, Rect anchor, Actions& actions)
{
    const auto& colors = context.colors();
    const float row = std::max(measure::recording_touch, context.text(22) + 24);
    const float width = std::min(context.width - 32, 420.0f);
    const float height = std::min(context.height - 80, 56 + row * static_cast<float>(state.devices.size()) + 12);
    const Rect box{std::clamp(anchor.center_x() - width / 2, 16.0f, std::max(16.0f, context.width - width - 16)), context.height / 2 - height / 2, width, height};
    Layer layer(context, "devices", box, measure::card_radius);
    draw_line(context, "Microphone", text_style::title, box.x + 20, box.y + 18, colors.ink);
    float y = box.y + 56;
    for (size_t i = 0; i < state.devices.size(); ++i) {
        const InputDevice& device = state.devices[i];
        const Rect rect{box.x + 8, y, box.width - 16, row};
        const bool current = device.id == state.recorder.device_id;
        const std::string label = device.label.empty() ? "Microphone " + std::to_string(i + 1) : device.label;
        const auto touch = interact(context, "device." + std::to_string(i), rect, "radio", label, true, current);
        if (touch.hovered || touch.held) fill(context, rect, colors.sunken, measure::control_radius);
        draw_line(context, label, text_style::body, rect.x + 44, rect.center_y() - context.scaled(text_style::body).line_px / 2, colors.ink, rect.width - 56);
        if (current) draw_icon(context, Icon::check, 20, rect.x + 22, rect.center_y(), colors.accent);
        if (touch.focused) focus_ring(context, rect.inset(4), 6);
        if (touch.clicked) {
            actions.push_back(action::ChooseDevice{device.id});
            context.devices_open = false;
        }
        y += row;
    }
    if (layer.dismissed()) context.devices_open = false;
}

void draw_controls(const State& state, UiContext& context, Rect bar, Actions& actions)
{
    const auto& colors = context.colors();
    fill(context, bar, colors.surface);
    hairline(context, bar.x, bar.y, bar.right(), bar.y, colors.line);
    const Rect row = bar.inset(measure::gutter, 16);
    const RecorderStatus status = state.recorder.status;
    const float gap = row.width < 500 ? 8 : 12;
    const auto quiet = [&](Icon icon, bool enabled) {
        return ButtonLook{.kind = ButtonKind::quiet, .icon = row.width < 420 ? Icon::none : icon, .enabled = enabled, .height = row.height};
    };
    if (status == RecorderStatus::asking || status == RecorderStatus::failed) {
        // Nothing is being recorded: back, or once more where the consent is kept already.
        const bool again = status == RecorderStatus::failed && state.save.status == SaveStatus::saved;
        const float half = again ? std::round((row.width - gap) / 2) : row.width;
        if (button(context, "record.finish", {row.x, row.y, half, row.height}, again || status == RecorderStatus::failed ? "Back to Today" : "Cancel",
                quiet(again ? Icon::arrow_left : Icon::close, true)))
            actions.push_back(action::FinishRecording{});
        if (again && button(context, "record.again", {row.right() - half, row.y, half, row.height}, "Try again",
                {.kind = ButtonKind::record, .icon = Icon::mic, .height = row.height}))
            actions.push_back(action::ResumeRecording{state.recorder.visit_id});
        return;
    }
    const bool paused = status == RecorderStatus::paused, on = status == RecorderStatus::recording || paused;
    // Finish is the widest: it is what a hand looks for at the end of the visit.
    const float finish = std::round((row.width - 2 * gap) * 0.43f), other = std::round((row.width - finish - 2 * gap) / 2);
    if (button(context, "record.mark", {row.x, row.y, other, row.height}, "Mark", quiet(Icon::flag, on))) actions.push_back(action::AddMark{});
    if (button(context, "record.pause", {row.x + other + gap, row.y, other, row.height}, paused ? "Continue" : "Pause", quiet(paused ? Icon::mic : Icon::pause, on))) {
        if (paused) actions.push_back(action::ContinueRecording{});
        else actions.push_back(action::PauseRecording{});
    }
    const ButtonLook stop{.kind = ButtonKind::record, .icon = Icon::square, .enabled = on, .height = row.height};
    const bool brief = text_width(context, "Finish visit", text_style::button) > finish - 12;
    if (button(context, "record.finish", {row.right() - finish, row.y, finish, row.height}, on ? (brief ? "Finish" : "Finish visit") : "Finishing", stop))
        actions.push_back(action::FinishRecording{});
}

} // namespace

Actions draw_record(const State& state, UiContext& context, const ShellLayout& shell)
{
    Actions actions;
    const auto& colors = context.colors();
    const Rect header = shell.header;
    draw_header_bar(context, header);
    const float right = draw_timer(state, context, header.right() - measure::gutter, header.center_y());
    const float room = std::max(60.0f, right - header.x - measure::gutter);
    header_titles(context, {header.x + measure::gutter, header.y, header.width, header.height}, patient_title(state.visit.summary),
        consent_line(state, context, room), room);

    Rect content = shell.content;
    fill(context, content, colors.background);
    const Rect controls = content.cut_bottom(std::max(measure::recording_touch, std::round(context.text(22)) + 20) + 32);
    const float below = draw_levels(state, context, content);
    const float used = below - content.y;
    hairline(context, content.x, below - 1, content.right(), below - 1, colors.line);
    content.cut_top(used);

    const RecorderStatus status = state.recorder.status;
    const bool tabbed = shell.width_class == WidthClass::narrow; // the tabs say what would stand above
    const TranscriptLook heard{.scroll_id = "heard", .title = tabbed ? "" : "Heard",
        .nothing = status == RecorderStatus::asking ? "Waiting for the microphone. Your browser asks whether Chartside may use it."
            : status == RecorderStatus::failed      ? "Nothing was recorded."
                                                    : "Nothing heard yet. Words appear here a moment after they are spoken.",
        .live = true};
    const NoteLook so_far{.scroll_id = "so_far", .title = tabbed ? "" : "Note so far", .editable = false};
    if (tabbed) {
        const Tab tabs[] = {{"record.tab.heard", "Heard"}, {"record.tab.note", "Note so far"}};
        context.record_note_shown = tab_bar(context, content.cut_top(measure::touch + 4), tabs, context.record_note_shown) == 1;
        append(actions, context.record_note_shown ? draw_note(state, context, content, so_far) : draw_transcript(state, context, content, heard));
    } else {
        const Rect left = content.cut_left(std::round(content.width * 0.5f));
        append(actions, draw_transcript(state, context, left, heard));
        append(actions, draw_note(state, context, content, so_far));
        hairline(context, left.right() - 1, left.y, left.right() - 1, left.bottom(), colors.line);
    }
    draw_controls(state, context, controls, actions);
    if (context.devices_open) draw_devices(state, context, shell.content, actions);
    return actions;
}

} // namespace chartside::ui
