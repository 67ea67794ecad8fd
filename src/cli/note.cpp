// `note FILE [--json] [--pronouns she|he|they]`: a transcript to a note, on stdout.
#include "cli/files.h"
#include "cli/verbs.h"
#include "cli/write.h"
#include "interchange/note_text.h"
#include "interchange/transcript_text.h"

#include <cstdio>
#include <iostream>

namespace chartside::cli {
namespace {

constexpr const char* usage = "note FILE [--json] [--pronouns she|he|they]";

Result<std::string> read_input(const std::string& path)
{
    if (path != "-") return read_text(path);
    return std::string(std::istreambuf_iterator<char>(std::cin), {});
}

} // namespace

int run_note(const Arguments& arguments)
{
    std::string path;
    bool as_json = false;
    note::NoteRequest request;
    for (size_t i = 0; i < arguments.size(); i++) {
        const std::string& argument = arguments[i];
        if (argument == "--json") {
            as_json = true;
        } else if (argument == "--pronouns" && i + 1 < arguments.size()) {
            const auto pronouns = read_pronouns(arguments[++i]);
            if (!pronouns) return fail_usage(usage);
            request.pronouns = *pronouns;
        } else if ((argument == "-" || !argument.starts_with("-")) && path.empty()) {
            path = argument;
        } else {
            return fail_usage(usage);
        }
    }
    if (path.empty()) return fail_usage(usage);
    auto text = read_input(path);
    if (!text) return fail(text.error());
    auto transcript = interchange::parse_transcript(*text);
    if (!transcript) return fail(transcript.error());
    auto writer = load_note_writer();
    if (!writer) return fail(writer.error());
    request.transcript = *transcript;
    auto note = run_now((*writer)->write(std::move(request)));
    if (!note) return fail(note.error());
    if (note->sections.empty()) std::fputs("Nothing was said here that a note could hold.\n", stderr);
    std::string output = as_json ? interchange::note_to_json(*note, *transcript) + "\n" : interchange::note_to_text(*note);
    std::fwrite(output.data(), 1, output.size(), stdout);
    return 0;
}

} // namespace chartside::cli
