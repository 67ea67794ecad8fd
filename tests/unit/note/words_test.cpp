#include "note/clauses.h"
#include "note/words.h"

#include <catch2/catch_test_macros.hpp>

using namespace chartside::note;

TEST_CASE("words: detached and attached contractions read the same")
{
    CHECK(plain(read_words("i do n't think it's gon na hurt .")) == "i do not think it is going to hurt");
    CHECK(plain(read_words("I don't think it's gonna hurt.")) == "i do not think it is going to hurt");
    CHECK(plain(read_words("it's been a week")) == "it has been a week");
}

TEST_CASE("words: every word keeps the bytes it was said at")
{
    std::string text = "Well, I can't take fifty milligrams \xE2\x80\x94 no.";
    for (const Word& word : read_words(text)) {
        REQUIRE(word.start >= 0);
        REQUIRE(word.start < word.end);
        REQUIRE(word.end <= static_cast<int>(text.size()));
        if (word.is("50 mg")) CHECK(text.substr(static_cast<size_t>(word.start), static_cast<size_t>(word.end - word.start)) == "fifty milligrams");
    }
}

TEST_CASE("words: fillers and stutters go, meant repeats stay")
{
    CHECK(plain(read_words("i , i was , um , kneeling the the whole day")) == "i was kneeling the whole day");
    CHECK(plain(read_words("it is very very sore")) == "it is very very sore");
}

TEST_CASE("words: the commas of a filler go with it inside a clause, and stay before the next one")
{
    CHECK(join_words(read_words("He has, uh, been taking it")) == "He has been taking it");
    CHECK(join_words(read_words("They had to, you know, operate on it")) == "They had to operate on it");
    CHECK(join_words(read_words("it was for like, about a week")) == "It was for about a week");
    CHECK(join_words(read_words("It hurts, um, and it is red")) == "It hurts, and it is red");
    CHECK(join_words(read_words("i ate cheese, um, i drank milk")) == "I ate cheese, I drank milk");
}

TEST_CASE("words: after a determiner and before what belongs to it, an eye is heard")
{
    CHECK(plain(read_words("refer you to the I doctor for an I exam")) == "refer you to the eye doctor for an eye exam");
    CHECK(plain(read_words("the one I take")) == "the one i take");
}

TEST_CASE("words: any bytes can be read")
{
    for (std::string text : {"", " ", "'", "n't", "\xE2\x80", "\xFF\xFE", "....", "'s's's", "1,,2", "-"}) {
        read_words(text);
        split_segment(text, 0);
    }
    SUCCEED();
}
