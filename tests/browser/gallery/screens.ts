// Every screen and state of the page, each reached from a fresh start by events and taps.
import type { ApplicationEvents, LoadProgress, Note, RecorderState, VisitDocument } from '../../../web/host/application.ts';
import { DOCUMENT, LONG_DOCUMENT, LONG_VISITS, NOTE, SEGMENTS, VISITS, visit } from './made_up.ts';

export interface Stage {
  application: ApplicationEvents;
  press(id: string): Promise<void>;
  type(text: string): Promise<void>;
  idle(): Promise<void>;
  /** Covers the foot of the page, as a soft keyboard does. */
  keyboard(height_px: number): Promise<void>;
  shows(id: string): boolean;
}
type Show = (stage: Stage) => Promise<void> | void;

/** What the next open_visit answers with. */
export const documents: { next: VisitDocument } = { next: DOCUMENT };

const megabytes = (label: string, done: number, total: number, failure = ''): LoadProgress => ({
  label, done_bytes: done * 1e6, total_bytes: total * 1e6, ready: done >= total && !failure, failure,
});
const KEYBOARD_PX = 300;
const NOT_FETCHED = 'It could not be fetched. Check the connection, then try again.';

function load({ application }: Stage, state: 'ready' | 'loading' | 'failed' = 'ready'): void {
  application.on_loading([
    megabytes('Speech', state === 'ready' ? 28 : 12.4, 28, state === 'failed' ? NOT_FETCHED : ''),
    megabytes('Note writing', state === 'ready' ? 2.1 : 0.4, 2.1),
  ]);
  application.on_ready(state === 'ready');
  application.on_devices([{ id: 'a', label: 'Built-in microphone' }, { id: 'b', label: 'Room microphone with a long name (USB)' }]);
}

async function today(stage: Stage, visits = VISITS, demo = false): Promise<void> {
  load(stage);
  stage.application.on_opened(demo);
  stage.application.on_visits(visits);
  await stage.idle();
}

async function review(stage: Stage, document: VisitDocument = DOCUMENT, id = 'v4'): Promise<void> {
  documents.next = document;
  await today(stage, document === LONG_DOCUMENT ? LONG_VISITS : VISITS);
  await stage.press(`visit.${id}`);
}

async function form(stage: Stage): Promise<void> {
  await today(stage);
  await stage.press('today.start');
}

async function fill(stage: Stage, id: string, text: string): Promise<void> {
  await stage.press(id);
  await stage.type(text);
}

function samples(): Float32Array {
  // Twelve seconds of murmur: loud and soft by turns.
  const sound = new Float32Array(16000 * 12);
  let seed = 7;
  const random = (): number => ((seed = (seed * 16807) % 2147483647) / 2147483647);
  let level = 0.02;
  for (let i = 0; i < sound.length; i++) {
    if (i % 1600 === 0) level = 0.003 + 0.12 * random() ** 3;
    sound[i] = (random() * 2 - 1) * level;
  }
  return sound;
}

const RECORDER: RecorderState = {
  status: 2, visit_id: 'v4', elapsed_ms: 112000, saved_ms: 111000, caption_delay_ms: 900, silent_for_ms: 0, stalled_for_ms: 0,
  overruns: 0, device_id: 'a', failure: '',
};

// The visit is opened, then its recording runs: the screen shows it as it does after a tap on "Start recording".
async function record(stage: Stage, changed: Partial<RecorderState> = {}, heard = true): Promise<void> {
  const { application } = stage;
  documents.next = {
    ...DOCUMENT, summary: { ...DOCUMENT.summary, state: 1, audio_ms: 0 }, transcript: { segments: [] },
    note: { sections: [], omissions: [] }, marks: heard ? [{ at_ms: 98000, label: '' }] : [],
  };
  await today(stage);
  await stage.press('visit.v4');
  application.on_recorder({ ...RECORDER, status: 2 });
  await stage.press('rail.today');
  await stage.press('today.start');
  if (heard) {
    application.on_samples(samples());
    for (const one of SEGMENTS) application.on_segment('v4', one);
    application.on_partial('v4', 'Let me take a look at the', 112000);
    const live: Note = { sections: NOTE.sections.slice(0, 1).map((section) => ({ ...section, sentences: section.sentences.slice(0, 4) })), omissions: [] };
    application.on_note('v4', live, []);
  }
  application.on_recorder({ ...RECORDER, ...changed });
}

async function transcribing(stage: Stage, done_ms: number, heard: number, phase: string): Promise<void> {
  await review(stage, { ...DOCUMENT, transcript: { segments: SEGMENTS.slice(0, heard) }, note: { sections: [], omissions: [] } });
  stage.application.on_transcription({ active: true, visit_id: 'v4', file_name: 'knee-visit.m4a', phase, done_ms, total_ms: done_ms ? 301000 : 0, failure: '' });
}

export const screens: Record<string, Show> = {
  // Before the practice is open.
  'starting': () => undefined,
  'starting.failed': (stage) => load(stage, 'failed'),
  'welcome': ({ application }) => application.on_store_status(false),
  'welcome.differ': async (stage) => {
    stage.application.on_store_status(false);
    await fill(stage, 'passphrase.first', 'four calm green rivers');
    await fill(stage, 'passphrase.again', 'four calm green rivets');
    (document.activeElement as HTMLElement | null)?.blur();
  },
  'welcome.opening': async (stage) => {
    stage.application.on_store_status(false);
    await fill(stage, 'passphrase.first', 'four calm green rivers');
    await fill(stage, 'passphrase.again', 'four calm green rivers');
    await stage.press('welcome.create');
  },
  'unlock': ({ application }) => application.on_store_status(true),
  'unlock.keyboard': async (stage) => {
    stage.application.on_store_status(true);
    await stage.press('passphrase.first');
    await stage.keyboard(KEYBOARD_PX);
  },
  'unlock.wrong': async (stage) => {
    stage.application.on_store_status(true);
    await stage.press('passphrase.first');
    stage.application.on_open_failed('That passphrase does not open this practice. Look for capital letters, then type it again.');
  },
  'unlock.code': async (stage) => {
    stage.application.on_keys(2, true, true);
    stage.application.on_store_status(true);
    await stage.press('unlock.other');
  },
  'unlock.copied': ({ application }) => {
    application.on_keys(2, true, true);
    application.on_clipboard(true);
    application.on_store_status(true);
  },
  'keys.code': async (stage) => {
    await today(stage);
    stage.application.on_recovery_code('7QK2-M9XD-4HTV-0RWN-8ZPC-3JYB-61EG');
  },
  'keys.check': async (stage) => {
    await today(stage);
    stage.application.on_recovery_code('7QK2-M9XD-4HTV-0RWN-8ZPC-3JYB-61EG');
    await stage.press('keys.on_paper');
  },
  'keys.new_passphrase': ({ application }) => {
    application.on_store_status(true);
    application.on_new_passphrase_needed();
    application.on_opened(false);
  },
  'keys.change': async (stage) => {
    await today(stage);
    await stage.press('rail.set_up');
    await stage.press('set_up.passphrase');
  },
  'today.update': async (stage) => {
    await today(stage);
    stage.application.on_offline_copy(2);
  },
  'today.not_kept': async (stage) => {
    await today(stage);
    stage.application.on_offline_copy(0);
  },
  'locks_soon': async (stage) => {
    await today(stage);
    stage.application.on_lock_soon(24);
  },
  'blocked': ({ application }) => application.on_blocked('Chartside is open in another tab', 'Only one tab may write at a time, so that nothing is lost. “Use it here” saves and locks it there first.', 'Use it here'),

  // Today.
  'today': (stage) => today(stage),
  'today.demo': (stage) => today(stage, VISITS.slice(0, 3), true),
  'today.empty': (stage) => today(stage, []),
  'today.long': (stage) => today(stage, LONG_VISITS),
  'today.loading': async (stage) => {
    await today(stage, VISITS.slice(0, 2));
    load(stage, 'loading');
  },
  'today.load_failed': async (stage) => {
    await today(stage, []);
    load(stage, 'failed');
  },
  'today.interrupted': (stage) => today(stage, [...VISITS.slice(0, 3), visit('v7', 'A. Silva', 10, 0, 'Cough', 1, { interrupted: true, audio_ms: 372000 })]),
  'today.recording': async (stage) => {
    await record(stage);
    await stage.press('rail.today');
  },
  'today.notice': async (stage) => {
    await today(stage);
    stage.application.on_notice('Copied. The note is on the clipboard as plain text.', false);
  },
  'today.problem': async (stage) => {
    await today(stage);
    stage.application.on_notice('This file holds no sound that this browser can read. Save it as WAV, M4A or MP3, then open it again.', true);
  },

  // The form that starts a visit.
  'form': form,
  'form.filled': async (stage) => {
    await today(stage);
    await stage.press('visit.v5');
    await stage.press('form.consent.aloud');
  },
  'form.typing': async (stage) => {
    await form(stage);
    await fill(stage, 'form.patient_name', 'R. Álvarez de la Peña');
  },
  'form.keyboard': async (stage) => {
    await today(stage);
    await stage.press('visit.v5');
    await stage.press('form.consent.aloud');
    await stage.press('form.consent_by');
    await stage.keyboard(KEYBOARD_PX);
  },
  'form.problem': async (stage) => {
    await form(stage);
    await stage.press('form.start');
  },
  'form.loading': async (stage) => {
    await form(stage);
    load(stage, 'loading');
  },

  // Record.
  'record': (stage) => record(stage),
  'record.asking': (stage) => record(stage, { status: 1, elapsed_ms: 0, saved_ms: 0 }, false),
  'record.nothing_yet': (stage) => record(stage, { elapsed_ms: 2000, saved_ms: 1000 }, false),
  'record.paused': (stage) => record(stage, { status: 3 }),
  'record.lost': (stage) => record(stage, { status: 3, failure: 'The microphone was unplugged or taken away. What was said so far is saved. Plug it in or choose another, then press Continue.' }),
  'record.overruns': (stage) => record(stage, { overruns: 3, caption_delay_ms: 12000 }),
  'record.silent': (stage) => record(stage, { silent_for_ms: 31000 }),
  'record.finishing': (stage) => record(stage, { status: 4 }),
  'record.denied': (stage) => record(stage, { status: 5, elapsed_ms: 0, saved_ms: 0, failure: 'The browser did not allow the microphone. Tap the sign beside the address, allow the microphone, and start again.' }, false),
  'record.no_microphone': (stage) => record(stage, { status: 5, elapsed_ms: 0, saved_ms: 0, failure: 'No microphone was found. Plug one in or turn it on, then start again.' }, false),
  'record.devices': async (stage) => {
    await record(stage);
    await stage.press('record.device');
  },

  // A recording that is read.
  'transcribing': (stage) => transcribing(stage, 142000, 4, 'Listening'),
  'transcribing.begins': (stage) => transcribing(stage, 0, 0, 'Reading the file'),

  // Review.
  'review': (stage) => review(stage),
  'review.selected': async (stage) => {
    await review(stage);
    await stage.press('sentence.n1');
    stage.application.on_playback({ playing: false, position_ms: 0, end_ms: 0 });
  },
  'review.playing': async (stage) => {
    await review(stage);
    await stage.press('sentence.n1');
    if (stage.shows('review.tab.transcript')) await stage.press('review.tab.transcript');
  },
  'review.editing': async (stage) => {
    await review(stage);
    await stage.press('sentence.n1');
    await stage.press('sentence.edit');
    await stage.type('She presents with right knee swelling for about three weeks, which began after gardening, é and — a dash.');
  },
  'review.keyboard': async (stage) => {
    await review(stage);
    await stage.press('sentence.n12');
    await stage.press('sentence.edit');
    await stage.keyboard(KEYBOARD_PX);
  },
  'review.adding': async (stage) => {
    await review(stage);
    await stage.press('section.add.exam');
    await stage.type('No effusion on the left');
  },
  'review.checks': async (stage) => {
    await review(stage);
    if (stage.shows('review.tab.checks')) await stage.press('review.tab.checks');
    else if (stage.shows('review.checks')) await stage.press('review.checks');
  },
  'review.transcript': async (stage) => {
    await review(stage);
    if (stage.shows('review.tab.transcript')) await stage.press('review.tab.transcript');
  },
  'review.long': (stage) => review(stage, LONG_DOCUMENT, 'long1'),
  'review.settled': async (stage) => {
    const sections = NOTE.sections.map((section) => ({ ...section, sentences: section.sentences.map((one) => ({ ...one, flags: [] })) }));
    await review(stage, { ...DOCUMENT, note: { sections, omissions: [] } });
    if (stage.shows('review.tab.checks')) await stage.press('review.tab.checks');
  },
  'review.signed': (stage) => review(stage, { ...DOCUMENT, summary: { ...DOCUMENT.summary, state: 4 } }),
  'review.kept': (stage) => review(stage, { ...DOCUMENT, summary: { ...DOCUMENT.summary, state: 2 }, transcript: { segments: [] }, note: { sections: [], omissions: [] } }),
  'review.nothing_heard': (stage) => review(stage, { ...DOCUMENT, transcript: { segments: [] }, note: { sections: [], omissions: [] } }),
  'review.not_saved': async (stage) => {
    await review(stage);
    stage.application.on_save_failed('There is no room left on this device. Free some, then change the note again.');
  },

  // The rest.
  'notes': async (stage) => {
    await today(stage);
    await stage.press('rail.notes');
  },
  'notes.long': async (stage) => {
    await today(stage, LONG_VISITS);
    await stage.press('rail.notes');
  },
  'notes.empty': async (stage) => {
    await today(stage, []);
    await stage.press('rail.notes');
  },
  'set_up': async (stage) => {
    await today(stage);
    await stage.press('rail.set_up');
  },
  'set_up.troubled': async (stage) => {
    await today(stage);
    load(stage, 'failed');
    stage.application.on_devices([]);
    await stage.press('rail.set_up');
  },
};
