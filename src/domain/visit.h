// Patients, visits, consents, recordings. Pure data; any thread. Times are milliseconds since the Unix epoch.
#pragma once

#include "domain/note.h"
#include "domain/transcript.h"

#include <string>
#include <vector>

namespace chartside {

enum class Sex : int { unknown = 0, female = 1, male = 2 };

/// How the note refers to the patient. `unstated` writes "the patient".
enum class Pronouns : int { unstated = 0, she = 1, he = 2, they = 3 };

struct Patient {
    std::string id;
    std::string name;
    int age_years = -1; // -1: not known
    Sex sex = Sex::unknown;
    Pronouns pronouns = Pronouns::unstated;
};

enum class VisitState : int {
    planned = 0,
    recording = 1,   // a recording is open; after a crash this is what an interrupted visit is found in
    transcribing = 2,
    draft = 3,       // a note exists
    signed_off = 4,
};

struct VisitSummary {
    std::string id;
    Patient patient;
    std::string reason; // "Knee pain"
    double scheduled_ms = 0;
    VisitState state = VisitState::planned;
    double audio_ms = 0;     // length of the recorded audio
    int check_count = 0;     // flagged sentences that await a look
    bool interrupted = false; // recording was cut by a crash or a closed tab, and may be resumed
    bool demo = false;        // a made-up patient
};

struct Consent {
    std::string visit_id;
    std::string given_by; // "R. Alvarez", "Patient's mother"
    std::string method;   // "aloud", "written", "on file"
    std::string recorded_by;
    double at_ms = 0;
};

/// A flag set by hand while recording.
struct Mark {
    double at_ms = 0; // from the start of the visit's audio
    std::string label;
};

/// Everything about one visit but its audio.
struct VisitDocument {
    VisitSummary summary;
    std::vector<Consent> consents;
    Transcript transcript;
    Note note;
    std::vector<Mark> marks;
    double saved_at_ms = 0; // when the newest of it became durable; 0 before the first save
};

} // namespace chartside
