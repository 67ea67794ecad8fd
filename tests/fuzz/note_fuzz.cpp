// Whatever is said, every sentence of the note rests on characters that are there.
#include "fuzz.h"

#include "interchange/note_text.h"
#include "interchange/transcript_text.h"
#include "note/note_writer.h"

#include <fstream>
#include <iterator>

using namespace chartside;

namespace {

note::NoteWriter& writer()
{
    static const auto made = [] {
        std::ifstream file(CHARTSIDE_SOURCE_DIR "/public/models/note_linear.bin", std::ios::binary);
        const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
        auto created = note::create_linear_note_writer({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()});
        fuzz::require(created.ok(), "the note model is there");
        return std::move(created).value();
    }();
    return *made;
}

void require_evidence(const std::vector<Evidence>& evidence, const Transcript& transcript)
{
    fuzz::require(!evidence.empty(), "everything in a note has evidence");
    for (const Evidence& place : evidence) {
        const Segment* segment = transcript.find(place.segment_id);
        fuzz::require(segment != nullptr, "evidence lies in a segment that is there");
        const bool inside = 0 <= place.start_char && place.start_char < place.end_char && place.end_char <= static_cast<int>(segment->text.size());
        fuzz::require(inside, "evidence lies within its segment");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size > 4096) return 0;
    fuzz::Input input(data, size);
    note::NoteRequest request;
    request.pronouns = static_cast<Pronouns>(input.byte() % 4);
    auto transcript = interchange::parse_transcript_lines(input.text());
    if (!transcript.ok()) return 0;
    request.transcript = *transcript;
    auto note = run_now(writer().write(std::move(request)));
    fuzz::require(note.ok(), "a transcript gives a note");
    for (const NoteSection& section : note->sections) {
        for (const Sentence& sentence : section.sentences) {
            fuzz::require(is_valid_utf8(sentence.text) && !sentence.text.empty(), "a sentence is text");
            require_evidence(sentence.evidence, *transcript);
        }
    }
    for (const Omission& omission : note->omissions) require_evidence(omission.evidence, *transcript);
    fuzz::require(is_valid_utf8(interchange::note_to_json(*note, *transcript)), "a note can be written down");
    return 0;
}
