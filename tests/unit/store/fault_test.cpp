// A device that fails, at every one of its operations in turn, and one that is full at every size. What is asked for:
// a sentence with the right code, nothing lost that was acknowledged, whole files, and a retry that works without a
// restart.
#include "describe.h"
#include "memory_files.h"
#include "must.h"

#include <catch2/catch_test_macros.hpp>

#include <cstdio>
#include <functional>

using namespace chartside;
using namespace chartside::store;
using namespace chartside::store::test;

namespace {

Note note_of(const std::string& text)
{
    Note note;
    NoteSection section{"subjective", "Subjective", {}};
    for (int i = 0; i < 3; ++i) {
        Sentence sentence;
        sentence.id = "n" + std::to_string(i);
        sentence.text = text;
        sentence.evidence = {{"s1", 0, 4}};
        section.sentences.push_back(sentence);
    }
    note.sections.push_back(section);
    return note;
}

std::string state_of(Store& store)
{
    std::string state;
    for (const VisitSummary& visit : must(store.list_visits())) state += describe(must(store.load_visit(visit.id)));
    return state;
}

template <typename T>
Status status_of(Result<T> result)
{
    if (!result.ok()) return std::move(result).error();
    return Ok{};
}

// What a visit does to the store, as saves that can each be tried again.
using Save = std::function<Status(Store&)>;
const std::vector<Save>& saves()
{
    static const std::vector<Save> all = {
        [](Store& store) { return status_of(store.save_visit(made_visit("v2"))); },
        [](Store& store) { return status_of(store.save_consent(made_consent("v2"))); },
        [](Store& store) {
            return status_of(store.append_segment("v2", {"s1", 0, 9, Role::patient, std::string(20000, 'a'), 1, {}}));
        },
        [](Store& store) { return status_of(store.save_note("v2", note_of("Knee pain."), "Sentence added")); },
        [](Store& store) { return status_of(store.delete_visit("v1")); },
    };
    return all;
}

void prepare(Practice& practice)
{
    auto store = must(practice.open());
    must(store->save_visit(made_visit("v1")));
    must(store->save_note("v1", note_of("Earlier."), "Sentence added"));
}

const char* name_of(Fault fault)
{
    switch (fault) {
    case Fault::io_error: return "I/O error";
    case Fault::short_read: return "short read";
    case Fault::short_write: return "short write";
    case Fault::full: return "full";
    }
    return "";
}

void check_sentence(const Error& error, Fault fault)
{
    INFO(error.detail);
    const bool full = fault == Fault::short_write || fault == Fault::full;
    CHECK(error.code == (full ? ErrorCode::out_of_space : ErrorCode::io));
    CHECK(error.message.find("try again") + error.message.find("Try again") != 2 * std::string::npos);
}

struct Run {
    bool struck = false;
    int refused = 0;
};

// The saves over a copy of `before`, with the fault at the operation `at` counted from the first save.
Run run_saves(const Practice& before, const std::vector<std::string>& states, Fault fault, bool lasting, int at)
{
    INFO(name_of(fault) << (lasting ? ", lasting" : ", once") << ", at operation " << at);
    Practice practice;
    practice.copy_files(before);
    Run run;
    {
        auto store = must(practice.open());
        practice.device.fault = fault;
        practice.device.lasting = lasting;
        practice.device.countdown = at;
        for (size_t i = 0; i < saves().size(); ++i) {
            auto saved = saves()[i](*store);
            if (saved.ok()) continue;
            ++run.refused;
            check_sentence(saved.error(), fault);
            practice.device.lift();
            CHECK((state_of(*store) == states[i])); // not in part
            auto again = saves()[i](*store);
            INFO("save " << i << " again");
            if (!again.ok()) FAIL_CHECK(again.error().detail);
        }
        run.struck = practice.device.struck > 0;
        practice.device.lift();
        CHECK((state_of(*store) == states.back()));
    }
    auto store = must(practice.open());
    CHECK((state_of(*store) == states.back()));
    CHECK(store->check_integrity().ok());
    return run;
}

} // namespace

TEST_CASE("faults: whatever fails while saving is told, loses nothing, and the same save succeeds afterwards")
{
    Practice before;
    prepare(before);
    std::vector<std::string> states;
    {
        Practice practice;
        practice.copy_files(before);
        auto store = must(practice.open());
        states.push_back(state_of(*store));
        for (const Save& save : saves()) {
            REQUIRE(save(*store).ok());
            states.push_back(state_of(*store));
        }
    }
    for (const Fault fault : {Fault::io_error, Fault::short_read, Fault::short_write, Fault::full}) {
        for (const bool lasting : {false, true}) {
            int at = 0, refused = 0;
            for (Run run; (run = run_saves(before, states, fault, lasting, at)).struck; at += lasting ? 3 : 1) refused += run.refused;
            std::printf("saving, %s %s: up to operation %d, %d refused\n", name_of(fault), lasting ? "lasting" : "once", at, refused);
            if (fault != Fault::short_read) CHECK(refused > 5);
        }
    }
}

TEST_CASE("faults: whatever fails while opening is told, and the practice opens afterwards as it was")
{
    Practice before;
    prepare(before);
    // As a kill leaves it: the newest saves are in the log only.
    Practice killed;
    std::string state;
    {
        Practice running;
        running.copy_files(before);
        auto store = must(running.open());
        for (size_t i = 0; i + 1 < saves().size(); ++i) REQUIRE(saves()[i](*store).ok());
        state = state_of(*store);
        killed.copy_files(running);
    }
    for (const Practice* start : {static_cast<const Practice*>(nullptr), static_cast<const Practice*>(&killed)}) {
        const std::string expected = start == nullptr ? "" : state;
        for (const Fault fault : {Fault::io_error, Fault::short_read, Fault::short_write, Fault::full}) {
            for (const bool lasting : {false, true}) {
                int at = 0, refused = 0;
                for (bool struck = true; struck; at += lasting ? 3 : 1) {
                    INFO(name_of(fault) << (lasting ? ", lasting" : ", once") << ", at operation " << at);
                    Practice practice;
                    if (start != nullptr) practice.copy_files(*start);
                    practice.device.fault = fault;
                    practice.device.lasting = lasting;
                    practice.device.countdown = at;
                    auto opened = practice.open();
                    struck = practice.device.struck > 0;
                    if (!opened.ok()) {
                        ++refused;
                        check_sentence(opened.error(), fault);
                    } else {
                        practice.device.lift();
                        CHECK((state_of(*opened.value()) == expected));
                        opened.value().reset();
                    }
                    practice.device.lift();
                    auto store = must(practice.open());
                    CHECK((state_of(*store) == expected));
                    CHECK(store->check_integrity().ok());
                }
                std::printf("opening %s, %s %s: up to operation %d, %d refused\n", start == nullptr ? "a new one" : "after a kill",
                    name_of(fault), lasting ? "lasting" : "once", at, refused);
            }
        }
    }
}

TEST_CASE("faults: a device that is full at any size holds whole records, lets them be read, and deletes with some room")
{
    constexpr size_t step = 64 * 1024;
    constexpr size_t ballast = 2 * 1024 * 1024; // given back before a deletion; the page keeps one of 32 MiB
    int full_sizes = 0;
    for (size_t capacity = 0; capacity <= 40 * step; capacity += step) {
        INFO("capacity " << capacity);
        Practice practice;
        practice.device.capacity = capacity;
        // What was refused for want of room may stand whole after a restart, as a save that a crash met.
        std::string acknowledged, under_way;
        {
            auto opened = practice.open();
            if (!opened.ok()) {
                CHECK(opened.error().code == ErrorCode::out_of_space);
                practice.device.capacity = SIZE_MAX;
                CHECK(practice.open().ok());
                continue;
            }
            Store& store = *opened.value();
            Practice roomy;
            auto model = must(roomy.open());
            bool full = false;
            for (int i = 0; i < 60 && !full; ++i) {
                const std::string id = "v" + std::to_string(i / 2);
                const auto save = [&](Store& to) {
                    return i % 2 == 0 ? status_of(to.save_visit(made_visit(id)))
                                      : status_of(to.append_segment(id, {"s1", 0, 9, Role::patient, std::string(90000, 'x'), 1, {}}));
                };
                auto saved = save(store);
                if (!saved.ok()) CHECK(saved.error().code == ErrorCode::out_of_space);
                full = !saved.ok();
                acknowledged = state_of(*model);
                REQUIRE(save(*model).ok());
                under_way = state_of(*model);
                if (!full) acknowledged = under_way;
                CHECK((state_of(store) == acknowledged));
            }
            full_sizes += full ? 1 : 0;
        }
        // The page is opened again on the full device.
        auto store = must(practice.open());
        const std::string found = state_of(*store);
        CHECK((found == acknowledged || found == under_way));
        CHECK(store->check_integrity().ok());
        practice.device.capacity += ballast;
        for (const VisitSummary& visit : must(store->list_visits())) must(store->delete_visit(visit.id));
        CHECK(must(store->list_visits()).empty());
        CHECK(store->check_integrity().ok());
    }
    std::printf("full device: %d sizes at which it was full\n", full_sizes);
    CHECK(full_sizes > 20);
}
