// Written by tools/shapes/write_shapes.mjs from the embind bindings in src/platform/shapes.cpp. Do not edit:
// change the C++ struct and its binding, build the target `shapes_write`, and commit the result. Character
// offsets are UTF-8 byte offsets, times are milliseconds, enums are plain numbers.

/** The longest audio of a visit, and the longest that is taken: src/audio/limits.h. */
export const LONGEST_AUDIO_MS = 5400000;
export const LONGEST_FILE_MS = 5460000;

export const Role = { unknown: 0, doctor: 1, patient: 2, other: 3 } as const;
export type Role = (typeof Role)[keyof typeof Role];
export const Origin = { visit: 0, edited: 1, hand: 2 } as const;
export type Origin = (typeof Origin)[keyof typeof Origin];
export const Sex = { unknown: 0, female: 1, male: 2 } as const;
export type Sex = (typeof Sex)[keyof typeof Sex];
export const Pronouns = { unstated: 0, she: 1, he: 2, they: 3 } as const;
export type Pronouns = (typeof Pronouns)[keyof typeof Pronouns];
export const VisitState = { planned: 0, recording: 1, transcribing: 2, draft: 3, signed_off: 4 } as const;
export type VisitState = (typeof VisitState)[keyof typeof VisitState];
export const Screen = { starting: 0, welcome: 1, unlock: 2, today: 3, record: 4, review: 5, notes: 6, set_up: 7, keys: 8 } as const;
export type Screen = (typeof Screen)[keyof typeof Screen];
export const RecorderStatus = { idle: 0, asking: 1, recording: 2, paused: 3, finishing: 4, failed: 5 } as const;
export type RecorderStatus = (typeof RecorderStatus)[keyof typeof RecorderStatus];
export const SaveStatus = { idle: 0, saving: 1, saved: 2, failed: 3 } as const;
export type SaveStatus = (typeof SaveStatus)[keyof typeof SaveStatus];
export const Theme = { system: 0, light: 1, dark: 2 } as const;
export type Theme = (typeof Theme)[keyof typeof Theme];

/** Result<T> of src/base/result.h as it leaves a wasm module. */
export type Outcome<T> =
  | ([T] extends [void] ? { ok: true } : { ok: true; value: T })
  | { ok: false; error: { code: string; message: string; detail: string } };

export interface Word {
  start_char: number;
  end_char: number;
  start_ms: number;
  end_ms: number;
  confidence: number;
}

export interface Segment {
  id: string;
  start_ms: number;
  end_ms: number;
  role: number;
  text: string;
  confidence: number;
  words: Word[];
}

export interface Transcript {
  segments: Segment[];
}

export interface Evidence {
  segment_id: string;
  start_char: number;
  end_char: number;
}

export interface Sentence {
  id: string;
  text: string;
  evidence: Evidence[];
  start_ms: number;
  end_ms: number;
  flags: string[];
  origin: number;
  drafted_text: string;
}

export interface NoteSection {
  id: string;
  title: string;
  sentences: Sentence[];
}

export interface Omission {
  id: string;
  section_id: string;
  text: string;
  evidence: Evidence[];
  start_ms: number;
  end_ms: number;
  reason: string;
}

export interface Note {
  sections: NoteSection[];
  omissions: Omission[];
}

export interface Patient {
  id: string;
  name: string;
  age_years: number;
  sex: number;
  pronouns: number;
}

export interface VisitSummary {
  id: string;
  patient: Patient;
  reason: string;
  scheduled_ms: number;
  state: number;
  audio_ms: number;
  check_count: number;
  interrupted: boolean;
  demo: boolean;
}

export interface Consent {
  visit_id: string;
  given_by: string;
  method: string;
  recorded_by: string;
  at_ms: number;
}

export interface Mark {
  at_ms: number;
  label: string;
}

export interface VisitDocument {
  summary: VisitSummary;
  consents: Consent[];
  transcript: Transcript;
  note: Note;
  marks: Mark[];
  saved_at_ms: number;
}

export interface InputDevice {
  id: string;
  label: string;
}

export interface LoadProgress {
  label: string;
  done_bytes: number;
  total_bytes: number;
  ready: boolean;
  failure: string;
}

export interface RecorderState {
  status: number;
  visit_id: string;
  elapsed_ms: number;
  saved_ms: number;
  caption_delay_ms: number;
  silent_for_ms: number;
  stalled_for_ms: number;
  overruns: number;
  device_id: string;
  failure: string;
}

export interface TranscriptionState {
  active: boolean;
  visit_id: string;
  file_name: string;
  phase: string;
  done_ms: number;
  total_ms: number;
  failure: string;
}

export interface PlaybackState {
  playing: boolean;
  position_ms: number;
  end_ms: number;
}

export interface TextFieldPlace {
  x: number;
  y: number;
  width: number;
  height: number;
  font_px: number;
  line_height_px: number;
  indent_px: number;
  clip_top_px: number;
  clip_bottom_px: number;
  weight: number;
  multiline: boolean;
  password: boolean;
  dark: boolean;
  ink: string;
  background: string;
  caret_color: string;
  label: string;
  placeholder: string;
}
