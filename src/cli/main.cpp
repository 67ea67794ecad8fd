// chartside VERB ...: the engine on the command line.
#include "cli/verbs.h"

#include <cstdio>
#include <string>

using namespace chartside;
using cli::Verb;

namespace {

constexpr Verb verbs[] = {
    {"transcribe", "transcribe FILE.wav [--bias WORDS.txt] [--json]", cli::run_transcribe},
    {"note", "note FILE [--json] [--pronouns she|he|they]", cli::run_note},
    {"scribe", "scribe FILE.wav [--json] [--pronouns she|he|they]", cli::run_scribe},
    {"eval", "eval speech --list LIST.tsv [--bias WORDS.txt] [--json] | eval note --csv IN.csv --out PRED.csv [--json]", cli::run_eval},
};

int print_usage()
{
    std::fputs("Usage:\n", stderr);
    for (const Verb& verb : verbs) std::fprintf(stderr, "  chartside %s\n", verb.usage);
    return 2;
}

} // namespace

int main(int argument_count, char** arguments)
{
    if (argument_count < 2) return print_usage();
    const std::string name = arguments[1];
    for (const Verb& verb : verbs)
        if (name == verb.name) return verb.run(cli::Arguments(arguments + 2, arguments + argument_count));
    std::fprintf(stderr, "There is no verb \"%s\".\n", name.c_str());
    return print_usage();
}

namespace chartside::cli {

int fail(const Error& error)
{
    std::fprintf(stderr, "%s\n", error.message.c_str());
    if (!error.detail.empty()) std::fprintf(stderr, "  (%s: %s)\n", error_code_name(error.code), error.detail.c_str());
    return 1;
}

int fail_usage(const char* usage)
{
    std::fprintf(stderr, "Usage: chartside %s\n", usage);
    return 2;
}

} // namespace chartside::cli
