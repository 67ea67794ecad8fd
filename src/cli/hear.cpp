#include "cli/hear.h"

#include "base/stopwatch.h"
#include "cli/files.h"
#include "inference/native_runtime.h"
#include "speech/file_transcriber.h"

#include <filesystem>
#include <fstream>
#include <system_error>

namespace chartside::cli {
namespace {

namespace fs = std::filesystem;

struct AudioFile {
    std::ifstream stream;
    uint64_t total_bytes = 0;

    static Result<AudioFile> open(const std::string& path)
    {
        std::error_code error;
        AudioFile file{std::ifstream(path, std::ios::binary), 0};
        if (!file.stream || fs::is_directory(path, error)) return cannot_open(path);
        file.total_bytes = fs::file_size(path, error);
        if (error) return cannot_open(path);
        return file;
    }

    std::vector<uint8_t> next_block()
    {
        std::vector<uint8_t> block(1 << 16);
        stream.read(reinterpret_cast<char*>(block.data()), static_cast<std::streamsize>(block.size()));
        block.resize(static_cast<size_t>(stream.gcount()));
        return block;
    }
};

} // namespace

Result<Ears> Ears::create(int thread_count)
{
    const double started_ms = steady_now_ms();
    auto load = [](const char* name) -> Result<std::vector<uint8_t>> { return read_file(TRY(find_model_file(name))); };
    const auto encoder = TRY(load("moonshine/encoder_model.onnx"));
    const auto decoder = TRY(load("moonshine/decoder_model_merged.onnx"));
    const auto tokens = TRY(load("moonshine_tiny.tokens"));
    const auto voice_activity = TRY(load("silero/silero_vad_v5.onnx"));
    auto runtime = inference::create_native_runtime(thread_count);
    auto models = TRY(run_now(speech::SpeechModels::create(*runtime, {encoder, decoder, tokens, voice_activity})));
    return Ears{std::move(runtime), std::move(models), steady_now_ms() - started_ms};
}

Result<std::vector<std::string>> read_terms(const std::string& path)
{
    std::error_code error;
    std::ifstream file(path, std::ios::binary);
    if (!file || fs::is_directory(path, error)) return cannot_open(path);
    std::string list(speech::most_list_bytes + 1, '\0'); // enough to see that it is too large, whatever it is
    file.read(list.data(), static_cast<std::streamsize>(list.size()));
    if (file.bad()) return Error{ErrorCode::io, "Cannot read " + path + " to its end. Check the disk it is on.", ""};
    list.resize(static_cast<size_t>(file.gcount()));
    auto terms = speech::parse_terms(list);
    if (!terms.ok()) terms.error().message = path + ": " + terms.error().message;
    return terms;
}

Status check_audio_file(const std::string& path)
{
    auto file = TRY(AudioFile::open(path));
    audio::WavReader reader(file.total_bytes);
    std::vector<float> samples;
    while (file.stream && !reader.format()) TRY(reader.push(file.next_block(), samples));
    return reader.format() ? Status{Ok{}} : reader.finish();
}

Result<HeardFile> hear_file(Ears& ears, const std::string& path, const speech::Bias* bias, const OnProgress& on_progress)
{
    auto file = TRY(AudioFile::open(path));
    HeardFile heard;
    speech::TranscriberListener listener;
    listener.on_segment = [&](const Segment& segment) { heard.transcript.segments.push_back(segment); };
    speech::TranscriberOptions options;
    options.bias = bias;
    speech::FileTranscriber transcriber(ears.models, file.total_bytes, options, std::move(listener));
    const double started_ms = steady_now_ms();
    while (file.stream) {
        TRY(run_now(transcriber.push(file.next_block())));
        if (on_progress) on_progress(transcriber.done_ms(), transcriber.duration_ms());
    }
    TRY(run_now(transcriber.finish()));
    heard.timings = transcriber.timings();
    heard.duration_ms = transcriber.duration_ms();
    heard.wall_ms = steady_now_ms() - started_ms;
    return heard;
}

} // namespace chartside::cli
