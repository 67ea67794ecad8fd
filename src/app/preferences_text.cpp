#include "app/preferences_text.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace chartside::app {

namespace {

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (static_cast<unsigned char>(c) >= 0x20) {
            result += c;
        }
    }
    return result + "\"";
}

// Names and raw values of a flat object; strings lose their quotes. Nested values are not ours and end the reading.
std::map<std::string, std::string> read_flat(std::string_view json)
{
    std::map<std::string, std::string> values;
    size_t at = 0;
    const auto skip = [&] { while (at < json.size() && (json[at] == ' ' || json[at] == ',' || json[at] == ':' || json[at] == '{' || json[at] == '\n')) ++at; };
    const auto read = [&]() -> std::string {
        std::string value;
        if (at < json.size() && json[at] == '"') {
            for (++at; at < json.size() && json[at] != '"'; ++at) {
                if (json[at] == '\\' && at + 1 < json.size()) ++at;
                value += json[at];
            }
            ++at;
        } else {
            while (at < json.size() && json[at] != ',' && json[at] != '}') value += json[at++];
        }
        return value;
    };
    for (skip(); at < json.size() && json[at] == '"'; skip()) {
        const std::string name = read();
        skip();
        values[name] = read();
    }
    return values;
}

} // namespace

std::string preferences_to_json(const Preferences& preferences)
{
    char numbers[96];
    std::snprintf(numbers, sizeof numbers, "{\"theme\":%d,\"text_scale\":%.2f,\"lock_after_minutes\":%d,", static_cast<int>(preferences.theme),
        static_cast<double>(preferences.text_scale), preferences.lock_after_minutes);
    return numbers + ("\"input_device_id\":" + quoted(preferences.input_device_id) + ",\"clinician_name\":" + quoted(preferences.clinician_name) + "}");
}

Preferences preferences_from_json(std::string_view json)
{
    Preferences preferences;
    const auto values = read_flat(json);
    const auto value = [&](const char* name) {
        const auto found = values.find(name);
        return found == values.end() ? std::string() : found->second;
    };
    const int theme = std::atoi(value("theme").c_str());
    if (theme >= 0 && theme <= 2) preferences.theme = static_cast<Theme>(theme);
    const float scale = std::strtof(value("text_scale").c_str(), nullptr);
    if (scale > 0) preferences.text_scale = std::clamp(scale, 0.85f, 1.6f);
    const int minutes = std::atoi(value("lock_after_minutes").c_str());
    if (minutes >= 1 && minutes <= 30) preferences.lock_after_minutes = minutes;
    preferences.input_device_id = value("input_device_id");
    preferences.clinician_name = value("clinician_name");
    return preferences;
}

} // namespace chartside::app
