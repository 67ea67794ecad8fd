// Where the native command line finds the note model: public/models/note_linear.bin above the working directory
// or above the program itself. Main thread.
#pragma once

#include "base/result.h"
#include "note/note_writer.h"

#include <memory>
#include <string>

namespace chartside::cli {

Result<std::string> read_whole_file(const std::string& path);
Result<std::unique_ptr<note::NoteWriter>> load_note_writer();

} // namespace chartside::cli
