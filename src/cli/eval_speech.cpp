// eval speech --list LIST.tsv [--bias WORDS.txt] [--drugs WORDS.txt] [--json]: word error rate, drug names heard and
// timings over a list of "wav path TAB transcript" lines. A line without a transcript is of silence or noise.
//
// Drug names are those of --drugs, else those listened for, else those that the note's lexicon knows.
#include "cli/figures.h"
#include "cli/files.h"
#include "cli/hear.h"
#include "cli/verbs.h"

#include "note/lexicon.h"
#include "speech/name_recall.h"
#include "speech/word_error.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <optional>
#include <sstream>

namespace chartside::cli {
namespace {

constexpr const char* usage = "eval speech --list LIST.tsv [--bias WORDS.txt] [--drugs WORDS.txt] [--json] [--threads N]";

std::vector<std::string> known_drugs_in(const std::string& text)
{
    std::vector<std::string> drugs = speech::normal_words(text);
    std::erase_if(drugs, [](const std::string& word) { return !note::is_drug(word); });
    return drugs;
}

} // namespace

int run_eval_speech(const Arguments& arguments)
{
    std::string list_path;
    std::optional<std::string> bias_path, drugs_path;
    bool json = false;
    int thread_count = 1;
    for (size_t i = 0; i < arguments.size(); i++) {
        if (arguments[i] == "--json") json = true;
        else if (arguments[i] == "--list" && i + 1 < arguments.size()) list_path = arguments[++i];
        else if (arguments[i] == "--bias" && i + 1 < arguments.size()) bias_path = arguments[++i];
        else if (arguments[i] == "--drugs" && i + 1 < arguments.size()) drugs_path = arguments[++i];
        else if (arguments[i] == "--threads" && i + 1 < arguments.size()) thread_count = std::atoi(arguments[++i].c_str());
        else return fail_usage(usage);
    }
    if (list_path.empty()) return fail_usage(usage);
    auto list = read_file(list_path);
    if (!list.ok()) return fail(list.error());
    std::vector<std::string> terms, drugs;
    for (const auto& [path, words] : {std::pair{&bias_path, &terms}, std::pair{&drugs_path, &drugs}}) {
        if (!*path) continue;
        auto read = read_terms(**path);
        if (!read.ok()) return fail(read.error());
        *words = std::move(read).value();
    }
    if (drugs.empty()) drugs = terms;
    auto ears = Ears::create(thread_count);
    if (!ears.ok()) return fail(ears.error());
    std::optional<speech::Bias> bias;
    if (!terms.empty()) bias.emplace(terms, ears->models.tokenizer);

    std::istringstream lines(std::string(list->begin(), list->end()));
    const auto folder = std::filesystem::path(list_path).parent_path();
    size_t error_count = 0, word_count = 0, drugs_said = 0, drugs_heard = 0;
    double audio_ms = 0, wall_ms = 0, encode_ms = 0, decode_ms = 0, voice_ms = 0;
    int token_count = 0, line_number = 0;
    std::vector<double> word_errors, drug_recalls, drugs_wrong, noise_words, factors, token_times, encode_times, voice_times;
    for (std::string line; std::getline(lines, line);) {
        line_number++;
        if (line.empty() || line.front() == '#') continue;
        const size_t tab = line.find('\t');
        if (tab == std::string::npos)
            return fail({ErrorCode::invalid_input,
                         "Line " + std::to_string(line_number) + " of " + list_path + " has no tab. Write a WAV path, a tab and what is said in it.", ""});
        std::filesystem::path path = line.substr(0, tab);
        if (path.is_relative() && !std::filesystem::exists(path)) path = folder / path;
        auto heard = hear_file(*ears, path.string(), bias ? &*bias : nullptr);
        if (!heard.ok()) {
            heard.error().message = path.string() + ": " + heard.error().message;
            return fail(heard.error());
        }
        std::string text;
        for (const Segment& segment : heard->transcript.segments) text += segment.text + " ";
        const std::string said = line.substr(tab + 1);
        const speech::WordErrors errors = speech::count_word_errors(said, text);
        if (errors.reference_words == 0) noise_words.push_back(static_cast<double>(errors.errors));
        const speech::NameCounts names = speech::count_names(said, text, drugs.empty() ? known_drugs_in(said + " " + text) : drugs);
        drugs_said += names.said;
        drugs_heard += names.heard;
        drugs_wrong.push_back(static_cast<double>(names.wrong));
        if (names.said) drug_recalls.push_back(static_cast<double>(names.heard) / static_cast<double>(names.said));
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
    if (drugs_said)
        print_figure({"drug_recall", static_cast<double>(drugs_heard) / static_cast<double>(drugs_said), "share", drug_recalls}, json);
    print_figure({"drug_wrong", std::reduce(drugs_wrong.begin(), drugs_wrong.end()), "words", drugs_wrong}, json);
    if (!noise_words.empty()) print_figure({"noise_words", std::reduce(noise_words.begin(), noise_words.end()), "words", noise_words}, json);
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
    return fail_usage("eval speech --list LIST.tsv [--bias WORDS.txt] [--drugs WORDS.txt] [--json] | eval note --csv IN.csv --out PRED.csv [--json]");
}

} // namespace chartside::cli
