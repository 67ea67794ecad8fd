// What a panel may ask for. Panels return actions; app/ applies them after the frame. Main thread.
#pragma once

#include "domain/state.h"

#include <string>
#include <variant>
#include <vector>

namespace chartside::action {

struct ShowScreen { Screen screen; };
struct CreatePractice { std::string passphrase; };
struct UnlockPractice { std::string passphrase; };
struct OpenDemo {};
struct Lock {};
struct UseRecoveryCode { bool use; };      // the unlock screen asks for it, or for the passphrase again
struct UnlockWithDevice {};                // by its own lock: finger, face or PIN
struct ClearClipboard {};

// What opens the practice. The words are those typed into state.key_form.
struct BeginKeyTask { KeyTask task; };
struct LeaveKeyTask {};
struct ChangePassphrase {};
struct MakeRecoveryCode {};
struct CheckRecoveryCode {};
struct CopyRecoveryCode {};
struct PrintRecoveryCode {};
struct AddDevice {};
struct RemoveDevice {};

struct OpenForm { std::string visit_id; }; // empty: an unplanned visit
struct ChangeForm { NewVisitForm form; };
struct CloseForm {};
struct StartRecording {};                  // from the form: consent is recorded, then the microphone asked for
struct OpenAudioFile {};                   // from the form: the browser's file picker opens on this same tap
struct ResumeRecording { std::string visit_id; }; // after a crash, or to add to a visit
struct FinishInterrupted { std::string visit_id; };
struct PauseRecording {};
struct ContinueRecording {};
struct AddMark {};
struct FinishRecording {};
struct CancelTranscription {};
struct ChooseDevice { std::string device_id; };

struct OpenVisit { std::string visit_id; };
struct SelectSentence { std::string sentence_id; bool play = true; };
struct SelectWord { std::string segment_id; int word_index; }; // plays from there
struct PlayFrom { double start_ms; double end_ms; };
struct StopPlayback {};
struct SwapRoles {};                       // doctor <-> patient over the whole visit

struct BeginEdit { std::string section_id; std::string sentence_id; }; // empty sentence_id: add
struct ChangeEdit { std::string text; };
struct CommitEdit {};
struct CancelEdit {};
struct Undo {};
struct DeleteSentence { std::string sentence_id; };
struct AddOmission { std::string omission_id; };
struct DismissOmission { std::string omission_id; };
struct AcceptFlag { std::string sentence_id; std::string flag; }; // "Right" / looked at
struct CopyNote {};
struct CopySection { std::string section_id; };
struct SignNote {};

struct FocusField { std::string id; }; // empty: leave the field
struct DismissCheck { std::string sentence_id; std::string flag; }; // "Leave open": looked at, left as it is
struct ReopenNote {}; // a signed note is opened for changes

struct ChangePreferences { Preferences preferences; };
struct TryAgain {};                        // from the screen that says why nothing can be done
struct RetryLoading {};
struct DismissNotice {};

} // namespace chartside::action

namespace chartside {

using Action = std::variant<
    action::ShowScreen, action::CreatePractice, action::UnlockPractice, action::OpenDemo, action::Lock,
    action::OpenForm, action::ChangeForm, action::CloseForm, action::StartRecording, action::OpenAudioFile,
    action::ResumeRecording, action::FinishInterrupted, action::PauseRecording, action::ContinueRecording,
    action::AddMark, action::FinishRecording, action::CancelTranscription, action::ChooseDevice,
    action::OpenVisit, action::SelectSentence, action::SelectWord, action::PlayFrom, action::StopPlayback,
    action::SwapRoles, action::BeginEdit, action::ChangeEdit, action::CommitEdit, action::CancelEdit, action::Undo,
    action::DeleteSentence, action::AddOmission, action::DismissOmission, action::AcceptFlag, action::CopyNote,
    action::CopySection, action::SignNote, action::FocusField, action::DismissCheck,
    action::ReopenNote, action::ChangePreferences, action::RetryLoading, action::DismissNotice,
    action::TryAgain, action::UseRecoveryCode, action::UnlockWithDevice, action::ClearClipboard, action::BeginKeyTask,
    action::LeaveKeyTask, action::ChangePassphrase, action::MakeRecoveryCode, action::CheckRecoveryCode,
    action::CopyRecoveryCode, action::PrintRecoveryCode, action::AddDevice, action::RemoveDevice>;
using Actions = std::vector<Action>;

} // namespace chartside
