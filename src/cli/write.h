// What the writing verbs share: the note model from disk, their options, and roles for what was heard. Main thread.
#pragma once

#include "base/result.h"
#include "note/note_writer.h"

#include <memory>
#include <optional>
#include <string_view>

namespace chartside::cli {

Result<std::unique_ptr<note::NoteWriter>> load_note_writer();

/// The value of --pronouns.
std::optional<Pronouns> read_pronouns(std::string_view name);

/// Gives each segment the role that its words tell.
void label_roles(const note::NoteWriter& writer, Transcript& transcript);

} // namespace chartside::cli
