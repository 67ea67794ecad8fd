// transcribe FILE.wav [--bias WORDS.txt] [--json] [--threads N]: what was said, as text or as segments.
#include "cli/hear.h"
#include "cli/verbs.h"

#include "audio/limits.h"
#include "interchange/transcript_json.h"

#include <cstdio>
#include <optional>
#include <unistd.h>

namespace chartside::cli {
namespace {

constexpr const char* usage = "transcribe FILE.wav [--bias WORDS.txt] [--json] [--threads N]";

std::string clock_text(double milliseconds)
{
    char text[16];
    const auto seconds = static_cast<int>(milliseconds / 1000);
    std::snprintf(text, sizeof text, "%d:%02d", seconds / 60, seconds % 60);
    return text;
}

void print_progress(double done_ms, double total_ms)
{
    std::fprintf(stderr, "\r%s of %s ", clock_text(done_ms).c_str(), clock_text(total_ms).c_str());
    std::fflush(stderr);
}

} // namespace

int run_transcribe(const Arguments& arguments)
{
    std::string path;
    std::optional<std::string> bias_path;
    bool json = false;
    int thread_count = 1;
    for (size_t i = 0; i < arguments.size(); i++) {
        const std::string& argument = arguments[i];
        if (argument == "--json") json = true;
        else if (argument == "--threads" && i + 1 < arguments.size()) thread_count = std::atoi(arguments[++i].c_str());
        else if (argument == "--bias" && i + 1 < arguments.size()) bias_path = arguments[++i];
        else if (argument.starts_with("--") || !path.empty()) return fail_usage(usage);
        else path = argument;
    }
    if (path.empty() || thread_count < 0) return fail_usage(usage);

    std::vector<std::string> terms;
    if (bias_path) {
        auto read = read_terms(*bias_path);
        if (!read.ok()) return fail(read.error());
        terms = std::move(read).value();
    }
    auto ears = Ears::create(thread_count);
    if (!ears.ok()) return fail(ears.error());
    std::optional<speech::Bias> bias;
    if (!terms.empty()) bias.emplace(terms, ears->models.tokenizer);
    const bool show_progress = isatty(STDERR_FILENO) != 0;
    auto heard = hear_file(*ears, path, bias ? &*bias : nullptr, show_progress ? print_progress : OnProgress{});
    if (show_progress) std::fputs("\r                \r", stderr);
    if (!heard.ok()) return fail(heard.error());

    if (json) {
        std::puts(interchange::transcript_to_json(heard->transcript).c_str());
    } else {
        for (const Segment& segment : heard->transcript.segments)
            std::printf("[%s] %s\n", clock_text(segment.start_ms).c_str(), segment.text.c_str());
    }
    if (heard->transcript.segments.empty()) std::fprintf(stderr, "%s\n", speech::nothing_heard_message);
    std::fprintf(stderr, "%s of audio in %s (%.3f of real time); %.1f ms a token\n",
                 audio::duration_text(heard->duration_ms).c_str(), audio::duration_text(heard->wall_ms).c_str(),
                 heard->wall_ms / heard->duration_ms,
                 heard->timings.decode_ms / std::max(1, heard->timings.token_count));
    return 0;
}

} // namespace chartside::cli
