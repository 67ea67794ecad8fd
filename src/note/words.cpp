#include "note/words.h"

#include "base/characters.h"
#include "base/text.h"
#include "note/lexicon.h"
#include "note/numbers.h"

#include <algorithm>
#include <array>

namespace chartside::note {
namespace {

// Length of an apostrophe at `i` ("'" or U+2019), or 0.
size_t apostrophe(std::string_view text, size_t i)
{
    if (i < text.size() && text[i] == '\'') return 1;
    if (text.substr(i, 3) == "\xE2\x80\x99" || text.substr(i, 3) == "\xE2\x80\x98") return 3;
    return 0;
}

// Punctuation that UTF-8 text brings along: quotes, dashes, ellipsis. They stand alone.
size_t wide_punctuation(std::string_view text, size_t i)
{
    if (text.substr(i, 2) == "\xE2\x80" && i + 2 < text.size() && !apostrophe(text, i)) return 3;
    if (text.substr(i, 2) == "\xC2\xA0") return 2;
    return 0;
}

bool is_abbreviation(std::string_view lower)
{
    static constexpr std::array<std::string_view, 8> known = {"dr", "mr", "mrs", "ms", "st", "vs", "jr", "sr"};
    return std::find(known.begin(), known.end(), lower) != known.end();
}

Word make(std::string text, size_t start, size_t end, WordKind kind)
{
    Word word;
    word.lower = to_lower_ascii(text);
    word.text = std::move(text);
    word.start = static_cast<int>(start);
    word.end = static_cast<int>(end);
    word.kind = kind;
    return word;
}

const Word* next_content(const Words& words, size_t i)
{
    for (size_t k = i + 1; k < words.size() && k < i + 5; k++) {
        if (words[k].kind == WordKind::punctuation) continue;
        if (is_adverb(words[k].lower) || words[k].is("not") || words[k].is("um") || words[k].is("uh")) continue;
        return &words[k];
    }
    return nullptr;
}

} // namespace

Words tokenize(std::string_view text)
{
    Words words;
    for (size_t i = 0; i < text.size();) {
        char c = text[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            i++;
            continue;
        }
        if (size_t wide = wide_punctuation(text, i)) {
            std::string_view mark = text.substr(i, wide);
            if (mark == "\xE2\x80\x94" || mark == "\xE2\x80\x93")
                words.push_back(make(",", i, i + wide, WordKind::punctuation));
            else if (mark == "\xE2\x80\xA6")
                words.push_back(make("...", i, i + wide, WordKind::punctuation));
            i += wide;
            continue;
        }
        size_t start = i;
        bool fraction = c == '.' && i + 1 < text.size() && is_digit(text[i + 1]) && (i == 0 || text[i - 1] == ' ');
        if (c == '-' && i > 0 && text[i - 1] == ' ' && i + 1 < text.size() && is_letter(text[i + 1]) && !words.empty() && words.back().kind == WordKind::number) {
            i++; // "53 -year-old"
            continue;
        }
        if (is_digit(c) || fraction) {
            if (fraction) i++;
            while (i < text.size()) {
                bool joins = (text[i] == ',' || text[i] == '.' || text[i] == '/' || text[i] == ':') &&
                             i + 1 < text.size() && is_digit(text[i + 1]);
                if (text[i] == ',' && joins) {
                    // "1,000" is one number; "5,6" is two.
                    size_t run = 0;
                    while (i + 1 + run < text.size() && is_digit(text[i + 1 + run])) run++;
                    joins = run == 3;
                }
                if (!is_digit(text[i]) && !joins && !is_letter(text[i]) && text[i] != '-') break;
                if (text[i] == '-' && !(i + 1 < text.size() && (is_letter(text[i + 1]) || is_digit(text[i + 1])))) break;
                if (wide_punctuation(text, i)) break;
                i++;
            }
            if (i < text.size() && text[i] == '+' && i - start == 1) i++; // "1+ edema"
            bool plain = std::all_of(text.begin() + static_cast<long>(start), text.begin() + static_cast<long>(i),
                                     [](char d) { return is_digit(d) || d == ',' || d == '.' || d == '/' || d == '+'; });
            words.push_back(make((fraction ? "0" : "") + std::string(text.substr(start, i - start)), start, i,
                                 plain ? WordKind::number : WordKind::word));
            continue;
        }
        if (is_letter(c) || (apostrophe(text, i) && i + apostrophe(text, i) < text.size() &&
                             is_letter(text[i + apostrophe(text, i)]))) {
            std::string written;
            while (i < text.size() && !wide_punctuation(text, i)) {
                if (size_t mark = apostrophe(text, i)) {
                    written += '\'';
                    i += mark;
                } else if (is_letter(text[i]) || is_digit(text[i]) || text[i] == '-') {
                    written += text[i++];
                } else if (text[i] == '.' && i + 1 < text.size() && is_letter(text[i + 1]) && i - start <= 3 &&
                           (i - start == 1 || text[i - 2] == '.')) {
                    written += text[i++]; // "a.m", "p.o"
                } else {
                    break;
                }
            }
            if (i < text.size() && text[i] == '.' && is_abbreviation(to_lower_ascii(written)))
                written += text[i++];
            else if (i < text.size() && text[i] == '.' && (written == "a.m" || written == "p.m"))
                written += text[i++];
            words.push_back(make(written, start, i, WordKind::word));
            continue;
        }
        while (i < text.size() && text[i] == c && (c == '.' || c == '-')) i++;
        if (i == start) i++;
        words.push_back(make(std::string(text.substr(start, i - start)), start, i, WordKind::punctuation));
    }
    return words;
}

void expand_contractions(Words& words)
{
    Words out;
    out.reserve(words.size() + 8);
    auto joins_next = [&](size_t i, std::string_view first, std::string_view second) {
        return words[i].is(first) && i + 1 < words.size() && words[i + 1].is(second);
    };
    for (size_t i = 0; i < words.size(); i++) {
        const Word& word = words[i];
        const std::string& lower = word.lower;
        auto pair = [&](std::string_view first, std::string_view second) {
            out.push_back(spoken_as(word, first));
            out.push_back(spoken_as(word, second));
        };
        auto split_next = [&](std::string_view first, std::string_view second) {
            Word whole = word;
            whole.end = words[i + 1].end;
            out.push_back(spoken_as(whole, first));
            out.push_back(spoken_as(whole, second));
            i++;
        };
        if (joins_next(i, "gon", "na")) { split_next("going", "to"); continue; }
        if (joins_next(i, "wan", "na")) { split_next("want", "to"); continue; }
        if (joins_next(i, "got", "ta")) { split_next("have", "to"); continue; }
        if (joins_next(i, "lem", "me")) { split_next("let", "me"); continue; }
        if (joins_next(i, "gim", "me")) { split_next("give", "me"); continue; }
        if (joins_next(i, "ca", "n't")) { split_next("can", "not"); continue; }
        if (joins_next(i, "wo", "n't")) { split_next("will", "not"); continue; }
        if (joins_next(i, "ai", "n't")) { split_next("is", "not"); continue; }
        if (lower == "n't") { out.push_back(spoken_as(word, "not")); continue; }
        if (lower == "gonna") { pair("going", "to"); continue; }
        if (lower == "wanna") { pair("want", "to"); continue; }
        if (lower == "gotta") { pair("have", "to"); continue; }
        if (lower == "kinda") { pair("kind", "of"); continue; }
        if (lower == "sorta") { pair("sort", "of"); continue; }
        if (lower == "'cause" || lower == "cuz" || lower == "'cuz") { out.push_back(spoken_as(word, "because")); continue; }
        if (lower == "'em") { out.push_back(spoken_as(word, "them")); continue; }
        if (lower == "cannot") { pair("can", "not"); continue; }
        if (lower == "can't") { pair("can", "not"); continue; }
        if (lower == "won't") { pair("will", "not"); continue; }
        if (lower.size() > 3 && lower.ends_with("n't")) {
            pair(std::string_view(word.text).substr(0, word.text.size() - 3), "not");
            continue;
        }
        size_t mark = lower.rfind('\'');
        std::string_view stem = mark == std::string::npos ? std::string_view() : std::string_view(word.text).substr(0, mark);
        std::string tail = mark == std::string::npos ? "" : lower.substr(mark);
        if (tail == "'m") { pair(stem, "am"); continue; }
        if (tail == "'re") { pair(stem, "are"); continue; }
        if (tail == "'ve") { pair(stem, "have"); continue; }
        if (tail == "'ll") { pair(stem, "will"); continue; }
        const Word* next = next_content(words, i);
        if (tail == "'d") {
            bool past = next && (next->is("been") || next->is("had") || next->is("better") || next->is("gone") ||
                                 next->is("gotten"));
            pair(stem, past ? "had" : "would");
            continue;
        }
        if (tail == "'s") {
            std::string base = lower.substr(0, mark);
            if (base == "let") { pair("let", "us"); continue; }
            if (takes_is_contraction(base)) {
                pair(stem, next && is_participle_after_has(next->lower) ? "has" : "is");
                continue;
            }
        }
        out.push_back(word);
    }
    words = std::move(out);
}

void mark_fillers(Words& words)
{
    auto lower_at = [&](size_t i) -> std::string_view { return i < words.size() ? std::string_view(words[i].lower) : ""; };
    auto prev_kept = [&](size_t i) -> const Word* {
        while (i-- > 0)
            if (!words[i].filler) return &words[i];
        return nullptr;
    };
    for (size_t i = 0; i < words.size(); i++) {
        Word& word = words[i];
        if (word.kind == WordKind::punctuation) continue;
        if (is_filler(word.lower)) word.filler = true;
        if (word.kind == WordKind::word && word.lower.size() > 1 && word.lower.back() == '-') {
            // "f-" is a cut word; "therapy-" at the end of a turn is a whole one, and only the speaker was cut off.
            std::string_view whole = std::string_view(word.lower).substr(0, word.lower.size() - 1);
            bool last = std::all_of(words.begin() + static_cast<long>(i) + 1, words.end(), [](const Word& w) { return w.kind == WordKind::punctuation; });
            if (last && (is_symptom(whole) || is_condition(whole) || is_test(whole) || is_drug(whole) || is_drug_class(whole) || !exam_label(whole).empty() || whole == "therapy")) {
                word.text.pop_back();
                word.lower.pop_back();
            } else {
                word.filler = true;
            }
        }
        // "sh- shows" and "c-difficile": a cut word is a prefix of the next one.
        size_t dash = word.lower.find('-');
        if (!word.filler && dash != std::string::npos && dash > 0 && dash <= 2 && dash + 1 < word.lower.size() &&
            word.lower.compare(dash + 1, dash, word.lower, 0, dash) == 0) {
            word.text = word.text.substr(dash + 1);
            word.lower = word.lower.substr(dash + 1);
        }
    }
    auto hide = [&](size_t from, size_t count) {
        for (size_t k = from; k < from + count && k < words.size(); k++) words[k].filler = true;
    };
    for (size_t i = 0; i + 1 < words.size(); i++) {
        if (words[i].filler) continue;
        const Word* before = prev_kept(i);
        bool at_start = !before || before->kind == WordKind::punctuation || before->is("and") || before->is("but") ||
                        before->is("so") || before->is("because") || before->is("like");
        std::string_view after = lower_at(i + 2);
        bool comma_after = after.empty() || after == "," || after == "." || after == "...";
        if (words[i].is("you") && words[i + 1].is("know")) {
            bool verb_of_question = before && (before->is("do") || before->is("did") || before->is("if") ||
                                               before->is("let") || before->is("that") || before->is("would") || before->is("as"));
            if (!verb_of_question && after == "what" && i + 3 < words.size() && !is_subject_pronoun(lower_at(i + 3))) hide(i, 3);
            else if (!verb_of_question && (at_start || comma_after)) hide(i, 2);
            else if (before && !verb_of_question && after != "if" && after != "what" && after != "that" && after != "how" &&
                     after != "about" && after != "why")
                hide(i, 2);
        } else if (words[i].is("what") && (words[i + 1].is("we") || words[i + 1].is("they")) && after == "call") {
            hide(i, 3); // "you have what we call a sprain"
        } else if (words[i].is("i") && words[i + 1].is("mean") && (at_start || comma_after)) {
            hide(i, 2);
        } else if ((words[i].is("kind") || words[i].is("sort")) && words[i + 1].is("of")) {
            if (!before || !is_before_kind_of(before->lower)) hide(i, 2);
        } else if (words[i].is("like") && before && words[i + 1].is(",") && (before->is(",") || is_preposition(before->lower) || is_auxiliary(before->lower))) {
            hide(i, before->is(",") ? 1 : 2); // "for like, about a week"
        } else if (words[i].is("like") && before && is_preposition(before->lower) && (words[i + 1].kind == WordKind::number || words[i + 1].is("about") || words[i + 1].is("maybe") || words[i + 1].is("a"))) {
            hide(i, 1);
        }
    }
    // ", um," and ", you know," take both their commas with them, "I was, um, kneeling", unless a clause begins after it.
    for (size_t i = 1; i + 1 < words.size(); i++) {
        if (!words[i].filler || words[i - 1].filler || !words[i - 1].is(",")) continue;
        size_t end = i;
        while (end < words.size() && words[end].filler) end++;
        if (end + 1 >= words.size() || !words[end].is(",")) continue;
        words[end].filler = true;
        const Word* before = prev_kept(i - 1);
        const Word& next = words[end + 1];
        static constexpr std::array<std::string_view, 9> joints = {"and", "but", "so", "because", "or", "just", "that", "like", "then"};
        bool open = before && (is_auxiliary(before->lower) || is_determiner(before->lower) || is_preposition(before->lower) || is_subject_pronoun(before->lower) || is_adverb(before->lower) ||
                               is_base_verb(before->lower) || is_third_person_verb(before->lower) || std::find(joints.begin(), joints.end(), before->lower) != joints.end());
        bool goes_on = next.is("been") || next.is("of") || next.is("to") || next.lower.ends_with("ing");
        bool opens_clause = is_subject_pronoun(next.lower) || next.is("and") || next.is("but") || next.is("so") || next.is("because") || next.is("which");
        if ((open || goes_on) && !opens_clause) words[i - 1].filler = true;
    }
    // Repeated words and pairs: "the the", "i was i was". The first one goes, its comma with it.
    auto kept_from = [&](size_t i) {
        while (i < words.size() && (words[i].filler || words[i].is(","))) i++;
        return i;
    };
    for (size_t length = 3; length >= 1; length--) {
        for (size_t i = 0; i < words.size(); i++) {
            if (words[i].filler || words[i].kind != WordKind::word) continue;
            std::vector<size_t> first;
            size_t at = i;
            bool sound = true;
            while (first.size() < length && sound) {
                if (at >= words.size() || words[at].kind != WordKind::word) sound = false;
                else { first.push_back(at); at = at + 1; while (at < words.size() && words[at].filler) at++; }
            }
            if (!sound) continue;
            size_t second = kept_from(at);
            bool same = true;
            std::vector<size_t> repeat;
            size_t cursor = second;
            for (size_t k = 0; k < length && same; k++) {
                while (cursor < words.size() && words[cursor].filler) cursor++;
                same = cursor < words.size() && words[cursor].kind == WordKind::word && words[cursor].lower == words[first[k]].lower;
                if (same) repeat.push_back(cursor++);
            }
            if (!same) continue;
            const std::string& lower = words[i].lower;
            // Meant, not stuttered.
            if (length == 1 && (lower == "had" || lower == "that" || lower == "very" || lower == "really" || lower == "no" ||
                                lower == "yes" || lower == "yeah" || lower == "too"))
                continue;
            // Only a short function word or pronoun is stuttered across a comma; "right, right" stays.
            bool crosses = second > at;
            if (crosses && length == 1 && lower.size() > 4 && !is_function_word(lower) && !lower.ends_with("ing") && !is_base_verb(lower) && !is_drug(lower)) continue;
            for (size_t k = i; k < second; k++) words[k].filler = true;
        }
    }
}

namespace {

// "the I doctor": between a determiner and a noun nobody says "I"; the ear cannot tell it from "eye".
void hear_eyes(Words& words)
{
    static constexpr std::array<std::string_view, 9> of_eyes = {"doctor", "exam", "exams", "drops", "drop", "clinic", "specialist", "chart", "examination"};
    for (size_t i = 1; i + 1 < words.size(); i++)
        if (words[i].is("i") && is_determiner(words[i - 1].lower) && std::find(of_eyes.begin(), of_eyes.end(), words[i + 1].lower) != of_eyes.end()) words[i].text = words[i].lower = "eye";
}

} // namespace

Words read_words(std::string_view segment_text)
{
    Words words = tokenize(segment_text);
    hear_eyes(words);
    expand_contractions(words);
    read_numbers(words);
    mark_fillers(words);
    return words;
}

Word spoken_as(const Word& source, std::string_view text)
{
    Word word = source;
    word.text = std::string(text);
    word.lower = to_lower_ascii(text);
    word.kind = WordKind::word;
    return word;
}

bool keeps_capital(const Word& word)
{
    if (word.is("i")) return true;
    return is_proper_noun(word.lower) || is_drug_brand(word.lower);
}

namespace {

const Word* next_content_word(const Words& words, const Word& word)
{
    for (const Word* next = &word + 1; next != words.data() + words.size(); next++)
        if (!next->filler && !next->text.empty()) return next;
    return nullptr;
}

} // namespace

std::string join_words(const Words& words)
{
    std::string text;
    bool open_quote = false;
    for (const Word& word : words) {
        if (word.filler || word.text.empty()) continue;
        // What stood between two commas is gone: one comma is enough, and none begins a sentence.
        if (word.is(",") && (text.empty() || text.back() == ',' || text.back() == ':' || text.back() == ';')) continue;
        std::string written = word.text;
        if (word.kind == WordKind::word) {
            if (std::string_view acronym = acronym_form(word.lower); !acronym.empty()) written = acronym;
            else if (keeps_capital(word) && written[0] >= 'a' && written[0] <= 'z') written[0] = static_cast<char>(written[0] - 32);
        }
        if (word.is("a")) {
            const Word* next = next_content_word(words, word);
            std::string_view vowels = "aeio";
            if (next && next->kind == WordKind::word && vowels.find(next->lower[0]) != std::string_view::npos && !next->is("one") && !next->lower.starts_with("one-") && !next->lower.starts_with("eu") && next->lower.size() > 1 && acronym_form(next->lower).empty() && !next->is("is") && !next->is("in") && !next->is("and") && !next->is("or") && !next->is("of"))
                written = written == "A" ? "An" : "an";
        }
        bool quote = word.kind == WordKind::punctuation && word.text == "\"";
        bool closes = word.kind == WordKind::punctuation &&
                      (word.text == "," || word.text == "." || word.text == "?" || word.text == "!" || word.text == ":" ||
                       word.text == ";" || word.text == ")" || word.text == "%" || word.text == "...");
        if (quote && open_quote) closes = true;
        bool opened = !text.empty() && (text.back() == '(' || (text.back() == '"' && open_quote));
        if (!text.empty() && !closes && !opened) text += ' ';
        text += written;
        if (quote) open_quote = !open_quote;
    }
    for (char& c : text) {
        if (c == '"' || c == '(') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        break;
    }
    return text;
}

Words make_words(std::string_view phrase, int start, int end)
{
    Words words = tokenize(phrase);
    for (Word& word : words) {
        word.start = start;
        word.end = end;
    }
    return words;
}

} // namespace chartside::note
