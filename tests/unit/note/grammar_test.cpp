#include "note/clauses.h"
#include "note/grammar.h"
#include "note/questions.h"

#include <catch2/catch_test_macros.hpp>

using namespace chartside;
using namespace chartside::note;

namespace {

const Voice she{Pronouns::she};

std::string third(const char* said, Role role = Role::patient, Voice voice = she)
{
    auto words = to_third_person(read_words(said), role, voice);
    return words ? join_words(*words) : "(refused)";
}

std::string answered(const char* question, bool yes)
{
    auto words = statement_of_question(read_words(question), yes, she);
    return words ? join_words(*words) : "(refused)";
}

std::string topic(const char* question)
{
    auto words = topic_of_question(read_words(question), she);
    return words ? join_words(*words) : "(none)";
}

} // namespace

TEST_CASE("grammar: a clause hung on with the speaker in it goes whole, a condition never")
{
    auto main = [](const char* said) {
        auto words = main_clause_to_third_person(read_words(said), Role::doctor, she);
        return words ? join_words(*words) : "(refused)";
    };
    CHECK(main("a murmur, which we have heard in the past") == "A murmur");
    CHECK(main("an ultrasound just to make sure that we are not missing anything") == "An ultrasound");
    CHECK(main("your blood pressure is fine") == "Her blood pressure is fine");
    CHECK(main("you can stop it if we see that it is better and i agree") == "(refused)");
    CHECK(main("antibiotics through the vein, which i would like to avoid") == "(refused)"); // it says the contrary of what is before it
}

TEST_CASE("grammar: the patient's words turn to the third person with their verbs")
{
    CHECK(third("i take it and i feel my knee") == "She takes it and she feels her knee");
    CHECK(third("i don't smoke") == "She does not smoke");
    CHECK(third("i have never thrown up") == "She has never thrown up");
    CHECK(third("i was kneeling") == "She was kneeling");
    CHECK(third("i usually have my coffee", Role::patient, {Pronouns::they}) == "They usually have their coffee");
    CHECK(third("i have my coffee when i wake up", Role::patient, {Pronouns::unstated}) == "The patient has their coffee when they wake up");
}

TEST_CASE("grammar: the patient is the subject after a word that opens a clause, whatever the verb")
{
    CHECK(third("pain when you pronate the forearm", Role::doctor) == "Pain when she pronates the forearm");
    CHECK(third("it is normal other than you have got tenderness", Role::doctor) == "It is normal other than she has got tenderness");
    CHECK(third("we will help you sleep", Role::doctor) == "(refused)");
    CHECK(third("the pills help you sleep", Role::doctor) == "The pills help her sleep");
}

TEST_CASE("grammar: who else is meant is refused, not guessed")
{
    CHECK(third("you told me to") == "(refused)");
    CHECK(third("we went to Vermont") == "(refused)");
    CHECK(third("i want you to wait", Role::doctor) == "(refused)");
}

TEST_CASE("grammar: a question becomes a statement by its answer")
{
    CHECK(answered("do you smoke", true) == "She smokes");
    CHECK(answered("do you smoke", false) == "She does not smoke");
    CHECK(answered("did you hit your head", false) == "She did not hit her head");
    CHECK(answered("have you ever had gout", false) == "She has never had gout");
    CHECK(answered("does it hurt when you walk", true) == "It hurts when she walks");
    CHECK(answered("how long has it hurt", true) == "(refused)");
    CHECK(answered("don't you smoke", false) == "(refused)");
}

TEST_CASE("questions: the topic is what was asked about")
{
    CHECK(topic("any chest pain or shortness of breath or anything like that") == "Chest pain or shortness of breath");
    CHECK(topic("do you have any fever") == "Fever");
    CHECK(topic("any locking, or does it give way") == "Locking");
    CHECK(topic("do you have any questions") == "(none)");
}
