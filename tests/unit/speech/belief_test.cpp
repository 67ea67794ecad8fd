#include "speech/belief.h"

#include <catch2/catch_test_macros.hpp>

using namespace chartside::speech;

namespace {

// A "No." said by itself, as the detector and the model see it.
const Evidence answer{.confidence = 0.7f, .end_probability = 0.9f, .length_ms = 870, .voiced_ms = 320, .peak_probability = 0.99f};

Evidence with(Evidence evidence, auto change)
{
    change(evidence);
    return evidence;
}

} // namespace

TEST_CASE("belief: a short answer is heard, a word without a letter is not")
{
    CHECK(is_believable("No.", answer));
    CHECK(is_believable("50", answer));
    CHECK(!is_believable("...", answer));
    CHECK(!is_believable("", answer));
}

TEST_CASE("belief: less voice than a word takes is no word, however sure the model is")
{
    CHECK(!is_believable("Yeah.", with(answer, [](Evidence& e) { e.voiced_ms = 128; e.confidence = 0.99f; })));
    CHECK(is_believable("Yep.", with(answer, [](Evidence& e) { e.voiced_ms = 256; })));
}

TEST_CASE("belief: a short voice that the recording cuts must be surer, and one cut at both ends is no word")
{
    const Evidence cut = with(answer, [](Evidence& e) { e.cut_at_start = true; });
    CHECK(!is_believable("Right?", cut));
    CHECK(is_believable("No.", with(cut, [](Evidence& e) { e.confidence = 0.9f; })));
    CHECK(!is_believable("No.", with(cut, [](Evidence& e) { e.confidence = 0.9f; e.cut_at_end = true; })));
    const Evidence half_a_second = with(cut, [](Evidence& e) { e.cut_at_end = true; e.voiced_ms = 512; });
    CHECK(is_believable("Okay again.", half_a_second));
    CHECK(!is_believable("Or the spur", with(half_a_second, [](Evidence& e) { e.confidence = 0.4f; })));
}

TEST_CASE("belief: a short text that never ends is not believed, a long one that was stopped is")
{
    CHECK(!is_believable("Mm-h", with(answer, [](Evidence& e) { e.end_probability = 0; })));
    CHECK(is_believable("and then we went on", with(answer, [](Evidence& e) { e.end_probability = 0; e.length_ms = 9000; e.voiced_ms = 7000; })));
}

TEST_CASE("belief: where there is hardly a voice, the model must be sure")
{
    const Evidence faint = with(answer, [](Evidence& e) { e.peak_probability = 0.55f; e.voiced_ms = 900; e.confidence = 0.6f; });
    CHECK(!is_believable("Thank you.", faint));
    CHECK(is_believable("It hurts here.", with(faint, [](Evidence& e) { e.peak_probability = 0.99f; })));
    CHECK(!is_believable("It hurts here.", with(answer, [](Evidence& e) { e.voiced_ms = 900; e.confidence = 0.2f; })));
}
