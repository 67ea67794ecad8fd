// A practice as an older Chartside left it: its own migrations, and rows of every table that it had.
#pragma once

#include "memory_files.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace chartside::store::test {

inline std::vector<std::filesystem::path> migration_files()
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(CHARTSIDE_SOURCE_DIR "/src/store/migrations"))
        if (entry.path().extension() == ".sql") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

inline int64_t newest_version() { return static_cast<int64_t>(migration_files().size()); }

inline void make_older_practice(Practice& practice, int64_t version)
{
    auto opened = Database::open(practice.options().database);
    REQUIRE(opened.ok());
    Database& database = *opened;
    const auto run = [&](const std::string& sql) {
        const auto status = database.execute(sql);
        if (!status.ok()) FAIL(status.error().detail);
    };
    run("BEGIN");
    const auto files = migration_files();
    for (int64_t next = 0; next < version; ++next) {
        std::ostringstream sql;
        sql << std::ifstream(files[static_cast<size_t>(next)]).rdbuf();
        run(sql.str());
    }
    run("PRAGMA user_version = " + std::to_string(version));
    run("INSERT INTO practice VALUES (1, 0, 1000)");
    for (const std::string v : {"a", "b", "c"}) {
        run("INSERT INTO patients VALUES ('p" + v + "', 'Rosa Alvarez', 54, 1, 1)");
        run("INSERT INTO visits VALUES ('" + v + "', 'p" + v + "', 'Knee pain', 1000, 3, 0, 0, 2000)");
        run("INSERT INTO consents (visit_id, given_by, method, recorded_by, given_at_ms)"
            " VALUES ('" + v + "', 'R. Alvarez', 'aloud', 'Dr. L', 1500)");
        run("INSERT INTO revisions VALUES ('" + v + "', 1, 2000, 'draft')");
        run("INSERT INTO sections (visit_id, id, title, position, from_revision) VALUES ('" + v + "', 'subjective', 'Subjective', 0, 1)");
        for (int i = 0; i < 30; ++i) {
            const std::string n = std::to_string(i);
            run("INSERT INTO segments VALUES ('" + v + "', 's" + n + "', " + n + ", " + n + ", " + n
                + ", 2, 'It hurts when I climb the stairs, take " + n + ". " + std::string(300, 'y') + "', 1, x'')");
            run("INSERT INTO sentences (visit_id, id, section_id, position, text, start_ms, end_ms, flag_count, origin, drafted_text,"
                " from_revision) VALUES ('" + v + "', 'n" + n + "', 'subjective', " + n + ", 'Knee pain, sentence " + n
                + ".', 0, 1, 0, 0, '', 1)");
        }
        run("INSERT INTO omissions (visit_id, id, position, section_id, text, start_ms, end_ms, reason) VALUES ('" + v
            + "', 'o1', 0, 'subjective', 'left out', 0, 1, 'low_relevance')");
    }
    run("COMMIT");
}

} // namespace chartside::store::test
