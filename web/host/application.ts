// The seam between the page and app.wasm, both directions. Main thread.
//
// The class is bound in src/platform/app/bindings.cpp; each method is an event method of
// src/app/application.h of the same name. The host's methods are those of src/app/host.h; C++ calls them
// synchronously and nothing may throw. Enums cross as the integers of the C++ headers.

import type {
  Consent, InputDevice, Mark, Note, Segment, Transcript, VisitDocument, VisitSummary,
} from '../protocol/shapes.ts';

export const Role = { unknown: 0, doctor: 1, patient: 2, other: 3 } as const;
export type Role = (typeof Role)[keyof typeof Role];
export const Sex = { unknown: 0, female: 1, male: 2 } as const;
export type Sex = (typeof Sex)[keyof typeof Sex];
export const Pronouns = { unstated: 0, she: 1, he: 2, they: 3 } as const;
export type Pronouns = (typeof Pronouns)[keyof typeof Pronouns];
export const VisitState = { planned: 0, recording: 1, transcribing: 2, draft: 3, signed_off: 4 } as const;
export type VisitState = (typeof VisitState)[keyof typeof VisitState];
export const Origin = { visit: 0, edited: 1, hand: 2 } as const;
export type Origin = (typeof Origin)[keyof typeof Origin];
export const RecorderStatus = { idle: 0, asking: 1, recording: 2, paused: 3, finishing: 4, failed: 5 } as const;
export type RecorderStatus = (typeof RecorderStatus)[keyof typeof RecorderStatus];

export type {
  Consent, Evidence, InputDevice, Mark, Note, NoteSection, Omission, Patient, Segment, Sentence, Transcript, VisitDocument,
  VisitSummary, Word,
} from '../protocol/shapes.ts';

export interface LoadProgress { label: string; done_bytes: number; total_bytes: number; ready: boolean; failure: string }
export interface RecorderState {
  status: RecorderStatus; visit_id: string; elapsed_ms: number; saved_ms: number; caption_delay_ms: number;
  silent_for_ms: number; stalled_for_ms: number; overruns: number; device_id: string; failure: string;
}
export interface TranscriptionState {
  active: boolean; visit_id: string; file_name: string; phase: string; done_ms: number; total_ms: number;
  failure: string;
}
export interface PlaybackState { playing: boolean; position_ms: number; end_ms: number }

/** CSS pixels of the canvas; see src/ui/text_field_place.h. */
export interface TextFieldPlace {
  x: number; y: number; width: number; height: number;
  font_px: number; line_height_px: number; indent_px: number; weight: number;
  multiline: boolean; password: boolean; dark: boolean;
  ink: string; background: string; caret_color: string; label: string; placeholder: string;
}

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
  open_demo(): void;
  lock(): void;
  list_visits(): void;
  open_visit(visit_id: string): void;
  save_visit(visit: VisitSummary): void;
  save_note(visit_id: string, note: Note, what_changed: string): void;
  save_segments(visit_id: string, transcript: Transcript): void;
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
  write_note(visit: VisitSummary, transcript: Transcript): void;

  play(visit_id: string, start_ms: number, end_ms: number): void;
  stop_playback(): void;

  copy_text(text: string): void;
  save_preferences(json: string): void;
  retry_loading(): void;
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
  on_tick(now_ms: number, utc_offset_minutes: number): void;
  on_preferences(json: string): void;
  on_notice(text: string, is_problem: boolean): void;
  on_blocked(title: string, text: string): void;

  on_loading(loading: LoadProgress[]): void;
  on_ready(models_ready: boolean): void;

  on_store_status(practice_exists: boolean): void;
  on_opened(demo: boolean): void;
  on_open_failed(message: string): void;
  on_locked(): void;
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
/** Default export of app.js (emcc -sMODULARIZE -sEXPORT_ES6). */
export type ApplicationModuleFactory = (options?: Record<string, unknown>) => Promise<ApplicationModule>;

// web/host/desk.ts:
//   export interface Desk {
//     application: ApplicationEvents;   // deliver events here
//     idle(): Promise<void>;            // resolves when no frame is asked for
//     elements(): ScreenElement[];
//     frames_drawn(): number;
//   }
//   export function open_desk(options: {
//     canvas: HTMLCanvasElement;        // id "canvas", filling its parent
//     module: ApplicationModule;
//     host: PageHost;
//     fonts: { regular: Uint8Array; medium: Uint8Array; semibold: Uint8Array; icons: Uint8Array };
//   }): Desk;                           // throws CallError("unsupported") where WebGL2 is missing
