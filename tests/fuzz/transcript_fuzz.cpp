// A transcript, as lines or as JSON, is refused with a sentence or read so that writing it and reading it again gives
// the same.
#include "fuzz.h"

#include "interchange/transcript_json.h"
#include "interchange/transcript_text.h"

using namespace chartside;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    auto transcript = interchange::parse_transcript({reinterpret_cast<const char*>(data), size});
    if (!transcript.ok()) {
        fuzz::require_sentence(transcript.error());
        return 0;
    }
    for (const Segment& segment : transcript->segments) {
        fuzz::require(is_valid_utf8(segment.text), "a segment's text is UTF-8");
        for (const Word& word : segment.words) {
            const bool inside = 0 <= word.start_char && word.start_char <= word.end_char && word.end_char <= static_cast<int>(segment.text.size());
            fuzz::require(inside, "a word lies within its segment");
        }
    }
    const std::string written = interchange::transcript_to_json(*transcript);
    auto again = interchange::parse_transcript_json(written);
    fuzz::require(again.ok(), "what was written can be read");
    fuzz::require(interchange::transcript_to_json(*again) == written, "what is read again is the same");
    return 0;
}
