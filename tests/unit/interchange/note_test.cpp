#include "interchange/csv.h"
#include "interchange/note_text.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <random>

using namespace chartside;
using namespace chartside::interchange;

namespace {

Transcript said()
{
    Transcript transcript;
    transcript.segments.push_back({"s1", 0, 1000, Role::patient, "\xC3\xA9 \xF0\x9F\x98\x80 it hurts", 1, {}});
    return transcript;
}

Note small_note()
{
    Note note;
    note.sections.push_back({"subjective", "Subjective", {{"n1", "It hurts.", {{"s1", 8, 16}}, 100, 900, {"low_confidence"}, Origin::visit, ""}}});
    note.sections.push_back({"exam", "Exam", {{"n2", "Knee: effusion.", {{"s1", 0, 2}}, 0, 100, {}, Origin::visit, ""}}});
    note.sections.push_back({"assessment_plan", "Assessment and plan", {{"n3", "1. Knee pain.", {}, 0, 0, {}, Origin::hand, ""}, {"n4", "Order an X-ray.", {}, 0, 0, {}, Origin::hand, ""}}});
    note.omissions.push_back({"o1", "subjective", "it \"hurts\"", {{"s9", 3, 5}}, 0, 1, "low_relevance"});
    return note;
}

} // namespace

TEST_CASE("note json: sentences carry their evidence in UTF-16 units, their time and their flags")
{
    auto json = nlohmann::json::parse(note_to_json(small_note(), said()));
    auto sentence = json["sections"][0]["sentences"][0];
    CHECK(json["sections"][0]["id"] == "subjective");
    CHECK(sentence["text"] == "It hurts.");
    CHECK(sentence["evidence"][0]["segment"] == "s1");
    CHECK(sentence["evidence"][0]["start_char"] == 5);
    CHECK(sentence["evidence"][0]["end_char"] == 13);
    CHECK(sentence["start_ms"] == 100);
    CHECK(sentence["flags"] == nlohmann::json::array({"low_confidence"}));
    CHECK(json["omissions"][0]["text"] == "it \"hurts\"");
    CHECK(json["omissions"][0]["reason"] == "low_relevance");
    CHECK(json["omissions"][0]["evidence"][0]["start_char"] == 3); // a segment that is gone keeps its bytes
}

TEST_CASE("note json: a visit heard and written holds the segments that its evidence points into")
{
    auto json = nlohmann::json::parse(visit_to_json(small_note(), said()));
    CHECK(json["segments"][0]["id"] == json["sections"][0]["sentences"][0]["evidence"][0]["segment"]);
    CHECK(json["segments"][0]["speaker"] == "Patient");
    CHECK(json["omissions"].size() == 1);
    CHECK(nlohmann::json::parse(visit_to_json({}, {}))["segments"].empty());
}

TEST_CASE("note json: an empty note is a whole document")
{
    auto json = nlohmann::json::parse(note_to_json({}, {}));
    CHECK(json["sections"].empty());
    CHECK(json["omissions"].empty());
}

TEST_CASE("note json: any bytes in a note still give JSON")
{
    unsigned seed = 20261124;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 1000; i++) {
        Note note = small_note();
        std::string& text = note.sections[0].sentences[0].text;
        text.clear();
        for (size_t k = random() % 30; k-- > 0;) text += static_cast<char>(random() % 256);
        Evidence& evidence = note.sections[0].sentences[0].evidence[0];
        evidence.start_char = static_cast<int>(random() % 40);
        evidence.end_char = evidence.start_char + static_cast<int>(random() % 40);
        std::string written = note_to_json(note, said());
        auto json = nlohmann::json::parse(written, nullptr, false);
        REQUIRE_FALSE(json.is_discarded());
        note_to_text(note);
    }
}

TEST_CASE("note text: sections stand under their headings, points under their problem")
{
    CHECK(note_to_text(small_note()) == "SUBJECTIVE\n\nIt hurts.\n\nEXAM\n\nKnee: effusion.\n\nASSESSMENT AND PLAN\n\n1. Knee pain.\n- Order an X-ray.\n");
    CHECK(note_to_text(small_note(), NoteHeadings::hospital).starts_with("HISTORY OF PRESENT ILLNESS\n"));
    CHECK(note_to_text({}) == "");
}

TEST_CASE("csv: quoted fields keep commas, quotes and line breaks, there and back")
{
    auto table = parse_csv("id,text\r\n1,\"a, \"\"b\"\"\nc\"\r\n2,plain\n");
    REQUIRE(table.ok());
    REQUIRE(table->rows.size() == 2);
    CHECK(table->rows[0][1] == "a, \"b\"\nc");
    CHECK(table->column("text") == 1);
    CHECK(table->column("note") == -1);
    CHECK(csv_field(table->rows[0][1]) == "\"a, \"\"b\"\"\nc\"");
    CHECK(csv_field("plain") == "plain");
}

TEST_CASE("csv: a broken table is refused with its line")
{
    CHECK(parse_csv("").error().message == "The table is empty; give one with a line of column names.");
    CHECK(parse_csv("a,b\n1,2\n3\n").error().message == "Line 3 of the table has another number of fields than its first line.");
    CHECK(parse_csv("a\n\"open").error().message == "Line 2 of the table opens a quotation mark that is never closed.");
}

TEST_CASE("csv: any bytes are read or refused")
{
    unsigned seed = 7;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 3000; i++) {
        std::string text = i % 2 ? "a,b\n" : "";
        for (size_t k = random() % 40; k-- > 0;) text += random() % 2 ? "\",\r\n a"[random() % 6] : static_cast<char>(random() % 256);
        auto table = parse_csv(text);
        if (!table) {
            CHECK(table.error().message.ends_with("."));
            continue;
        }
        for (const auto& row : table->rows) CHECK(row.size() == table->columns.size());
    }
}
