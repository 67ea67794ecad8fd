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

TEST_CASE("words: any bytes can be read")
{
    for (std::string text : {"", " ", "'", "n't", "\xE2\x80", "\xFF\xFE", "....", "'s's's", "1,,2", "-"}) {
        read_words(text);
        split_segment(text, 0);
    }
    SUCCEED();
}
