#include "interchange/note_text.h"

#include "base/text.h"
#include "domain/plain_note.h"
#include "interchange/transcript_json.h"

#include <nlohmann/json.hpp>

#include <cctype>

namespace chartside::interchange {
namespace {

using nlohmann::ordered_json;

ordered_json evidence_json(const std::vector<Evidence>& evidence, const Transcript& transcript)
{
    ordered_json list = ordered_json::array();
    for (const Evidence& item : evidence) {
        const Segment* segment = transcript.find(item.segment_id);
        auto units = [&](int byte) {
            return segment ? utf16_offset(segment->text, static_cast<size_t>(byte)) : static_cast<size_t>(byte);
        };
        list.push_back({{"segment", item.segment_id}, {"start_char", units(item.start_char)}, {"end_char", units(item.end_char)}});
    }
    return list;
}

ordered_json note_json(const Note& note, const Transcript& transcript)
{
    ordered_json sections = ordered_json::array();
    for (const NoteSection& section : note.sections) {
        ordered_json sentences = ordered_json::array();
        for (const Sentence& sentence : section.sentences)
            sentences.push_back({{"id", sentence.id}, {"text", sentence.text}, {"evidence", evidence_json(sentence.evidence, transcript)},
                                 {"start_ms", sentence.start_ms}, {"end_ms", sentence.end_ms}, {"flags", sentence.flags}});
        sections.push_back({{"id", section.id}, {"title", section.title}, {"sentences", std::move(sentences)}});
    }
    ordered_json omissions = ordered_json::array();
    for (const Omission& omission : note.omissions)
        omissions.push_back({{"id", omission.id}, {"section_id", omission.section_id}, {"text", omission.text},
                             {"evidence", evidence_json(omission.evidence, transcript)}, {"start_ms", omission.start_ms},
                             {"end_ms", omission.end_ms}, {"reason", omission.reason}});
    return {{"sections", std::move(sections)}, {"omissions", std::move(omissions)}};
}

std::string written(const ordered_json& document) { return document.dump(2, ' ', false, ordered_json::error_handler_t::replace); }

} // namespace

std::string note_to_json(const Note& note, const Transcript& transcript) { return written(note_json(note, transcript)); }

std::string visit_to_json(const Note& note, const Transcript& transcript)
{
    ordered_json document = {{"segments", segments_json(transcript)}};
    document.update(note_json(note, transcript));
    return written(document);
}

std::string note_to_text(const Note& note, NoteHeadings headings)
{
    constexpr size_t paragraph_sentences = 3;
    std::string text;
    for (const NoteSection& section : note.sections) {
        if (section.sentences.empty()) continue;
        if (!text.empty()) text += "\n\n";
        std::string title = section.title;
        if (headings == NoteHeadings::hospital) {
            if (section.id == "subjective") title = "History of present illness";
            if (section.id == "exam") title = "Physical exam";
        }
        for (char c : title) text += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        text += "\n\n";
        size_t in_paragraph = 0;
        bool under_heading = false;
        for (size_t i = 0; i < section.sentences.size(); i++) {
            const std::string& sentence = section.sentences[i].text;
            bool heading = heads_problem(section.sentences[i]);
            if (section.id == "subjective") {
                if (i > 0) text += in_paragraph >= paragraph_sentences ? "\n\n" : " ";
                in_paragraph = in_paragraph >= paragraph_sentences ? 1 : in_paragraph + 1;
                text += sentence;
                continue;
            }
            if (i > 0) text += heading ? "\n\n" : "\n";
            if (section.id == "assessment_plan" && !heading && under_heading) text += "- ";
            text += sentence;
            under_heading = under_heading || heading;
        }
    }
    if (!text.empty()) text += "\n";
    return text;
}

} // namespace chartside::interchange
