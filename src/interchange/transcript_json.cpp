#include "interchange/transcript_json.h"

#include "base/text.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace chartside::interchange {
namespace {

using Json = nlohmann::ordered_json;

double rounded_ms(double milliseconds) { return std::round(milliseconds); }
double rounded_share(float share) { return std::round(static_cast<double>(share) * 1000) / 1000; }

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
    return Json{{"segments", segments}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace chartside::interchange
