#include "domain/checks.h"

#include <algorithm>

namespace chartside {

namespace {

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

CheckKind kind_of(const std::string& flag)
{
    if (contains(flag, "dose") || contains(flag, "unit")) return CheckKind::dose;
    if (contains(flag, "allerg")) return CheckKind::allergy;
    if (contains(flag, "confidence") || contains(flag, "heard")) return CheckKind::heard;
    return CheckKind::other;
}

// Machine name to words: "polarity_unclear" -> "Polarity unclear".
std::string words_of(const std::string& flag)
{
    std::string words = flag;
    std::replace(words.begin(), words.end(), '_', ' ');
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words;
}

// At most about `limit` bytes, cut at a word.
std::string shortened(const std::string& text, size_t limit)
{
    if (text.size() <= limit) return text;
    const size_t space = text.rfind(' ', limit);
    return text.substr(0, space == std::string::npos || space == 0 ? limit : space) + "…";
}

std::string without_full_stop(std::string text)
{
    if (!text.empty() && text.back() == '.') text.pop_back();
    return text;
}

std::string heard_words(const Sentence& sentence, const Transcript& transcript)
{
    std::string words;
    for (const Evidence& evidence : sentence.evidence) {
        const Segment* segment = transcript.find(evidence.segment_id);
        if (!segment || evidence.start_char < 0 || evidence.end_char > static_cast<int>(segment->text.size())
            || evidence.end_char <= evidence.start_char)
            continue;
        if (!words.empty()) words += " … ";
        words += segment->text.substr(static_cast<size_t>(evidence.start_char),
            static_cast<size_t>(evidence.end_char - evidence.start_char));
    }
    return shortened(words, 120);
}

Check flag_check(const Sentence& sentence, const std::string& flag, const Transcript& transcript)
{
    Check check;
    check.kind = kind_of(flag);
    check.sentence_id = sentence.id;
    check.flag = flag;
    check.start_ms = sentence.start_ms;
    check.end_ms = sentence.end_ms;
    const std::string subject = without_full_stop(shortened(sentence.text, 90));
    switch (check.kind) {
    case CheckKind::dose:
        check.label = "Dose";
        check.text = contains(flag, "missing") ? "“" + subject + "” has no dose. Nothing was said aloud."
                                               : "Is the dose in “" + subject + "” right?";
        check.blocks_signing = true;
        break;
    case CheckKind::allergy:
        check.label = "Allergy";
        check.text = "Is “" + subject + "” right? Allergies are always looked at.";
        check.blocks_signing = true;
        break;
    case CheckKind::heard: {
        check.label = "Hard to hear";
        check.title = subject;
        const std::string heard = heard_words(sentence, transcript);
        check.text = heard.empty() ? "The words were hard to hear." : "Heard “" + without_full_stop(heard) + "”.";
        break;
    }
    default:
        check.label = words_of(flag);
        check.text = "“" + subject + "”";
        break;
    }
    return check;
}

} // namespace

std::vector<Check> open_checks(const Note& note, const Transcript& transcript)
{
    std::vector<Check> checks;
    for (const NoteSection& section : note.sections) {
        for (const Sentence& sentence : section.sentences) {
            if (contains(sentence.text, blank_mark)) {
                Check check;
                check.kind = CheckKind::blank;
                check.sentence_id = sentence.id;
                check.label = "Blank";
                check.text = "“" + without_full_stop(shortened(sentence.text, 90)) + "” still has a blank.";
                check.blocks_signing = true;
                check.start_ms = sentence.start_ms;
                check.end_ms = sentence.end_ms;
                checks.push_back(std::move(check));
            }
            for (const std::string& flag : sentence.flags) checks.push_back(flag_check(sentence, flag, transcript));
        }
    }
    for (const Omission& omission : note.omissions) {
        Check check;
        check.kind = CheckKind::omission;
        check.omission_id = omission.id;
        check.label = "Not in the note";
        check.text = "“" + shortened(omission.text, 160) + "”";
        check.start_ms = omission.start_ms;
        check.end_ms = omission.end_ms;
        checks.push_back(std::move(check));
    }
    return checks;
}

int blocking_count(const std::vector<Check>& checks)
{
    return static_cast<int>(
        std::count_if(checks.begin(), checks.end(), [](const Check& check) { return check.blocks_signing; }));
}

int flagged_sentence_count(const Note& note)
{
    int count = 0;
    for (const NoteSection& section : note.sections)
        for (const Sentence& sentence : section.sentences)
            count += !sentence.flags.empty() || contains(sentence.text, blank_mark);
    return count;
}

std::string flag_chip(const std::string& flag)
{
    switch (kind_of(flag)) {
    case CheckKind::dose: return "dose?";
    case CheckKind::allergy: return "allergy?";
    case CheckKind::heard: return "heard right?";
    default: break;
    }
    std::string words = words_of(flag);
    if (!words.empty() && words[0] >= 'A' && words[0] <= 'Z') words[0] = static_cast<char>(words[0] - 'A' + 'a');
    return words + "?";
}

} // namespace chartside
