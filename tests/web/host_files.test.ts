// An opened file is a visit once all of it is kept. Refused, cancelled or cut short it leaves nothing: no visit in the
// list, no consent, no sound.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { CallError } from '../../web/protocol/call.ts';
import { VisitState } from '../../web/protocol/shapes.ts';
import { browser, CONSENT, HostBench, PASSPHRASE, RATE, VISIT, heard_segment } from './host_bench.ts';

let bench: HostBench;
afterEach(() => bench.close());

const WAV = new File(['RIFF____WAVEfmt '], 'visit.wav');
const MP3 = new File(['ID3 and what follows'], 'visit.mp3');
const refused = (): CallError => new CallError({ code: 'invalid_input', message: 'This file ends early. Copy it again.', detail: '' });
const second = (): { pcm: Int16Array<ArrayBuffer>; sample_rate: number } => ({ pcm: new Int16Array(RATE).fill(500), sample_rate: RATE });

function cancelled(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new CallError({ code: 'cancelled', message: 'Cancelled.', detail: '' }));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
}

async function open_file(file: File | undefined): Promise<void> {
  browser.file = file;
  bench.page.open_audio_file(VISIT, CONSENT);
}
const settled = (since = 0): Promise<unknown> => bench.until('on_transcription', ({ active }) => !active, since);

async function lock(): Promise<void> {
  const since = bench.told.length;
  bench.page.lock();
  await bench.until('on_store_status', () => true, since);
}

async function nothing_is_left(): Promise<void> {
  const { visits } = await bench.store.call('list_visits', {});
  assert.deepEqual(visits, []);
  assert.equal(bench.root.at('practice', 'audio').files.size, 0);
}

for (const [name, file, decoded_seconds, reason] of [
  ['is empty', new File([], 'visit.wav'), 2, /empty/],
  ['holds no sound', MP3, 0, /no audio in this file/],
] as const) {
  test(`file: one that ${name} leaves no trace`, async () => {
    bench = await HostBench.open();
    browser.decoded_seconds = decoded_seconds;
    await open_file(file);
    const [{ failure }] = await bench.until('on_transcription', (state) => state.failure !== '');
    assert.match(failure, reason);
    await nothing_is_left();
    assert.ok(!bench.store.asked.includes('import_begin'));
  });
}

test('file: a WAV that is refused at its head, or breaks off after some seconds, leaves no trace', async () => {
  bench = await HostBench.open();
  for (const seconds of [0, 3]) {
    bench.engine.hear_wav = async ({ progress }) => {
      for (let i = 0; i < seconds; i += 1) {
        const segments = [heard_segment(i + 1, i * 1000, i * 1000 + 900, 'Words')];
        progress({ done_ms: i * 1000, total_ms: 9000, segments, audio: second() });
      }
      throw refused();
    };
    const since = bench.told.length;
    await open_file(WAV);
    const [{ failure }] = await bench.until('on_transcription', (state) => state.failure !== '', since);
    assert.match(failure, /ends early/);
    await nothing_is_left();
  }
  assert.ok(bench.store.asked.includes('import_discard'));
});

test('file: one that is cancelled while it is heard is taken back, and that is said', async () => {
  bench = await HostBench.open();
  bench.engine.hear_wav = async ({ progress, signal }) => {
    progress({ done_ms: 1000, total_ms: 9000, segments: [heard_segment(1, 0, 900, 'Words')], audio: second() });
    return cancelled(signal);
  };
  for (const file of [WAV, MP3]) {
    const since = bench.told.length;
    bench.engine.before_hearing = cancelled;
    await open_file(file);
    await bench.until('on_saved', () => true, since); // visit and consent are in
    await bench.until('on_transcription', ({ active, phase }) => active && phase === 'Listening', since);
    bench.page.cancel_transcription();
    await settled(since);
    await bench.until('on_notice', (text) => text === 'Stopped. Nothing of the file was kept.', since);
    await nothing_is_left();
  }
});

test('file: a cancel and a lock do not wait for a file that is being decoded', async () => {
  bench = await HostBench.open();
  browser.decodes = new Promise(() => undefined);
  await open_file(MP3);
  await bench.until('on_transcription', ({ active }) => active);
  bench.page.cancel_transcription();
  await settled();
  const since = bench.told.length;
  await open_file(MP3);
  await bench.until('on_transcription', ({ active }) => active, since);
  await lock();
  await settled(since);
  assert.ok(!bench.store.asked.includes('import_begin'));
});

test('file: a cancel leaves a planned visit as it was', async () => {
  bench = await HostBench.open();
  await bench.store.call('save_visit', { visit: VISIT });
  const before = await bench.load();
  bench.engine.before_hearing = cancelled;
  await open_file(MP3);
  await bench.until('on_transcription', ({ phase }) => phase === 'Listening');
  bench.page.cancel_transcription();
  await settled();
  const after = await bench.load();
  assert.deepEqual([after.summary, after.consents, after.transcript], [before.summary, [], { segments: [] }]);
});

test('file: one that the device has no room for is told as such and leaves no trace', async () => {
  bench = await HostBench.open();
  bench.store.before = (verb) => (verb === 'import_append' ? Promise.reject(new CallError({ code: 'out_of_space', message: 'Full.', detail: '' })) : undefined);
  bench.engine.hear_wav = async ({ progress, signal }) => {
    progress({ done_ms: 1000, total_ms: 9000, segments: [], audio: second() });
    return cancelled(signal);
  };
  for (const file of [WAV, MP3]) {
    const since = bench.told.length;
    await open_file(file);
    const [{ failure }] = await bench.until('on_transcription', (state) => state.failure !== '', since);
    assert.equal(failure, 'Full.');
    await nothing_is_left();
  }
});

test('file: one that is whole is kept when its note fails, and is written when the visit is opened', async () => {
  bench = await HostBench.open();
  bench.engine.write_fails = true;
  await open_file(MP3);
  await bench.until('on_note_failed');
  await settled();
  assert.match(bench.notices().at(-1) ?? '', /could not be written.*audio is kept; open the visit/);
  const kept = await bench.load();
  assert.deepEqual([kept.summary.state, kept.summary.audio_ms, kept.consents.length], [VisitState.transcribing, 2000, 1]);
  assert.equal(kept.transcript.segments.length, 1);
  bench.engine.write_fails = false;
  const since = bench.told.length;
  bench.page.open_visit('v1');
  await bench.until('on_note', () => true, since);
  assert.equal((await bench.load()).summary.state, VisitState.draft);
});

test('file: a lock in the middle keeps a whole file, to be heard later, and nothing of half a one', async () => {
  bench = await HostBench.open();
  bench.engine.before_hearing = cancelled;
  await open_file(MP3);
  await bench.until('on_transcription', ({ phase }) => phase === 'Listening');
  while (!bench.engine.hearing) await new Promise((resolve) => setTimeout(resolve, 5));
  await lock();
  const after = await HostBench.open({ root: bench.root });
  await bench.close();
  bench = after;
  const whole = await bench.load();
  assert.deepEqual([whole.summary.audio_ms, whole.consents.length], [2000, 1]);
  await bench.store.call('delete_visit', { visit_id: 'v1' });

  bench.engine.hear_wav = async ({ progress, signal }) => {
    progress({ done_ms: 1000, total_ms: 9000, segments: [], audio: second() });
    return cancelled(signal);
  };
  await open_file(WAV);
  await bench.until('on_saved');
  await lock();
  const since = bench.told.length;
  bench.page.unlock_practice(PASSPHRASE);
  await bench.until('on_opened', () => true, since);
  await nothing_is_left();
});
