// What the store worker calls. One PracticeStore at a time; the store worker's thread.
#include "platform/shapes.h"
#include "platform/store/access_handle.h"
#include "store/handle_vfs.h"
#include "store/store.h"

#include <emscripten/bind.h>

#include <optional>

namespace chartside::platform {

EMSCRIPTEN_DECLARE_VAL_TYPE(ByteArray)

namespace {

using store::Recording;
using store::RecordingSource;
using store::SavedDraft;
using store::SavedNote;
using store::SavedVisit;
using store::Store;

Error nothing_open()
{
    return {ErrorCode::not_found, "No practice is open. Unlock the practice first.", "store: closed"};
}

/// The practice over the browser's four files; closed until open() succeeds.
class PracticeStore {
public:
    /// `key` is 32 bytes; both it and `Module.store_files` are the worker's.
    Status open(const ByteArray& key, bool demo)
    {
        close();
        const auto bytes = emscripten::convertJSArrayToNumberVector<uint8_t>(key);
        store::StoreOptions options;
        if (bytes.size() != options.database.key.size()) {
            return Error{ErrorCode::internal, "The practice could not be opened. Reload the page.", "key length"};
        }
        std::copy(bytes.begin(), bytes.end(), options.database.key.begin());
        options.database.path = "library";
        options.database.vfs = store::handle_vfs_name;
        options.demo = demo;
        m_mounted.emplace("library", m_database, m_write_ahead_log, m_journal, m_before);
        options.files = &*m_mounted;
        auto opened = Store::open(std::move(options));
        if (!opened.ok()) {
            m_mounted.reset();
            return std::move(opened).error();
        }
        m_store = std::move(opened).value();
        return Ok{};
    }

    /// Copies the log into the database and lets go of the files.
    void close()
    {
        m_store.reset();
        m_mounted.reset();
    }

    bool is_open() const { return m_store != nullptr; }

    Result<std::vector<VisitSummary>> list_visits() { return with(&Store::list_visits); }
    Result<VisitDocument> load_visit(const std::string& visit_id) { return with(&Store::load_visit, visit_id); }
    Result<SavedVisit> save_visit(const VisitSummary& visit) { return with(&Store::save_visit, visit); }
    Result<std::vector<std::string>> delete_visit(const std::string& id) { return with(&Store::delete_visit, id); }
    Result<double> save_consent(const Consent& consent) { return with(&Store::save_consent, consent); }
    Result<double> save_mark(const std::string& id, const Mark& mark) { return with(&Store::save_mark, id, mark); }
    Result<double> save_segments(const std::string& visit_id, const std::vector<Segment>& segments)
    {
        return with(&Store::save_segments, visit_id, segments);
    }
    Result<double> append_segment(const std::string& visit_id, const Segment& segment)
    {
        return with(&Store::append_segment, visit_id, segment);
    }
    Result<double> swap_roles(const std::string& visit_id) { return with(&Store::swap_roles, visit_id); }
    Result<SavedDraft> save_draft(const std::string& visit_id, const std::vector<Segment>& segments, const Note& draft)
    {
        return with(&Store::save_draft, visit_id, segments, draft);
    }
    Result<SavedNote> save_note(const std::string& visit_id, const Note& note, const std::string& what_changed)
    {
        return with(&Store::save_note, visit_id, note, what_changed);
    }
    Result<std::string> begin_recording(const std::string& visit_id, int sample_rate, double start_ms)
    {
        return with(&Store::begin_recording, visit_id, sample_rate, start_ms);
    }
    Result<std::string> begin_import(const VisitSummary& visit, const Consent& consent, int sample_rate, double start_ms)
    {
        return with(&Store::begin_import, visit, consent, sample_rate, start_ms);
    }
    Result<double> end_recording(const std::string& recording_id, double audio_ms)
    {
        return with(&Store::end_recording, recording_id, audio_ms);
    }
    Result<double> end_interrupted_recording(const std::string& recording_id, double audio_ms)
    {
        return with(&Store::end_interrupted_recording, recording_id, audio_ms);
    }
    Result<double> remove_recording(const std::string& id) { return with(&Store::remove_recording, id); }
    Result<std::vector<Recording>> list_recordings(const std::string& id) { return with(&Store::list_recordings, id); }
    Result<double> mark_interrupted_visits() { return with(&Store::mark_interrupted_visits); }
    Result<double> save_preference(const std::string& name, const std::string& value)
    {
        return with(&Store::save_preference, name, value);
    }
    Result<std::string> load_preference(const std::string& name) { return with(&Store::load_preference, name); }

private:
    template <typename Method, typename... Arguments>
    auto with(Method method, const Arguments&... arguments) -> decltype((std::declval<Store&>().*method)(arguments...))
    {
        if (!m_store) return nothing_open();
        return (*m_store.*method)(arguments...);
    }

    AccessHandle m_database{0};
    AccessHandle m_write_ahead_log{1};
    AccessHandle m_journal{2};
    AccessHandle m_before{3};
    std::optional<store::MountedFiles> m_mounted;
    std::unique_ptr<Store> m_store; // after the mount: it goes first
};

} // namespace
} // namespace chartside::platform

namespace emscripten::internal {
template <>
struct BindingType<chartside::store::RecordingSource> : NumberEnum<chartside::store::RecordingSource> {};
template <>
struct TypeID<chartside::store::RecordingSource, void> {
    static constexpr TYPEID get() { return TypeID<int>::get(); }
};
} // namespace emscripten::internal

using namespace emscripten;
using namespace chartside;
using namespace chartside::platform;

EMSCRIPTEN_BINDINGS(store)
{
    register_type<ByteArray>("Uint8Array");
    register_type<ArrayOf<Recording>>("Recording[]");
    register_type<ResultOf<SavedVisit>>("Outcome<SavedVisit>");
    register_type<ResultOf<SavedDraft>>("Outcome<SavedDraft>");
    register_type<ResultOf<SavedNote>>("Outcome<SavedNote>");
    register_type<ResultOf<std::vector<Recording>>>("Outcome<Recording[]>");
    register_type<ResultOf<std::vector<std::string>>>("Outcome<string[]>");

    value_object<SavedVisit>("SavedVisit")
        .field("visit_id", &SavedVisit::visit_id)
        .field("patient_id", &SavedVisit::patient_id)
        .field("saved_at_ms", &SavedVisit::saved_at_ms);
    value_object<SavedNote>("SavedNote")
        .field("revision", &SavedNote::revision)
        .field("saved_at_ms", &SavedNote::saved_at_ms);
    value_object<SavedDraft>("SavedDraft")
        .field("note", &SavedDraft::note)
        .field("roles", &SavedDraft::roles)
        .field("is_signed", &SavedDraft::is_signed)
        .field("saved_at_ms", &SavedDraft::saved_at_ms);
    value_object<Recording>("Recording")
        .field("id", &Recording::id)
        .field("visit_id", &Recording::visit_id)
        .field("source", &Recording::source)
        .field("sample_rate", &Recording::sample_rate)
        .field("start_ms", &Recording::start_ms)
        .field("audio_ms", &Recording::audio_ms)
        .field("open", &Recording::open);

    class_<PracticeStore>("PracticeStore")
        .constructor<>()
        .function("open", &PracticeStore::open)
        .function("close", &PracticeStore::close)
        .function("is_open", &PracticeStore::is_open)
        .function("list_visits", &PracticeStore::list_visits)
        .function("load_visit", &PracticeStore::load_visit)
        .function("save_visit", &PracticeStore::save_visit)
        .function("delete_visit", &PracticeStore::delete_visit)
        .function("save_consent", &PracticeStore::save_consent)
        .function("save_mark", &PracticeStore::save_mark)
        .function("save_segments", &PracticeStore::save_segments)
        .function("append_segment", &PracticeStore::append_segment)
        .function("swap_roles", &PracticeStore::swap_roles)
        .function("save_draft", &PracticeStore::save_draft)
        .function("save_note", &PracticeStore::save_note)
        .function("begin_import", &PracticeStore::begin_import)
        .function("begin_recording", &PracticeStore::begin_recording)
        .function("end_recording", &PracticeStore::end_recording)
        .function("end_interrupted_recording", &PracticeStore::end_interrupted_recording)
        .function("remove_recording", &PracticeStore::remove_recording)
        .function("list_recordings", &PracticeStore::list_recordings)
        .function("mark_interrupted_visits", &PracticeStore::mark_interrupted_visits)
        .function("save_preference", &PracticeStore::save_preference)
        .function("load_preference", &PracticeStore::load_preference);
}
