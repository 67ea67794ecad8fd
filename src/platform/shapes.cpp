#include "platform/shapes.h"

#include "ui/text_field_place.h"

using namespace emscripten;
using namespace chartside;
using chartside::platform::ArrayOf;
using chartside::platform::ResultOf;
using chartside::ui::TextFieldPlace;

EMSCRIPTEN_BINDINGS(shapes)
{
    register_type<ArrayOf<std::string>>("string[]");
    register_type<ArrayOf<Role>>("number[]");
    register_type<ArrayOf<Word>>("Word[]");
    register_type<ArrayOf<Segment>>("Segment[]");
    register_type<ArrayOf<Evidence>>("Evidence[]");
    register_type<ArrayOf<Sentence>>("Sentence[]");
    register_type<ArrayOf<NoteSection>>("NoteSection[]");
    register_type<ArrayOf<Omission>>("Omission[]");
    register_type<ArrayOf<VisitSummary>>("VisitSummary[]");
    register_type<ArrayOf<Consent>>("Consent[]");
    register_type<ArrayOf<Mark>>("Mark[]");
    register_type<ArrayOf<InputDevice>>("InputDevice[]");
    register_type<ArrayOf<LoadProgress>>("LoadProgress[]");
    register_type<ResultOf<Ok>>("Outcome<void>");
    register_type<ResultOf<Note>>("Outcome<Note>");
    register_type<ResultOf<Transcript>>("Outcome<Transcript>");
    register_type<ResultOf<VisitDocument>>("Outcome<VisitDocument>");
    register_type<ResultOf<std::vector<VisitSummary>>>("Outcome<VisitSummary[]>");
    register_type<ResultOf<std::string>>("Outcome<string>");
    register_type<ResultOf<double>>("Outcome<number>");
    register_type<ResultOf<int>>("Outcome<number>");
    register_type<ResultOf<bool>>("Outcome<boolean>");

    value_object<Word>("Word")
        .field("start_char", &Word::start_char)
        .field("end_char", &Word::end_char)
        .field("start_ms", &Word::start_ms)
        .field("end_ms", &Word::end_ms)
        .field("confidence", &Word::confidence);
    value_object<Segment>("Segment")
        .field("id", &Segment::id)
        .field("start_ms", &Segment::start_ms)
        .field("end_ms", &Segment::end_ms)
        .field("role", &Segment::role)
        .field("text", &Segment::text)
        .field("confidence", &Segment::confidence)
        .field("words", &Segment::words);
    value_object<Transcript>("Transcript").field("segments", &Transcript::segments);

    value_object<Evidence>("Evidence")
        .field("segment_id", &Evidence::segment_id)
        .field("start_char", &Evidence::start_char)
        .field("end_char", &Evidence::end_char);
    value_object<Sentence>("Sentence")
        .field("id", &Sentence::id)
        .field("text", &Sentence::text)
        .field("evidence", &Sentence::evidence)
        .field("start_ms", &Sentence::start_ms)
        .field("end_ms", &Sentence::end_ms)
        .field("flags", &Sentence::flags)
        .field("origin", &Sentence::origin)
        .field("drafted_text", &Sentence::drafted_text);
    value_object<NoteSection>("NoteSection")
        .field("id", &NoteSection::id)
        .field("title", &NoteSection::title)
        .field("sentences", &NoteSection::sentences);
    value_object<Omission>("Omission")
        .field("id", &Omission::id)
        .field("section_id", &Omission::section_id)
        .field("text", &Omission::text)
        .field("evidence", &Omission::evidence)
        .field("start_ms", &Omission::start_ms)
        .field("end_ms", &Omission::end_ms)
        .field("reason", &Omission::reason);
    value_object<Note>("Note").field("sections", &Note::sections).field("omissions", &Note::omissions);

    value_object<Patient>("Patient")
        .field("id", &Patient::id)
        .field("name", &Patient::name)
        .field("age_years", &Patient::age_years)
        .field("sex", &Patient::sex)
        .field("pronouns", &Patient::pronouns);
    value_object<VisitSummary>("VisitSummary")
        .field("id", &VisitSummary::id)
        .field("patient", &VisitSummary::patient)
        .field("reason", &VisitSummary::reason)
        .field("scheduled_ms", &VisitSummary::scheduled_ms)
        .field("state", &VisitSummary::state)
        .field("audio_ms", &VisitSummary::audio_ms)
        .field("check_count", &VisitSummary::check_count)
        .field("interrupted", &VisitSummary::interrupted)
        .field("demo", &VisitSummary::demo);
    value_object<Consent>("Consent")
        .field("visit_id", &Consent::visit_id)
        .field("given_by", &Consent::given_by)
        .field("method", &Consent::method)
        .field("recorded_by", &Consent::recorded_by)
        .field("at_ms", &Consent::at_ms);
    value_object<Mark>("Mark").field("at_ms", &Mark::at_ms).field("label", &Mark::label);
    value_object<VisitDocument>("VisitDocument")
        .field("summary", &VisitDocument::summary)
        .field("consents", &VisitDocument::consents)
        .field("transcript", &VisitDocument::transcript)
        .field("note", &VisitDocument::note)
        .field("marks", &VisitDocument::marks)
        .field("saved_at_ms", &VisitDocument::saved_at_ms);

    value_object<InputDevice>("InputDevice").field("id", &InputDevice::id).field("label", &InputDevice::label);

    value_object<LoadProgress>("LoadProgress")
        .field("label", &LoadProgress::label)
        .field("done_bytes", &LoadProgress::done_bytes)
        .field("total_bytes", &LoadProgress::total_bytes)
        .field("ready", &LoadProgress::ready)
        .field("failure", &LoadProgress::failure);
    // Without its partial_ fields, which on_partial owns.
    value_object<RecorderState>("RecorderState")
        .field("status", &RecorderState::status)
        .field("visit_id", &RecorderState::visit_id)
        .field("elapsed_ms", &RecorderState::elapsed_ms)
        .field("saved_ms", &RecorderState::saved_ms)
        .field("caption_delay_ms", &RecorderState::caption_delay_ms)
        .field("silent_for_ms", &RecorderState::silent_for_ms)
        .field("stalled_for_ms", &RecorderState::stalled_for_ms)
        .field("overruns", &RecorderState::overruns)
        .field("device_id", &RecorderState::device_id)
        .field("failure", &RecorderState::failure);
    value_object<TranscriptionState>("TranscriptionState")
        .field("active", &TranscriptionState::active)
        .field("visit_id", &TranscriptionState::visit_id)
        .field("file_name", &TranscriptionState::file_name)
        .field("phase", &TranscriptionState::phase)
        .field("done_ms", &TranscriptionState::done_ms)
        .field("total_ms", &TranscriptionState::total_ms)
        .field("failure", &TranscriptionState::failure);
    value_object<PlaybackState>("PlaybackState")
        .field("playing", &PlaybackState::playing)
        .field("position_ms", &PlaybackState::position_ms)
        .field("end_ms", &PlaybackState::end_ms);
    value_object<TextFieldPlace>("TextFieldPlace")
        .field("x", &TextFieldPlace::x)
        .field("y", &TextFieldPlace::y)
        .field("width", &TextFieldPlace::width)
        .field("height", &TextFieldPlace::height)
        .field("font_px", &TextFieldPlace::font_px)
        .field("line_height_px", &TextFieldPlace::line_height_px)
        .field("indent_px", &TextFieldPlace::indent_px)
        .field("clip_top_px", &TextFieldPlace::clip_top_px)
        .field("clip_bottom_px", &TextFieldPlace::clip_bottom_px)
        .field("weight", &TextFieldPlace::weight)
        .field("multiline", &TextFieldPlace::multiline)
        .field("password", &TextFieldPlace::password)
        .field("dark", &TextFieldPlace::dark)
        .field("ink", &TextFieldPlace::ink)
        .field("background", &TextFieldPlace::background)
        .field("caret_color", &TextFieldPlace::caret_color)
        .field("label", &TextFieldPlace::label)
        .field("placeholder", &TextFieldPlace::placeholder);
}
