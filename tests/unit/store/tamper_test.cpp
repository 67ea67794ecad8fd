// A database that was altered while the practice was closed: one bit turned anywhere, a page swapped for another. Whatever
// is then read is what was kept, or it is refused. (A page put back as it once was fits its own place, and is not found out.)
#include "describe.h"
#include "memory_files.h"
#include "must.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdio>

using namespace chartside;
using namespace chartside::store;
using namespace chartside::store::test;

namespace {

constexpr size_t page_bytes = 8192;

// What opening and reading everything gives; `refused` where any of it fails.
std::string state_of(Practice& practice, bool& refused)
{
    refused = true;
    auto opened = Store::open(practice.options());
    if (!opened.ok()) return "";
    auto visits = (*opened)->list_visits();
    if (!visits.ok()) return "";
    std::string state;
    for (const VisitSummary& visit : *visits) {
        auto document = (*opened)->load_visit(visit.id);
        if (!document.ok()) return "";
        state += describe(*document);
    }
    refused = false;
    return state;
}

struct Kept {
    FileBytes database;
    std::string state;
};

Kept kept_practice()
{
    Kept kept;
    Practice practice;
    const auto keep = [&](const std::string& id) {
        auto store = must(Store::open(practice.options()));
        must(store->save_visit(made_visit(id)));
        must(store->append_segment(id, {"s1", 0, 9, Role::patient, "My knee hurts " + std::string(3000, 'a'), 1, {}}));
    };
    for (const char* id : {"v1", "v2", "v3", "v4"}) keep(id);
    kept.database = practice.database.bytes;
    bool refused = false;
    kept.state = state_of(practice, refused);
    REQUIRE_FALSE(refused);
    REQUIRE(practice.write_ahead_log.bytes.empty());
    return kept;
}

} // namespace

TEST_CASE("tamper: a bit turned anywhere in the database is refused, or changes nothing that is read")
{
    const Kept kept = kept_practice();
    int detected = 0, unread = 0, silent = 0;
    // Each page at its ends and at places within; the first page, which tells what the file is, byte by byte.
    for (size_t place = 0; place < kept.database.size(); place += place < 256 ? 1 : 997) {
        Practice practice;
        practice.database.bytes = kept.database;
        practice.database.bytes[place] ^= static_cast<uint8_t>(1u << (place % 8));
        bool refused = false;
        const std::string state = state_of(practice, refused);
        if (refused) ++detected;
        else if (state == kept.state) ++unread;
        else ++silent;
    }
    std::printf("tamper: %d bits turned: %d refused, %d in what is not read, %d read wrongly\n", detected + unread + silent, detected, unread, silent);
    CHECK(silent == 0);
    CHECK(detected > 100);
}

TEST_CASE("tamper: pages that change places are refused, or change nothing that is read")
{
    const Kept kept = kept_practice();
    const size_t pages = kept.database.size() / page_bytes;
    REQUIRE(pages > 6);
    int detected = 0, silent = 0;
    for (size_t one = 0; one < pages; ++one) {
        for (size_t other = one + 1; other < pages; ++other) {
            Practice practice;
            FileBytes& bytes = practice.database.bytes = kept.database;
            const auto begin = [&](size_t page) { return bytes.begin() + static_cast<std::ptrdiff_t>(page * page_bytes); };
            std::swap_ranges(begin(one), begin(one) + page_bytes, begin(other));
            bool refused = false;
            const std::string state = state_of(practice, refused);
            if (refused) ++detected;
            else if (state != kept.state) ++silent;
        }
    }
    std::printf("tamper: %d swaps of pages refused, %d read wrongly\n", detected, silent);
    CHECK(silent == 0);
    CHECK(detected > 0);
}
