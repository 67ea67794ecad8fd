// A visit as one text, so that two of them can be compared whole and a difference can be read.
#pragma once

#include "domain/visit.h"

#include <sstream>
#include <string>

namespace chartside::store::test {

inline void describe_evidence(std::ostringstream& out, const std::vector<Evidence>& evidence)
{
    for (const Evidence& span : evidence) {
        out << " [" << span.segment_id << ' ' << span.start_char << ' ' << span.end_char << ']';
    }
}

inline std::string describe(const Note& note)
{
    std::ostringstream out;
    out.precision(17);
    for (const NoteSection& section : note.sections) {
        out << "section " << section.id << ' ' << section.title << '\n';
        for (const Sentence& sentence : section.sentences) {
            out << "  " << sentence.id << ' ' << static_cast<int>(sentence.origin) << ' ' << sentence.start_ms << ' '
                << sentence.end_ms << ' ' << sentence.text << " was " << sentence.drafted_text;
            for (const std::string& flag : sentence.flags) out << " !" << flag;
            describe_evidence(out, sentence.evidence);
            out << '\n';
        }
    }
    for (const Omission& omission : note.omissions) {
        out << "omission " << omission.id << ' ' << omission.section_id << ' ' << omission.start_ms << ' '
            << omission.end_ms << ' ' << omission.reason << ' ' << omission.text;
        describe_evidence(out, omission.evidence);
        out << '\n';
    }
    return out.str();
}

/// All that a caller gave to the store; not what the store adds (audio_ms, check_count, saved_at_ms).
inline std::string describe(const VisitDocument& visit)
{
    std::ostringstream out;
    out.precision(17);
    const VisitSummary& summary = visit.summary;
    out << summary.id << ' ' << summary.reason << ' ' << summary.scheduled_ms << ' '
        << static_cast<int>(summary.state) << '\n'
        << summary.patient.id << ' ' << summary.patient.name << ' ' << summary.patient.age_years << ' '
        << static_cast<int>(summary.patient.sex) << static_cast<int>(summary.patient.pronouns) << '\n';
    for (const Consent& consent : visit.consents) {
        out << "consent " << consent.given_by << ' ' << consent.method << ' ' << consent.recorded_by << ' '
            << consent.at_ms << '\n';
    }
    for (const Segment& segment : visit.transcript.segments) {
        out << "segment " << segment.id << ' ' << segment.start_ms << ' ' << segment.end_ms << ' '
            << static_cast<int>(segment.role) << ' ' << segment.confidence << ' ' << segment.text << '\n';
        for (const Word& word : segment.words) {
            out << "  word " << word.start_char << ' ' << word.end_char << ' ' << word.start_ms << ' ' << word.end_ms
                << ' ' << word.confidence << '\n';
        }
    }
    for (const Mark& mark : visit.marks) out << "mark " << mark.at_ms << ' ' << mark.label << '\n';
    return out.str() + describe(visit.note);
}

} // namespace chartside::store::test
