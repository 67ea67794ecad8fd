#include "app/note_edits.h"

#include "base/text.h"

#include <algorithm>

namespace chartside::app {

namespace {

bool has_digit(const std::string& text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool share_words(const Sentence& a, const Sentence& b)
{
    for (const Evidence& left : a.evidence)
        for (const Evidence& right : b.evidence)
            if (left.segment_id == right.segment_id && left.start_char < right.end_char && right.start_char < left.end_char)
                return true;
    return false;
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

Note keep_own_words(const Note& old, Note fresh)
{
    for (const auto& old_section : old.sections) {
        for (const Sentence& own : old_section.sentences) {
            if (own.origin == Origin::visit) continue;
            NoteSection* section = find_section(fresh, old_section.id);
            if (!section) {
                fresh.sections.push_back({old_section.id, old_section.title, {}});
                section = &fresh.sections.back();
            }
            Sentence kept = own;
            auto& sentences = section->sentences;
            const auto again = std::find_if(sentences.begin(), sentences.end(),
                [&](const Sentence& sentence) { return share_words(sentence, own); });
            if (again != sentences.end()) {
                kept.id = again->id;
                *again = kept;
            } else {
                if (find_sentence(fresh, kept.id)) kept.id = next_sentence_id(fresh);
                sentences.push_back(kept);
            }
        }
    }
    return fresh;
}

} // namespace chartside::app
