#include "domain/plain_note.h"

namespace chartside {

bool heads_problem(const Sentence& sentence)
{
    const std::string& text = sentence.text;
    size_t at = 0;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at > 0 && at <= 2 && at + 1 < text.size() && text[at] == '.' && text[at + 1] == ' ';
}

bool starts_line(const Sentence& sentence) { return sentence.text.starts_with('\n') || heads_problem(sentence); }

std::string plain_section(const NoteSection& section)
{
    std::string text;
    for (const Sentence& sentence : section.sentences) {
        if (!text.empty()) text += starts_line(sentence) ? "\n" : " ";
        text += sentence.text;
    }
    return text;
}

std::string plain_note(const Note& note)
{
    std::string text;
    for (const NoteSection& section : note.sections) {
        if (section.sentences.empty()) continue;
        if (!text.empty()) text += "\n\n";
        text += section.title + "\n" + plain_section(section);
    }
    return text;
}

} // namespace chartside
