// What every sentence of every note owes: evidence that lies in its segments, between characters, with its numbers in
// it and a span of sound. Over made dialogues, seeded.
#include "base/text.h"
#include "note/note_writer.h"
#include "note/numbers.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>

using namespace chartside;

namespace {

std::unique_ptr<note::NoteWriter> load_writer()
{
    std::ifstream file(std::string(CHARTSIDE_SOURCE_DIR) + "/public/models/note_linear.bin", std::ios::binary);
    std::vector<uint8_t> bytes((std::istreambuf_iterator<char>(file)), {});
    auto writer = note::create_linear_note_writer(bytes);
    REQUIRE(writer.ok());
    return std::move(*writer);
}

const std::vector<std::string> asked = {"Any chest pain or shortness of breath?", "How long has the knee been bothering you?", "Do you smoke?", "Have you ever had gout?", "And you're still taking the metoprolol, fifty milligrams twice a day?", "How bad is it, from zero to ten?", "Are you allergic to anything?", "When was your last colonoscopy?"};
const std::vector<std::string> answered = {"No, nothing like that.", "It started maybe three weeks ago, after I was gardening.", "Yes, a pack a day for twenty years.", "My father had gout \xE2\x80\x94 in both feet.", "Yes, every morning.", "On the stairs, I\xE2\x80\x99" "d say a six.", "Penicillin. It gave me a rash.", "About two years ago, at the caf\xC3\xA9 clinic.", "I take ibuprofen, two hundred milligrams, twice a day."};
const std::vector<std::string> examined = {"Your blood pressure today is one forty-six over eighty-eight.", "Your heart rate is seventy-two.", "There is a moderate effusion of the right knee.", "Your lungs are clear.", "I don't see any redness.", "Your A1c is 8.1 percent.", "The creatinine is zero point nine."};
const std::vector<std::string> planned = {"Let's start acetaminophen, five hundred milligrams, three times a day.", "I'd like to get an X-ray of the right knee.", "For your blood pressure, continue the lisinopril, ten milligrams once a day.", "Call me if you get a fever of 101.", "I'll see you back in three months.", "Please stop the ibuprofen."};

struct Made {
    Transcript transcript;
    bool timed = false;
};

Made make_dialogue(std::mt19937& random)
{
    Made made;
    made.timed = random() % 2 == 0;
    const bool labelled = random() % 2 == 0, marks = random() % 3 != 0, merged = random() % 3 == 0;
    double now_ms = 500;
    auto say = [&](const std::string& sentence, Role role) {
        std::string text = sentence;
        if (!marks) std::erase_if(text, [](char c) { return c == ',' || c == '?' || c == '!'; });
        if (random() % 7 == 0) text = "Um, well, " + text;
        Segment* last = made.transcript.segments.empty() ? nullptr : &made.transcript.segments.back();
        if (merged && last && random() % 4 == 0) {
            last->text += " ";
        } else {
            made.transcript.segments.push_back({});
            last = &made.transcript.segments.back();
            last->id = "s" + std::to_string(made.transcript.segments.size());
            last->role = labelled ? role : Role::unknown;
            last->start_ms = now_ms;
        }
        const size_t offset = last->text.size();
        last->text += text;
        for (size_t from = 0; from < text.size();) {
            size_t to = std::min(text.find(' ', from), text.size());
            chartside::Word word;
            word.start_char = static_cast<int>(offset + from);
            word.end_char = static_cast<int>(offset + to);
            word.start_ms = now_ms;
            now_ms += 120 + static_cast<double>(random() % 200);
            word.end_ms = now_ms;
            if (made.timed) last->words.push_back(word);
            from = to + 1;
        }
        last->end_ms = now_ms;
    };
    auto pick = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
    for (int i = 0, n = 3 + static_cast<int>(random() % 6); i < n; i++) {
        say(pick(asked), Role::doctor);
        say(pick(answered), Role::patient);
    }
    say("Okay, let me examine you.", Role::doctor);
    for (int i = 0, n = 2 + static_cast<int>(random() % 4); i < n; i++) say(pick(examined), Role::doctor);
    say("Okay.", Role::patient);
    for (int i = 0, n = 2 + static_cast<int>(random() % 4); i < n; i++) say(pick(planned), Role::doctor);
    return made;
}

bool starts_character(const std::string& text, int at)
{
    return at == static_cast<int>(text.size()) || (static_cast<unsigned char>(text[static_cast<size_t>(at)]) & 0xC0) != 0x80;
}

void check_evidence(const Transcript& transcript, const std::vector<Evidence>& evidence, std::string& cited)
{
    REQUIRE_FALSE(evidence.empty());
    for (const Evidence& item : evidence) {
        const Segment* segment = transcript.find(item.segment_id);
        REQUIRE(segment);
        REQUIRE(item.start_char >= 0);
        REQUIRE(item.start_char < item.end_char);
        REQUIRE(item.end_char <= static_cast<int>(segment->text.size()));
        REQUIRE(starts_character(segment->text, item.start_char));
        REQUIRE(starts_character(segment->text, item.end_char));
        cited += segment->text.substr(static_cast<size_t>(item.start_char), static_cast<size_t>(item.end_char - item.start_char)) + " . ";
    }
}

} // namespace

TEST_CASE("evidence: every sentence lies on whole characters of its segments, with its numbers and a span of sound")
{
    auto writer = load_writer();
    const unsigned seed = 20;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    size_t sentences = 0;
    for (int round = 0; round < 150; round++) {
        const Made made = make_dialogue(random);
        auto note = run_now(writer->write({made.transcript, Pronouns::she, Sex::unknown}));
        REQUIRE(note.ok());
        for (const NoteSection& section : note->sections)
            for (const Sentence& sentence : section.sentences) {
                INFO("round " << round << ": " << sentence.text);
                std::string cited;
                check_evidence(made.transcript, sentence.evidence, cited);
                const bool heading = section.id == "assessment_plan" && sentence.text.size() > 2 && sentence.text.substr(1, 2) == ". ";
                const std::vector<std::string> said = note::values_of(cited);
                for (const std::string& value : note::values_of(heading ? sentence.text.substr(3) : sentence.text))
                    CHECK(std::find(said.begin(), said.end(), value) != said.end());
                CHECK(sentence.start_ms < sentence.end_ms);
                // What was said again is evidence too; what is played is where it was said first.
                REQUIRE_FALSE(sentence.evidence.empty());
                const Segment* first = made.transcript.find(sentence.evidence.front().segment_id);
                CHECK(sentence.end_ms > first->start_ms);
                CHECK(sentence.start_ms < first->end_ms);
                sentences++;
            }
        for (const Omission& omission : note->omissions) {
            std::string cited;
            check_evidence(made.transcript, omission.evidence, cited);
            CHECK(omission.start_ms < omission.end_ms);
        }
    }
    CHECK(sentences > 1000);
}
