// Written by tools/shapes/write_shapes.mjs from the embind bindings in src/platform/store/bindings.cpp. Do not
// edit: change the bindings, build the target `shapes_write`, and commit the result.

import type { Consent, Mark, Note, Outcome, Segment, VisitDocument, VisitSummary } from '../protocol/shapes.ts';
import type { AccessFile } from './folder.ts';

export interface StoreModule {
  PracticeStore: new () => PracticeStore;
  /** Set before PracticeStore.open: database, write-ahead log, journal. Read by library_store.js. */
  store_files?: AccessFile[];
}

export interface SavedVisit {
  visit_id: string;
  patient_id: string;
  saved_at_ms: number;
}

export interface SavedNote {
  revision: number;
  saved_at_ms: number;
}

export interface SavedDraft {
  note: Note;
  roles: number[];
  is_signed: boolean;
  saved_at_ms: number;
}

export interface Recording {
  id: string;
  visit_id: string;
  source: number;
  sample_rate: number;
  start_ms: number;
  audio_ms: number;
  open: boolean;
}

export interface PracticeStore {
  append_segment(_0: string, _1: Segment): Outcome<number>;
  begin_import(_0: VisitSummary, _1: Consent, _2: number, _3: number): Outcome<string>;
  begin_recording(_0: string, _1: number, _2: number): Outcome<string>;
  close(): void;
  delete(): void;
  delete_visit(_0: string): Outcome<string[]>;
  end_interrupted_recording(_0: string, _1: number): Outcome<number>;
  end_recording(_0: string, _1: number): Outcome<number>;
  is_open(): boolean;
  list_recordings(_0: string): Outcome<Recording[]>;
  list_visits(): Outcome<VisitSummary[]>;
  load_preference(_0: string): Outcome<string>;
  load_visit(_0: string): Outcome<VisitDocument>;
  mark_interrupted_visits(): Outcome<number>;
  open(_0: Uint8Array, _1: boolean): Outcome<void>;
  remove_recording(_0: string): Outcome<number>;
  save_consent(_0: Consent): Outcome<number>;
  save_draft(_0: string, _1: Segment[], _2: Note): Outcome<SavedDraft>;
  save_mark(_0: string, _1: Mark): Outcome<number>;
  save_note(_0: string, _1: Note, _2: string): Outcome<SavedNote>;
  save_preference(_0: string, _1: string): Outcome<number>;
  save_segments(_0: string, _1: Segment[]): Outcome<number>;
  save_visit(_0: VisitSummary): Outcome<SavedVisit>;
  swap_roles(_0: string): Outcome<number>;
}
