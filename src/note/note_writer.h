// The note model's interface: a transcript in, sentences with evidence out. Owner: the inference worker, or a
// native verb. Any one thread.
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "domain/note.h"
#include "domain/transcript.h"
#include "domain/visit.h"

#include <memory>
#include <span>

namespace chartside::note {

struct NoteRequest {
    Transcript transcript; // roles may be unknown or wrong; the writer predicts its own and does not change these
    Pronouns pronouns = Pronouns::unstated;
    Sex sex = Sex::unknown;
};

class NoteWriter {
public:
    virtual ~NoteWriter() = default;
    /// Writes what the transcript supports and nothing else; an empty note is a good answer.
    virtual Task<Note> write(NoteRequest request) = 0;
    /// The role of each segment of `transcript`, in order, from its words.
    virtual std::vector<Role> predict_roles(const Transcript& transcript) const = 0;
};

/// The linear model: `weights` is the file that tools/train/note_linear.py writes (format in note/linear_model.h).
Result<std::unique_ptr<NoteWriter>> create_linear_note_writer(std::span<const uint8_t> weights);

} // namespace chartside::note
