#include "note/numbers.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <iterator>
#include <random>

using namespace chartside::note;

namespace {
std::string written(const char* spoken) { return join_words(read_words(spoken)); }
}

TEST_CASE("numbers: doses, vitals and values come out as they are written")
{
    CHECK(written("take fifty milligrams") == "Take 50 mg");
    CHECK(written("it was one forty over ninety") == "It was 140/90");
    CHECK(written("it was 1 28 over 82") == "It was 128/82");
    CHECK(written("one forty-six over eighty-eight") == "146/88");
    CHECK(written("a1c of seven point two") == "A1c of 7.2");
    CHECK(written("eight point one percent") == "8.1%");
    CHECK(written("1+ pitting edema") == "1+ pitting edema");
    CHECK(written("point five milligrams") == "Point five mg");
    CHECK(written("between one fifty and one eighty") == "Between 150 and 180");
    CHECK(written("two hundred and four pounds") == "204 pounds");
    CHECK(written("from five hundred to one thousand milligrams") == "From 500 to one thousand mg");
    CHECK(written("fifteen hundred milligrams") == "1500 mg");
    CHECK(written("it was one fifty one sixty") == "It was 150 160");
    CHECK(written("strength is five out of five") == "Strength is 5/5");
    CHECK(written("about three weeks") == "About 3 weeks");
    CHECK(written("1,000 mg daily") == "1,000 mg daily");
}

TEST_CASE("numbers: words that count nothing stay words")
{
    CHECK(written("it is the right one") == "It is the right one");
    CHECK(written("two of them") == "Two of them");
    CHECK(written("i am not a hundred percent sure") == "I am not a hundred percent sure");
    CHECK(written("a hundred and fifty of them") == "A hundred and fifty of them");
    CHECK(written("at seven thirty in the morning") == "At seven thirty in the morning");
}

TEST_CASE("numbers: a decimal point that was heard as a full stop is one")
{
    CHECK(written("add aldactone twelve . five milligrams daily") == "Add Aldactone 12.5 mg daily");
    CHECK(written("a four . four centimeter nodule") == "A 4.4 cm nodule");
    CHECK(written("a . five centimeter kidney stone") == "A point five cm kidney stone");
    CHECK(written("a zero . zero five percent solution") == "A 0.05% solution");
    CHECK(written("ninety seven . one you are fine") == "97.1 you are fine");
    CHECK(written("creatinine was .7 not .8") == "Creatinine was 0.7 not 0.8");
    CHECK(written("it was 98 point 6") == "It was 98.6");
    CHECK(written("his weight is 210 . two weeks ago it was fine") == "His weight is 210. 2 weeks ago it was fine");
    // Where sentences end in the same text nobody can tell.
    Words words = read_words("I take two . five milligrams in the morning . It helps .");
    CHECK(std::any_of(words.begin(), words.end(), [](const Word& word) { return word.is("5 mg") && word.unclear; }));
}

TEST_CASE("numbers: those that run into each other are unclear")
{
    auto unclear = [](const char* spoken) {
        Words words = read_words(spoken);
        return std::any_of(words.begin(), words.end(), [](const Word& word) { return word.unclear; });
    };
    CHECK(unclear("ferrous sulfate , three hundred , twenty phil- 25 milligrams by mouth"));
    CHECK(unclear("three hundred, twenty five milligrams"));
    CHECK(unclear("they are like one fifty one sixty"));
    CHECK_FALSE(unclear("three hundred and twenty five milligrams"));
    CHECK_FALSE(unclear("20 , 30 , and 40"));
    CHECK_FALSE(unclear("on march 3 2021"));
}

TEST_CASE("numbers: no part of a longer number is written as a number of its own")
{
    unsigned seed = 20261124;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const char* pieces[] = {"one", "two", "five", "nine", "ten", "fifteen", "twenty", "forty", "ninety", "hundred", "thousand", "and", "point", ",", "twenty-five",
                            "phil-", "um", "oh", "300", "25", "4", "a"};
    const char* units[] = {"milligrams", "percent", "weeks", "pounds", "of it", "units"};
    const std::vector<std::string> scales = {"hundred", "thousand", "twenty", "forty", "ninety", "ten", "fifteen", "twenty-five"};
    for (int i = 0; i < 20000; i++) {
        std::string text = "take";
        size_t count = random() % 6 + 1;
        for (size_t k = 0; k < count; k++) text += std::string(" ") + pieces[random() % std::size(pieces)];
        text += std::string(" ") + units[random() % std::size(units)];
        Words words = read_words(text);
        const Word* before = nullptr;
        for (const Word& word : words) {
            if (word.filler) continue;
            bool said = std::find(scales.begin(), scales.end(), word.lower) != scales.end();
            if (before && before->kind == WordKind::number && !before->unclear && (word.kind == WordKind::number || (said && !word.is("thousand") && !word.is("hundred")))) {
                INFO(text << " => " << join_words(words));
                CHECK(word.unclear);
            }
            before = &word;
        }
    }
}

TEST_CASE("numbers: a value in digits is never changed")
{
    unsigned seed = 20261123;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const char* units[] = {" mg", " mcg", "%", " pounds", " weeks", ""};
    for (int i = 0; i < 2000; i++) {
        int value = static_cast<int>(random() % 3000) + 10;
        std::string number = std::to_string(value);
        if (random() % 4 == 0) number += "." + std::to_string(random() % 9 + 1);
        else if (value >= 1000 && random() % 2) number.insert(number.size() - 3, ",");
        std::string text = "Take " + number + units[random() % 6] + " now";
        INFO(text);
        CHECK(join_words(read_words(text)) == text);
    }
}

TEST_CASE("numbers: a value said in words is its value")
{
    const char* ones[] = {"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
    const char* teens[] = {"ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
    const char* tens[] = {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
    for (int value = 1; value < 1000; value++) {
        std::string words;
        int rest = value % 100;
        if (value >= 100) words = std::string(ones[value / 100]) + " hundred ";
        if (rest >= 20) words += std::string(tens[rest / 10]) + (rest % 10 ? std::string(" ") + ones[rest % 10] : "");
        else if (rest >= 10) words += teens[rest - 10];
        else words += ones[rest];
        INFO(words);
        CHECK(join_words(read_words("take " + words + " milligrams")) == "Take " + std::to_string(value) + " mg");
    }
}
