#include "note/numbers.h"

#include <catch2/catch_test_macros.hpp>

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
    CHECK(written("between one fifty and one eighty") == "Between 150 and 180");
    CHECK(written("two hundred and four pounds") == "204 pounds");
    CHECK(written("from five hundred to one thousand milligrams") == "From 500 to 1000 mg");
    CHECK(written("strength is five out of five") == "Strength is 5/5");
    CHECK(written("about three weeks") == "About 3 weeks");
    CHECK(written("1,000 mg daily") == "1,000 mg daily");
}

TEST_CASE("numbers: words that count nothing stay words")
{
    CHECK(written("it is the right one") == "It is the right one");
    CHECK(written("two of them") == "Two of them");
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
