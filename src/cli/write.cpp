#include "cli/write.h"

#include "cli/files.h"

namespace chartside::cli {

Result<std::unique_ptr<note::NoteWriter>> load_note_writer()
{
    const std::string path = TRY(find_model_file("note_linear.bin"));
    const std::vector<uint8_t> weights = TRY(read_file(path));
    return note::create_linear_note_writer(weights);
}

std::optional<Pronouns> read_pronouns(std::string_view name)
{
    if (name == "she") return Pronouns::she;
    if (name == "he") return Pronouns::he;
    if (name == "they") return Pronouns::they;
    return std::nullopt;
}

void label_roles(const note::NoteWriter& writer, Transcript& transcript)
{
    const std::vector<Role> roles = writer.predict_roles(transcript);
    for (size_t i = 0; i < roles.size() && i < transcript.segments.size(); i++) transcript.segments[i].role = roles[i];
}

} // namespace chartside::cli
