// Out of memory, at every allocation of SQLite and of the cipher in turn.
#include "describe.h"
#include "memory_files.h"
#include "must.h"

#include <catch2/catch_test_macros.hpp>

#include <sqlite3.h>

#include <cstdio>

using namespace chartside;
using namespace chartside::store;
using namespace chartside::store::test;

namespace {

// SQLite's own allocator with a countdown before it. Installed before SQLite is first used.
struct Memory {
    sqlite3_mem_methods own{};
    int countdown = -1; // allocations that still succeed; -1: all
    bool lasting = false;
    int refused = 0;
    int free_bytes = 0; // of a large block that was given back: no system refuses what fits into it

    bool refuses(int byte_count)
    {
        if (countdown < 0) return false;
        if (byte_count <= free_bytes) {
            free_bytes -= byte_count;
            return false;
        }
        if (countdown > 0) {
            --countdown;
            return false;
        }
        if (!lasting) countdown = -1;
        ++refused;
        return true;
    }
};

Memory& memory()
{
    static Memory the_memory;
    return the_memory;
}

void give_back(void* block)
{
    if (block == nullptr) return;
    if (const int size = memory().own.xSize(block); size >= 128 * 1024) memory().free_bytes = size;
    memory().own.xFree(block);
}
void* allocate(int byte_count) { return memory().refuses(byte_count) ? nullptr : memory().own.xMalloc(byte_count); }
void* resize(void* block, int byte_count) { return memory().refuses(byte_count) ? nullptr : memory().own.xRealloc(block, byte_count); }

const bool is_installed = [] {
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory().own) != SQLITE_OK) return false;
    sqlite3_mem_methods counted = memory().own;
    counted.xMalloc = allocate;
    counted.xRealloc = resize;
    counted.xFree = give_back;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &counted) == SQLITE_OK;
}();

Note short_note()
{
    Note note;
    note.sections.push_back({"subjective", "Subjective", {}});
    Sentence& sentence = note.sections[0].sentences.emplace_back();
    sentence.id = "n1";
    sentence.text = "Knee pain.";
    sentence.flags = {"dose_missing"};
    return note;
}

Status save_all(Store& store)
{
    TRY(store.save_visit(made_visit("v1")));
    TRY(store.append_segment("v1", {"s1", 0, 9, Role::patient, std::string(9000, 'a'), 1, {{0, 4, 1, 2, 1}}}));
    TRY(store.save_note("v1", short_note(), "Sentence added"));
    return Ok{};
}

Result<std::string> load_all(Store& store)
{
    std::string state;
    for (const VisitSummary& visit : TRY(store.list_visits())) state += describe(TRY(store.load_visit(visit.id)));
    return state;
}

// Runs `work` with every allocation refused in turn, once and from then on, until it gets through untouched.
template <typename Work, typename Prove>
int refuse_each(Work&& work, Prove&& prove)
{
    int points = 0;
    for (const bool lasting : {false, true}) {
        for (int at = 0;; ++at) {
            INFO((lasting ? "from" : "only") << " allocation " << at);
            memory().lasting = lasting;
            memory().refused = 0;
            memory().free_bytes = 0;
            memory().countdown = at;
            const Status status = work();
            memory().countdown = -1;
            ++points;
            if (!status.ok()) {
                INFO(status.error().detail);
                CHECK(status.error().code == ErrorCode::out_of_memory);
                CHECK_FALSE(status.error().message.empty());
            }
            prove();
            if (memory().refused == 0) break;
        }
    }
    return points;
}

} // namespace

TEST_CASE("memory: an allocation that is refused while opening is told, and the practice opens afterwards")
{
    REQUIRE(is_installed);
    Practice practice;
    std::string state;
    {
        auto store = must(practice.open());
        REQUIRE(save_all(*store).ok());
        state = must(load_all(*store));
    }
    std::string loaded;
    const auto open_and_load = [&]() -> Status {
        auto store = TRY(practice.open());
        loaded = TRY(load_all(*store));
        if (loaded != state) return Error{ErrorCode::internal, "", "loaded something else"};
        return Ok{};
    };
    const int points = refuse_each(open_and_load, [&] { REQUIRE(open_and_load().ok()); });
    auto store = must(practice.open());
    CHECK(store->check_integrity().ok());
    std::printf("memory: %d allocations refused while opening and loading\n", points);
    CHECK(points > 100);
}

TEST_CASE("memory: an allocation that is refused while saving is told, loses nothing, and the save succeeds afterwards")
{
    REQUIRE(is_installed);
    Practice practice;
    auto store = must(practice.open());
    REQUIRE(save_all(*store).ok());
    const auto save = [&] { return save_all(*store); };
    const auto state = must(load_all(*store));
    const int points = refuse_each(save, [&] {
        REQUIRE(save_all(*store).ok()); // in the same session
        CHECK((must(load_all(*store)) == state));
    });
    CHECK(store->check_integrity().ok());
    store.reset();
    CHECK((must(load_all(*must(practice.open()))) == state));
    std::printf("memory: %d allocations refused while saving\n", points);
    CHECK(points > 100);
}

TEST_CASE("memory: an allocation that is refused while a practice is made leaves one that can be made")
{
    REQUIRE(is_installed);
    int points = 0;
    for (const bool lasting : {false, true}) {
        for (int at = 0;; at += 41) {
            INFO((lasting ? "from" : "only") << " allocation " << at);
            Practice practice;
            memory().lasting = lasting;
            memory().refused = 0;
            memory().free_bytes = 0;
            memory().countdown = at;
            auto opened = practice.open();
            memory().countdown = -1;
            ++points;
            if (!opened.ok()) {
                INFO(opened.error().detail);
                CHECK(opened.error().code == ErrorCode::out_of_memory);
            } else {
                opened.value().reset();
            }
            auto store = must(practice.open());
            CHECK(save_all(*store).ok());
            CHECK(store->check_integrity().ok());
            if (memory().refused == 0) break;
        }
    }
    std::printf("memory: %d allocations refused while making a practice\n", points);
}
