#include "interchange/transcript_json.h"

#include "base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace chartside::interchange {
namespace {

using Json = nlohmann::ordered_json;

double rounded_ms(double milliseconds) { return std::round(milliseconds); }
double rounded_share(float share) { return std::round(static_cast<double>(share) * 1000) / 1000; }

std::string word_text(const Segment& segment, const Word& word)
{
    const auto size = static_cast<int>(segment.text.size());
    const int start = std::clamp(word.start_char, 0, size), end = std::clamp(word.end_char, start, size);
    return segment.text.substr(static_cast<size_t>(start), static_cast<size_t>(end - start));
}

} // namespace

nlohmann::ordered_json segments_json(const Transcript& transcript)
{
    Json segments = Json::array();
    for (const Segment& segment : transcript.segments) {
        Json words = Json::array();
        for (const Word& word : segment.words)
            words.push_back({{"text", word_text(segment, word)},
                             {"start_char", utf16_offset(segment.text, static_cast<size_t>(word.start_char))},
                             {"end_char", utf16_offset(segment.text, static_cast<size_t>(word.end_char))},
                             {"start_ms", rounded_ms(word.start_ms)},
                             {"end_ms", rounded_ms(word.end_ms)},
                             {"confidence", rounded_share(word.confidence)}});
        segments.push_back({{"id", segment.id},
                            {"start_ms", rounded_ms(segment.start_ms)},
                            {"end_ms", rounded_ms(segment.end_ms)},
                            {"speaker", role_name(segment.role)},
                            {"text", segment.text},
                            {"confidence", rounded_share(segment.confidence)},
                            {"words", words}});
    }
    return segments;
}

std::string transcript_to_json(const Transcript& transcript)
{
    return Json{{"segments", segments_json(transcript)}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace chartside::interchange
