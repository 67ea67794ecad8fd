// Bringing a practice of an older Chartside up to date: what it held stays, a copy is kept meanwhile, and what fails
// changes nothing.
#include "describe.h"
#include "must.h"
#include "older_practice.h"

#include "store/before_copy.h"

#include <catch2/catch_test_macros.hpp>

using namespace chartside;
using namespace chartside::store;
using namespace chartside::store::test;

namespace {

std::string state_of(Store& store)
{
    std::string state;
    for (const VisitSummary& visit : must(store.list_visits())) state += describe(must(store.load_visit(visit.id)));
    return state;
}

int64_t version_of(Practice& practice)
{
    return must(must(Database::open(practice.options().database)).query_integer("PRAGMA user_version"));
}

} // namespace

TEST_CASE("migration: every older practice comes up to date with all that it held")
{
    for (int64_t version = 1; version < newest_version(); ++version) {
        INFO("from version " << version);
        Practice practice;
        make_older_practice(practice, version);
        auto store = must(practice.open());
        CHECK(must(store->list_visits()).size() == 3);
        const VisitDocument visit = must(store->load_visit("a"));
        CHECK(visit.transcript.segments.size() == 30);
        CHECK(visit.note.sections[0].sentences.size() == 30);
        CHECK(visit.note.omissions.size() == 1);
        CHECK(store->check_integrity().ok());
        must(store->save_visit(made_visit("new")));
    }
}

TEST_CASE("migration: a copy of the encrypted practice is kept until the new one was opened once more")
{
    Practice practice;
    make_older_practice(practice, 1);
    const FileBytes old_database = practice.database.bytes;
    std::string state;
    {
        auto store = must(practice.open());
        state = state_of(*store);
        const auto copy = must(find_copy(practice.mounted));
        REQUIRE(copy);
        CHECK(copy->is_settled);
        CHECK(copy->schema_version == 1);
        CHECK(static_cast<size_t>(copy->byte_count) == old_database.size());
        CHECK(std::equal(old_database.begin(), old_database.end(), practice.before.bytes.begin() + 4096));
        must(store->save_visit(made_visit("new")));
    }
    // The copy is a practice of the old version by itself.
    Practice old;
    old.database.bytes.assign(practice.before.bytes.begin() + 4096, practice.before.bytes.end());
    CHECK(version_of(old) == 1);
    CHECK((state_of(*must(old.open())) == state));

    must(practice.open());
    CHECK(practice.before.bytes.empty());
    CHECK(must(must(practice.open())->list_visits()).size() == 4);
}

TEST_CASE("migration: a new practice leaves no copy")
{
    Practice practice;
    must(practice.open());
    CHECK(practice.before.bytes.empty());
}

TEST_CASE("migration: one that cannot be done changes nothing and says what to do")
{
    Practice practice;
    make_older_practice(practice, 1);
    {
        auto database = must(Database::open(practice.options().database));
        REQUIRE(database.execute("ALTER TABLE recordings ADD COLUMN state_before INTEGER").ok()); // 0002 adds it
    }
    const FileBytes before = practice.database.bytes;
    const auto refused = practice.open();
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::internal);
    CHECK(refused.error().message.find("nothing of it was changed") != std::string::npos);
    CHECK(refused.error().detail.find("0002") != std::string::npos);
    CHECK(practice.database.bytes == before);
    CHECK(version_of(practice) == 1);
}

TEST_CASE("migration: without room for the copy nothing is changed, and with room it goes on")
{
    Practice practice;
    make_older_practice(practice, 1);
    const FileBytes before = practice.database.bytes;
    for (size_t room = 0; room < before.size(); room += 65536) {
        practice.device.capacity = practice.used + room;
        const auto refused = practice.open();
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().code == ErrorCode::out_of_space);
        CHECK(practice.database.bytes == before);
        CHECK(practice.before.bytes.empty());
    }
    practice.device.capacity = SIZE_MAX;
    CHECK(must(must(practice.open())->list_visits()).size() == 3);
}

TEST_CASE("migration: whatever fails meanwhile, the practice is opened by the next try with all that it held")
{
    Practice older;
    make_older_practice(older, 1);
    std::string state;
    {
        Practice practice;
        practice.copy_files(older);
        state = state_of(*must(practice.open()));
    }
    int points = 0;
    for (const Fault fault : {Fault::io_error, Fault::full}) {
        for (int at = 0;; ++at) {
            INFO("fault " << static_cast<int>(fault) << " at " << at);
            Practice practice;
            practice.copy_files(older);
            practice.device.fault = fault;
            practice.device.lasting = at % 2 == 0;
            practice.device.countdown = at;
            auto opened = practice.open();
            if (!opened.ok()) CHECK(opened.error().code == (fault == Fault::full ? ErrorCode::out_of_space : ErrorCode::io));
            if (opened.ok()) opened.value().reset();
            practice.device.lift();
            auto store = must(practice.open());
            CHECK((state_of(*store) == state));
            CHECK(store->check_integrity().ok());
            ++points;
            if (practice.device.struck == 0) break;
        }
    }
    std::printf("migration: %d faults\n", points);
    CHECK(points > 60);
}

TEST_CASE("migration: a device that spoils the database under an update gets the old one back")
{
    Practice practice;
    make_older_practice(practice, 1);
    std::string state;
    {
        Practice copy;
        copy.copy_files(practice);
        state = state_of(*must(copy.open()));
    }
    REQUIRE(keep_copy(practice.mounted, 1).ok());
    for (size_t at = 200; at < practice.database.bytes.size(); at += 4096) practice.database.bytes[at] ^= 1;
    CHECK((state_of(*must(practice.open())) == state));

    // Once saves may have come after it, the copy is not put in their place.
    Practice later;
    make_older_practice(later, 1);
    must(later.open());
    for (size_t at = 200; at < later.database.bytes.size(); at += 4096) later.database.bytes[at] ^= 1;
    const FileBytes spoilt = later.database.bytes;
    const auto refused = later.open();
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::corrupt);
    CHECK(later.database.bytes == spoilt);
    CHECK(must(find_copy(later.mounted)));
}
