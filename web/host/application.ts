// The seam between the page and app.wasm, both directions. Main thread.
//
// The class is bound in src/platform/app/bindings.cpp; each method is an event method of
// src/app/application.h of the same name. The host's methods are those of src/app/host.h; C++ calls them
// synchronously and nothing may throw. The structs and enums that cross are those of web/protocol/shapes.ts.

import type {
  Consent, InputDevice, LoadProgress, Mark, Note, PlaybackState, RecorderState, Role, Segment, TextFieldPlace,
  TranscriptionState, VisitDocument, VisitSummary,
} from '../protocol/shapes.ts';

export { Origin, Pronouns, RecorderStatus, Role, Sex, VisitState } from '../protocol/shapes.ts';
export type {
  Consent, Evidence, InputDevice, LoadProgress, Mark, Note, NoteSection, Omission, Patient, PlaybackState, RecorderState, Segment,
  Sentence, TextFieldPlace, Transcript, TranscriptionState, VisitDocument, VisitSummary, Word,
} from '../protocol/shapes.ts';

/** Something a person can use on the screen now. The DOM mirror and the browser tests are made from these. */
export interface ScreenElement {
  id: string;    // stable: "review.sign", "sentence.n3", "word.s2.4", "field.patient_name", ...
  role: 'button' | 'tab' | 'textbox' | 'checkbox' | 'radio' | 'listitem' | 'text' | 'status' | 'progressbar';
  label: string; // what it says
  x: number; y: number; width: number; height: number; // CSS pixels, clipped to what is visible
  enabled: boolean; selected: boolean; visible: boolean;
}

/** What the page does for the application (src/app/host.h). `web/host/desk.ts` does the text field and frames. */
export interface PageHost {
  create_practice(passphrase: string): void;
  unlock_practice(passphrase: string): void;
  unlock_with_code(code: string): void;
  unlock_with_device(): void;
  open_demo(): void;
  lock(): void;
  /** Idle or out of sight. */
  lock_after(minutes: number): void;
  /** `present` is the passphrase or the recovery code, or empty right after the practice was made or recovered. */
  change_passphrase(present: string, passphrase: string): void;
  make_recovery_code(present: string): void;
  recovery_code_checked(): void;
  print_recovery_code(code: string): void;
  add_device(present: string): void;
  remove_device(): void;
  list_visits(): void;
  open_visit(visit_id: string): void;
  save_visit(visit: VisitSummary): void;
  save_note(visit_id: string, note: Note, what_changed: string): void;
  swap_roles(visit_id: string): void;
  save_mark(visit_id: string, mark: Mark): void;

  start_recording(visit: VisitSummary, consent: Consent, device_id: string): void;
  resume_recording(visit: VisitSummary, device_id: string): void;
  pause_recording(): void;
  continue_recording(): void;
  finish_recording(): void;
  choose_device(device_id: string): void;

  open_audio_file(visit: VisitSummary, consent: Consent): void;
  transcribe_stored(visit: VisitSummary): void;
  cancel_transcription(): void;

  play(visit_id: string, start_ms: number, end_ms: number): void;
  stop_playback(): void;

  copy_text(text: string): void;
  clear_clipboard(): void;
  save_preferences(json: string): void;
  retry_loading(): void;
  /** What on_blocked told of. */
  try_again(): void;
}

/** The part of the host that web/host/desk.ts implements itself. */
export interface DeskHost {
  show_text_field(place: TextFieldPlace, text: string, caret: number): void; // caret: UTF-16 units; -1 at the end
  move_text_field(place: TextFieldPlace): void;
  hide_text_field(): void;
  request_frame(): void;
}
export type ApplicationHost = PageHost & DeskHost;

/** Events that the page delivers. Cheap; each asks for a frame by itself when something drawn changed. */
export interface ApplicationEvents {
  on_environment(online: boolean, system_dark: boolean, bytes_sent: number): void;
  /** OfflineCopy of src/domain/state.h. */
  on_offline_copy(copy: number): void;
  on_tick(now_ms: number, utc_offset_minutes: number): void;
  /** The page may be ended without another word: what is being typed is saved. */
  on_hidden(): void;
  on_preferences(json: string): void;
  on_notice(text: string, is_problem: boolean): void;
  on_blocked(title: string, text: string, way_out: string): void;

  on_loading(loading: LoadProgress[]): void;
  on_ready(models_ready: boolean): void;

  on_store_status(practice_exists: boolean): void;
  on_opened(demo: boolean): void;
  on_open_failed(message: string): void;
  /** What is being typed is saved before the practice closes. */
  on_locking(): void;
  on_locked(): void;
  /** 0: not any more. */
  on_lock_soon(seconds: number): void;
  /** Something was copied that other programs may read. */
  on_clipboard(may_hold: boolean): void;
  /** `recovery`: RecoveryCode of src/domain/keys.h. */
  on_keys(recovery: number, device_possible: boolean, device_added: boolean): void;
  /** Just before on_opened. */
  on_new_passphrase_needed(): void;
  on_recovery_code(code: string): void;
  on_keys_changed(sentence: string): void;
  on_keys_failed(message: string): void;
  on_visits(visits: VisitSummary[]): void;
  on_visit_opened(visit: VisitDocument): void;
  on_visit_open_failed(message: string): void;
  on_saved(visit_id: string, at_ms: number): void;
  on_save_failed(message: string): void;

  on_recorder(recorder: RecorderState): void;
  on_devices(devices: InputDevice[]): void;
  /** The newest mono samples since the last call (16 kHz), about 15 times a second: level bars and room check. */
  on_samples(samples: Float32Array): void;
  on_partial(visit_id: string, text: string, start_ms: number): void;
  on_segment(visit_id: string, segment: Segment): void;

  on_note(visit_id: string, note: Note, roles: Role[]): void;
  on_note_failed(message: string): void;
  on_transcription(transcription: TranscriptionState): void;
  on_playback(playback: PlaybackState): void;
}

/** Used by web/host/desk.ts only. */
export interface ApplicationSurface {
  /** False where WebGL2 is missing. `canvas_selector` is a CSS selector, "#canvas". */
  start(canvas_selector: string): boolean;
  add_font(name: 'regular' | 'medium' | 'semibold' | 'icons', bytes: Uint8Array): void;
  /** Insets: the safe area and the soft keyboard, CSS pixels. */
  resize(width: number, height: number, device_pixel_ratio: number,
         inset_top: number, inset_right: number, inset_bottom: number, inset_left: number): void;
  /** Draws once. True: call again at the next display refresh. */
  frame(time_ms: number): boolean;
  /** Draws until settled, at once: inside a pointer or key handler, so that focus() and permissions count as its. */
  settle(time_ms: number): void;
  pointer_down(x: number, y: number, button: number, is_touch: boolean, time_ms: number): void;
  pointer_move(x: number, y: number, is_touch: boolean, time_ms: number): void;
  pointer_up(x: number, y: number, button: number, is_touch: boolean, time_ms: number): void;
  pointer_cancel(): void;
  pointer_leave(): void;
  wheel(delta_x: number, delta_y: number): void;
  /** `key` is KeyboardEvent.key. True: the application used it. */
  key_down(key: string, shift: boolean, control: boolean, alt: boolean): boolean;
  text_changed(text: string): void;
  text_committed(text: string): void;
  text_entered(text: string): void;
  text_cancelled(): void;
  /** CSS cursor for where the pointer is. */
  cursor(): string;
  frames_drawn(): number;
  /** JSON: ScreenElement[] of the last frame. */
  elements(): string;
}

export interface WasmApplication extends ApplicationEvents, ApplicationSurface {
  delete(): void;
}
export interface ApplicationModule {
  Application: new (host: ApplicationHost) => WasmApplication;
}
/** Default export of wasm/app.mjs (emcc -sMODULARIZE -sEXPORT_ES6). */
export type ApplicationModuleFactory = (options?: Record<string, unknown>) => Promise<ApplicationModule>;
