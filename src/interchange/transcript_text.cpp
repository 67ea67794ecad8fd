#include "interchange/transcript_text.h"

#include "base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <unordered_set>

namespace chartside::interchange {
namespace {

using nlohmann::json;

// What a speaker's label stands for; nothing where it is no label we know.
bool read_role(std::string_view label, Role& role)
{
    std::string lower = to_lower_ascii(trim(label));
    auto starts = [&](std::string_view word) {
        return lower.starts_with(word) && (lower.size() == word.size() || !std::isalpha(static_cast<unsigned char>(lower[word.size()])));
    };
    if (lower.starts_with("guest_") || starts("other") || starts("nurse") || starts("family") || starts("caregiver")) role = Role::other;
    else if (starts("doctor") || starts("dr") || starts("clinician") || starts("physician") || starts("provider")) role = Role::doctor;
    else if (starts("patient") || lower.starts_with("patient_guest")) role = Role::patient;
    else if (starts("speaker") || starts("unknown")) role = Role::unknown;
    else return false;
    return true;
}

// More than ten hours of talk. That is no visit, and is refused before it is read for minutes.
constexpr size_t most_text_bytes = size_t{1} << 19;

Status check_length(const Transcript& transcript)
{
    size_t bytes = 0;
    for (const Segment& segment : transcript.segments) bytes += segment.text.size();
    if (bytes <= most_text_bytes) return Ok{};
    return Error{ErrorCode::invalid_input, "The transcript holds " + std::to_string(bytes / 1000) + " kB of words; a visit of three hours has about 150. Give one visit at a time.", "transcript"};
}

// Line ends of every system as '\n', so that lines are counted as an editor counts them.
std::string with_plain_line_ends(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    for (size_t i = 0; i < text.size(); i++) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        plain += text[i] == '\r' ? '\n' : text[i];
    }
    return plain;
}

Error refuse(size_t line, const std::string& what)
{
    return {ErrorCode::invalid_input, "Line " + std::to_string(line) + " of the transcript " + what + ".", "transcript"};
}

} // namespace

Result<Transcript> parse_transcript_lines(std::string_view text)
{
    if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
    const std::string plain = with_plain_line_ends(text);
    text = plain;
    Transcript transcript;
    size_t number = 0;
    while (!text.empty()) {
        size_t end = text.find('\n');
        std::string_view line = trim(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        number++;
        if (line.empty() || line[0] == '#') continue;
        if (!is_valid_utf8(line)) return refuse(number, "is not UTF-8 text; save the file as UTF-8");
        Role role = Role::unknown;
        std::string_view words;
        bool labelled = false;
        if (line[0] == '[') {
            size_t close = line.find(']');
            if (close != std::string_view::npos && read_role(line.substr(1, close - 1), role)) {
                labelled = true;
                words = trim(line.substr(close + 1));
            }
        }
        size_t colon = line.find(':');
        if (!labelled && colon != std::string_view::npos && colon <= 24 && read_role(line.substr(0, colon), role)) {
            labelled = true;
            words = trim(line.substr(colon + 1));
        }
        if (!labelled) {
            if (transcript.segments.empty())
                return refuse(number, "has no speaker; begin each turn with \"Doctor:\", \"Patient:\" or \"Speaker:\"");
            std::string& before = transcript.segments.back().text;
            before += (before.empty() ? "" : " ") + std::string(line);
            continue;
        }
        Segment segment;
        segment.id = "s" + std::to_string(transcript.segments.size() + 1);
        segment.role = role;
        segment.text = std::string(words);
        transcript.segments.push_back(std::move(segment));
    }
    // A label with nothing behind it and nothing below it is no turn.
    std::erase_if(transcript.segments, [](const Segment& segment) { return segment.text.empty(); });
    TRY(check_length(transcript));
    return transcript;
}

Result<Transcript> parse_transcript_json(std::string_view text)
{
    json document = json::parse(text, nullptr, false);
    if (document.is_discarded()) {
        // Without exceptions the parser does not tell where; the line of the first unreadable prefix does.
        size_t line = 1 + static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
        for (size_t at = 0, number = 1; at < text.size(); number++) {
            size_t end = text.find('\n', at);
            if (end == std::string_view::npos) end = text.size();
            if (!is_valid_utf8(text.substr(at, end - at))) { line = number; break; }
            at = end + 1;
        }
        return refuse(line, "is not JSON that can be read; give the output of `transcribe --json`");
    }
    const json* list = &document;
    if (document.is_object()) {
        if (!document.contains("segments")) return refuse(1, "has no \"segments\"");
        list = &document["segments"];
    }
    if (!list->is_array()) return refuse(1, "has \"segments\" that are no list");
    Transcript transcript;
    std::unordered_set<std::string> ids;
    size_t index = 0;
    for (const json& item : *list) {
        index++;
        auto wrong = [&](const std::string& what) {
            return Error{ErrorCode::invalid_input, "Segment " + std::to_string(index) + " of the transcript " + what + ".", "transcript json"};
        };
        if (!item.is_object() || !item.contains("text") || !item["text"].is_string()) return wrong("has no text");
        auto number = [](const json& from, const char* key, double fallback) {
            return from.contains(key) && from[key].is_number() ? from[key].get<double>() : fallback;
        };
        Segment segment;
        segment.id = item.contains("id") && item["id"].is_string() ? item["id"].get<std::string>() : "s" + std::to_string(index);
        if (!ids.insert(segment.id).second) return wrong("has an id that was used before");
        segment.text = item["text"].get<std::string>();
        segment.start_ms = number(item, "start_ms", 0);
        segment.end_ms = number(item, "end_ms", segment.start_ms);
        auto share = [&](const json& from) { return static_cast<float>(std::clamp(number(from, "confidence", 1), 0.0, 1.0)); };
        segment.confidence = share(item);
        for (const char* key : {"role", "speaker"})
            if (item.contains(key) && item[key].is_string() && segment.role == Role::unknown)
                read_role(item[key].get<std::string>(), segment.role);
        if (item.contains("words") && item["words"].is_array()) {
            for (const json& entry : item["words"]) {
                if (!entry.is_object()) return wrong("has a word that is no object");
                Word word;
                double from = number(entry, "start_char", -1), to = number(entry, "end_char", -1);
                if (from < 0 || to < from) continue; // words without characters cannot be tied to the text
                auto byte = [&](double units) { return static_cast<int>(utf8_offset(segment.text, static_cast<size_t>(std::min(units, static_cast<double>(segment.text.size()))))); };
                word.start_char = byte(from);
                word.end_char = byte(to);
                word.start_ms = number(entry, "start_ms", segment.start_ms);
                word.end_ms = number(entry, "end_ms", segment.end_ms);
                word.confidence = share(entry);
                segment.words.push_back(word);
            }
        }
        transcript.segments.push_back(std::move(segment));
    }
    TRY(check_length(transcript));
    return transcript;
}

Result<Transcript> parse_transcript(std::string_view text)
{
    std::string_view body = text.substr(0, 3) == "\xEF\xBB\xBF" ? text.substr(3) : text;
    body = trim(body);
    if (body.empty()) return Error{ErrorCode::invalid_input, "The transcript is empty.", "transcript"};
    bool bracket_label = body[0] == '[' && body.size() > 1 && std::isalpha(static_cast<unsigned char>(body[1]));
    if (body[0] == '{' || (body[0] == '[' && !bracket_label)) return parse_transcript_json(body);
    return parse_transcript_lines(text);
}

} // namespace chartside::interchange
