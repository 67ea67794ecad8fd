// What the inference worker drives: the models, one listening at a time, and the note writer. Engine module only.
//
// Methods that take `done` answer later: done({ok: true, value} | {ok: false, error}), exactly once, and the caller
// waits for it before it asks the next. Owner: web/inference/engine.ts.
#pragma once

#include "note/note_writer.h"
#include "platform/engine/drive.h"
#include "platform/shapes.h"
#include "speech/file_transcriber.h"

#include <memory>
#include <optional>

namespace chartside::platform {

class Engine {
public:
    explicit Engine(emscripten::val backend);

    /// `files`: Uint8Arrays named encoder, decoder, tokens, voice_activity and note. They are not kept.
    void load(emscripten::val files, emscripten::val done);

    /// Begins listening to samples. `options`: {sample_rate, start_ms, first_segment_number, partial_captions}.
    /// on_segment(segment), on_partial({text, start_ms, end_ms}).
    void begin(emscripten::val options, emscripten::val on_segment, emscripten::val on_partial);
    /// Begins listening to a WAV file of `total_bytes`. on_samples, where not undefined, gets each piece of mono
    /// 16-bit samples and their rate; it must copy them at once.
    void begin_file(double total_bytes, emscripten::val options, emscripten::val on_segment, emscripten::val on_samples);
    void push(emscripten::val samples, double waiting_ms, emscripten::val done);
    void push_bytes(emscripten::val bytes, emscripten::val done);
    void advance(double gap_ms, emscripten::val done);
    void finish(emscripten::val done);
    /// Stops listening and forgets what was not told. Not while a `done` is awaited.
    void abandon();
    /// {done_ms, total_ms, heard_ms, last_voice_ms} of what is listened to.
    emscripten::val progress() const;

    /// Refuses audio that is too long: {ok: true} or {ok: false, error}.
    emscripten::val check_length(double duration_ms) const;

    /// done gets {note, roles}.
    void write_note(Transcript transcript, Pronouns pronouns, Sex sex, emscripten::val done);

private:
    Detached load_files(emscripten::val files, emscripten::val done);

    std::unique_ptr<inference::Runtime> m_runtime;
    std::optional<speech::SpeechModels> m_models;
    std::unique_ptr<note::NoteWriter> m_note_writer;
    std::unique_ptr<speech::Transcriber> m_transcriber;
    std::unique_ptr<speech::FileTranscriber> m_file_transcriber;
};

} // namespace chartside::platform
