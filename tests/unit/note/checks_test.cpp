#include "note/checks.h"
#include "note/linear_model.h"

#include <catch2/catch_test_macros.hpp>

#include <cstring>
#include <random>

using namespace chartside;
using namespace chartside::note;

namespace {

std::string check(std::string_view text, const char* said) { return unsupported(text, {{said, SaidAs::statement}}); }

std::string check(std::string_view text, const char* question, const char* answer, const char* goes_on = nullptr)
{
    std::vector<Said> said = {{question, SaidAs::question}, {answer, SaidAs::answer}};
    if (goes_on) said.push_back({goes_on, SaidAs::answer_on});
    return unsupported(text, said);
}

} // namespace

TEST_CASE("checks: a sentence keeps to the numbers, drugs, sides and polarity it cites")
{
    CHECK(check("Start sumatriptan 50 mg.", "let's start sumatriptan, fifty milligrams").empty());
    CHECK(check("Start sumatriptan 100 mg.", "let's start sumatriptan, fifty milligrams") == "number");
    CHECK(check("Start sumatriptan 50 mcg.", "let's start sumatriptan, fifty milligrams") == "number");
    CHECK(check("Start naproxen 50 mg.", "let's start sumatriptan, fifty milligrams") == "drug");
    CHECK(check("Left knee: effusion.", "the right knee has an effusion") == "laterality");
    CHECK(check("She denies fever.", "any fever") == "polarity");
    CHECK(unsupported("She takes ibuprofen.", {{"any fever", SaidAs::question}, {"no", SaidAs::answer}, {"just ibuprofen", SaidAs::answer_on}}) == "drug");
}

TEST_CASE("checks: a negation that was said may not be lost")
{
    CHECK(check("It is gout.", "i do not think it is gout") == "polarity");
    const char* mixed = "a little heartburn, yes, but no black stools";
    for (const char* question : {"", "heartburn or black stools?"}) {
        auto said = [&](const char* text) { return *question ? check(text, question, mixed) : check(text, mixed); };
        CHECK(said("She reports a little heartburn.").empty());
        CHECK(said("She reports black stools.") == "polarity");
        CHECK(said("She denies black stools.").empty());
        CHECK(said("She denies heartburn.") == "polarity");
    }
    CHECK(check("She reports heartburn.", "no heartburn, but a cough") == "polarity");
    CHECK(check("Order an ultrasound.", "let us order an ultrasound to make sure we are not missing anything").empty());
    CHECK(unsupported("Left knee: effusion.", {{"the left knee", SaidAs::statement}, {"there is no effusion", SaidAs::statement}}) == "polarity");
}

TEST_CASE("checks: yes and no are read from the answer, whatever the writer took it for")
{
    for (const char* no : {"no", "nope, never", "not really", "no, no fever at all", "none", "um, no", "nothing like that", "I don't", "no, I sleep fine"}) {
        INFO(no);
        CHECK(check("She denies fever.", "any fever?", no).empty());
        CHECK(check("She reports fever.", "any fever?", no) == "polarity");
    }
    for (const char* yes : {"yes", "yeah, I do", "mm-hmm", "right", "every night", "oh, definitely", "I do", "no doubt"}) {
        INFO(yes);
        CHECK(check("She reports fever.", "any fever?", yes).empty());
        CHECK(check("She denies fever.", "any fever?", yes) == "polarity");
    }
}

TEST_CASE("checks: an answer that says both is neither")
{
    CHECK(check("She denies fever.", "any fever?", "yeah, no") == "polarity");
    CHECK(check("She reports fever.", "any fever?", "yeah, no") == "polarity");
    CHECK(check("She denies nausea.", "any nausea?", "not really", "maybe a bit of nausea in the car") == "polarity");
    CHECK(check("She denies fever.", "any fever?", "no, I have had a fever every night") == "polarity");
    CHECK(check("She denies weakness.", "any weakness?", "no, no weakness, just a weird feeling").empty());
}

TEST_CASE("checks: a yes to what was asked with a not means the not")
{
    CHECK(check("She has not had a fever.", "so you haven't had a fever?", "right").empty());
    CHECK(check("She has had a fever.", "so you haven't had a fever?", "right") == "polarity");
    CHECK(check("It hurts.", "it hurts, doesn't it?", "yes").empty());
    CHECK(check("She has had a fever.", "haven't you had a fever?", "yes").empty());
}

TEST_CASE("checks: each denial of a sentence needs its own no")
{
    CHECK(unsupported("She denies fever or cough.", {{"any fever", SaidAs::question}, {"no", SaidAs::answer}, {"any cough", SaidAs::question}, {"yes", SaidAs::answer}}) == "polarity");
}

TEST_CASE("checks: a drug that is started or taken wants its dose")
{
    CHECK(lacks_dose(read_words("Start acetaminophen for the pain")));
    CHECK_FALSE(lacks_dose(read_words("Start acetaminophen 500 mg")));
    CHECK_FALSE(lacks_dose(read_words("Stop the ibuprofen")));
    CHECK(lacks_dose(read_words("Stop the ibuprofen, and start acetaminophen for the pain")));
}

TEST_CASE("linear model: refuses every damaged file with an error")
{
    CHECK_FALSE(LinearModel::create({}).ok());
    std::vector<uint8_t> file(16 + 8 * head_count, 0);
    std::memcpy(file.data(), "CSNL", 4);
    file[4] = 1;
    file[8] = head_count;
    REQUIRE(LinearModel::create(file).ok());
    for (size_t size = 0; size < file.size(); size++) CHECK_FALSE(LinearModel::create(std::span(file).first(size)).ok());
    file[4] = 2;
    CHECK(LinearModel::create(file).error().code == ErrorCode::newer_version);
    unsigned seed = 7;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 2000; i++) {
        std::vector<uint8_t> noise(random() % 200);
        for (uint8_t& byte : noise) byte = static_cast<uint8_t>(random());
        if (noise.size() > 16 && i % 2) std::memcpy(noise.data(), file.data(), 12);
        auto model = LinearModel::create(noise);
        if (model.ok()) model->score({"u:pain"});
    }
}
