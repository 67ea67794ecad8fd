#include "describe.h"
#include "memory_files.h"

#include "store/word_pack.h"

#include <catch2/catch_test_macros.hpp>

#include <random>

using namespace chartside;
using namespace chartside::store;
using namespace chartside::store::test;

namespace {

class Maker {
public:
    explicit Maker(unsigned seed) : m_random(seed) {}

    int number(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
    double milliseconds() { return std::uniform_real_distribution<double>(0, 6e6)(m_random); }

    /// What people paste, what goes wrong between encodings, and what breaks careless string handling.
    std::string text()
    {
        static const std::string pieces[] = {"", "é", "e\xCC\x81", "😀", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xE2\x9A\x95",
            "עברית", "'", "\"", "''--;", "%s", "?1", "\\", "\n", "\r\n", "\t", std::string("\0", 1),
            std::string("a\0b", 3), "\xFF\xFE", "\xC0\xAF", "\xED\xA0\x80", "\xE2\x82", "knee pain", "50 mg",
            " ", "NULL", "x'00'", "\xEF\xBB\xBF", "ß", "DROP TABLE visits;"};
        std::string result;
        const int count = number(0, 6);
        for (int i = 0; i < count; ++i) {
            result += pieces[static_cast<size_t>(number(0, static_cast<int>(std::size(pieces)) - 1))];
        }
        if (number(0, 40) == 0) result += std::string(static_cast<size_t>(number(1, 60000)), 'w');
        return result;
    }
    std::vector<Evidence> evidence()
    {
        std::vector<Evidence> result(static_cast<size_t>(number(0, 3)));
        for (Evidence& span : result) span = {text(), number(0, 500), number(0, 500)};
        return result;
    }
    Note note(const std::string& prefix)
    {
        Note note;
        int next = 0;
        for (const char* id : {"subjective", "exam", "assessment_plan"}) {
            if (number(0, 4) == 0) continue;
            NoteSection& section = note.sections.emplace_back();
            section.id = id;
            section.title = text();
            section.sentences.resize(static_cast<size_t>(number(0, 6)));
            for (Sentence& sentence : section.sentences) {
                sentence.id = (number(0, 1) == 0 ? "n" : prefix) + std::to_string(next++);
                sentence.text = text();
                sentence.evidence = evidence();
                sentence.start_ms = milliseconds();
                sentence.end_ms = milliseconds();
                for (int i = number(0, 2); i > 0; --i) sentence.flags.push_back(text());
                sentence.origin = static_cast<Origin>(number(0, 2));
                sentence.drafted_text = text();
            }
        }
        note.omissions.resize(static_cast<size_t>(number(0, 3)));
        for (Omission& omission : note.omissions) {
            omission = {"o" + std::to_string(next++), text(), text(), evidence(), milliseconds(), milliseconds(),
                text()};
        }
        return note;
    }
    VisitDocument visit(const std::string& id)
    {
        VisitDocument visit;
        visit.summary = made_visit(id);
        visit.summary.patient = {"patient " + id, text(), number(-1, 110), static_cast<Sex>(number(0, 2)),
            static_cast<Pronouns>(number(0, 3))};
        visit.summary.reason = text();
        visit.summary.scheduled_ms = milliseconds();
        visit.summary.state = VisitState::signed_off;
        visit.consents.push_back({id, "a" + text(), "aloud" + text(), text(), 1 + milliseconds()});
        double at_ms = 0;
        for (int i = number(0, 8); i > 0; --i) {
            Segment& segment = visit.transcript.segments.emplace_back();
            segment.id = "s" + std::to_string(i) + text();
            segment.start_ms = at_ms += milliseconds();
            segment.end_ms = milliseconds();
            segment.role = static_cast<Role>(number(0, 3));
            segment.text = text();
            segment.confidence = static_cast<float>(number(0, 1000)) / 1000;
            segment.words.resize(static_cast<size_t>(number(0, 20)));
            for (Word& word : segment.words) {
                word = {number(0, 1 << 30), number(0, 1 << 30), milliseconds(), milliseconds(), 0.25f};
            }
        }
        at_ms = 0;
        for (int i = number(0, 3); i > 0; --i) visit.marks.push_back({at_ms += milliseconds(), text()});
        return visit;
    }

private:
    std::mt19937 m_random;
};

} // namespace

TEST_CASE("store: any visit comes back byte for byte, whatever its texts are")
{
    for (unsigned seed = 1; seed <= 25; ++seed) {
        INFO("seed " << seed);
        Maker make(seed);
        Practice practice;
        VisitDocument visit = make.visit("visit \xC3\xA9'" + std::to_string(seed));
        {
            auto store = practice.open();
            REQUIRE(store.ok());
            Store& keep = *store.value();
            REQUIRE(keep.save_visit(visit.summary).ok());
            for (const Consent& consent : visit.consents) REQUIRE(keep.save_consent(consent).ok());
            REQUIRE(keep.save_segments(visit.summary.id, visit.transcript.segments).ok());
            for (const Mark& mark : visit.marks) REQUIRE(keep.save_mark(visit.summary.id, mark).ok());
            std::vector<std::string> expected;
            for (int revision = 1; revision <= 5; ++revision) {
                visit.note = make.note("r" + std::to_string(revision) + "-");
                REQUIRE(keep.save_note(visit.summary.id, visit.note, make.text()).ok());
                expected.push_back(describe(visit.note));
            }
            for (int revision = 1; revision <= 5; ++revision) {
                auto note = keep.load_revision(visit.summary.id, revision);
                REQUIRE(note.ok());
                CHECK(describe(*note) == expected[static_cast<size_t>(revision - 1)]);
            }
        }
        auto store = practice.open();
        REQUIRE(store.ok());
        auto loaded = store.value()->load_visit(visit.summary.id);
        REQUIRE(loaded.ok());
        CHECK(describe(*loaded) == describe(visit));
        CHECK(store.value()->check_integrity().ok());
    }
}

TEST_CASE("store: packed words of a wrong length are refused, not guessed at")
{
    auto bytes = pack_words({{0, 3, 100, 200, 1}, {4, 6, 210, 300, 0.5f}});
    CHECK(unpack_words(bytes).value().size() == 2);
    bytes.pop_back();
    CHECK(unpack_words(bytes).error().code == ErrorCode::corrupt);
    CHECK(unpack_words({}).value().empty());
}
