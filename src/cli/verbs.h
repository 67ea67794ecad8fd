// The native command line: one function a verb, listed in main.cpp. Each returns the process's exit status and
// writes its result to stdout, progress and errors to stderr. Main thread.
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace chartside::cli {

using Arguments = std::vector<std::string>; // without the program's and the verb's names

struct Verb {
    const char* name;
    const char* usage; // "transcribe FILE.wav [--json]"
    int (*run)(const Arguments& arguments);
};

int run_transcribe(const Arguments& arguments);
int run_note(const Arguments& arguments);
int run_scribe(const Arguments& arguments);
int run_eval(const Arguments& arguments);   // `eval speech` and `eval note`
int run_eval_speech(const Arguments& arguments);
int run_eval_note(const Arguments& arguments);

/// Prints the error's sentence (and its detail, where there is one) to stderr; returns 1.
int fail(const Error& error);
/// Prints how the verb is called to stderr; returns 2.
int fail_usage(const char* usage);

} // namespace chartside::cli
