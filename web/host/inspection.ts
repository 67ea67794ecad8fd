// A window into the page for its own tests and for support, as `window.__chartside`. Read-only: nothing in the
// product uses it, and nothing can be changed through it. Main thread.
//
//   await __chartside.idle()      resolves when no call, recording, transcription, playback or frame is under way
//   __chartside.state()           JSON: the last value of each event that the application was given (PageState)
//   __chartside.elements()        JSON: what can be used on the screen now (ScreenElement[])
//   __chartside.frames_drawn()    since the page was opened
//   await __chartside.changed()   resolves at the next event; wait on it instead of on a number of milliseconds

import type { Activity } from './activity.ts';
import {
  RecorderStatus,
  type LoadProgress,
  type Note,
  type PlaybackState,
  type RecorderState,
  type Role,
  type ScreenElement,
  type Segment,
  type TranscriptionState,
  type VisitDocument,
  type VisitSummary,
} from './application.ts';
import type { ApplicationLink, EventName } from './application_link.ts';

export interface PageState {
  practice_exists: boolean;
  open: 'none' | 'practice' | 'demo';
  open_problem: string;
  models_ready: boolean;
  loading: LoadProgress[];
  bytes_sent: number;
  visits: VisitSummary[];
  visit: VisitDocument | null;
  /** By visit id: everything heard or loaded since the page was opened, and the newest note. */
  segments: Record<string, Segment[]>;
  notes: Record<string, Note>;
  partial: string;
  recorder: RecorderState | null;
  transcription: TranscriptionState | null;
  playback: PlaybackState | null;
  /** How often playback was started. */
  plays: number;
  saved_at_ms: Record<string, number>;
  notices: { text: string; is_problem: boolean }[];
  /** RecoveryCode of src/domain/keys.h. */
  recovery: number;
  /** OfflineCopy of src/domain/state.h. */
  offline_copy: number;
  device_added: boolean;
  clipboard_may_hold: boolean;
}

export interface Inspection {
  idle(): Promise<void>;
  state(): string;
  elements(): string;
  frames_drawn(): number;
  changed(): Promise<void>;
}

export interface Inspected {
  idle(): Promise<void>;
  elements(): ScreenElement[];
  frames_drawn(): number;
}

function put_segment(segments: Segment[], segment: Segment): void {
  const at = segments.findIndex(({ id }) => id === segment.id);
  if (at < 0) segments.push(segment);
  else segments[at] = segment;
}

function reduce(state: PageState, event: EventName, values: readonly unknown[]): void {
  switch (event) {
    case 'on_store_status':
      state.practice_exists = values[0] as boolean;
      state.open_problem = '';
      return;
    case 'on_opened':
      state.open = (values[0] as boolean) ? 'demo' : 'practice';
      state.open_problem = '';
      return;
    case 'on_open_failed':
      state.open_problem = values[0] as string;
      return;
    case 'on_locked':
      Object.assign(state, { open: 'none', visits: [], visit: null, segments: {}, notes: {}, partial: '' });
      return;
    case 'on_ready':
      state.models_ready = values[0] as boolean;
      return;
    case 'on_loading':
      state.loading = values[0] as LoadProgress[];
      return;
    case 'on_offline_copy':
      state.offline_copy = values[0] as number;
      return;
    case 'on_environment':
      state.bytes_sent = values[2] as number;
      return;
    case 'on_visits':
      state.visits = values[0] as VisitSummary[];
      return;
    case 'on_visit_opened': {
      const visit = values[0] as VisitDocument;
      state.visit = visit;
      state.segments[visit.summary.id] = [...visit.transcript.segments];
      state.notes[visit.summary.id] = visit.note;
      return;
    }
    case 'on_visit_open_failed':
    case 'on_save_failed':
    case 'on_note_failed':
      state.notices.push({ text: values[0] as string, is_problem: true });
      return;
    case 'on_saved':
      state.saved_at_ms[values[0] as string] = values[1] as number;
      return;
    case 'on_recorder':
      state.recorder = values[0] as RecorderState;
      return;
    case 'on_partial':
      state.partial = values[1] as string;
      return;
    case 'on_segment':
      put_segment((state.segments[values[0] as string] ??= []), values[1] as Segment);
      return;
    case 'on_note': {
      const [visit_id, note, roles] = values as [string, Note, Role[]];
      state.notes[visit_id] = note;
      // New segments: those that were given belong to the host.
      state.segments[visit_id] = (state.segments[visit_id] ?? [])
        .sort((a, b) => a.start_ms - b.start_ms)
        .map((segment, index) => ({ ...segment, role: roles[index] ?? segment.role }));
      return;
    }
    case 'on_transcription':
      state.transcription = values[0] as TranscriptionState;
      return;
    case 'on_playback': {
      const playback = values[0] as PlaybackState;
      if (playback.playing && !state.playback?.playing) state.plays += 1;
      state.playback = playback;
      return;
    }
    case 'on_notice':
      state.notices.push({ text: values[0] as string, is_problem: values[1] as boolean });
      return;
    case 'on_blocked':
      state.open_problem = `${values[0] as string}: ${values[1] as string}`;
      return;
    case 'on_keys':
      state.recovery = values[0] as number;
      state.device_added = values[2] as boolean;
      return;
    case 'on_keys_failed':
      state.notices.push({ text: values[0] as string, is_problem: true });
      return;
    case 'on_keys_changed':
      state.notices.push({ text: values[0] as string, is_problem: false });
      return;
    case 'on_clipboard':
      state.clipboard_may_hold = values[0] as boolean;
      return;
    case 'on_recovery_code': // not kept here either
    case 'on_locking':
    case 'on_lock_soon':
    case 'on_new_passphrase_needed':
    case 'on_tick':
    case 'on_preferences':
    case 'on_devices':
    case 'on_samples':
      return;
  }
}

function at_rest(state: PageState): boolean {
  const quiet: number[] = [RecorderStatus.idle, RecorderStatus.failed];
  return quiet.includes(state.recorder?.status ?? RecorderStatus.idle) && !state.transcription?.active && !state.playback?.playing;
}

export function offer_inspection(link: ApplicationLink, activity: Activity, inspected: () => Inspected): void {
  const state: PageState = {
    practice_exists: false,
    open: 'none',
    open_problem: '',
    models_ready: false,
    loading: [],
    bytes_sent: 0,
    visits: [],
    visit: null,
    segments: {},
    notes: {},
    partial: '',
    recorder: null,
    transcription: null,
    playback: null,
    plays: 0,
    saved_at_ms: {},
    notices: [],
    recovery: 0,
    offline_copy: 0,
    device_added: false,
    clipboard_may_hold: false,
  };
  let waiting: (() => void)[] = [];
  const changed = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  link.watch((event, values) => {
    reduce(state, event, values);
    const resolved = waiting;
    waiting = [];
    for (const resolve of resolved) resolve();
  });

  const idle = async (): Promise<void> => {
    for (;;) {
      while (!at_rest(state)) await changed();
      await activity.idle();
      await inspected().idle();
      if (activity.running === 0 && at_rest(state)) return;
    }
  };
  const inspection: Inspection = {
    idle,
    changed,
    state: () => JSON.stringify(state),
    elements: () => JSON.stringify(inspected().elements()),
    frames_drawn: () => inspected().frames_drawn(),
  };
  Object.defineProperty(window, '__chartside', { value: Object.freeze(inspection), enumerable: false });
}
