// Looking at a visit, listening to it, and the physician's work on its note.
#include "app/application.h"
#include "base/text.h"
#include "domain/checks.h"
#include "domain/note_edits.h"
#include "domain/note_merge.h"
#include "domain/plain_note.h"

#include <algorithm>
#include <utility>

namespace chartside::app {

// Looking and listening

void Application::apply_one(const action::OpenVisit& open)
{
    if (m_state.recorder.visit_id == open.visit_id && m_state.recorder.status != RecorderStatus::idle) {
        m_state.screen = Screen::record;
        return;
    }
    m_state.screen = Screen::review;
    // One whose audio awaits its draft is opened anew: that is what has the page try again.
    if (is_open(open.visit_id) && (m_state.visit.summary.state >= VisitState::draft || is_being_heard(open.visit_id))) return;
    leave_visit();
    m_state.visit_opening = true;
    m_wanted_visit_id = open.visit_id;
    m_host.open_visit(open.visit_id);
}

void Application::apply_one(const action::SelectSentence& select)
{
    m_state.selection = {};
    const Sentence* sentence = find_sentence(m_state.visit.note, select.sentence_id);
    if (!sentence) return;
    m_state.selection.sentence_id = select.sentence_id;
    if (select.play && sentence->end_ms > sentence->start_ms)
        m_host.play(m_state.visit.summary.id, sentence->start_ms, sentence->end_ms);
}

void Application::apply_one(const action::SelectWord& select)
{
    const Segment* segment = m_state.visit.transcript.find(select.segment_id);
    if (!segment || select.word_index < 0 || select.word_index >= static_cast<int>(segment->words.size())) return;
    m_state.selection.segment_id = select.segment_id;
    m_state.selection.word_index = select.word_index;
    m_host.play(m_state.visit.summary.id, segment->words[static_cast<size_t>(select.word_index)].start_ms,
        m_state.visit.transcript.segments.back().end_ms);
}

void Application::apply_one(const action::PlayFrom& play)
{
    m_host.play(m_state.visit.summary.id, play.start_ms, play.end_ms);
}

void Application::apply_one(const action::StopPlayback&)
{
    m_host.stop_playback();
}

void Application::apply_one(const action::SwapRoles&)
{
    if (!may_edit()) return;
    for (Segment& segment : m_state.visit.transcript.segments) segment.role = swapped_role(segment.role);
    begin_save();
    m_host.swap_roles(m_state.visit.summary.id);
}

bool Application::may_edit() const
{
    return !m_state.visit.summary.id.empty() && m_state.visit.summary.state != VisitState::signed_off;
}

void Application::apply_one(const action::BeginEdit& begin)
{
    if (!may_edit()) return;
    NoteSection* section = find_section(m_state.visit.note, begin.section_id);
    if (!section) return;
    EditingState editing;
    editing.section_id = begin.section_id;
    if (!begin.sentence_id.empty()) {
        const Sentence* sentence = find_sentence(m_state.visit.note, begin.sentence_id);
        if (!sentence) return;
        editing.sentence_id = begin.sentence_id;
        editing.text = sentence->text;
    }
    editing.active = true;
    m_state.editing = editing;
    m_typing = {};
    m_state.selection = {};
    m_state.selection.sentence_id = begin.sentence_id;
    if (m_state.playback.playing) m_host.stop_playback();
}

void Application::apply_one(const action::ChangeEdit& change)
{
    if (m_state.editing.active) m_state.editing.text = change.text;
}

void Application::apply_one(const action::CommitEdit&)
{
    commit_edit();
}

void Application::apply_one(const action::CancelEdit&)
{
    cancel_edit();
}

void Application::commit_edit()
{
    if (!m_state.editing.active) return;
    const EditingState editing = m_state.editing;
    if (!editing.sentence_id.empty() && trim(editing.text).empty()) {
        cancel_edit();
        apply_one(action::DeleteSentence{editing.sentence_id});
        return;
    }
    keep_typed();
    m_state.editing = {};
    m_typing = {};
    show_whether_saved();
}

bool Application::has_unsaved_text() const
{
    const EditingState& editing = m_state.editing;
    const std::string_view text = trim(editing.text);
    if (!editing.active || text.empty()) return false;
    if (editing.sentence_id.empty()) return true;
    for (const NoteSection& section : m_state.visit.note.sections)
        for (const Sentence& sentence : section.sentences)
            if (sentence.id == editing.sentence_id) return sentence.text != text;
    return false;
}

void Application::keep_typed()
{
    EditingState& editing = m_state.editing;
    const std::string text{trim(editing.text)};
    if (!editing.active || text.empty() || !may_edit()) return;
    Note& note = m_state.visit.note;
    const bool is_new = editing.sentence_id.empty();
    Sentence* sentence = is_new ? nullptr : find_sentence(note, editing.sentence_id);
    NoteSection* section = find_section(note, editing.section_id);
    if (is_new ? !section : !sentence || sentence->text == text) return;
    if (!m_typing.is_kept) {
        m_journal.remember(note); // one step back for all that is typed in one go
        m_typing.is_kept = true;
        m_typing.is_new = is_new;
        if (sentence) m_typing.before = *sentence;
    }
    if (is_new) {
        section->sentences.push_back(hand_sentence(note, text));
        editing.sentence_id = section->sentences.back().id;
    } else {
        change_sentence(*sentence, text);
    }
    save_change(m_typing.is_new ? "Sentence added" : "Sentence changed");
}

void Application::cancel_edit()
{
    const std::string sentence_id = m_state.editing.sentence_id;
    const Typing typing = std::exchange(m_typing, {});
    m_state.editing = {};
    show_whether_saved();
    Sentence* sentence = find_sentence(m_state.visit.note, sentence_id);
    if (!typing.is_kept || !sentence) return;
    if (!m_journal.empty()) m_journal.take_back();
    if (typing.is_new) remove_sentence(m_state.visit.note, sentence_id);
    else *sentence = typing.before;
    save_change("Undone");
}

void Application::change_note(const std::string& what_changed, const std::function<void(Note&)>& change)
{
    if (!may_edit()) return;
    m_journal.remember(m_state.visit.note);
    change(m_state.visit.note);
    save_change(what_changed);
}

void Application::save_change(const std::string& what_changed)
{
    m_note_changed = true;
    save_note(what_changed);
}

void Application::save_note(const std::string& what_changed)
{
    m_state.undo_count = m_journal.count();
    count_checks();
    begin_save();
    m_host.save_note(m_state.visit.summary.id, m_state.visit.note, what_changed);
}

void Application::count_checks()
{
    const int count = flagged_sentence_count(m_state.visit.note);
    m_state.visit.summary.check_count = count;
    if (VisitSummary* visit = find_visit(m_state.visit.summary.id)) visit->check_count = count;
}

void Application::apply_one(const action::Undo&)
{
    if (m_journal.empty() || !may_edit()) return;
    m_state.visit.note = m_journal.take_back();
    if (!find_sentence(m_state.visit.note, m_state.selection.sentence_id)) m_state.selection = {};
    save_change("Undone");
}

void Application::apply_one(const action::DeleteSentence& remove)
{
    if (!find_sentence(m_state.visit.note, remove.sentence_id)) return;
    change_note("Sentence removed", [&](Note& note) { remove_sentence(note, remove.sentence_id); });
    if (m_state.selection.sentence_id == remove.sentence_id) m_state.selection = {};
}

void Application::apply_one(const action::AddOmission& add)
{
    const auto& omissions = m_state.visit.note.omissions;
    const auto found = std::find_if(omissions.begin(), omissions.end(), [&](const Omission& one) { return one.id == add.omission_id; });
    if (found == omissions.end()) return;
    const Omission omission = *found;
    std::string added_id;
    change_note("Added from the visit", [&](Note& note) {
        NoteSection* section = find_section(note, omission.section_id);
        if (!section && !note.sections.empty()) section = &note.sections.front();
        if (!section) return;
        Sentence sentence = omitted_sentence(note, omission);
        added_id = sentence.id;
        section->sentences.push_back(std::move(sentence));
        std::erase_if(note.omissions, [&](const Omission& one) { return one.id == omission.id; });
    });
    m_state.selection = {};
    m_state.selection.sentence_id = added_id;
}

void Application::apply_one(const action::DismissOmission& dismiss)
{
    change_note("Left out", [&](Note& note) {
        std::erase_if(note.omissions, [&](const Omission& one) { return one.id == dismiss.omission_id; });
    });
}

void Application::apply_one(const action::AcceptFlag& accept)
{
    if (!find_sentence(m_state.visit.note, accept.sentence_id)) return;
    change_note("Looked at and right: " + accept.flag, [&](Note& note) { std::erase(find_sentence(note, accept.sentence_id)->flags, accept.flag); });
}

void Application::apply_one(const action::DismissCheck& dismiss)
{
    if (!find_sentence(m_state.visit.note, dismiss.sentence_id)) return;
    change_note("Looked at and left open: " + dismiss.flag, [&](Note& note) { std::erase(find_sentence(note, dismiss.sentence_id)->flags, dismiss.flag); });
}

void Application::apply_one(const action::CopyNote&)
{
    m_host.copy_text(plain_note(m_state.visit.note));
    show_notice("Copied. The note is on the clipboard as plain text.");
}

void Application::apply_one(const action::CopySection& copy)
{
    if (const NoteSection* section = find_section(m_state.visit.note, copy.section_id)) {
        m_host.copy_text(plain_section(*section));
        show_notice("Copied " + section->title + ".");
    }
}

void Application::apply_one(const action::SignNote&)
{
    if (!may_edit()) return;
    if (is_being_heard(m_state.visit.summary.id)) {
        show_notice("The rest of this visit is still being listened to. Sign when its words are in the note.", true);
        return;
    }
    const auto checks = open_checks(m_state.visit.note, m_state.visit.transcript);
    if (blocking_count(checks) > 0) {
        show_notice("Doses, allergies and blanks come first: look at what is marked, then sign.", true);
        return;
    }
    m_state.visit.summary.state = VisitState::signed_off;
    if (VisitSummary* visit = find_visit(m_state.visit.summary.id)) visit->state = VisitState::signed_off;
    m_journal.clear();
    save_note("Signed"); // exactly what was on the screen, whatever else was being written meanwhile
    m_host.save_visit(m_state.visit.summary);
}

void Application::apply_one(const action::ReopenNote&)
{
    if (m_state.visit.summary.state != VisitState::signed_off) return;
    m_state.visit.summary.state = VisitState::draft;
    if (VisitSummary* visit = find_visit(m_state.visit.summary.id)) visit->state = VisitState::draft;
    begin_save();
    m_host.save_visit(m_state.visit.summary);
}

// A note from the page: the page has saved it, merged with what it knew of the physician's work. What was done to the
// note since then is known only here, and wins.
void Application::take_note(Note note)
{
    keep_typed();
    Note& mine = m_state.visit.note;
    const bool is_signed = m_state.visit.summary.state == VisitState::signed_off;
    if (!m_note_changed && !m_state.editing.active && !is_signed) {
        mine = note;
    } else {
        SegmentIds known = cited_segments(m_received_note);
        known.merge(cited_segments(mine));
        mine = is_signed ? offer_new_evidence(std::move(mine), note, known) : add_new_evidence(std::move(mine), note, known);
    }
    m_received_note = std::move(note);
    m_note_changed = false;
}

} // namespace chartside::app
