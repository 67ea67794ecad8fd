// `eval note --csv IN.csv --out PRED.csv [--json]`: notes for a data set with ACI-Bench's columns. With
// `--features OUT.tsv` it writes what the model sees of each clause instead, which tools/train reads.
#include "cli/figures.h"
#include "cli/files.h"
#include "cli/verbs.h"
#include "cli/write.h"
#include "domain/plain_note.h"
#include "interchange/csv.h"
#include "interchange/note_text.h"
#include "interchange/transcript_text.h"
#include "note/features.h"
#include "note/lexicon.h"
#include "note/linear_model.h"
#include "note/numbers.h"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <numeric>
#include <set>

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

// What a note says against the whole transcript, whatever its sentences cite.
struct Grounding {
    double unsupported_numbers = 0, unsupported_drugs = 0;
    std::set<std::string> drugs_said, drugs_kept;
};

std::set<std::string> drugs_in(const std::string& text)
{
    std::set<std::string> drugs;
    for (const note::Word& word : note::tokenize(text))
        if (note::is_drug(word.lower)) drugs.insert(word.lower);
    return drugs;
}

Grounding ground(const Note& written, const Transcript& transcript)
{
    Grounding found;
    std::set<std::string> values;
    for (const Segment& segment : transcript.segments) {
        for (const std::string& value : note::values_of(segment.text)) values.insert(value);
        found.drugs_said.merge(drugs_in(segment.text));
    }
    for (const NoteSection& section : written.sections)
        for (const Sentence& sentence : section.sentences) {
            // A problem's place in the list is nobody's number.
            const std::string text = heads_problem(sentence) ? sentence.text.substr(sentence.text.find(' ')) : sentence.text;
            for (const std::string& value : note::values_of(text)) found.unsupported_numbers += !values.contains(value);
            for (const std::string& drug : drugs_in(text)) {
                if (found.drugs_said.contains(drug)) found.drugs_kept.insert(drug);
                else found.unsupported_drugs++;
            }
        }
    return found;
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }
double mean(const std::vector<double>& values) { return values.empty() ? 0 : sum(values) / static_cast<double>(values.size()); }

// What is measured of each visit; the figures are these over the data set.
struct Measures {
    std::vector<double> sentences, flagged, omissions, unsupported_numbers, unsupported_drugs, drugs_kept, role_accuracy, note_ms;
    double drugs_said = 0, drugs_kept_sum = 0, roles_told = 0, roles_right_sum = 0;

    void add(const Note& written, const Transcript& transcript, const std::vector<Role>& roles, double spent_ms)
    {
        double sentence_count = 0, flag_count = 0, roles_right = 0;
        for (const NoteSection& section : written.sections)
            for (const Sentence& sentence : section.sentences) {
                sentence_count++;
                flag_count += !sentence.flags.empty();
            }
        const Grounding found = ground(written, transcript);
        for (size_t i = 0; i < roles.size(); i++) roles_right += roles[i] == transcript.segments[i].role;
        sentences.push_back(sentence_count);
        flagged.push_back(flag_count);
        omissions.push_back(static_cast<double>(written.omissions.size()));
        unsupported_numbers.push_back(found.unsupported_numbers);
        unsupported_drugs.push_back(found.unsupported_drugs);
        drugs_said += static_cast<double>(found.drugs_said.size());
        drugs_kept_sum += static_cast<double>(found.drugs_kept.size());
        if (!found.drugs_said.empty()) drugs_kept.push_back(static_cast<double>(found.drugs_kept.size()) / static_cast<double>(found.drugs_said.size()));
        roles_told += static_cast<double>(roles.size());
        roles_right_sum += roles_right;
        if (!roles.empty()) role_accuracy.push_back(roles_right / static_cast<double>(roles.size()));
        note_ms.push_back(spent_ms);
    }

    void print(bool as_json) const
    {
        print_figure({"sentences", mean(sentences), "per visit", sentences}, as_json);
        print_figure({"flagged_sentences", mean(flagged), "per visit", flagged}, as_json);
        print_figure({"omissions", mean(omissions), "per visit", omissions}, as_json);
        print_figure({"unsupported_numbers", sum(unsupported_numbers), "count", unsupported_numbers}, as_json);
        print_figure({"unsupported_drugs", sum(unsupported_drugs), "count", unsupported_drugs}, as_json);
        print_figure({"drugs_kept", drugs_said > 0 ? drugs_kept_sum / drugs_said : 1, "share", drugs_kept}, as_json);
        print_figure({"role_accuracy", roles_told > 0 ? roles_right_sum / roles_told : 0, "share", role_accuracy}, as_json);
        print_figure({"note_ms", mean(note_ms), "ms", note_ms}, as_json);
    }
};

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
    auto text = read_text(input);
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
    Measures measures;
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
        Transcript unlabelled = *transcript;
        for (Segment& segment : unlabelled.segments) segment.role = Role::unknown;
        measures.add(*note, *transcript, writer->predict_roles(unlabelled), spent_ms);
        out << interchange::csv_field(visit) << ',' << interchange::csv_field(interchange::note_to_text(*note, interchange::NoteHeadings::hospital)) << "\r\n";
    }
    out.flush();
    if (!out)
        return fail({ErrorCode::io, "The result could not be written to " + (features.empty() ? output : features) + "; check the folder and the space left.", ""});
    if (!features.empty()) return 0;
    measures.print(as_json);
    return 0;
}

} // namespace chartside::cli
