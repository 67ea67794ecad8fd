// What the store worker can be asked, and what it says unasked. One worker owns the practice: its key, its
// database and its recordings.
//
// Every saving verb settles only after the commit (or, for audio, the flush) returned: a resolved promise means
// durable. Errors carry the codes of src/base/result.h; among them
//   denied         the passphrase does not open this practice
//   busy           another tab holds the practice
//   newer_version  written by a newer Chartside
//   out_of_space   the device is full; nothing that was acknowledged is lost
//   corrupt        bytes fail their check
//   not_found      no practice is open, or no such visit

import type { RingBuffers } from '../capture/ring.ts';
import type { WireError } from './call.ts';
import type { Consent, Mark, Note, Segment, VisitDocument, VisitSummary } from './shapes.ts';

/** The Web Lock that the one owner holds, from its first look at the files until it is closed. */
export const PRACTICE_LOCK = 'chartside-practice';

export interface StoreStatus {
  practice_exists: boolean;
  demo_exists: boolean;
  /** What this worker holds open now. */
  open: 'none' | 'practice' | 'demo';
}

/** A stretch of stored audio that could not be read at open. What is whole around it stays usable. */
export interface AudioProblem {
  visit_id: string;
  message: string;
}

export interface Opened {
  visits: VisitSummary[];
  /** As last given to save_preferences; '' before the first save. */
  preferences_json: string;
  audio_problems: AudioProblem[];
  /** After `recovery` a new passphrase is to be asked for. */
  opened_with: 'passphrase' | 'recovery' | 'authenticator' | 'nothing';
}

/** What opens the practice besides its passphrase. Nothing of it is secret. */
export interface KeySlots {
  /** `checked` once somebody typed it back from the paper. */
  recovery: 'none' | 'unchecked' | 'checked';
  recovery_made_at_ms: number;
  /** As WebAuthn asks for them: credential id in base64url, and the salt of its PRF extension in base64. */
  authenticators: { credential_id: string; salt: string }[];
}

export interface Saved {
  /** Epoch milliseconds at which the commit returned. */
  saved_at_ms: number;
}

export interface SavedDraft extends Saved {
  /** As it stands now. */
  note: Note;
  roles: number[];
  /** The note was signed: its sections were left as they are. */
  is_signed: boolean;
}

export interface RecordingSaved {
  recording_id: string;
  visit_id: string;
  /** The visit's audio is durable up to here, from the start of the visit's audio. */
  saved_ms: number;
}

export interface StoreVerbs {
  status: { args: Record<string, never>; result: StoreStatus; progress: never };
  /** Fails with invalid_input when the passphrase is too short, and with busy when a practice exists. */
  create_practice: { args: { passphrase: string }; result: Opened; progress: never };
  /** A recovery code is taken too. After a few wrong ones each further try has to wait: `denied` says how long. */
  unlock_practice: { args: { passphrase: string }; result: Opened; progress: never };
  /** `invalid_input` where it is mistyped, which is not counted as a try. */
  unlock_with_code: { args: { code: string }; result: Opened; progress: never };
  /** `output`: 32 bytes that the authenticator answered to the slot's salt. */
  unlock_with_authenticator: { args: { credential_id: string; output: Uint8Array<ArrayBuffer> }; result: Opened; progress: never };
  /** Of the practice on this device, open or locked. */
  key_slots: { args: Record<string, never>; result: KeySlots; progress: never };
  /** The changes below rewrite the key header and nothing else. `present` is the passphrase or the recovery code; it may be
   *  left empty once, right after the practice was made or was opened with its recovery code. */
  change_passphrase: { args: { present: string; passphrase: string }; result: KeySlots; progress: never };
  /** The code is in no later answer. One that was made before opens nothing any more. */
  make_recovery_code: { args: { present: string }; result: KeySlots & { code: string }; progress: never };
  recovery_code_checked: { args: Record<string, never>; result: KeySlots; progress: never };
  add_authenticator: {
    args: { present: string; credential_id: string; salt: string; output: Uint8Array<ArrayBuffer> };
    result: KeySlots;
    progress: never;
  };
  remove_authenticators: { args: Record<string, never>; result: KeySlots; progress: never };
  /** The practice with made-up patients; made on first use. No passphrase: its key lies openly beside it. */
  open_demo: { args: Record<string, never>; result: Opened; progress: never };
  /** Ends what is recording (what was spoken so far is kept), closes the files and drops the keys. */
  close: { args: Record<string, never>; result: void; progress: never };

  list_visits: { args: Record<string, never>; result: { visits: VisitSummary[] }; progress: never };
  load_visit: { args: { visit_id: string }; result: VisitDocument; progress: never };
  /** Inserts or updates the visit and its patient; empty ids are made here. audio_ms, check_count and demo are
   *  the store's own and are not taken from the argument. */
  save_visit: {
    args: { visit: VisitSummary };
    result: Saved & { visit_id: string; patient_id: string };
    progress: never;
  };
  save_consent: { args: { consent: Consent }; result: Saved; progress: never };
  /** Inserts each segment, or replaces the one with its id; no other is touched. */
  save_segments: { args: { visit_id: string; segments: Segment[] }; result: Saved; progress: never };
  append_segment: { args: { visit_id: string; segment: Segment }; result: Saved; progress: never };
  /** Doctor becomes patient and patient doctor, over the whole visit. */
  swap_roles: { args: { visit_id: string }; result: Saved; progress: never };
  /** What was drafted of `segments`, in one commit: those that are not there yet, their roles unless the physician
   *  corrected them, and the draft where it leaves the physician's work on the note alone (src/domain/note_merge.h). The visit,
   *  recorded or transcribed, becomes a draft. `roles` has one entry a segment of the visit, by start. */
  save_draft: { args: { visit_id: string; segments: Segment[]; draft: Note }; result: SavedDraft; progress: never };
  /** The physician's own version. Adds a revision. */
  save_note: {
    args: { visit_id: string; note: Note; what_changed: string };
    result: Saved & { revision: number };
    progress: never;
  };
  save_mark: { args: { visit_id: string; mark: Mark }; result: Saved; progress: never };
  save_preferences: { args: { json: string }; result: Saved; progress: never };
  /** Deletes the visit, its recordings and, with their last visit, its patient. */
  delete_visit: { args: { visit_id: string }; result: void; progress: never };

  /** Starts writing the ring to disk, once a second, until recording_end. Needs a saved consent. `start_ms` is
   *  the place in the visit's audio: 0, or the extent's end when a recording is taken up again. */
  recording_begin: {
    args: { visit_id: string; ring: RingBuffers; start_ms: number };
    result: { recording_id: string };
    progress: never;
  };
  /** What reaches the ring between pause and continue is dropped: time stands still in the visit's audio. */
  recording_pause: { args: { recording_id: string }; result: { audio_ms: number }; progress: never };
  recording_continue: { args: { recording_id: string }; result: void; progress: never };
  /** Call it after the worklet wrote its last sample. Drains the ring; the visit becomes `transcribing`. A recording
   *  without a sample is removed. Where the last of it cannot be written it fails, goes on trying, and may be called
   *  again. */
  recording_end: { args: { recording_id: string }; result: { audio_ms: number }; progress: never };

  /** An opened audio file, kept as a recording: begin, append pieces of a few seconds, end. The visit, the consent
   *  and the recording are one commit. A file that was not ended is discarded at the next start. */
  import_begin: {
    args: { visit: VisitSummary; consent: Consent; sample_rate: number; start_ms: number };
    result: Saved & { recording_id: string };
    progress: never;
  };
  import_append: { args: { recording_id: string; pcm: Int16Array }; result: { audio_ms: number }; progress: never };
  import_end: { args: { recording_id: string }; result: { audio_ms: number }; progress: never };
  /** Takes the file back, ended or not: its audio, its words, its consent, and the visit where that was made for it. */
  import_discard: { args: { recording_id: string }; result: void; progress: never };

  /** Mono samples of [start_ms, end_ms), clipped to what exists and to ten minutes, at the rate of the first record
   *  touched; gaps are silent. An empty `pcm` means there is nothing from start_ms on. `damaged_ms` of it fail their
   *  check and are silent too; where nothing is whole the call fails with `corrupt`. */
  read_audio: {
    args: { visit_id: string; start_ms: number; end_ms: number };
    result: { pcm: Float32Array; sample_rate: number; start_ms: number; damaged_ms: number };
    progress: never;
  };
  audio_extent: {
    args: { visit_id: string };
    result: { end_ms: number; recordings: { recording_id: string; start_ms: number; end_ms: number }[] };
    progress: never;
  };
}

export interface StoreEvents {
  recording_saved: RecordingSaved;
  /** Samples that the ring overwrote before they were written, shown as a gap at `at_ms`. */
  recording_gap: { recording_id: string; visit_id: string; at_ms: number; lost_ms: number };
  /** Writing failed. What was acknowledged is safe; the recording goes on trying and says so when it succeeds. */
  recording_failed: { recording_id: string; visit_id: string; error: WireError };
}
