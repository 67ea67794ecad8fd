// Every moment at which a process or the power can go. A workload runs over files that remember each write, truncate
// and flush; then each prefix of that history is put back as the files a crash would leave, the practice is opened
// from them and compared with what had been acknowledged by then.
//
// Process crash: all that was written is there. Power cut: what was not flushed since is dropped, kept or torn at
// 512 bytes, at random. A commit that was under way when the crash came may be there or not, but never in part.
#include "describe.h"
#include "memory_files.h"
#include "older_practice.h"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdio>
#include <random>

using namespace chartside;
using namespace chartside::store;
using namespace chartside::store::test;

namespace {

using Image = std::array<FileBytes, 4>;

struct Acknowledgement {
    size_t operation_count; // in the log when the save returned
    std::string state;      // what a load must give from then on
};

struct History {
    Image start; // durable before the first operation
    std::vector<Operation> log;
    std::vector<Acknowledgement> acknowledged;
};

std::string state_of(Store& store)
{
    auto visits = store.list_visits();
    if (!visits.ok()) return "unreadable: " + visits.error().detail;
    std::string state;
    for (const VisitSummary& visit : *visits) {
        auto document = store.load_visit(visit.id);
        state += document.ok() ? describe(*document) : "unreadable: " + document.error().detail;
    }
    return state;
}

History run_workload(Durability durability, int step_count = 60)
{
    History history;
    Practice practice(&history.log);
    auto options = practice.options();
    options.database.durability = durability;
    std::unique_ptr<Store> store;
    const auto acknowledge = [&] { history.acknowledged.push_back({history.log.size(), state_of(*store)}); };
    const auto open = [&] {
        store.reset();
        auto opened = Store::open(options);
        REQUIRE(opened.ok());
        store = std::move(opened).value();
    };
    open();
    acknowledge();
    REQUIRE(store->save_visit(made_visit("v1")).ok());
    acknowledge();
    REQUIRE(store->save_consent(made_consent("v1")).ok());
    acknowledge();
    for (int step = 0; step < step_count; ++step) {
        if (step == 25 || step == 50) open(); // closing copies the log into the database and empties it
        if (step % 10 == 3) {
            Note note;
            for (const char* id : {"subjective", "exam"}) {
                NoteSection& section = note.sections.emplace_back();
                section.id = id;
                for (int i = 0; i < 4 + step / 10; ++i) {
                    Sentence& sentence = section.sentences.emplace_back();
                    sentence.id = std::string(id) + std::to_string(i);
                    sentence.text = "Step " + std::to_string(i == 1 ? step : 0) + " says so.";
                    sentence.evidence = {{"s1", 0, i}};
                }
            }
            REQUIRE(store->save_note("v1", note, "step").ok());
        } else if (step % 30 == 5) {
            auto imported = store->begin_import(made_visit("file"), made_consent("file"), 16000, 0);
            REQUIRE(imported.ok());
            acknowledge();
            REQUIRE(store->remove_recording(*imported).ok());
        } else if (step % 20 == 17) {
            REQUIRE(store->delete_visit("v" + std::to_string(step - 10)).ok());
        } else if (step % 10 == 7) {
            auto visit = made_visit("v" + std::to_string(step));
            visit.scheduled_ms = step;
            REQUIRE(store->save_visit(visit).ok());
        } else {
            // Some larger than a page, so that a commit spans several.
            const std::string text(step % 6 == 0 ? 30000 : 200, static_cast<char>('a' + step % 26));
            REQUIRE(store->append_segment("v1", {"s" + std::to_string(step), double(step), double(step) + 1,
                Role::patient, text, 1, {{0, 4, 1, 2, 1}}}).ok());
        }
        acknowledge();
    }
    return history;
}

/// A practice of an older Chartside, brought up to date when it is opened; then one more save.
History run_migration(int64_t version)
{
    History history;
    Practice practice(&history.log);
    make_older_practice(practice, version);
    history.log.clear();
    history.start = {practice.database.bytes, practice.write_ahead_log.bytes, practice.journal.bytes, practice.before.bytes};
    {
        auto opened = practice.open();
        REQUIRE(opened.ok());
        history.acknowledged.push_back({0, state_of(*opened.value())});
        REQUIRE(opened.value()->save_visit(made_visit("new")).ok());
        history.acknowledged.push_back({history.log.size(), state_of(*opened.value())});
    }
    auto again = practice.open(); // the copy goes
    REQUIRE(again.ok());
    return history;
}

/// Empty when the image opens to what was acknowledged, else what is wrong with it.
std::string problem_with(const Image& image, const History& history, size_t operation_count)
{
    Practice practice;
    practice.database.bytes = image[0];
    practice.write_ahead_log.bytes = image[1];
    practice.journal.bytes = image[2];
    practice.before.bytes = image[3];
    auto store = practice.open();
    if (!store.ok()) return "does not open: " + store.error().detail;
    if (auto check = store.value()->check_integrity(); !check.ok()) return check.error().detail;
    const std::string state = state_of(*store.value());
    size_t next = 0;
    while (next < history.acknowledged.size() && history.acknowledged[next].operation_count <= operation_count) ++next;
    const std::string newest = next == 0 ? "" : history.acknowledged[next - 1].state;
    if (state == newest) return "";
    if (next < history.acknowledged.size() && state == history.acknowledged[next].state) return "";
    return "an acknowledged save is missing";
}

struct Tally {
    int points = 0;
    int failures = 0;
    std::string first;

    void add(const std::string& problem, size_t operation_count)
    {
        ++points;
        if (problem.empty()) return;
        if (failures++ == 0) first = "after operation " + std::to_string(operation_count) + ": " + problem;
    }
};

void apply(const Operation& operation, Image& image)
{
    FileBytes& file = image[static_cast<size_t>(operation.file)];
    if (operation.kind == Operation::Kind::write) {
        apply_write(file, operation.offset, operation.bytes.data(), operation.bytes.size());
    } else if (operation.kind == Operation::Kind::truncate) {
        file.resize(static_cast<size_t>(operation.offset));
    }
}

Tally enumerate_process_crashes(const History& history)
{
    Tally tally;
    Image image = history.start;
    for (size_t count = 0; count <= history.log.size(); ++count) {
        tally.add(problem_with(image, history, count), count);
        if (count < history.log.size()) apply(history.log[count], image);
    }
    return tally;
}

// A device may have put any of the unflushed operations to the medium, in part too.
void apply_by_chance(const Operation& operation, Image& image, std::mt19937& random)
{
    const unsigned fate = random() % 3;
    if (fate == 0) return;
    if (fate == 1 || operation.kind == Operation::Kind::truncate) return apply(operation, image);
    FileBytes& file = image[static_cast<size_t>(operation.file)];
    for (size_t at = 0; at < operation.bytes.size(); at += 512) {
        if (random() % 2 == 0) continue;
        const size_t count = std::min<size_t>(512, operation.bytes.size() - at);
        apply_write(file, operation.offset + static_cast<int64_t>(at), operation.bytes.data() + at, count);
    }
}

Tally enumerate_power_cuts(const History& history, unsigned seed_count, bool stop_at_first)
{
    Tally tally;
    Image durable = history.start;
    std::array<std::vector<const Operation*>, 4> pending;
    for (size_t count = 0; count <= history.log.size(); ++count) {
        for (unsigned seed = 0; seed < seed_count; ++seed) {
            std::mt19937 random(static_cast<unsigned>(count) * 31 + seed);
            Image image = durable;
            for (const auto& operations : pending) {
                for (const Operation* operation : operations) apply_by_chance(*operation, image, random);
            }
            tally.add(problem_with(image, history, count), count);
            if (stop_at_first && tally.failures > 0) return tally;
        }
        if (count == history.log.size()) break;
        const Operation& operation = history.log[count];
        auto& waiting = pending[static_cast<size_t>(operation.file)];
        if (operation.kind == Operation::Kind::flush) {
            for (const Operation* done : waiting) apply(*done, durable);
            waiting.clear();
        } else {
            waiting.push_back(&operation);
        }
    }
    return tally;
}

} // namespace

TEST_CASE("crash: keeps every acknowledged save when the process or the power goes at any operation")
{
    const History history = run_workload(Durability::full);
    const Tally process = enumerate_process_crashes(history);
    const Tally power = enumerate_power_cuts(history, 1, false);
    std::printf("crashes: %zu saves; process gone at %d points, %d failed; power gone at %d, %d failed\n",
        history.acknowledged.size(), process.points, process.failures, power.points, power.failures);
    INFO(process.first << power.first);
    CHECK(process.points + power.points > 1500);
    CHECK(process.failures + power.failures == 0);
}

TEST_CASE("crash: a practice of an older Chartside is whole when the process or the power goes while it is brought up to date")
{
    int points = 0;
    for (int64_t version = 1; version < newest_version(); ++version) {
        const History history = run_migration(version);
        const Tally process = enumerate_process_crashes(history);
        const Tally power = enumerate_power_cuts(history, 5, false);
        points += process.points + power.points;
        INFO("from version " << version << ": " << process.first << power.first);
        CHECK(process.failures + power.failures == 0);
    }
    std::printf("crashes while brought up to date: %d points\n", points);
    CHECK(points > 200);
}

TEST_CASE("crash: the enumeration notices a store that does not press its commits to disk")
{
    for (const Durability durability : {Durability::off, Durability::normal}) {
        const Tally tally = enumerate_power_cuts(run_workload(durability), 2, true);
        CHECK(tally.failures > 0);
        CHECK(tally.first.find("missing") != std::string::npos);
    }
}

// `dev bench crash`: too long for every run of the tests. Its lines are read by tests/bench/crash.mjs.
TEST_CASE("crash: keeps every acknowledged save over a long day of crashes", "[.crash]")
{
    std::vector<History> histories = {run_workload(Durability::full, 120)};
    for (int64_t version = 1; version < newest_version(); ++version) histories.push_back(run_migration(version));
    Tally process, power;
    const auto add = [](Tally& all, const Tally& some) {
        all.points += some.points;
        all.failures += some.failures;
        if (all.first.empty()) all.first = some.first;
    };
    for (const History& history : histories) {
        add(process, enumerate_process_crashes(history));
        add(power, enumerate_power_cuts(history, 20, false));
    }
    std::printf("process_crash %d %d\n", process.points, process.failures);
    std::printf("power_cut %d %d\n", power.points, power.failures);
    const Tally normal = enumerate_power_cuts(run_workload(Durability::normal), 2, false);
    std::printf("power_cut_synchronous_normal %d %d\n", normal.points, normal.failures);
    INFO(process.first << power.first);
    CHECK(process.points + power.points >= 20000);
    CHECK(process.failures + power.failures == 0);
    CHECK(normal.failures > 0);
}
