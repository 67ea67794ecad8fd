// Made-up visits out of many turns at random: what was said of drugs, doses, allergies and results is in a sentence
// that cites it, or is listed among the omissions.
#include "base/text.h"
#include "note/note_writer.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

using namespace chartside;

namespace {

/// A turn with what must not be lost of it: as it may stand in a note, and as it was said.
struct Turn {
    Role role;
    std::string text;
    std::vector<std::pair<std::string, std::string>> facts;
};

struct Dose {
    const char* said;
    const char* written;
};

class Visits {
public:
    explicit Visits(unsigned seed) : m_random(seed) {}

    std::vector<Turn> make()
    {
        std::vector<Turn> turns = {{Role::doctor, "Hi, how are you doing today? What brings you in?", {}}, {Role::patient, "My back has been hurting for two weeks.", {}}};
        for (size_t i = 4 + pick(8); i-- > 0;) history(turns);
        turns.push_back({Role::doctor, "Okay, let me examine you. Your lungs are clear and you have pain to palpation of the lumbar spine.", {}});
        turns.push_back({Role::patient, "Okay.", {}});
        for (size_t i = pick(3); i-- > 0;) result(turns);
        for (size_t i = 1 + pick(5); i-- > 0;) plan(turns);
        return turns;
    }

private:
    size_t pick(size_t count) { return m_random() % count; }
    template <size_t count> std::string one(const char* const (&list)[count]) { return list[pick(count)]; }
    std::string drug()
    {
        static constexpr const char* list[] = {"lisinopril", "metformin", "ibuprofen", "meloxicam", "atorvastatin", "Tylenol", "Prozac", "gabapentin", "omeprazole", "Lasix", "warfarin", "albuterol"};
        return one(list);
    }
    Dose dose()
    {
        static constexpr Dose list[] = {{"twenty milligrams", "20 mg"}, {"500 mg", "500 mg"}, {"five milligrams", "5 mg"}, {"fifty milligrams", "50 mg"}, {"100 mcg", "100 mcg"}};
        return list[pick(std::size(list))];
    }

    void history(std::vector<Turn>& turns)
    {
        const std::string name = drug(), other = drug();
        const Dose amount = dose();
        switch (pick(10)) {
        case 0: turns.push_back({Role::doctor, "What are you taking for it?", {}}); turns.push_back({Role::patient, "I take " + name + ", " + amount.said + ", twice a day.", {{name, name}, {amount.written, amount.said}}}); break;
        case 1: turns.push_back({Role::doctor, "Are you still taking your " + name + "?", {{name, name}}}); turns.push_back({Role::patient, one({"Yes.", "No.", "Yeah, no.", "Most days.", "I stopped it.", "Hmm.", "Not really."}), {}}); break;
        case 2: turns.push_back({Role::doctor, "Any fever or chills?", {}}); turns.push_back({Role::patient, "No, but the " + name + " makes me dizzy.", {{name, name}}}); break;
        case 3: turns.push_back({Role::doctor, "Do you have any allergies?", {{"llerg", "llerg"}}}); turns.push_back({Role::patient, one({"Penicillin.", "No.", "Shellfish.", "None that I know of.", "Well, cats, I guess."}), {}}); break;
        case 4: turns.push_back({Role::patient, "And I'm allergic to " + one({"penicillin", "shellfish", "latex"}) + ".", {{"llerg", "llerg"}}}); break;
        case 5: turns.push_back({Role::patient, one({"Oh, and the ", "Then there's my ", "You know, my wife's "}) + name + one({".", ", I guess.", ", which I hate, you know, and the other one."}), {{name, name}}}); break;
        case 6: turns.push_back({Role::doctor, "Have you tried " + name + " or " + other + "?", {{name, name}, {other, other}}}); turns.push_back({Role::patient, one({"Yes, both.", "No.", "The first one.", "I tried " + other + "."}), {}}); break;
        case 7: turns.push_back({Role::doctor, "So I see that you're on " + name + ", " + amount.said + ".", {{name, name}, {amount.written, amount.said}}}); turns.push_back({Role::patient, "Right.", {}}); break;
        case 8: turns.push_back({Role::patient, "I don't take " + name + " anymore, I take " + other + ".", {{name, name}, {other, other}}}); break;
        default: turns.push_back({Role::doctor, "Any nausea?", {}}); turns.push_back({Role::patient, one({"No.", "Not really, maybe some nausea from the " + name + "."}), {}}); break;
        }
    }

    void result(std::vector<Turn>& turns)
    {
        switch (pick(4)) {
        case 0: turns.push_back({Role::doctor, "Your hemoglobin A1c is 8.1.", {{"8.1", "8.1"}}}); break;
        case 1: turns.push_back({Role::doctor, "And your potassium came back, that was 5.2, you and I talked about that.", {{"5.2", "5.2"}}}); break;
        case 2: turns.push_back({Role::doctor, "Your creatinine was normal.", {{"reatinine", "creatinine"}}}); break;
        default: turns.push_back({Role::doctor, "Your blood pressure is 146 over 88 today.", {{"146/88", "146 over 88"}}}); break;
        }
        turns.push_back({Role::patient, "Okay.", {}});
    }

    void plan(std::vector<Turn>& turns)
    {
        static constexpr const char* openers[] = {"", "So, for your first problem, your hypertension, ", "In terms of your diabetes, ", "As for the back pain, ", "For your high cholesterol, "};
        static constexpr const char* orders[] = {"let's start ", "I want you to stop the ", "I don't want you on the ", "continue the ", "you and I, the ", "which we'd, um, the ", "we could try ", "what was it, the "};
        const std::string name = drug();
        const Dose amount = dose();
        const std::string text = one(openers) + one(orders) + name + ", " + amount.said + one({".", ", and I'll see you back in three months.", ", okay?", ", if that's what we said, does that sound good?"});
        turns.push_back({Role::doctor, text, {{name, name}, {amount.written, amount.said}}});
        turns.push_back({Role::patient, one({"Okay.", "Yes.", "Sounds good."}), {}});
    }

    std::string one(std::initializer_list<std::string> list) { return list.begin()[pick(list.size())]; }

    std::mt19937 m_random;
};

Transcript transcript_of(const std::vector<Turn>& turns)
{
    Transcript transcript;
    for (const Turn& turn : turns) {
        Segment segment;
        segment.id = "s" + std::to_string(transcript.segments.size() + 1);
        segment.role = turn.role;
        segment.text = turn.text;
        transcript.segments.push_back(segment);
    }
    return transcript;
}

bool cites(const std::vector<Evidence>& evidence, const std::string& id)
{
    return std::any_of(evidence.begin(), evidence.end(), [&](const Evidence& item) { return item.segment_id == id; });
}

bool holds(const std::string& text, const std::string& part) { return to_lower_ascii(text).find(to_lower_ascii(part)) != std::string::npos; }

std::string shown(const Note& note)
{
    std::string text;
    for (const NoteSection& section : note.sections)
        for (const Sentence& sentence : section.sentences) text += "  " + sentence.text + "\n";
    for (const Omission& omission : note.omissions) text += "  left out, " + omission.reason + ": " + omission.text + "\n";
    return text;
}

// In a sentence that cites the turn, or among the omissions in words of the turn.
bool kept(const Note& note, const std::string& id, const Turn& turn, const std::string& written, const std::string& said)
{
    for (const NoteSection& section : note.sections)
        for (const Sentence& sentence : section.sentences)
            if (cites(sentence.evidence, id) && holds(sentence.text, written)) return true;
    return std::any_of(note.omissions.begin(), note.omissions.end(), [&](const Omission& omission) {
        bool same_words = holds(turn.text, omission.text) || holds(omission.text, turn.text); // said twice, listed once
        return holds(omission.text, said) && (cites(omission.evidence, id) || same_words);
    });
}

} // namespace

TEST_CASE("note: every drug, dose, allergy and result said is in a sentence that cites it, or listed")
{
    std::ifstream file(std::string(CHARTSIDE_SOURCE_DIR) + "/public/models/note_linear.bin", std::ios::binary);
    std::vector<uint8_t> bytes((std::istreambuf_iterator<char>(file)), {});
    auto writer = note::create_linear_note_writer(bytes);
    REQUIRE(writer.ok());
    const unsigned first_seed = 20261125;
    for (unsigned seed = first_seed; seed < first_seed + 150; seed++) {
        const std::vector<Turn> turns = Visits(seed).make();
        const Transcript transcript = transcript_of(turns);
        const Note note = *run_now((*writer)->write({transcript, Pronouns::she, Sex::unknown}));
        for (size_t i = 0; i < turns.size(); i++)
            for (const auto& [written, said] : turns[i].facts) {
                INFO("seed " << seed << ": \"" << turns[i].text << "\" lost " << written << " in\n" << shown(note));
                CHECK(kept(note, transcript.segments[i].id, turns[i], written, said));
            }
    }
}
