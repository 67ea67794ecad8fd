// eval speech --list LIST.tsv [--json]: word error rate and timings over a list of "wav path TAB transcript" lines.
#include "cli/figures.h"
#include "cli/files.h"
#include "cli/hear.h"
#include "cli/verbs.h"

#include "speech/word_error.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace chartside::cli {
namespace {

constexpr const char* usage = "eval speech --list LIST.tsv [--json] [--threads N]";

} // namespace

int run_eval_speech(const Arguments& arguments)
{
    std::string list_path;
    bool json = false;
    int thread_count = 1;
    for (size_t i = 0; i < arguments.size(); i++) {
        if (arguments[i] == "--json") json = true;
        else if (arguments[i] == "--list" && i + 1 < arguments.size()) list_path = arguments[++i];
        else if (arguments[i] == "--threads" && i + 1 < arguments.size()) thread_count = std::atoi(arguments[++i].c_str());
        else return fail_usage(usage);
    }
    if (list_path.empty()) return fail_usage(usage);
    auto list = read_file(list_path);
    if (!list.ok()) return fail(list.error());
    auto ears = Ears::create(thread_count);
    if (!ears.ok()) return fail(ears.error());

    std::istringstream lines(std::string(list->begin(), list->end()));
    const auto folder = std::filesystem::path(list_path).parent_path();
    size_t error_count = 0, word_count = 0;
    double audio_ms = 0, wall_ms = 0, encode_ms = 0, decode_ms = 0, voice_ms = 0;
    int token_count = 0, line_number = 0;
    std::vector<double> word_errors, factors, token_times, encode_times, voice_times;
    for (std::string line; std::getline(lines, line);) {
        line_number++;
        if (line.empty() || line.front() == '#') continue;
        const size_t tab = line.find('\t');
        if (tab == std::string::npos)
            return fail({ErrorCode::invalid_input,
                         "Line " + std::to_string(line_number) + " of " + list_path + " has no tab. Write a WAV path, a tab and what is said in it.", ""});
        std::filesystem::path path = line.substr(0, tab);
        if (path.is_relative() && !std::filesystem::exists(path)) path = folder / path;
        auto heard = hear_file(*ears, path.string());
        if (!heard.ok()) {
            heard.error().message = path.string() + ": " + heard.error().message;
            return fail(heard.error());
        }
        std::string text;
        for (const Segment& segment : heard->transcript.segments) text += segment.text + " ";
        const speech::WordErrors errors = speech::count_word_errors(line.substr(tab + 1), text);
        error_count += errors.errors;
        word_count += errors.reference_words;
        word_errors.push_back(errors.reference_words ? static_cast<double>(errors.errors) / static_cast<double>(errors.reference_words) : 0);
        audio_ms += heard->duration_ms;
        wall_ms += heard->wall_ms;
        token_count += heard->timings.token_count;
        encode_ms += heard->timings.encode_ms;
        decode_ms += heard->timings.decode_ms;
        voice_ms += heard->timings.voice_ms;
        factors.push_back(heard->wall_ms / heard->duration_ms);
        if (heard->timings.token_count) token_times.push_back(heard->timings.decode_ms / heard->timings.token_count);
        encode_times.push_back(heard->timings.encode_ms / (heard->duration_ms / 1000));
        voice_times.push_back(heard->timings.voice_ms / (heard->duration_ms / 1000));
        if (!json) std::fprintf(stderr, "%s: %zu errors in %zu words\n", path.filename().c_str(), errors.errors, errors.reference_words);
    }
    if (word_errors.empty()) return fail({ErrorCode::invalid_input, list_path + " names no file.", ""});
    print_figure({"wer", static_cast<double>(error_count) / static_cast<double>(std::max<size_t>(1, word_count)), "share", word_errors}, json);
    print_figure({"real_time_factor", wall_ms / audio_ms, "share", factors}, json);
    print_figure({"token_ms", decode_ms / std::max(1, token_count), "ms", token_times}, json);
    print_figure({"encoder_ms_per_audio_s", encode_ms / (audio_ms / 1000), "ms", encode_times}, json);
    print_figure({"voice_ms_per_audio_s", voice_ms / (audio_ms / 1000), "ms", voice_times}, json);
    print_figure({"load_ms", ears->load_ms, "ms", {ears->load_ms}}, json);
    return 0;
}

int run_eval(const Arguments& arguments)
{
    if (!arguments.empty() && arguments.front() == "speech") return run_eval_speech({arguments.begin() + 1, arguments.end()});
    if (!arguments.empty() && arguments.front() == "note") return run_eval_note({arguments.begin() + 1, arguments.end()});
    return fail_usage("eval speech --list LIST.tsv [--json] | eval note --csv IN.csv --out PRED.csv [--json]");
}

} // namespace chartside::cli
