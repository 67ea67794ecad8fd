// scribe FILE.wav [--json] [--pronouns she|he|they] [--threads N]: hear and write in one.
#include "cli/hear.h"
#include "cli/progress.h"
#include "cli/verbs.h"
#include "cli/write.h"

#include "interchange/note_text.h"

#include <cstdio>

namespace chartside::cli {
namespace {

constexpr const char* usage = "scribe FILE.wav [--json] [--pronouns she|he|they] [--threads N]";

} // namespace

int run_scribe(const Arguments& arguments)
{
    std::string path;
    bool json = false;
    int thread_count = 1;
    note::NoteRequest request;
    for (size_t i = 0; i < arguments.size(); i++) {
        const std::string& argument = arguments[i];
        const bool has_value = i + 1 < arguments.size();
        if (argument == "--json") json = true;
        else if (argument == "--threads" && has_value) thread_count = std::atoi(arguments[++i].c_str());
        else if (argument == "--pronouns" && has_value) {
            const auto pronouns = read_pronouns(arguments[++i]);
            if (!pronouns) return fail_usage(usage);
            request.pronouns = *pronouns;
        } else if (argument.starts_with("--") || !path.empty()) return fail_usage(usage);
        else path = argument;
    }
    if (path.empty() || thread_count < 0) return fail_usage(usage);

    auto writer = load_note_writer();
    if (!writer.ok()) return fail(writer.error());
    if (auto checked = check_audio_file(path); !checked.ok()) return fail(checked.error());
    auto ears = Ears::create(thread_count);
    if (!ears.ok()) return fail(ears.error());
    Progress progress;
    auto heard = hear_file(*ears, path, nullptr, [&](double done_ms, double total_ms) { progress.show(done_ms, total_ms); });
    progress.clear();
    if (!heard.ok()) return fail(heard.error());
    if (heard->transcript.segments.empty()) std::fprintf(stderr, "%s\n", speech::nothing_heard_message);

    // From the words alone, as the page writes its first draft: a segment may hold a question and its answer.
    request.transcript = heard->transcript;
    auto note = run_now((*writer)->write(std::move(request)));
    if (!note.ok()) return fail(note.error());
    label_roles(**writer, heard->transcript);
    const std::string output = json ? interchange::visit_to_json(*note, heard->transcript) + "\n" : interchange::note_to_text(*note);
    std::fwrite(output.data(), 1, output.size(), stdout);
    return 0;
}

} // namespace chartside::cli
