#include "platform/engine/engine.h"

#include "audio/limits.h"
#include "audio/pcm16.h"
#include "platform/engine/web_runtime.h"

#include <algorithm>
#include <cmath>

namespace chartside::platform {
namespace {

using emscripten::val;

Error nothing_begun()
{
    return {ErrorCode::not_found, "Nothing is being listened to. Start a recording or open a file first.", "engine: no transcriber"};
}

val success(val value)
{
    auto outcome = val::object();
    outcome.set("ok", true);
    outcome.set("value", std::move(value));
    return outcome;
}

val failure(const Error& error)
{
    auto outcome = val::object();
    outcome.set("ok", false);
    outcome.set("error", error_object(error));
    return outcome;
}

Detached drive(Task<Ok> task, val done)
{
    const Result<Ok> result = co_await task;
    done(result.ok() ? success(val::undefined()) : failure(result.error()));
}

// Copies a typed array of bytes or floats in.
template <typename T>
std::vector<T> copy_in(const val& array)
{
    std::vector<T> elements(array["length"].as<size_t>());
    val(emscripten::typed_memory_view(elements.size(), elements.data())).call<void>("set", array);
    return elements;
}

speech::TranscriberOptions options_from(const val& options)
{
    speech::TranscriberOptions result;
    result.sample_rate_hz = options["sample_rate"].as<int>();
    result.start_ms = options["start_ms"].as<double>();
    result.first_segment_number = options["first_segment_number"].as<int>();
    result.partial_captions = options["partial_captions"].as<bool>();
    return result;
}

} // namespace

Engine::Engine(val backend) : m_runtime(create_web_runtime(std::move(backend))) {}

void Engine::load(val files, val done) { load_files(std::move(files), std::move(done)); }

Detached Engine::load_files(val files, val done)
{
    const auto encoder = copy_in<uint8_t>(files["encoder"]);
    const auto decoder = copy_in<uint8_t>(files["decoder"]);
    const auto tokens = copy_in<uint8_t>(files["tokens"]);
    const auto voice_activity = copy_in<uint8_t>(files["voice_activity"]);
    const auto note_weights = copy_in<uint8_t>(files["note"]);
    auto writer = note::create_linear_note_writer(note_weights);
    if (!writer.ok()) {
        done(failure(writer.error()));
        co_return;
    }
    auto models = co_await speech::SpeechModels::create(*m_runtime, {encoder, decoder, tokens, voice_activity});
    if (!models.ok()) {
        done(failure(models.error()));
        co_return;
    }
    m_note_writer = std::move(writer).value();
    m_models.emplace(std::move(models).value());
    done(success(val::undefined()));
}

void Engine::begin(val options, val on_segment, val on_partial)
{
    abandon();
    if (!m_models) return;
    const auto transcriber_options = options_from(options);
    speech::TranscriberListener listener;
    listener.on_segment = [on_segment](const Segment& segment) { on_segment(segment); };
    listener.on_partial = [on_partial](const speech::PartialCaption& caption) {
        auto object = val::object();
        object.set("text", caption.text);
        object.set("start_ms", caption.start_ms);
        object.set("end_ms", caption.end_ms);
        on_partial(object);
    };
    m_transcriber = std::make_unique<speech::Transcriber>(*m_models, transcriber_options, std::move(listener));
}

void Engine::begin_file(double total_bytes, val options, val on_segment, val on_samples)
{
    abandon();
    if (!m_models) return;
    speech::TranscriberListener listener;
    listener.on_segment = [on_segment](const Segment& segment) { on_segment(segment); };
    speech::FileTranscriber::OnSamples tell_samples;
    if (!on_samples.isUndefined()) {
        tell_samples = [on_samples](std::span<const float> samples, int sample_rate_hz) {
            std::vector<int16_t> pcm;
            pcm.reserve(samples.size());
            for (const float sample : samples) pcm.push_back(audio::to_pcm16(sample));
            on_samples(val(emscripten::typed_memory_view(pcm.size(), pcm.data())), sample_rate_hz);
        };
    }
    m_file_transcriber = std::make_unique<speech::FileTranscriber>(
        *m_models, static_cast<uint64_t>(total_bytes), options_from(options), std::move(listener), std::move(tell_samples));
}

void Engine::push(val samples, double waiting_ms, val done)
{
    if (!m_transcriber) done(failure(nothing_begun()));
    else drive(m_transcriber->push(copy_in<float>(samples), waiting_ms), std::move(done));
}

void Engine::push_bytes(val bytes, val done)
{
    if (!m_file_transcriber) done(failure(nothing_begun()));
    else drive(m_file_transcriber->push(copy_in<uint8_t>(bytes)), std::move(done));
}

void Engine::advance(double gap_ms, val done)
{
    if (!m_transcriber) done(failure(nothing_begun()));
    else drive(m_transcriber->advance(gap_ms), std::move(done));
}

void Engine::finish(val done)
{
    if (m_transcriber) drive(m_transcriber->finish(), std::move(done));
    else if (m_file_transcriber) drive(m_file_transcriber->finish(), std::move(done));
    else done(failure(nothing_begun()));
}

void Engine::abandon()
{
    m_transcriber.reset();
    m_file_transcriber.reset();
}

val Engine::progress() const
{
    auto object = val::object();
    double done_ms = 0, total_ms = 0, heard_ms = 0, last_voice_ms = 0;
    if (m_transcriber) {
        heard_ms = m_transcriber->heard_ms();
        last_voice_ms = m_transcriber->last_voice_ms();
    }
    if (m_file_transcriber) {
        done_ms = m_file_transcriber->done_ms();
        total_ms = m_file_transcriber->duration_ms();
    }
    object.set("done_ms", done_ms);
    object.set("total_ms", total_ms);
    object.set("heard_ms", heard_ms);
    object.set("last_voice_ms", last_voice_ms);
    return object;
}

val Engine::check_length(double duration_ms) const
{
    const auto status = audio::check_length(duration_ms);
    return status.ok() ? success(val::undefined()) : failure(status.error());
}

namespace {

Detached drive_note(note::NoteWriter& writer, note::NoteRequest request, val done)
{
    auto roles = val::array();
    unsigned count = 0;
    for (const Role role : writer.predict_roles(request.transcript)) roles.set(count++, static_cast<int>(role));
    auto task = writer.write(std::move(request));
    auto note = co_await task;
    if (!note.ok()) {
        done(failure(note.error()));
        co_return;
    }
    auto written = val::object();
    written.set("note", note.value());
    written.set("roles", roles);
    done(success(written));
}

} // namespace

void Engine::write_note(Transcript transcript, Pronouns pronouns, Sex sex, val done)
{
    if (!m_note_writer) {
        done(failure({ErrorCode::not_found, "The note model is not loaded yet. Wait until it is ready.", "engine: no note writer"}));
        return;
    }
    note::NoteRequest request;
    request.transcript = std::move(transcript);
    request.pronouns = pronouns;
    request.sex = sex;
    drive_note(*m_note_writer, std::move(request), std::move(done));
}

} // namespace chartside::platform
