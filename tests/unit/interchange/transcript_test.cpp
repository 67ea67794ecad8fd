#include "interchange/transcript_json.h"
#include "interchange/transcript_text.h"

#include <catch2/catch_test_macros.hpp>

#include <random>

using namespace chartside;
using namespace chartside::interchange;

namespace {

const char* const knee = "Doctor: How is the knee?\nPatient: It hurts,\nmostly at night.\n\n# a remark\n[doctor] Any locking?\nPatient: No.\n";

// Whatever comes in, it is read or refused with a sentence that a person can use.
void check_read(std::string_view text)
{
    auto transcript = parse_transcript(text);
    if (transcript) {
        for (const Segment& segment : transcript->segments) {
            CHECK_FALSE(segment.id.empty());
            for (const Word& word : segment.words) {
                CHECK(word.start_char >= 0);
                CHECK(word.start_char <= word.end_char);
                CHECK(word.end_char <= static_cast<int>(segment.text.size()));
                CHECK(word.confidence >= 0);
                CHECK(word.confidence <= 1);
            }
        }
        transcript_to_json(*transcript);
    } else {
        CHECK(transcript.error().code == ErrorCode::invalid_input);
        CHECK(transcript.error().message.ends_with("."));
        CHECK(transcript.error().message.size() > 20);
    }
}

std::string refusal(std::string_view text)
{
    auto transcript = parse_transcript(text);
    return transcript ? "(read)" : transcript.error().message;
}

} // namespace

TEST_CASE("transcript: lines with a speaker become turns")
{
    auto transcript = parse_transcript(knee);
    REQUIRE(transcript.ok());
    REQUIRE(transcript->segments.size() == 4);
    CHECK(transcript->segments[0].role == Role::doctor);
    CHECK(transcript->segments[1].role == Role::patient);
    CHECK(transcript->segments[1].text == "It hurts, mostly at night.");
    CHECK(transcript->segments[2].text == "Any locking?");
    CHECK(transcript->segments[3].id == "s4");
}

TEST_CASE("transcript: a speaker on a line of its own speaks the lines below")
{
    auto transcript = parse_transcript("Doctor:\nAny pain?\nPatient:\nYes,\nat night.\nDoctor:\n");
    REQUIRE(transcript.ok());
    REQUIRE(transcript->segments.size() == 2);
    CHECK(transcript->segments[1].role == Role::patient);
    CHECK(transcript->segments[1].text == "Yes, at night.");
}

TEST_CASE("transcript: a byte order mark, Windows line ends and many names for a speaker are read")
{
    auto transcript = parse_transcript("\xEF\xBB\xBF" "Dr. Ames: Hello.\r\nPATIENT: Hi.\r\n[nurse] One moment.\r\nSpeaker 2: Yes.\r\n");
    REQUIRE(transcript.ok());
    REQUIRE(transcript->segments.size() == 4);
    CHECK(transcript->segments[0].role == Role::doctor);
    CHECK(transcript->segments[0].text == "Hello.");
    CHECK(transcript->segments[1].role == Role::patient);
    CHECK(transcript->segments[2].role == Role::other);
    CHECK(transcript->segments[3].role == Role::unknown);
}

TEST_CASE("transcript: a colon in what is said is no speaker")
{
    auto transcript = parse_transcript("Doctor: Take it at 8:00.\nNote: twice a day.\n");
    REQUIRE(transcript.ok());
    REQUIRE(transcript->segments.size() == 1);
    CHECK(transcript->segments[0].text == "Take it at 8:00. Note: twice a day.");
}

TEST_CASE("transcript: wrong lines are refused with their number and what to do")
{
    CHECK(refusal("") == "The transcript is empty.");
    CHECK(refusal(" \n\t\n") == "The transcript is empty.");
    CHECK(refusal("# remark\nhello") == "Line 2 of the transcript has no speaker; begin each turn with \"Doctor:\", \"Patient:\" or \"Speaker:\".");
    CHECK(refusal("Doctor: Hi.\nPatient: \xFF\xFE") == "Line 2 of the transcript is not UTF-8 text; save the file as UTF-8.");
}

TEST_CASE("transcript: JSON needs only texts")
{
    auto transcript = parse_transcript(R"([{"text":"Any pain?","speaker":"doctor"},{"text":"No.","role":"Patient"}])");
    REQUIRE(transcript.ok());
    REQUIRE(transcript->segments.size() == 2);
    CHECK(transcript->segments[0].id == "s1");
    CHECK(transcript->segments[0].role == Role::doctor);
    CHECK(transcript->segments[1].role == Role::patient);
}

TEST_CASE("transcript: written JSON reads back the same, offsets counted in UTF-16")
{
    Transcript transcript;
    Segment segment{"a", 10, 2000, Role::patient, "J'ai \xC3\xA9t\xC3\xA9 malade \xF0\x9F\x98\x80 hier", 0.5f, {}};
    segment.words = {{0, 4, 10, 300, 0.25f}, {5, 10, 300, 600, 1}, {18, 22, 700, 900, 0.75f}, {23, 27, 1000, 2000, 1}};
    transcript.segments.push_back(segment);
    std::string written = transcript_to_json(transcript);
    CHECK(written.find("\"start_char\":19,\"end_char\":23") != std::string::npos); // "hier": é is one unit, the face two
    CHECK(written.find("\"text\":\"hier\",\"start_char\":19") != std::string::npos);
    CHECK(written.find("\"speaker\":\"Patient\"") != std::string::npos);
    auto read = parse_transcript(written);
    REQUIRE(read.ok());
    const Segment& back = read->segments.at(0);
    CHECK(back.id == "a");
    CHECK(back.text == segment.text);
    CHECK(back.role == Role::patient);
    CHECK(back.end_ms == 2000);
    CHECK(back.confidence == 0.5f);
    REQUIRE(back.words.size() == 4);
    for (size_t i = 0; i < 4; i++) {
        CHECK(back.words[i].start_char == segment.words[i].start_char);
        CHECK(back.words[i].end_char == segment.words[i].end_char);
        CHECK(back.words[i].start_ms == segment.words[i].start_ms);
        CHECK(back.words[i].confidence == segment.words[i].confidence);
    }
}

TEST_CASE("transcript: wrong JSON is refused with the segment or line")
{
    CHECK(refusal("{\"segments\": [") == "Line 1 of the transcript is not JSON that can be read; give the output of `transcribe --json`.");
    CHECK(refusal("{}") == "Line 1 of the transcript has no \"segments\".");
    CHECK(refusal(R"({"segments": 5})") == "Line 1 of the transcript has \"segments\" that are no list.");
    CHECK(refusal(R"([{"text":"a"},{"role":"Doctor"}])") == "Segment 2 of the transcript has no text.");
    CHECK(refusal(R"([{"text":"a","id":"x"},{"text":"b","id":"x"}])") == "Segment 2 of the transcript has an id that was used before.");
    CHECK(refusal(R"([{"text":"a","words":[7]}])") == "Segment 1 of the transcript has a word that is no object.");
    CHECK(refusal("{\n\"segments\":[{\"text\":\n\"\xFF\"}]}").starts_with("Line 3 "));
}

TEST_CASE("transcript: numbers beyond all measure are kept inside the text")
{
    auto transcript = parse_transcript(R"([{"text":"ab","start_ms":"x","confidence":1e300,"words":[{"start_char":1,"end_char":1e300,"confidence":-5},{"start_char":-1,"end_char":1},{"start_char":2,"end_char":1},{}]}])");
    REQUIRE(transcript.ok());
    const Segment& segment = transcript->segments.at(0);
    CHECK(segment.start_ms == 0);
    CHECK(segment.confidence == 1);
    REQUIRE(segment.words.size() == 1);
    CHECK(segment.words[0].end_char == 2);
    CHECK(segment.words[0].confidence == 0);
}

TEST_CASE("transcript: every cut of a good file is read or refused")
{
    std::string lines = knee;
    for (size_t size = 0; size <= lines.size(); size++) check_read(std::string_view(lines).substr(0, size));
    std::string json = transcript_to_json(*parse_transcript(knee));
    for (size_t size = 0; size <= json.size(); size++) check_read(std::string_view(json).substr(0, size));
}

TEST_CASE("transcript: any bytes are read or refused")
{
    unsigned seed = 20261124;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    std::string json = R"({"segments":[{"id":"s1","text":"Any pain? é","role":"Doctor","words":[{"start_char":0,"end_char":3,"start_ms":1,"end_ms":2,"confidence":0.5}]},{"text":"No.","speaker":"patient"}]})";
    const std::string starts[] = {"", knee, json, "[", "{", "[doctor] "};
    for (int i = 0; i < 4000; i++) {
        std::string text = starts[random() % std::size(starts)];
        size_t changes = random() % 6 + 1;
        for (size_t k = 0; k < changes; k++) {
            char byte = static_cast<char>(random() % 3 ? random() % 256 : std::string_view("{}[]\",:\n\\0e-\xC3\xE2\xF0")[random() % 15]);
            size_t at = text.empty() ? 0 : random() % (text.size() + 1);
            if (random() % 2 || text.empty()) text.insert(at, 1, byte);
            else text.erase(at % text.size(), random() % 20 + 1);
        }
        check_read(text);
    }
}

TEST_CASE("transcript: a huge file is read or refused")
{
    std::string lines;
    for (int i = 0; i < 20000; i++) lines += i % 2 ? "Patient: Yes, it hurts at night.\n" : "Doctor: Does it hurt?\n";
    CHECK(parse_transcript(lines)->segments.size() == 20000);
    CHECK(parse_transcript(transcript_to_json(*parse_transcript(lines)))->segments.size() == 20000);
    CHECK(parse_transcript("Doctor: " + std::string(300000, 'a'))->segments.size() == 1);
    CHECK(refusal("Doctor: " + std::string(3000000, 'a')).find("one visit at a time") != std::string::npos);
    check_read(std::string(200000, '['));
    check_read("{\"segments\":" + std::string(50000, '[') + std::string(50000, ']') + "}");
    check_read("[{\"text\":\"" + std::string(1000000, 'a'));
}

TEST_CASE("transcript: line ends of every system are read alike, and counted as an editor counts them")
{
    const std::string unix_lines = "Doctor: Any pain?\nPatient: Yes,\nat night.\n";
    for (const char* end : {"\r\n", "\r"}) {
        std::string other;
        for (char c : unix_lines) other += c == '\n' ? std::string(end) : std::string(1, c);
        auto transcript = parse_transcript("\xEF\xBB\xBF" + other);
        REQUIRE(transcript.ok());
        REQUIRE(transcript->segments.size() == 2);
        CHECK(transcript->segments[1].text == "Yes, at night.");
    }
    CHECK(refusal("Doctor: Any pain?\r\nPatient: Yes.\r\nDoctor: \xFF\r\n").starts_with("Line 3 "));
}

TEST_CASE("transcript: days of talk are refused before they are read for minutes")
{
    std::string text;
    while (text.size() < 900'000) text += "Doctor: Any pain in the knee today?\nPatient: It hurts when I walk.\n";
    CHECK(refusal(text).find("one visit at a time") != std::string::npos);
    CHECK(parse_transcript(text.substr(0, 200'000)).ok());
}
