#include "speech/word_error.h"

#include "base/characters.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace chartside::speech {
namespace {

constexpr std::array<const char*, 20> small_numbers{
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<const char*, 10> tens{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};

void add_word(std::vector<std::string>& words, const std::string& word)
{
    if (word.empty()) return;
    const bool is_number = std::ranges::all_of(word, is_digit);
    if (is_number && word.size() <= 2) {
        const auto value = static_cast<size_t>(std::stoi(word));
        if (value < small_numbers.size()) {
            words.push_back(small_numbers[value]);
        } else {
            words.push_back(tens[value / 10]);
            if (value % 10) words.push_back(small_numbers[value % 10]);
        }
    } else if (word == "mr" || word == "mister") {
        words.push_back("mister");
    } else if (word == "dr" || word == "doctor") {
        words.push_back("doctor");
    } else {
        words.push_back(word);
    }
}

} // namespace

std::vector<std::string> normal_words(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') word += static_cast<char>(c - 'A' + 'a');
        else if (is_letter(c) || is_digit(c)) word += c;
        else if (c == '\'') continue; // "doesn't" is one word
        else {
            add_word(words, word);
            word.clear();
        }
    }
    add_word(words, word);
    return words;
}

WordErrors count_word_errors(std::string_view reference, std::string_view heard)
{
    const auto expected = normal_words(reference), got = normal_words(heard);
    std::vector<size_t> row(got.size() + 1);
    std::iota(row.begin(), row.end(), size_t{0});
    for (size_t i = 1; i <= expected.size(); i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= got.size(); k++) {
            const size_t substituted = diagonal + (expected[i - 1] != got[k - 1]);
            diagonal = row[k];
            row[k] = std::min({substituted, row[k] + 1, row[k - 1] + 1});
        }
    }
    return {row.back(), expected.size()};
}

} // namespace chartside::speech
