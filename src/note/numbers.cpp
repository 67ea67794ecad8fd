#include "note/numbers.h"

#include "base/characters.h"
#include "base/text.h"

#include <algorithm>
#include <unordered_map>

namespace chartside::note {
namespace {

using Table = std::unordered_map<std::string_view, int>;

const Table& ones()
{
    static const Table table = {{"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5},
                                {"six", 6}, {"seven", 7}, {"eight", 8}, {"nine", 9}};
    return table;
}
const Table& teens()
{
    static const Table table = {{"ten", 10}, {"eleven", 11}, {"twelve", 12}, {"thirteen", 13}, {"fourteen", 14},
                                {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}};
    return table;
}
const Table& tens()
{
    static const Table table = {{"twenty", 20}, {"thirty", 30}, {"forty", 40}, {"fifty", 50},
                                {"sixty", 60}, {"seventy", 70}, {"eighty", 80}, {"ninety", 90}};
    return table;
}

int look_up(const Table& table, std::string_view word)
{
    auto found = table.find(word);
    return found == table.end() ? -1 : found->second;
}

bool all_digits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// The written unit of a spoken one, or empty. Units kept as words (pounds, degrees) come back as they are.
std::string_view unit_of(std::string_view lower)
{
    static const std::unordered_map<std::string_view, std::string_view> table = {
        {"milligram", "mg"}, {"milligrams", "mg"}, {"mg", "mg"}, {"mgs", "mg"},
        {"microgram", "mcg"}, {"micrograms", "mcg"}, {"mcg", "mcg"},
        {"milliliter", "mL"}, {"milliliters", "mL"}, {"ml", "mL"}, {"cc", "mL"}, {"ccs", "mL"},
        {"gram", "g"}, {"grams", "g"}, {"kilogram", "kg"}, {"kilograms", "kg"}, {"kg", "kg"},
        {"centimeter", "cm"}, {"centimeters", "cm"}, {"cm", "cm"},
        {"millimeter", "mm"}, {"millimeters", "mm"}, {"mm", "mm"},
        {"percent", "%"}, {"%", "%"}};
    auto found = table.find(lower);
    return found == table.end() ? std::string_view() : found->second;
}

// Nouns that make a small number word a quantity: "three weeks" is written "3 weeks".
bool is_counted(std::string_view lower)
{
    static const std::unordered_map<std::string_view, bool> table = [] {
        std::unordered_map<std::string_view, bool> made;
        for (std::string_view noun :
             {"second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "night", "nights", "week", "weeks",
              "month", "months", "year", "years", "tablet", "tablets", "pill", "pills", "capsule", "capsules", "puff",
              "puffs", "unit", "units", "drop", "drops", "times", "pound", "pounds", "degree", "degrees", "cup", "cups",
              "pack", "packs", "drinks", "beers", "glasses", "miles", "inches", "feet", "ounces", "liters", "teaspoons",
              "tablespoons", "doses", "refills", "sessions", "blocks", "cigarettes", "flights", "stitches", "meals",
              "year-old", "month-old", "bottles", "stories", "children", "kids", "cigars", "episodes", "pillows",
              "more", "years-old", "points"})
            made.emplace(noun, true);
        return made;
    }();
    return table.contains(lower);
}

// Two digits said together, "twenty eight", "twenty-eight", "28", "oh five"; -1 where none starts at i.
int two_digits(const Words& words, size_t i, size_t& count)
{
    count = 0;
    if (i >= words.size()) return -1;
    const std::string& word = words[i].lower;
    if (words[i].kind == WordKind::number && all_digits(word) && word.size() == 2) {
        count = 1;
        return std::stoi(word);
    }
    size_t dash = word.find('-');
    if (dash != std::string::npos) {
        int ten = look_up(tens(), std::string_view(word).substr(0, dash));
        int one = look_up(ones(), std::string_view(word).substr(dash + 1));
        if (ten > 0 && one > 0) {
            count = 1;
            return ten + one;
        }
        return -1;
    }
    if (int teen = look_up(teens(), word); teen > 0) {
        count = 1;
        return teen;
    }
    if (int ten = look_up(tens(), word); ten > 0) {
        count = 1;
        if (i + 1 < words.size()) {
            if (int one = look_up(ones(), words[i + 1].lower); one > 0) {
                count = 2;
                return ten + one;
            }
        }
        return ten;
    }
    if ((word == "oh" || word == "o") && i + 1 < words.size()) {
        if (int one = look_up(ones(), words[i + 1].lower); one > 0) {
            count = 2;
            return one;
        }
    }
    return -1;
}

int one_digit(const Words& words, size_t i)
{
    if (i >= words.size()) return -1;
    if (words[i].kind == WordKind::number && all_digits(words[i].lower) && words[i].lower.size() == 1)
        return words[i].lower[0] - '0';
    if (words[i].is("zero")) return 0;
    return look_up(ones(), words[i].lower);
}

// A number below one hundred; -1 where none starts.
int below_hundred(const Words& words, size_t i, size_t& count)
{
    if (i < words.size() && (words[i].is("oh") || words[i].is("o"))) return -1;
    int value = two_digits(words, i, count);
    if (value >= 0) return value;
    value = one_digit(words, i);
    count = value >= 0 ? 1 : 0;
    return value;
}

void merge(Words& words, size_t i, size_t count, std::string text)
{
    Word& word = words[i];
    word.end = words[i + count - 1].end;
    word.text = std::move(text);
    word.lower = to_lower_ascii(word.text);
    word.kind = WordKind::number;
    words.erase(words.begin() + static_cast<long>(i) + 1, words.begin() + static_cast<long>(i + count));
}

// "one forty six" and "1 28" as vitals and laboratory values are said: a digit, then two digits.
std::optional<SpokenNumber> paired(const Words& words, size_t i)
{
    int hundreds = one_digit(words, i);
    if (hundreds < 1) return std::nullopt;
    size_t count = 0;
    int rest = two_digits(words, i + 1, count);
    if (rest < 0) return std::nullopt;
    // "one fifty one sixty" is two of them.
    size_t next = 0;
    if (count == 2 && rest % 10 != 0 && two_digits(words, i + 1 + count, next) >= 0 && look_up(tens(), words[i + 1].lower) > 0) {
        rest -= rest % 10;
        count = 1;
    }
    return SpokenNumber{std::to_string(hundreds * 100 + rest), count + 1};
}

// "seven thirty" may be a time of day: only values up to 399 are said in pairs.
bool pair_is_value(const SpokenNumber& pair) { return pair.digits[0] <= '3'; }

// The words of a number as they were said.
std::string as_said(const Words& words, size_t i, size_t count)
{
    std::string text = words[i].lower;
    for (size_t k = i + 1; k < i + count; k++) text += " " + words[k].lower;
    return text;
}

bool is_thousands(const Words& words, size_t i, size_t count)
{
    for (size_t k = i; k < i + count; k++)
        if (words[k].is("thousand")) return true;
    return false;
}

bool is_month(std::string_view lower)
{
    static constexpr std::string_view months[] = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};
    return std::find(std::begin(months), std::end(months), lower) != std::end(months);
}

bool is_cut_off(const Word& word) { return word.kind == WordKind::word && word.lower.size() > 1 && word.lower.back() == '-'; }

// "twelve . five milligrams", "a . five centimeter stone": a recogniser's decimal point. Where the same text has full
// stops of its own it may be one of those, and no dose is read out of it.
void read_decimal_points(Words& words)
{
    auto stops = [&](size_t i) { return words[i].is(".") || words[i].is("?") || words[i].is("!"); };
    auto number_at = [&](size_t i) {
        size_t count = 0;
        return words[i].kind == WordKind::number || words[i].is("hundred") || one_digit(words, i) >= 0 || two_digits(words, i, count) >= 0;
    };
    std::vector<size_t> points;
    bool other_stops = false;
    for (size_t i = 0; i < words.size(); i++) {
        if (!stops(i)) continue;
        bool digit = i + 1 < words.size() && (one_digit(words, i + 1) >= 0 || (words[i + 1].kind == WordKind::number && all_digits(words[i + 1].lower)));
        bool unit = i + 2 < words.size() && !unit_of(words[i + 2].lower).empty();
        bool counts = i + 2 < words.size() && is_counted(words[i + 2].lower) && !words[i + 2].is("pounds") && !words[i + 2].is("degrees");
        bool between = i > 0 && number_at(i - 1) && digit && !counts;
        bool behind_article = i > 0 && (words[i - 1].is("a") || words[i - 1].is("an") || words[i - 1].is("the")) && digit && unit;
        if (words[i].is(".") && (between || behind_article)) points.push_back(i);
        else other_stops = true;
    }
    for (size_t i : points) {
        if (!other_stops) {
            words[i].text = words[i].lower = "point";
            words[i].kind = WordKind::word;
        } else if (i + 2 < words.size() && !unit_of(words[i + 2].lower).empty()) {
            words[i - 1].unclear = words[i + 1].unclear = true;
        }
    }
}

// "three hundred, twenty phil- 25 milligrams": numbers that run into each other may be one number said in pieces,
// and no reading of them is sure.
void mark_unclear(Words& words)
{
    for (size_t i = 0; i < words.size(); i++) {
        if (words[i].kind != WordKind::number) continue;
        size_t next = i + 1;
        bool comma = false, cut = false;
        while (next < words.size() && (words[next].is(",") || is_cut_off(words[next]) || words[next].is("uh") || words[next].is("um"))) {
            comma = comma || words[next].is(",");
            cut = cut || is_cut_off(words[next]);
            next++;
        }
        size_t count = 0;
        if (next >= words.size() || (words[next].kind != WordKind::number && two_digits(words, next, count) < 0)) continue;
        const std::string& first = words[i].lower;
        size_t digits = 0;
        while (digits < words[next].lower.size() && is_digit(words[next].lower[digits])) digits++;
        bool in_pieces = all_digits(first) && first.size() >= 3 && first.ends_with("00") && digits <= 2;
        bool date = i > 0 && is_month(words[i - 1].lower);
        if (date || !(cut || !comma || in_pieces)) continue;
        words[i].unclear = words[next].unclear = true;
    }
}

// A number on either side of "over": paired style first, then plain.
std::optional<SpokenNumber> pressure(const Words& words, size_t i)
{
    if (auto number = paired(words, i)) return number;
    return spoken_number(words, i);
}

bool plausible_pressure(const std::string& upper, const std::string& lower)
{
    if (!all_digits(upper) || !all_digits(lower) || upper.size() > 3 || lower.size() > 3) return false;
    int systolic = std::stoi(upper), diastolic = std::stoi(lower);
    return systolic >= 60 && systolic <= 260 && diastolic >= 30 && diastolic <= 160 && systolic > diastolic;
}

} // namespace

std::optional<SpokenNumber> spoken_number(const Words& words, size_t i)
{
    if (i >= words.size()) return std::nullopt;
    bool typed = words[i].kind == WordKind::number;
    if (typed && !(all_digits(words[i].text) && i + 1 < words.size() && words[i + 1].is("point"))) return SpokenNumber{words[i].text, 1};
    size_t count = typed ? 1 : 0;
    long value = -1;
    if (words[i].is("a") && i + 1 < words.size() && (words[i + 1].is("hundred") || words[i + 1].is("thousand"))) {
        value = 1;
        count = 1;
    } else if (!typed) {
        value = below_hundred(words, i, count);
    }
    if (value < 0 && !typed) return std::nullopt;
    size_t at = i + count;
    auto is_at = [&](size_t k, std::string_view word) { return k < words.size() && words[k].is(word); };
    auto add_rest = [&](long scale) {
        size_t from = is_at(at, "and") ? at + 1 : at;
        size_t used = 0;
        int rest = below_hundred(words, from, used);
        if (rest > 0 && rest < scale) {
            value += rest;
            at = from + used;
        }
    };
    // Two numbers in a row may be a year or paired digits, which the caller decides; here only scales join.
    if (is_at(at, "hundred")) {
        value *= 100;
        at++;
        add_rest(100);
    }
    if (is_at(at, "thousand")) {
        value *= 1000;
        at++;
        size_t used = 0;
        int hundreds = below_hundred(words, at, used);
        if (hundreds > 0 && hundreds < 10 && is_at(at + used, "hundred")) {
            value += hundreds * 100;
            at += used + 1;
            add_rest(100);
        } else {
            add_rest(100);
        }
    }
    std::string digits = typed ? words[i].text : std::to_string(value);
    if (is_at(at, "point")) {
        std::string decimals;
        size_t k = at + 1;
        size_t used = 0;
        // "point two five", "point seventy-five": digit by digit, or one two-digit group.
        if (int pair = two_digits(words, k, used); pair >= 0 && !(k < words.size() && words[k].is("oh"))) {
            decimals = std::to_string(pair);
            k += used;
        } else {
            while (k < words.size()) {
                int digit = words[k].is("oh") ? 0 : one_digit(words, k);
                if (digit < 0) break;
                decimals += static_cast<char>('0' + digit);
                k++;
            }
        }
        if (!decimals.empty()) {
            digits += "." + decimals;
            at = k;
        }
    }
    return SpokenNumber{digits, at - i};
}

namespace {

// A number of a thousand or more, and "a hundred", is written in the words it was said in ("one thousand mg"): a
// zero too many or too few is the error that a dose cannot bear. `thousands_as_digits` reads them as
// values instead, for comparison.
void read_all(Words& words, bool thousands_as_digits)
{
    read_decimal_points(words);
    auto is_at = [&](size_t k, std::string_view word) { return k < words.size() && words[k].is(word); };
    for (size_t i = 0; i < words.size(); i++) {
        if (words[i].kind == WordKind::punctuation) continue;
        if (is_at(i + 1, "'s")) continue;
        // "one forty over ninety"
        if (auto upper = pressure(words, i); upper && is_at(i + upper->word_count, "over")) {
            auto lower = pressure(words, i + upper->word_count + 1);
            if (lower && plausible_pressure(upper->digits, lower->digits)) {
                merge(words, i, upper->word_count + 1 + lower->word_count, upper->digits + "/" + lower->digits);
                continue;
            }
        }
        auto number = spoken_number(words, i);
        if (!number) {
            // "point five milligrams": without its zero it stays in words
            if (words[i].is("point") && i + 2 < words.size()) {
                int digit = one_digit(words, i + 1);
                if (digit >= 0 && !unit_of(words[i + 2].lower).empty()) {
                    std::string value = thousands_as_digits ? "0." + std::to_string(digit) : as_said(words, i, 2);
                    merge(words, i, 3, value + " " + std::string(unit_of(words[i + 2].lower)));
                }
            }
            continue;
        }
        size_t count = number->word_count;
        std::string digits = number->digits;
        bool was_digits = words[i].kind == WordKind::number;
        bool counted = i + count < words.size() && is_counted(words[i + count].lower);
        if (!counted || is_at(i + count, "times")) {
            if (auto pair = paired(words, i); pair && pair->word_count > count && !is_at(i + pair->word_count, "hundred")) {
                bool counts_time = i + pair->word_count < words.size() && is_counted(words[i + pair->word_count].lower) &&
                                   !is_at(i + pair->word_count, "pounds") && !is_at(i + pair->word_count, "degrees");
                if (!counts_time && !pair_is_value(*pair)) {
                    i += pair->word_count - 1;
                    continue;
                }
                if (!counts_time) {
                    digits = pair->digits;
                    count = pair->word_count;
                    counted = true;
                }
            }
        }
        // "nineteen eighty four", "twenty twenty one"
        if ((digits == "19" || digits == "20") && !was_digits && words[i].lower.find('-') == std::string::npos && count == 1) {
            size_t used = 0;
            int rest = two_digits(words, i + 1, used);
            if (rest >= 10) {
                digits += std::to_string(rest);
                count += used;
            }
        }
        size_t after = i + count;
        if (after < words.size()) {
            // "three out of six", "five out of five"
            if (is_at(after, "out") && is_at(after + 1, "of")) {
                auto whole = spoken_number(words, after + 2);
                if (whole && (whole->digits == "5" || whole->digits == "6" || whole->digits == "10")) {
                    merge(words, i, count + 2 + whole->word_count, digits + "/" + whole->digits);
                    continue;
                }
            }
            std::string_view unit = unit_of(words[after].lower);
            if (!unit.empty() && !(unit == "g" && was_digits)) {
                bool in_words = !thousands_as_digits && !was_digits && (words[i].is("a") || is_thousands(words, i, count));
                if (!in_words) merge(words, i, count + 1, unit == "%" ? digits + "%" : digits + " " + std::string(unit));
                else if (unit == "%") i = after;
                else merge(words, i, count + 1, as_said(words, i, count) + " " + std::string(unit));
                continue;
            }
        }
        if (was_digits && count == 1) continue;
        // "about a hundred" is a manner of speaking until a unit follows
        if (words[i].is("a") || (!thousands_as_digits && is_thousands(words, i, count))) {
            i = after - 1;
            continue;
        }
        bool small = all_digits(digits) && std::stol(digits) < 10;
        bool range = false; // "two to three days": the unit stands after the second number
        if (small && after + 1 < words.size() && (is_at(after, "to") || is_at(after, "or") || is_at(after, "and"))) {
            auto second = spoken_number(words, after + 1);
            size_t beyond = second ? after + 1 + second->word_count : 0;
            range = second && beyond < words.size() && (is_counted(words[beyond].lower) || !unit_of(words[beyond].lower).empty());
        }
        if (small && !counted && !range) continue; // "the right one", "two of them" stay words
        if (count == 1 && words[i].is("zero")) continue;
        merge(words, i, count, digits);
    }
    // "8.1 percent" comes out merged; "+" grades such as "one plus edema" too.
    for (size_t i = 0; i + 1 < words.size(); i++) {
        if (!words[i + 1].is("plus")) continue;
        int digit = one_digit(words, i);
        if (digit >= 1 && digit <= 4) merge(words, i, 2, std::to_string(digit) + "+");
    }
}

} // namespace

void read_numbers(Words& words)
{
    read_all(words, false);
    mark_unclear(words);
}

std::vector<std::string> values_of(std::string_view text)
{
    std::vector<std::string> values;
    Words words = tokenize(text);
    read_all(words, true);
    for (const Word& word : words) {
        if (word.kind == WordKind::punctuation) continue;
        std::string value;
        bool digit = false;
        for (char c : word.lower) {
            if (is_digit(c)) digit = true;
            if (c != ',' && c != ' ') value += c;
        }
        if (!digit) continue;
        // "50-year-old" and "x-ray2" count by their digits.
        if (word.kind == WordKind::word) {
            std::string run;
            for (char c : value + " ") {
                if (is_digit(c)) run += c;
                else if (!run.empty()) {
                    values.push_back(run);
                    run.clear();
                }
            }
            continue;
        }
        while (!value.empty() && value.back() == '.') value.pop_back();
        values.push_back(value);
    }
    return values;
}

} // namespace chartside::note
