#include "note/assembly.h"
#include "note/draft.h"
#include "note/linear_model.h"
#include "note/note_writer.h"
#include "note/sections.h"

namespace chartside::note {
namespace {

class LinearNoteWriter : public NoteWriter {
public:
    explicit LinearNoteWriter(LinearModel model) : m_model(std::move(model)) {}

    Task<Note> write(NoteRequest request) override
    {
        Dialogue dialogue = read_dialogue(request.transcript, m_model);
        Visit visit{dialogue, {read_pronouns(dialogue, request.pronouns, request.sex)}, read_sections(dialogue)};
        std::vector<Draft> drafts = write_history(visit);
        for (Draft& draft : write_findings(visit)) drafts.push_back(std::move(draft));
        for (Draft& draft : write_plan(visit)) drafts.push_back(std::move(draft));
        co_return assemble_note(request.transcript, visit, std::move(drafts));
    }

    std::vector<Role> predict_roles(const Transcript& transcript) const override
    {
        return segment_roles(transcript, read_dialogue(transcript, m_model));
    }

private:
    LinearModel m_model;
};

} // namespace

Result<std::unique_ptr<NoteWriter>> create_linear_note_writer(std::span<const uint8_t> weights)
{
    LinearModel model = TRY(LinearModel::create(weights));
    return std::unique_ptr<NoteWriter>(new LinearNoteWriter(std::move(model)));
}

} // namespace chartside::note
