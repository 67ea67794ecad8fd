// What the speech verbs share: the models from disk, and a WAV file to a transcript. Main thread.
#pragma once

#include "base/result.h"
#include "domain/transcript.h"
#include "inference/session.h"
#include "speech/transcriber.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace chartside::cli {

/// The runtime and the models on it; the runtime must go last.
struct Ears {
    std::unique_ptr<inference::Runtime> runtime;
    speech::SpeechModels models;
    double load_ms = 0;

    static Result<Ears> create(int thread_count);
};

struct HeardFile {
    Transcript transcript;
    double duration_ms = 0;
    double wall_ms = 0;
    speech::TranscriberTimings timings;
};

/// A file of terms, one a line; the error's sentence names the file.
Result<std::vector<std::string>> read_terms(const std::string& path);

/// Opens the file and reads its header: what cannot be heard is refused before the models are loaded.
Status check_audio_file(const std::string& path);

/// Milliseconds done, and in all.
using OnProgress = std::function<void(double, double)>;

/// Reads the file by blocks and transcribes it, with an ear for the words in `bias`, if any.
Result<HeardFile> hear_file(Ears& ears, const std::string& path, const speech::Bias* bias = nullptr, const OnProgress& on_progress = {});

} // namespace chartside::cli
