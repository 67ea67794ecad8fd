#include "note/checks.h"
#include "note/linear_model.h"

#include <catch2/catch_test_macros.hpp>

#include <cstring>
#include <random>

using namespace chartside;
using namespace chartside::note;

TEST_CASE("checks: a sentence keeps to the numbers, drugs, sides and polarity it cites")
{
    CHECK(unsupported("Start sumatriptan 50 mg.", {"let's start sumatriptan, fifty milligrams"}, false).empty());
    CHECK(unsupported("Start sumatriptan 100 mg.", {"let's start sumatriptan, fifty milligrams"}, false) == "number");
    CHECK(unsupported("Start sumatriptan 50 mcg.", {"let's start sumatriptan, fifty milligrams"}, false) == "number");
    CHECK(unsupported("Start naproxen 50 mg.", {"let's start sumatriptan, fifty milligrams"}, false) == "drug");
    CHECK(unsupported("Left knee: effusion.", {"the right knee has an effusion"}, false) == "laterality");
    CHECK(unsupported("She denies fever.", {"any fever"}, false) == "polarity");
    CHECK(unsupported("She denies fever.", {"any fever"}, true).empty());
}

TEST_CASE("checks: a negation that was said may not be lost")
{
    CHECK(unsupported("It is gout.", {"i do not think it is gout"}, false) == "polarity");
    CHECK(unsupported("She reports a little heartburn.", {"a little heartburn, yes, but no black stools"}, false).empty());
    CHECK(unsupported("She reports black stools.", {"a little heartburn, yes, but no black stools"}, false) == "polarity");
    CHECK(unsupported("She reports heartburn.", {"no heartburn, but a cough"}, false) == "polarity");
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
