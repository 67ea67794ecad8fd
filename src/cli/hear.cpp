#include "cli/hear.h"

#include "base/stopwatch.h"
#include "inference/native_runtime.h"
#include "speech/file_transcriber.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace chartside::cli {
namespace {

namespace fs = std::filesystem;

Error cannot_open(const std::string& path)
{
    return {ErrorCode::not_found, "Cannot open " + path + ". Check the name, and that you may read it.", ""};
}

// The nearest folder at or above `start` that holds the project.
fs::path repository_above(fs::path start)
{
    for (std::error_code error; !start.empty(); start = start.parent_path()) {
        if (fs::exists(start / "public/models", error) && fs::exists(start / "CMakeLists.txt", error)) return start;
        if (start == start.root_path()) break;
    }
    return {};
}

} // namespace

Result<std::vector<uint8_t>> read_file(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file || fs::is_directory(path)) return cannot_open(path);
    std::vector<uint8_t> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (file.bad()) return Error{ErrorCode::io, "Cannot read " + path + " to its end. Check the disk it is on.", ""};
    return bytes;
}

Result<std::string> find_model_file(const std::string& name)
{
    std::vector<fs::path> places;
    std::error_code error;
    if (const char* models = std::getenv("CHARTSIDE_MODELS"); models && *models) {
        places.push_back(fs::path(models) / name);
    } else {
        const fs::path starts[] = {fs::current_path(error), fs::read_symlink("/proc/self/exe", error).parent_path()};
        for (const fs::path& start : starts) {
            const fs::path repository = repository_above(start);
            if (repository.empty()) continue;
            places.push_back(repository / ".cache/assets" / name);
            places.push_back(repository / "public/models" / name);
        }
    }
    for (const fs::path& place : places)
        if (fs::exists(place, error)) return place.string();
    return Error{ErrorCode::not_found,
                 "The model file " + name + " is missing. Run ./dev test once, which fetches it, or set CHARTSIDE_MODELS to the folder that holds it.",
                 places.empty() ? "no place to look" : places.front().string()};
}

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

Result<HeardFile> hear_file(Ears& ears, const std::string& path, const speech::Bias* bias, const OnProgress& on_progress)
{
    std::error_code error;
    std::ifstream file(path, std::ios::binary);
    if (!file || fs::is_directory(path, error)) return cannot_open(path);
    const auto total_bytes = fs::file_size(path, error);
    if (error) return cannot_open(path);

    HeardFile heard;
    speech::TranscriberListener listener;
    listener.on_segment = [&](const Segment& segment) { heard.transcript.segments.push_back(segment); };
    speech::TranscriberOptions options;
    options.bias = bias;
    speech::FileTranscriber transcriber(ears.models, total_bytes, options, std::move(listener));
    const double started_ms = steady_now_ms();
    std::vector<uint8_t> block(1 << 16);
    while (file) {
        file.read(reinterpret_cast<char*>(block.data()), static_cast<std::streamsize>(block.size()));
        std::vector<uint8_t> bytes(block.begin(), block.begin() + file.gcount());
        TRY(run_now(transcriber.push(std::move(bytes))));
        if (on_progress) on_progress(transcriber.done_ms(), transcriber.duration_ms());
    }
    TRY(run_now(transcriber.finish()));
    heard.timings = transcriber.timings();
    heard.duration_ms = transcriber.duration_ms();
    heard.wall_ms = steady_now_ms() - started_ms;
    return heard;
}

} // namespace chartside::cli
