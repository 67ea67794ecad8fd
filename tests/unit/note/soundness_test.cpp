#include "note/soundness.h"

#include "note/clauses.h"

#include <catch2/catch_test_macros.hpp>

using namespace chartside::note;

namespace {

std::string flaw(const char* text, Form form = Form::statement) { return std::string(flaw_of(read_words(text), form)); }

} // namespace

TEST_CASE("soundness: a question inside a statement is found")
{
    CHECK(flaw("the next morning it was swollen and has the swelling stayed the same since then") == "question");
    CHECK(flaw("on a scale of one to ten how severe is the pain") == "question");
    CHECK(flaw("she is a smoker or did they smoke") == "question");
    CHECK(flaw("that will be good, what about any problems with breathing") == "question");
    CHECK(flaw("continue the Prozac and do he needs a refill", Form::order) == "question");
    CHECK(flaw("does the pain extend anywhere", Form::topic) == "question");
    CHECK(flaw("good how about are his legs swelling up") == "question");
    CHECK(flaw("do her stools look dark or black") == "question");
}

TEST_CASE("soundness: what only looks inverted is no question")
{
    CHECK(flaw("she has the same pain and has a headache").empty());
    CHECK(flaw("the problem is he is often constipated").empty());
    CHECK(flaw("she sees how her knee is doing").empty());
    CHECK(flaw("do a culture of the wound", Form::order).empty());
    CHECK(flaw("it is the right one").empty());
    CHECK(flaw("return in two weeks to see how things are going", Form::order).empty());
}

TEST_CASE("soundness: a first or second person is found, but not in a quotation")
{
    CHECK(flaw("she put ice on it and then i have a wrap at home") == "person");
    CHECK(flaw("like right on your shoulder", Form::finding) == "person");
    CHECK(flaw("\" we lifted some boxes, \" per the patient").empty());
}

TEST_CASE("soundness: sentences that run into each other are found")
{
    CHECK(flaw("she put her arms out and then all of a sudden they just the wrist hurt") == "broken");
    CHECK(flaw("pain when them turn the forearm", Form::finding) == "broken");
    CHECK(flaw("she would looks tired") == "broken");
    CHECK(flaw("the do those symptoms improves when she stands up") == "broken");
    CHECK(flaw("he has a low pumping function, which, him, can happen") == "broken");
    CHECK(flaw("her exam is normal other than her have got tenderness") == "broken");
    CHECK(flaw("she is a new patient with a referral from the of esophagitis") == "broken");
    CHECK_FALSE(flaw("he missed a step and they just totally").empty());
}

TEST_CASE("soundness: words that break off, or have no verb of their own, are no sentence")
{
    CHECK(flaw("she is taking medications for") == "dangling");
    CHECK(flaw("order a panel just to make sure that everything is", Form::order) == "dangling");
    CHECK(flaw("some long weekends, which was great") == "fragment");
    CHECK(flaw("sometimes if it is humid") == "fragment");
    CHECK_FALSE(flaw("aside from this shoulder pain that she has been having").empty());
    CHECK(flaw("if she runs too much, she feels the strain").empty());
    CHECK(flaw("maybe once a week she forgets the one at dinner").empty());
    CHECK(flaw("she looks forward to the headaches going away").empty());
    CHECK(flaw("not when she coughs, but bending over makes it pound").empty());
    CHECK(flaw("she has been dealing with it for a while, and the pain is worse").empty());
}

TEST_CASE("soundness: what says nothing is not written, a side or a change is")
{
    CHECK(flaw("she feels it at that point") == "empty");
    CHECK(flaw("no", Form::topic) == "empty");
    CHECK(flaw("she has both") == "empty");
    CHECK(flaw("she is doing better").empty());
    CHECK(flaw("perform it", Form::order) == "empty");
}

TEST_CASE("soundness: a loose end goes, the sentence stays")
{
    auto kept = [](const char* text) { return join_words(without_loose_end(read_words(text))); };
    CHECK(kept("it was about 99.7 and then at one point") == "It was about 99.7");
    CHECK(kept("the pain goes away when she takes it but for the most part") == "The pain goes away when she takes it");
    CHECK(kept("no bony exposure however") == "No bony exposure");
    CHECK(kept("she walks and runs") == "She walks and runs");
    CHECK(kept("she takes it, but, you know, the pain is still there") == "She takes it, but the pain is still there");
}
