// The practice: patients, visits, transcripts, notes and what happened to them, in one encrypted database.
// Owner: the store worker, or a test; one thread, one Store a practice.
//
// Every saving function is one transaction and returns after its commit: what it returned is durable. Texts come
// back byte for byte. Samples lie outside (web/store/audio_records.ts); here is only which recordings there are.
#pragma once

#include "domain/note_merge.h"
#include "domain/visit.h"
#include "store/database.h"
#include "store/handle_vfs.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace chartside::store {

enum class RecordingSource : int { microphone = 0, file = 1 };

struct Recording {
    std::string id;
    std::string visit_id;
    RecordingSource source = RecordingSource::microphone;
    int sample_rate = 0;
    double start_ms = 0; // place in the visit's audio
    double audio_ms = 0; // length; of an open recording only what was known last
    bool open = false;
};

struct StoreOptions {
    DatabaseOptions database;
    MountedFiles* files = nullptr; // what the database lies in; null: the system's own files, without a copy before an update
    bool demo = false; // made-up patients; must agree with what the practice was created as
    std::function<double()> now_ms; // epoch; empty: the system's clock
};

struct SavedVisit {
    std::string visit_id;
    std::string patient_id;
    double saved_at_ms = 0;
};

struct SavedNote {
    int revision = 0;
    double saved_at_ms = 0;
};

/// A draft after it met the note that was there (domain/note_merge.h).
struct SavedDraft {
    Note note;               // as it stands now
    std::vector<Role> roles; // of the visit's segments, in order
    bool is_signed = false;  // the note was signed: its sections were left as they are
    double saved_at_ms = 0;
};

struct Revision {
    int number = 0;
    double saved_at_ms = 0;
    std::string what_changed;
};

class Store {
public:
    /// Opens or creates, and migrates an older schema: in one transaction, after a copy of the practice was kept beside it.
    /// Fails with `newer_version` for a schema from the future.
    static Result<std::unique_ptr<Store>> open(StoreOptions options);

    // Each returns the epoch milliseconds at which the commit returned, unless it says otherwise.

    /// By time, the newest last.
    Result<std::vector<VisitSummary>> list_visits();
    Result<VisitDocument> load_visit(const std::string& visit_id);
    /// Inserts or updates the visit and its patient, making ids for empty ones. audio_ms, check_count and demo of
    /// the argument are not used: they are known here.
    Result<SavedVisit> save_visit(const VisitSummary& visit);
    /// Returns the ids of the recordings whose files are to be removed.
    Result<std::vector<std::string>> delete_visit(const std::string& visit_id);
    Result<double> save_consent(const Consent& consent);
    Result<double> save_mark(const std::string& visit_id, const Mark& mark);

    /// Inserts each, or replaces the one with its id. No other segment is touched.
    Result<double> save_segments(const std::string& visit_id, const std::vector<Segment>& segments);
    Result<double> append_segment(const std::string& visit_id, const Segment& segment);
    /// Doctor becomes patient and patient doctor, over the whole visit.
    Result<double> swap_roles(const std::string& visit_id);

    /// What was drafted of `segments`, saved in one commit: segments that are not there yet, their roles unless the
    /// physician corrected them, and the draft where it leaves the physician's work on the note alone.
    Result<SavedDraft> save_draft(const std::string& visit_id, const std::vector<Segment>& segments, const Note& draft);
    /// The physician's own version, as it is.
    Result<SavedNote> save_note(const std::string& visit_id, const Note& note, const std::string& what_changed);
    Result<std::vector<Revision>> list_revisions(const std::string& visit_id);
    /// As it stood at a revision.
    Result<Note> load_revision(const std::string& visit_id, int revision);

    /// From the microphone. Refuses a visit without a recorded consent. Returns the recording's id.
    Result<std::string> begin_recording(const std::string& visit_id, int sample_rate, double start_ms);
    /// From a file: the visit, the consent and the recording in one commit. Returns the recording's id.
    Result<std::string> begin_import(const VisitSummary& visit, const Consent& consent, int sample_rate, double start_ms);
    Result<double> end_recording(const std::string& recording_id, double audio_ms);
    /// For a recording found open at start: it ended when the page was cut, and its visit is marked interrupted.
    Result<double> end_interrupted_recording(const std::string& recording_id, double audio_ms);
    /// Takes back what the recording made of its visit; with a file go its words, the consent given for it, and the
    /// visit too where it was made for the file and has nothing else.
    Result<double> remove_recording(const std::string& recording_id);
    /// Of one visit by start, or of all visits when the id is empty.
    Result<std::vector<Recording>> list_recordings(const std::string& visit_id);
    /// Marks visits that were recording or transcribing when the page was cut. Called once after open.
    Result<double> mark_interrupted_visits();

    Result<double> log_event(const std::string& kind, const std::string& visit_id, const std::string& detail);
    Result<double> save_preference(const std::string& name, const std::string& value);
    /// Empty when it was never saved.
    Result<std::string> load_preference(const std::string& name);

    /// SQLite's own check of every page and index. Slow; for tests and after a recovery.
    Status check_integrity();

private:
    Store(Database database, StoreOptions options);
    static Result<std::unique_ptr<Store>> open_once(const StoreOptions& options);
    Status migrate();
    Status copy_before(int64_t version);
    Status settle_update();
    Status quick_check();
    Status update_schema(int64_t version);
    Status check_kind();
    double now_ms() const;
    Result<std::string> new_id();
    Status require_visit(const std::string& visit_id);
    Result<SavedVisit> put_visit(const VisitSummary& visit);
    Status remove_visit(const std::string& visit_id);
    Result<bool> has_content(const std::string& visit_id);
    Result<int64_t> put_consent(const Consent& consent);
    Status touch_visit(const std::string& visit_id, double at_ms);
    Status add_event(double at_ms, const std::string& kind, const std::string& visit_id, const std::string& detail);
    static Result<Segment> read_segment(const Statement& row);
    Status put_segments(const std::string& visit_id, const std::vector<Segment>& segments);
    static constexpr int64_t newest_revision = INT64_MAX;
    Result<Note> load_note(const std::string& visit_id, int64_t revision);
    Result<Note> merge_draft(const std::string& visit_id, const Note& draft);
    Result<SavedNote> add_revision(const std::string& visit_id, const Note& note, const std::string& what_changed);
    static constexpr const char* roles_swapped = "roles_swapped"; // an event's kind
    Result<bool> has_swapped_roles(const std::string& visit_id);
    Result<bool> is_signed(const std::string& visit_id);
    Result<bool> is_worked_on(const std::string& visit_id);
    Result<SegmentIds> segments_of_all_revisions(const std::string& visit_id);
    Result<std::vector<Segment>> load_segments(const std::string& visit_id);
    Status save_sections(const std::string& visit_id, int revision, const Note& note);
    Status save_sentences(const std::string& visit_id, int revision, const Note& note);
    Status save_omissions(const std::string& visit_id, int revision, const Note& note);
    Status update_visit_audio(const std::string& visit_id);
    struct VisitBefore {
        int64_t state = -1; // VisitState; -1: there was none
        bool interrupted = false;
    };
    Result<VisitBefore> visit_before(const std::string& visit_id);
    Result<std::string> enter_recording(const std::string& visit_id, RecordingSource source, int sample_rate,
        double start_ms, VisitBefore before);
    Result<Recording> find_recording(const std::string& recording_id);
    Result<Recording> close_recording(const std::string& recording_id, double audio_ms);

    Database m_database;
    StoreOptions m_options;
};

} // namespace chartside::store
