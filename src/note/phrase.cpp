#include "note/phrase.h"

#include <algorithm>

namespace chartside::note {
namespace {

// Words of `phrase` matched at `at`, or 0.
size_t match(const Words& words, size_t at, std::string_view phrase)
{
    size_t i = at;
    while (!phrase.empty()) {
        size_t space = phrase.find(' ');
        std::string_view word = phrase.substr(0, space);
        if (i >= words.size() || words[i].lower != word) return 0;
        i++;
        phrase.remove_prefix(space == std::string_view::npos ? phrase.size() : space + 1);
    }
    return i - at;
}

} // namespace

bool phrase_at(const Words& words, size_t at, std::string_view phrase) { return match(words, at, phrase) > 0; }

size_t match_any(const Words& words, size_t at, std::initializer_list<std::string_view> phrases)
{
    for (std::string_view phrase : phrases)
        if (size_t length = match(words, at, phrase)) return length;
    return 0;
}

size_t match_ending(const Words& words, std::initializer_list<std::string_view> phrases)
{
    for (std::string_view phrase : phrases) {
        const size_t length = static_cast<size_t>(std::ranges::count(phrase, ' ')) + 1;
        if (words.size() > length && phrase_at(words, words.size() - length, phrase)) return length;
    }
    return 0;
}

size_t find_phrase(const Words& words, std::string_view phrase, size_t from)
{
    for (size_t i = from; i < words.size(); i++)
        if (match(words, i, phrase)) return i;
    return words.size();
}

} // namespace chartside::note
