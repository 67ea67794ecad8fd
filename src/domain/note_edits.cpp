#include "domain/note_edits.h"

#include <algorithm>

namespace chartside {

namespace {

bool has_digit(const std::string& text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

Sentence* find_sentence(Note& note, const std::string& sentence_id)
{
    for (auto& section : note.sections)
        for (auto& sentence : section.sentences)
            if (sentence.id == sentence_id) return &sentence;
    return nullptr;
}

NoteSection* find_section(Note& note, const std::string& section_id)
{
    for (auto& section : note.sections)
        if (section.id == section_id) return &section;
    return nullptr;
}

void remove_sentence(Note& note, const std::string& sentence_id)
{
    for (auto& section : note.sections)
        std::erase_if(section.sentences, [&](const Sentence& sentence) { return sentence.id == sentence_id; });
}

std::string next_sentence_id(const Note& note)
{
    size_t number = 1;
    for (const auto& section : note.sections) number += section.sentences.size();
    const auto taken = [&](const std::string& id) {
        for (const auto& section : note.sections)
            for (const auto& sentence : section.sentences)
                if (sentence.id == id) return true;
        return false;
    };
    while (taken("h" + std::to_string(number))) ++number;
    return "h" + std::to_string(number);
}

void change_sentence(Sentence& sentence, const std::string& text)
{
    if (sentence.origin == Origin::visit) {
        sentence.drafted_text = sentence.text;
        sentence.origin = Origin::edited;
    }
    sentence.text = text;
    if (sentence.origin == Origin::edited && !sentence.drafted_text.empty() && text == sentence.drafted_text) {
        sentence.origin = Origin::visit;
        sentence.drafted_text.clear();
        return;
    }
    std::erase_if(sentence.flags, [&](const std::string& flag) {
        // A missing dose is settled by a number, anything else by the physician having rewritten it.
        return flag.find("missing") == std::string::npos || has_digit(text);
    });
}

Sentence hand_sentence(const Note& note, const std::string& text)
{
    Sentence sentence;
    sentence.id = next_sentence_id(note);
    sentence.text = text;
    sentence.origin = Origin::hand;
    return sentence;
}

Sentence omitted_sentence(const Note& note, const Omission& omission)
{
    Sentence sentence;
    sentence.id = next_sentence_id(note);
    sentence.text = omission.reason == after_signing ? omission.text : "“" + omission.text + "”";
    sentence.evidence = omission.evidence;
    sentence.start_ms = omission.start_ms;
    sentence.end_ms = omission.end_ms;
    return sentence;
}

} // namespace chartside
