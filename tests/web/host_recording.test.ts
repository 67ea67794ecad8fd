// What may go wrong between the tap and the draft: nothing that was said or written may be lost, said twice or put
// over the physician's own words.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { CallError } from '../../web/protocol/call.ts';
import { LONGEST_AUDIO_MS, RecorderStatus, VisitState, type Note } from '../../web/protocol/shapes.ts';
import { browser, CONSENT, HostBench, VISIT } from './host_bench.ts';

let bench: HostBench;
afterEach(() => bench.close());

const full = (): CallError => new CallError({ code: 'out_of_space', message: 'This device is out of space. Free some space.', detail: '' });

test('host: who agreed, how and when is committed before the microphone is asked for', async () => {
  bench = await HostBench.open();
  let committed_first = false;
  browser.on_asked = () => (committed_first = bench.told.some(({ event }) => event === 'on_saved'));
  await bench.record();
  assert.ok(committed_first);
  const { asked } = bench.store;
  assert.ok(asked.indexOf('save_consent') < asked.indexOf('recording_begin'));
  const consent = bench.told.findIndex(({ event }) => event === 'on_saved');
  const recording = bench.told.findIndex((told) => told.event === 'on_recorder' && told.values[0].status === RecorderStatus.recording);
  assert.ok(consent >= 0 && consent < recording);
  assert.deepEqual((await bench.load()).consents, [CONSENT]);
});

test('host: where the consent cannot be committed nothing is recorded and the microphone is not asked for', async () => {
  bench = await HostBench.open();
  bench.store.before = (verb) => (verb === 'save_consent' ? Promise.reject(full()) : undefined);
  let asked = 0;
  browser.on_asked = () => (asked += 1);
  bench.page.start_recording(VISIT, CONSENT, '');
  const [failed] = await bench.until('on_recorder', ({ status }) => status === RecorderStatus.failed);
  assert.match(failed.failure, /out of space/);
  assert.ok(!bench.store.asked.includes('recording_begin'));
  assert.equal(asked, 0);
  assert.equal(bench.count('on_saved'), 0);
});

test('host: a microphone that is refused leaves no recording behind, and the next try works', async () => {
  bench = await HostBench.open();
  browser.microphone_refused = true;
  bench.page.start_recording(VISIT, CONSENT, '');
  await bench.until('on_recorder', ({ status }) => status === RecorderStatus.failed);
  browser.microphone_refused = false;
  await bench.record();
  bench.speak(1);
  await bench.finish();
  assert.equal((await bench.load()).summary.audio_ms, 1000);
});

test('host: a recording that fails at its very start is not left running', async () => {
  bench = await HostBench.open();
  browser.source_refused = true; // after it was entered in the store
  bench.page.start_recording(VISIT, CONSENT, '');
  await bench.until('on_recorder', ({ status }) => status === RecorderStatus.failed);
  assert.equal((await bench.load()).summary.state, VisitState.planned);
  assert.equal(bench.engine.live, undefined);
  assert.equal(browser.open_microphones, 0);
  browser.source_refused = false;
  browser.rings.length = 0;
  await bench.record();
});

test('host: a visit that is given up while the browser still asks does not stand in the way of the next', async () => {
  bench = await HostBench.open();
  let allow = (): void => undefined;
  bench.store.before = (verb) => (verb === 'save_consent' ? new Promise((resolve) => (allow = resolve)) : undefined);
  bench.page.start_recording(VISIT, CONSENT, '');
  await new Promise((resolve) => setTimeout(resolve, 50));
  bench.page.finish_recording();
  bench.store.before = undefined;
  const other = { ...VISIT, id: 'v2', patient: { ...VISIT.patient, id: 'p2' } };
  await bench.record(other);
  allow();
  await new Promise((resolve) => setTimeout(resolve, 50));
  bench.speak(1);
  await bench.finish();
  assert.equal((await bench.load('v2')).summary.audio_ms, 1000);
  assert.equal((await bench.load('v1')).summary.audio_ms, 0);
  assert.equal(browser.open_microphones, 0);
});

test('host: a visit that is recorded further while another is on the screen keeps what was edited in its note', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(2);
  await bench.hear(1, 0, 900, 'Knee pain');
  await bench.hear(2, 1000, 1900, 'A cousin fell');
  await bench.finish();
  assert.deepEqual(await bench.sentences(), ['Knee pain.', 'A cousin fell.']);

  const note = structuredClone((await bench.load()).note) as Note;
  const [section] = note.sections;
  assert.ok(section);
  Object.assign(section.sentences[0] as object, { text: 'Left knee pain.', origin: 1, drafted_text: 'Knee pain.' });
  section.sentences[1] = { id: 'h9', text: 'Gardens.', evidence: [], start_ms: 0, end_ms: 0, flags: [], origin: 2, drafted_text: '' };
  bench.page.save_note('v1', note, 'Sentence changed');
  await bench.resume();
  bench.speak(2);
  await bench.hear(3, 2000, 2900, 'It swells');
  await bench.finish();
  assert.deepEqual(await bench.sentences(), ['Left knee pain.', 'Gardens.', 'It swells.']);
  assert.deepEqual((await bench.load()).transcript.segments.map(({ id }) => id), ['s1', 's2', 's3']);
});

test('host: words keep their numbers and the sound its place when a recorded visit is started again from the form', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(1);
  await bench.hear(1, 0, 900, 'Knee pain');
  await bench.finish();
  await bench.record();
  assert.equal(bench.engine.live?.start_ms, 1000);
  bench.speak(1);
  await bench.hear(2, 1000, 1900, 'It swells');
  await bench.finish();
  assert.equal((await bench.load()).summary.audio_ms, 2000);
  assert.equal((await bench.load()).transcript.segments.length, 2);
});

test('host: pause, go on and finish reach the engine in the order in which they were tapped', async () => {
  bench = await HostBench.open();
  await bench.record();
  let release = (): void => undefined;
  bench.store.before = (verb) => (verb === 'recording_pause' ? new Promise((resolve) => (release = resolve)) : undefined);
  bench.page.pause_recording();
  bench.page.continue_recording();
  await new Promise((resolve) => setTimeout(resolve, 30));
  release();
  await bench.until('on_recorder', ({ status }) => status === RecorderStatus.recording, bench.told.length);
  assert.equal(bench.engine.live?.paused, false);
  const order = bench.inference.asked.filter((verb) => verb.endsWith('_live'));
  assert.deepEqual(order, ['start_live', 'pause_live', 'continue_live']);
  bench.page.pause_recording();
  const finished = bench.finish();
  await new Promise((resolve) => setTimeout(resolve, 30));
  release();
  await finished;
  assert.deepEqual(bench.notices().filter((text) => text.includes('No recording')), []);
});

test('host: what live listening came too late for is heard when the visit is finished', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(6);
  await bench.hear(1, 0, 1900, 'Before');
  bench.engine.emit?.('overrun', { at_ms: 2000, lost_ms: 2000 });
  await bench.hear(2, 4000, 5900, 'After');
  await bench.finish();
  assert.deepEqual(bench.engine.reheard, [{ start_ms: 2000, end_ms: 4000 }]);
  assert.deepEqual(await bench.sentences(), ['Before.', 'Heard again from 2.', 'After.']);
});

test('host: what follows a failure of live listening is heard when the visit is finished', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(5);
  await bench.hear(1, 0, 1900, 'Before');
  bench.engine.emit?.('live_failed', { code: 'internal', message: 'It failed.', detail: '' });
  await bench.finish();
  assert.deepEqual(bench.engine.reheard, [{ start_ms: 1900, end_ms: 5000 }]);
});

test('host: an engine that is started again during a visit hears nothing twice', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(3);
  await bench.hear(1, 0, 1000, 'Before');
  bench.engine.stop();
  bench.inference.crash();
  while (!bench.engine.live) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(bench.engine.live?.first_frame, 3 * 8000);
  bench.speak(2);
  await bench.hear(2, 3000, 4900, 'After');
  await bench.finish();
  assert.deepEqual(bench.engine.reheard, [{ start_ms: 1000, end_ms: 3000 }]);
});

test('host: a visit that began before the models were there is heard once', async () => {
  let loaded = (): void => undefined;
  bench = await HostBench.open({ before_start: ({ engine }) => (engine.load_waits = new Promise((resolve) => (loaded = resolve))) });
  await bench.record();
  bench.speak(2);
  loaded();
  await bench.until('on_ready', (ready) => ready);
  while (!bench.engine.live) await new Promise((resolve) => setTimeout(resolve, 10));
  bench.speak(2);
  await bench.hear(1, 2000, 3900, 'After');
  await bench.finish();
  assert.deepEqual(bench.engine.reheard, [{ start_ms: 0, end_ms: 2000 }]);
});

test('host: a note that cannot be written costs neither sound nor words, and is written when the visit is opened', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(2);
  await bench.hear(1, 0, 1900, 'Knee pain');
  bench.engine.write_fails = true;
  await bench.finish('fails');
  assert.match(bench.notices().at(-1) ?? '', /could not be written.*audio is kept; open the visit/);
  const kept = await bench.load();
  assert.equal(kept.summary.state, VisitState.transcribing);
  assert.equal(kept.summary.audio_ms, 2000);
  assert.equal(kept.transcript.segments.length, 1);
  bench.engine.write_fails = false;
  bench.page.open_visit('v1');
  await bench.until('on_note');
  assert.deepEqual(await bench.sentences(), ['Knee pain.']);
  assert.equal((await bench.load()).summary.state, VisitState.draft);
});

test('host: a full device at the end of a visit holds the end up until every sample is on disk', async () => {
  bench = await HostBench.open();
  await bench.record();
  const audio = [...bench.root.at('practice', 'audio').files.values()][0];
  assert.ok(audio);
  audio.capacity = 0;
  bench.speak(2);
  const finished = bench.finish();
  const [held] = await bench.until('on_recorder', ({ status, failure }) => status === RecorderStatus.finishing && failure !== '');
  assert.match(held.failure, /Keep this page open and free some space/);
  audio.capacity = Number.POSITIVE_INFINITY;
  await finished;
  assert.equal((await bench.load()).summary.audio_ms, 2000);
});

test('host: words that the store did not take at once are in the visit when it is finished', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(2);
  bench.store.before = (verb) => (verb === 'append_segment' ? Promise.reject(full()) : undefined);
  bench.engine.say({ id: 's1', start_ms: 0, end_ms: 900, role: 0, text: 'Knee pain', confidence: 1, words: [] });
  await bench.until('on_save_failed');
  await bench.finish();
  bench.store.before = undefined;
  assert.equal((await bench.load()).transcript.segments.length, 1);
  assert.deepEqual(await bench.sentences(), ['Knee pain.']);
});

test('host: sound that is damaged on disk is told of and does not keep the rest from its note', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(4);
  await bench.hear(1, 0, 1900, 'Knee pain');
  bench.engine.emit?.('live_failed', { code: 'internal', message: 'It failed.', detail: '' });
  bench.store.before = (verb) => {
    if (verb !== 'read_audio') return undefined;
    for (const { bytes } of bench.root.at('practice', 'audio').files.values()) bytes.fill(7, 100);
    bench.store.before = undefined;
    return undefined;
  };
  await bench.finish();
  assert.ok(bench.notices().some((text) => /fails its check/.test(text)));
  assert.deepEqual(await bench.sentences(), ['Knee pain.']);
});

test('host: a recording is announced to end at 90 minutes, then finished with all of it kept', async () => {
  bench = await HostBench.open();
  bench.store.answers.audio_extent = { end_ms: LONGEST_AUDIO_MS - 5 * 60_000 - 500, recordings: [] };
  await bench.record();
  delete bench.store.answers.audio_extent;
  bench.speak(1);
  const [warning] = await bench.until('on_notice', (text) => /reaches 90 minutes in 5 minutes/.test(text));
  assert.ok(warning);
  await bench.finish();

  bench.store.answers.audio_extent = { end_ms: LONGEST_AUDIO_MS - 500, recordings: [] };
  const since = bench.told.length;
  await bench.resume();
  delete bench.store.answers.audio_extent;
  bench.speak(1);
  await bench.until('on_notice', (text) => /reached 90 minutes.*All of it is kept.*start a new visit/.test(text), since);
  await bench.until('on_recorder', ({ status }) => status === RecorderStatus.idle, since);
  assert.equal(Math.round((await bench.load()).summary.audio_ms), LONGEST_AUDIO_MS + 500);
  await bench.until('on_note', () => true, since);

  bench.page.resume_recording((await bench.load()).summary, '');
  const [failed] = await bench.until('on_recorder', ({ status }) => status === RecorderStatus.failed);
  assert.match(failed.failure, /90 minutes of audio already.*new visit/);
});
