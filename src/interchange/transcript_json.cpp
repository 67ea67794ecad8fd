#include "interchange/transcript_json.h"

#include "base/text.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace chartside::interchange {
namespace {

using Json = nlohmann::ordered_json;

double rounded_ms(double milliseconds) { return std::round(milliseconds); }
double rounded_share(float share) { return std::round(static_cast<double>(share) * 1000) / 1000; }

Role role_of(const std::string& name)
{
    for (const Role role : {Role::doctor, Role::patient, Role::other})
        if (name == role_name(role)) return role;
    return Role::unknown;
}

} // namespace

std::string transcript_to_json(const Transcript& transcript)
{
    Json segments = Json::array();
    for (const Segment& segment : transcript.segments) {
        Json words = Json::array();
        for (const Word& word : segment.words)
            words.push_back({{"start_char", utf16_offset(segment.text, static_cast<size_t>(word.start_char))},
                             {"end_char", utf16_offset(segment.text, static_cast<size_t>(word.end_char))},
                             {"start_ms", rounded_ms(word.start_ms)},
                             {"end_ms", rounded_ms(word.end_ms)},
                             {"confidence", rounded_share(word.confidence)}});
        segments.push_back({{"id", segment.id},
                            {"start_ms", rounded_ms(segment.start_ms)},
                            {"end_ms", rounded_ms(segment.end_ms)},
                            {"role", role_name(segment.role)},
                            {"text", segment.text},
                            {"confidence", rounded_share(segment.confidence)},
                            {"words", words}});
    }
    return Json{{"segments", segments}}.dump();
}

Result<Transcript> transcript_from_json(std::string_view text)
{
    const Error refused{ErrorCode::invalid_input,
                        "This is not a transcript. Give the JSON that `transcribe --json` writes.", ""};
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("segments") || !json["segments"].is_array()) return refused;
    Transcript transcript;
    try {
        for (const Json& from : json["segments"]) {
            Segment segment;
            segment.id = from.at("id").get<std::string>();
            segment.text = from.at("text").get<std::string>();
            segment.start_ms = from.value("start_ms", 0.0);
            segment.end_ms = from.value("end_ms", 0.0);
            segment.role = role_of(from.value("role", std::string()));
            segment.confidence = from.value("confidence", 1.0f);
            for (const Json& word_from : from.value("words", Json::array())) {
                Word word;
                word.start_char = static_cast<int>(utf8_offset(segment.text, word_from.at("start_char").get<size_t>()));
                word.end_char = static_cast<int>(utf8_offset(segment.text, word_from.at("end_char").get<size_t>()));
                word.start_ms = word_from.value("start_ms", 0.0);
                word.end_ms = word_from.value("end_ms", 0.0);
                word.confidence = word_from.value("confidence", 1.0f);
                segment.words.push_back(word);
            }
            transcript.segments.push_back(std::move(segment));
        }
    } catch (const Json::exception& exception) {
        Error error = refused;
        error.detail = exception.what();
        return error;
    }
    return transcript;
}

} // namespace chartside::interchange
