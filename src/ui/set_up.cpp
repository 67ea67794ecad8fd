// Set-up: how it looks, which microphone, who signs, what is on this device, and where it comes from.
#include "ui/set_up_parts.h"

#include "domain/clock_text.h"

#include <algorithm>
#include <cmath>

namespace chartside::ui {

void group_title(UiContext& context, std::string_view title, float x, float& y)
{
    draw_line(context, title, text_style::body_strong, x, y, context.colors().ink);
    y += context.scaled(text_style::body_strong).line_px + 10;
}

void fact(UiContext& context, std::string_view name, std::string_view text, float x, float& y, float width)
{
    const auto& colors = context.colors();
    draw_line(context, name, {14, 20, 500}, x, y, colors.ink, width);
    y += context.scaled(text_style::card).line_px;
    y += draw_paragraph(context, text, text_style::secondary, x, y, width, colors.ink2) + 10;
}

bool line_button(UiContext& context, const char* id, float x, float& y, std::string_view label, Icon icon)
{
    const ButtonLook look{.icon = icon, .small = true};
    float at = x;
    const bool tapped = inline_button(context, id, at, y, label, look);
    y += button_height(context, look) + 18;
    return tapped;
}

namespace {

void rule(UiContext& context, float x, float& y, float width)
{
    y += 24;
    hairline(context, x, y, x + width, y, context.colors().line);
    y += 22;
}

void draw_look(const State& state, UiContext& context, float x, float& y, float width, Preferences& preferences, bool& change)
{
    const auto& colors = context.colors();
    group_title(context, "Look", x, y);
    draw_line(context, "Colours", text_style::secondary_strong, x, y, colors.ink2);
    y += context.scaled(text_style::secondary_strong).line_px + 6;
    static const std::vector<std::pair<std::string, std::string>> themes = {{"0", "As the device"}, {"1", "Light"}, {"2", "Dark"}};
    const int theme = choices(context, "set_up.theme", x, y, width, themes, std::to_string(static_cast<int>(state.preferences.theme)));
    if (theme >= 0) {
        preferences.theme = static_cast<Theme>(theme);
        change = true;
    }
    y += 16;
    draw_line(context, "Text size", text_style::secondary_strong, x, y, colors.ink2);
    y += context.scaled(text_style::secondary_strong).line_px + 6;
    static const std::vector<std::pair<std::string, std::string>> sizes = {{"85", "85 %"}, {"100", "100 %"}, {"115", "115 %"}, {"130", "130 %"}, {"145", "145 %"}, {"160", "160 %"}};
    const int size = choices(context, "set_up.text", x, y, width, sizes, std::to_string(static_cast<int>(std::lround(state.preferences.text_scale * 100))));
    if (size >= 0) {
        preferences.text_scale = std::stof(sizes[static_cast<size_t>(size)].first) / 100;
        change = true;
    }
}

void draw_microphones(const State& state, UiContext& context, float x, float& y, float width, Actions& actions)
{
    const auto& colors = context.colors();
    group_title(context, "Microphone", x, y);
    if (state.devices.empty()) {
        y += draw_paragraph(context, "No microphone was found. Plug one in: it appears here. Audio files can be opened without one.", text_style::card, x, y, width, colors.ink2);
        return;
    }
    std::vector<std::pair<std::string, std::string>> items = {{"", "The device’s choice"}};
    for (size_t i = 0; i < state.devices.size(); ++i) {
        if (state.devices[i].id.empty() || state.devices[i].id == "default") continue;
        const std::string& label = state.devices[i].label;
        items.emplace_back(state.devices[i].id, label.empty() ? "Microphone " + std::to_string(i + 1) : label);
    }
    const std::string& wanted = state.preferences.input_device_id;
    const bool is_there = wanted == "default" || std::any_of(items.begin(), items.end(), [&](const auto& item) { return item.first == wanted; });
    if (!is_there) {
        constexpr const char* missing = "The microphone that you chose is not connected. Until it is back, the device’s own is used.";
        const float tall = draw_paragraph(context, missing, text_style::card, x, y, width, colors.ink2);
        describe(context, "set_up.device_missing", {x, y, width, tall}, "status", missing);
        y += tall + 8;
    }
    const int chosen = choices(context, "set_up.device", x, y, width, items, state.preferences.input_device_id);
    if (chosen >= 0) actions.push_back(action::ChooseDevice{items[static_cast<size_t>(chosen)].first});
}

void draw_models(const State& state, UiContext& context, float x, float& y, float width, Actions& actions)
{
    const auto& colors = context.colors();
    group_title(context, "On this device", x, y);
    for (size_t i = 0; i < state.loading.size(); ++i) {
        const LoadProgress& part = state.loading[i];
        const std::string id = "set_up.model." + std::to_string(i);
        std::string text;
        if (!part.failure.empty()) text = part.failure;
        else if (part.ready) text = part.total_bytes > 0 ? "Ready, " + megabytes_text(part.total_bytes) : "Ready";
        else if (part.total_bytes > 0) text = megabytes_text(part.done_bytes) + " of " + megabytes_text(part.total_bytes);
        else text = "Waiting";
        describe(context, id, {x, y, width, 40}, "status", part.label + ": " + text);
        draw_icon(context, part.ready ? Icon::circle_check : part.failure.empty() ? Icon::download : Icon::triangle_alert, context.text(18), x + 9, y + context.text(10),
            part.ready ? colors.ok : part.failure.empty() ? colors.ink3 : colors.rec);
        float line = y;
        fact(context, part.label, text, x + 30, line, width - 30);
        if (!part.ready && part.failure.empty() && part.total_bytes > 0) {
            progress_bar(context, id + ".progress", {x + 30, line - 4, std::min(width - 30, 320.0f), 5}, static_cast<float>(part.done_bytes / part.total_bytes), text);
            line += 10;
        }
        y = line;
        if (!part.failure.empty()) {
            float at = x + 30;
            if (inline_button(context, id + ".retry", at, y, "Try again", {.kind = ButtonKind::quiet, .icon = Icon::refresh, .small = true})) actions.push_back(action::RetryLoading{});
            y += button_height(context, {.small = true}) + 10;
        }
    }
    if (state.loading.empty()) y += draw_paragraph(context, "Nothing is being loaded.", text_style::card, x, y, width, colors.ink2);
}

void draw_about(UiContext& context, float x, float& y, float width)
{
    const auto& colors = context.colors();
    group_title(context, "About", x, y);
    y += draw_paragraph(context, "Chartside drafts; you decide. It is not a medical device: it neither diagnoses nor advises. Every sentence is to be read before it is signed.",
        text_style::card, x, y, width, colors.ink2) + 14;
    draw_line(context, "Made with", text_style::secondary_strong, x, y, colors.ink2);
    y += context.scaled(text_style::secondary_strong).line_px + 8;
    fact(context, "Moonshine tiny", "Speech to text. Useful Sensors, MIT licence.", x, y, width);
    fact(context, "Silero VAD", "Tells speech from silence. Silero Team, MIT licence.", x, y, width);
    fact(context, "ONNX Runtime Web", "Runs the models. Microsoft, MIT licence.", x, y, width);
    fact(context, "Note model", "Ours; trained on ACI-Bench and MTS-Dialog, CC BY 4.0.", x, y, width);
    fact(context, "SQLite and SQLite3 Multiple Ciphers", "Keep and encrypt the practice. Public domain; MIT licence.", x, y, width);
    fact(context, "Dear ImGui", "Draws this screen. Omar Cornut, MIT licence.", x, y, width);
    fact(context, "Inter and Lucide", "Letters: SIL Open Font License. Icons: ISC licence.", x, y, width);
}

} // namespace

Actions draw_set_up(const State& state, UiContext& context, const ShellLayout& shell)
{
    Actions actions;
    const Rect header = shell.header;
    draw_header_bar(context, header);
    header_titles(context, {header.x + measure::gutter, header.y, header.width, header.height}, "Set-up", "", header.width - 2 * measure::gutter);

    ScrollArea scroll(context, "set_up", shell.content);
    const float x = shell.content.x + measure::gutter, width = std::min(shell.content.width - 2 * measure::gutter, context.text(620));
    float y = scroll.top() + 22;
    Preferences preferences = state.preferences;
    bool change = false;
    draw_look(state, context, x, y, width, preferences, change);
    rule(context, x, y, width);
    group_title(context, "You", x, y);
    if (field(context, "set_up.clinician_name", x, y, std::min(width, context.text(360)), state.preferences.clinician_name,
            {.label = "Your name", .placeholder = "As it stands under a note", .hint = "Kept with each consent that you record.", .active = state.field.id == "set_up.clinician_name"}))
        actions.push_back(action::FocusField{"set_up.clinician_name"});
    rule(context, x, y, width);
    draw_microphones(state, context, x, y, width, actions);
    rule(context, x, y, width);
    draw_lock_settings(state, context, x, y, width, preferences, change, actions);
    rule(context, x, y, width);
    draw_models(state, context, x, y, width, actions);
    rule(context, x, y, width);
    draw_about(context, x, y, width);
    if (change) actions.push_back(action::ChangePreferences{preferences});
    scroll.end(y + 32);
    return actions;
}

} // namespace chartside::ui
