// The text layer: one segment's text as words with byte offsets, in one form whether it was typed with detached
// punctuation ("do n't", "hi , martha .") or came out of a recogniser. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chartside::note {

enum class WordKind { word, number, punctuation };

/// One unit of rewriting. `text` is what would be written; [start, end) is what was said: UTF-8 byte offsets
/// into the segment. Words that come out of one contraction share their offsets.
struct Word {
    std::string text;
    std::string lower;
    int start = 0;
    int end = 0;
    WordKind kind = WordKind::word;
    bool filler = false;  // "um", a false start, a repeated word: never written
    bool unclear = false; // a number that cannot be read for sure: a sentence with it is not written

    bool is(std::string_view expected) const { return lower == expected; }
};

using Words = std::vector<Word>;

/// Splits into words, expands contractions ("do n't" -> do, not; "it's been" -> it, has, been), marks fillers
/// and stutters, and turns spoken numbers and units into values (numbers.h).
Words read_words(std::string_view segment_text);

/// The single steps of read_words, for tests.
Words tokenize(std::string_view text);
void expand_contractions(Words& words);
void mark_fillers(Words& words);

/// True where `word` is written with an initial capital whatever its place: "I", "Monday", "MRI", "Tylenol".
bool keeps_capital(const Word& word);

/// Joins words as English text: no space before a comma, a capital at the start. Does not add a full stop.
std::string join_words(const Words& words);

/// `text` where `source` was said.
Word spoken_as(const Word& source, std::string_view text);
Words make_words(std::string_view phrase, int start, int end);

} // namespace chartside::note
