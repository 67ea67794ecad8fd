// transcribe FILE.wav [--bias WORDS.txt] [--json] [--threads N]: what was said, as text or as segments.
#include "cli/hear.h"
#include "cli/progress.h"
#include "cli/verbs.h"
#include "cli/write.h"

#include "audio/limits.h"
#include "interchange/transcript_json.h"

#include <cstdio>
#include <optional>

namespace chartside::cli {
namespace {

constexpr const char* usage = "transcribe FILE.wav [--bias WORDS.txt] [--json] [--threads N]";

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
    if (auto checked = check_audio_file(path); !checked.ok()) return fail(checked.error());
    auto ears = Ears::create(thread_count);
    if (!ears.ok()) return fail(ears.error());
    std::optional<speech::Bias> bias;
    if (!terms.empty()) bias.emplace(terms, ears->models.tokenizer);
    Progress progress;
    auto heard = hear_file(*ears, path, bias ? &*bias : nullptr, [&](double done_ms, double total_ms) { progress.show(done_ms, total_ms); });
    progress.clear();
    if (!heard.ok()) return fail(heard.error());

    if (json) {
        auto writer = load_note_writer();
        if (!writer.ok()) return fail(writer.error());
        label_roles(**writer, heard->transcript);
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
