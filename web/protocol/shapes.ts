// Written by tools/shapes/write_shapes.mjs from the embind bindings in src/platform/shapes.cpp. Do not edit:
// change the C++ struct and its binding, build the target `shapes_write`, and commit the result. Character
// offsets are UTF-8 byte offsets, times are milliseconds, enums are plain numbers (named in src/domain).

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
