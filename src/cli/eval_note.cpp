// `eval note --csv IN.csv --out PRED.csv [--json]`: notes for a data set with ACI-Bench's columns. With
// `--features OUT.tsv` it writes what the model sees of each clause instead, which tools/train reads.
#include "cli/note_model_file.h"
#include "cli/verbs.h"
#include "interchange/csv.h"
#include "interchange/note_text.h"
#include "interchange/transcript_text.h"
#include "note/features.h"
#include "note/linear_model.h"

#include <chrono>
#include <cstdio>
#include <fstream>

namespace chartside::cli {
namespace {

constexpr const char* usage = "eval note --csv IN.csv (--out PRED.csv | --features OUT.tsv) [--json]";

// One line a clause: visit, segment, role as given, question mark, words, features with and without the speaker.
void write_features(std::ostream& out, const std::string& visit, const Transcript& transcript)
{
    std::vector<note::Clause> clauses = note::split_clauses(transcript);
    for (size_t i = 0; i < clauses.size(); i++) {
        const note::Clause& clause = clauses[i];
        Role role = transcript.segments[clause.segment].role;
        out << visit << '\t' << clause.segment << '\t' << (role == Role::doctor ? "d" : role == Role::patient ? "p" : "o") << '\t'
            << (clause.question_mark ? 1 : 0) << '\t' << note::plain(clause.words) << '\t';
        for (const std::string& feature : note::clause_features(clauses, i, role == Role::other ? Role::patient : role)) out << feature << ' ';
        out << '\t';
        for (const std::string& feature : note::clause_features(clauses, i, Role::unknown)) out << feature << ' ';
        out << '\n';
    }
}

void print_figure(const char* name, double value, const char* unit, size_t count)
{
    std::printf("{\"name\":\"%s\",\"value\":%.4f,\"unit\":\"%s\",\"n\":%zu}\n", name, value, unit, count);
}

} // namespace

int run_eval_note(const Arguments& arguments)
{
    std::string input, output, features;
    bool as_json = false;
    for (size_t i = 0; i < arguments.size(); i++) {
        const std::string& argument = arguments[i];
        bool more = i + 1 < arguments.size();
        if (argument == "--json") as_json = true;
        else if (argument == "--csv" && more) input = arguments[++i];
        else if (argument == "--out" && more) output = arguments[++i];
        else if (argument == "--features" && more) features = arguments[++i];
        else return fail_usage(usage);
    }
    if (input.empty() || (output.empty() && features.empty())) return fail_usage(usage);
    auto text = read_whole_file(input);
    if (!text) return fail(text.error());
    auto table = interchange::parse_csv(*text);
    if (!table) return fail(table.error());
    int id_column = table->column("encounter_id");
    if (id_column < 0) id_column = table->column("ID");
    int dialogue_column = table->column("dialogue");
    if (id_column < 0 || dialogue_column < 0)
        return fail({ErrorCode::invalid_input, "The table needs the columns encounter_id and dialogue.", input});

    std::unique_ptr<note::NoteWriter> writer;
    if (features.empty()) {
        auto loaded = load_note_writer();
        if (!loaded) return fail(loaded.error());
        writer = std::move(*loaded);
    }
    std::ofstream out(features.empty() ? output : features, std::ios::binary);
    if (features.empty()) out << "encounter_id,note\r\n";
    size_t sentence_count = 0, flag_count = 0, omission_count = 0, role_right = 0, role_count = 0;
    double slowest_ms = 0, total_ms = 0;
    for (const auto& row : table->rows) {
        const std::string& visit = row[static_cast<size_t>(id_column)];
        auto transcript = interchange::parse_transcript_lines(row[static_cast<size_t>(dialogue_column)]);
        if (!transcript) return fail(std::move(transcript.error()).with_context("visit " + visit));
        if (!features.empty()) {
            write_features(out, visit, *transcript);
            continue;
        }
        auto begin = std::chrono::steady_clock::now();
        auto note = run_now(writer->write({*transcript, Pronouns::unstated, Sex::unknown}));
        double spent_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
        if (!note) return fail(note.error());
        total_ms += spent_ms;
        slowest_ms = spent_ms > slowest_ms ? spent_ms : slowest_ms;
        for (const NoteSection& section : note->sections) {
            sentence_count += section.sentences.size();
            for (const Sentence& sentence : section.sentences) flag_count += !sentence.flags.empty();
        }
        omission_count += note->omissions.size();
        Transcript unlabelled = *transcript;
        for (Segment& segment : unlabelled.segments) segment.role = Role::unknown;
        std::vector<Role> roles = writer->predict_roles(unlabelled);
        for (size_t i = 0; i < roles.size(); i++) {
            role_count++;
            role_right += roles[i] == transcript->segments[i].role;
        }
        out << interchange::csv_field(visit) << ',' << interchange::csv_field(interchange::note_to_text(*note, interchange::NoteHeadings::hospital)) << "\r\n";
    }
    out.flush();
    if (!out)
        return fail({ErrorCode::io, "The result could not be written to " + (features.empty() ? output : features) + "; check the folder and the space left.", ""});
    if (!features.empty()) return 0;
    size_t count = table->rows.size();
    double divisor = count ? static_cast<double>(count) : 1;
    double role_accuracy = role_count ? static_cast<double>(role_right) / static_cast<double>(role_count) : 0;
    if (as_json) {
        print_figure("note_sentences", static_cast<double>(sentence_count) / divisor, "per visit", count);
        print_figure("note_flagged_sentences", static_cast<double>(flag_count) / divisor, "per visit", count);
        print_figure("note_omissions", static_cast<double>(omission_count) / divisor, "per visit", count);
        print_figure("role_accuracy", role_accuracy, "share", role_count);
        print_figure("note_time", total_ms / divisor, "ms", count);
        print_figure("note_time_slowest", slowest_ms, "ms", count);
    } else {
        std::printf("%zu visits: %.1f sentences, %.1f flagged, %.1f left out a visit; roles from words alone %.1f %%; %.1f ms a visit, slowest %.1f ms\n",
                    count, static_cast<double>(sentence_count) / divisor, static_cast<double>(flag_count) / divisor,
                    static_cast<double>(omission_count) / divisor, 100 * role_accuracy, total_ms / divisor, slowest_ms);
    }
    return 0;
}

} // namespace chartside::cli
