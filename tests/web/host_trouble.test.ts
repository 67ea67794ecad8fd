// What a device does to a recording: takes the microphone, mutes it, stops the audio, refuses to write, asks for ever.
// Whatever it is, it is said for as long as it holds, nothing that was spoken is lost, and nothing gets stuck.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { CallError } from '../../web/protocol/call.ts';
import { RecorderStatus, type RecorderState } from '../../web/protocol/shapes.ts';
import { Problems } from '../../web/host/problems.ts';
import { browser, CONSENT, HostBench, PASSPHRASE, VISIT } from './host_bench.ts';

let bench: HostBench;
afterEach(() => bench?.close());

const nap = (ms = 20): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const until_recorder = async (holds: (state: RecorderState) => boolean, since = 0): Promise<RecorderState> => (await bench.until('on_recorder', holds, since))[0];
const now = (): RecorderState => {
  const last = bench.told.findLast(({ event }) => event === 'on_recorder');
  return (last?.values[0] ?? {}) as RecorderState;
};

test('problems: the gravest that still holds is told', () => {
  const problems = new Problems();
  problems.set('stalled', 'Nothing arrives.');
  problems.set('muted', 'Muted.');
  assert.equal(problems.gravest, 'Muted.');
  problems.set('store', 'Full.');
  assert.equal(problems.gravest, 'Full.');
  problems.set('store', '');
  assert.equal(problems.gravest, 'Muted.');
  problems.set('muted', '');
  problems.set('stalled', '');
  assert.equal(problems.gravest, '');
});

test('trouble: a microphone that is taken away pauses the visit and is said, and Continue asks for another', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(1);
  browser.tracks[0]?.lose();
  assert.equal(now().status, RecorderStatus.paused);
  assert.match(now().failure, /unplugged.*press Continue/);
  const since = bench.told.length;
  bench.page.continue_recording();
  const again = await until_recorder(({ status }) => status === RecorderStatus.recording, since);
  assert.equal(again.failure, '');
  assert.equal(browser.open_microphones, 1);
  bench.speak(1);
  await bench.finish();
  assert.equal((await bench.load()).summary.audio_ms, 2000);
});

test('trouble: a microphone that was lost before the recording ran is noticed', async () => {
  bench = await HostBench.open();
  let give = (): void => undefined;
  bench.store.before = (verb) => (verb === 'recording_begin' ? new Promise((resolve) => (give = resolve)) : undefined);
  bench.page.start_recording(VISIT, CONSENT, '');
  while (!bench.store.asked.includes('recording_begin')) await nap(5);
  browser.tracks[0]?.lose();
  give();
  const paused = await until_recorder(({ status }) => status === RecorderStatus.paused);
  assert.match(paused.failure, /unplugged/);
  await bench.finish();
});

test('trouble: what is muted is said from the start and under whatever else is wrong, until it is not', async () => {
  bench = await HostBench.open();
  await bench.record();
  browser.tracks[0]?.mute(true);
  assert.match(now().failure, /muted/);
  const [context] = browser.contexts;
  assert.ok(context);
  context.resumes = 'never';
  context.change_to('interrupted');
  assert.match(now().failure, /device stopped the microphone/);
  context.resumes = 'at once';
  Object.assign(document, { hidden: false });
  document.dispatchEvent(new Event('visibilitychange')); // seen again
  await nap();
  assert.match(now().failure, /muted/);
  browser.tracks[0]?.mute(false);
  assert.equal(now().failure, '');
  await bench.finish();
});

test('trouble: a device that is full is said while it is, over a lost microphone too, and costs no sound', async () => {
  bench = await HostBench.open();
  await bench.record();
  const audio = [...bench.root.at('practice', 'audio').files.values()][0];
  assert.ok(audio);
  audio.capacity = 0;
  bench.speak(1);
  await until_recorder(({ failure }) => /out of space/.test(failure));
  browser.tracks[0]?.lose();
  assert.match(now().failure, /out of space/);
  audio.capacity = Number.POSITIVE_INFINITY;
  const told = await until_recorder(({ failure, saved_ms }) => /unplugged/.test(failure) && saved_ms === 1000);
  assert.equal(told.status, RecorderStatus.paused);
  await bench.finish();
  assert.equal((await bench.load()).summary.audio_ms, 1000);
});

test('trouble: a visit is finished while the browser still asks for another microphone', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(2);
  browser.tracks[0]?.lose();
  let answer = (): void => undefined;
  browser.asks = new Promise((resolve) => (answer = resolve));
  bench.page.continue_recording();
  await nap();
  await bench.finish();
  assert.equal((await bench.load()).summary.audio_ms, 2000);
  answer();
  await nap();
  assert.equal(browser.open_microphones, 0);
});

test('trouble: a visit is finished while its audio does not start again', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(1);
  bench.page.pause_recording();
  const [context] = browser.contexts;
  assert.ok(context);
  context.resumes = 'never';
  context.change_to('suspended');
  bench.page.continue_recording();
  await nap();
  await bench.finish();
  assert.equal((await bench.load()).summary.audio_ms, 1000);
});

test('trouble: giving up while the browser asks gives a microphone that comes later back', async () => {
  bench = await HostBench.open();
  let answer = (): void => undefined;
  browser.asks = new Promise((resolve) => (answer = resolve));
  bench.page.start_recording(VISIT, CONSENT, '');
  await nap();
  bench.page.finish_recording();
  assert.equal(now().status, RecorderStatus.idle);
  answer();
  await nap();
  assert.equal(browser.open_microphones, 0);
});

test('trouble: taps on pause and continue in any haste end as the last one says, with what was spoken between', async () => {
  bench = await HostBench.open();
  await bench.record();
  for (let i = 0; i < 20; i += 1) {
    if (now().status === RecorderStatus.recording) {
      bench.speak(0.1);
      bench.page.pause_recording();
    } else {
      bench.page.continue_recording();
      bench.page.continue_recording();
    }
    await nap(i % 3);
  }
  if (now().status === RecorderStatus.paused) bench.page.continue_recording();
  await nap(100);
  assert.equal(now().status, RecorderStatus.recording);
  const spoken_ms = now().elapsed_ms;
  await bench.finish();
  assert.ok(spoken_ms > 500);
  assert.equal((await bench.load()).summary.audio_ms, spoken_ms);
  assert.deepEqual(bench.notices().filter((text) => /wrong|No recording/.test(text)), []);
});

test('trouble: another visit is refused while one is being written, and the screen is told which one runs', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(1);
  let release = (): void => undefined;
  bench.store.before = (verb) => (verb === 'recording_end' ? new Promise((resolve) => (release = resolve)) : undefined);
  const finished = bench.finish();
  await nap();
  const since = bench.told.length;
  bench.page.start_recording({ ...VISIT, id: 'v2', patient: { ...VISIT.patient, id: 'p2' } }, { ...CONSENT, visit_id: 'v2' }, '');
  await bench.until('on_notice', (text) => /Finish it first/.test(text), since);
  assert.deepEqual([now().status, now().visit_id], [RecorderStatus.finishing, 'v1']);
  bench.store.before = undefined;
  release();
  await finished;
  await bench.record({ ...VISIT, id: 'v2', patient: { ...VISIT.patient, id: 'p2' } });
});

test('trouble: after a note that failed the next visit can be recorded at once', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(1);
  await bench.hear(1, 0, 900, 'Knee pain');
  bench.engine.write_fails = true;
  const since = bench.told.length;
  bench.store.before = (verb) => (verb === 'list_visits' ? nap(200) : undefined);
  bench.page.finish_recording();
  await bench.until('on_note_failed', () => true, since);
  bench.store.before = undefined;
  await bench.record({ ...VISIT, id: 'v2', patient: { ...VISIT.patient, id: 'p2' } });
});

test('trouble: a lock is refused while a visit is recorded, paused or being asked for', async () => {
  bench = await HostBench.open();
  let answer = (): void => undefined;
  browser.asks = new Promise((resolve) => (answer = resolve));
  bench.page.start_recording(VISIT, CONSENT, '');
  bench.page.lock();
  await bench.until('on_notice', (text) => /Finish it, then lock/.test(text));
  answer();
  await until_recorder(({ status }) => status === RecorderStatus.recording);
  bench.page.pause_recording();
  bench.page.lock();
  await nap();
  assert.equal(bench.count('on_locked'), 0);
  await bench.finish();
});

test('trouble: when the store stops in the middle, what was acknowledged is there and the visit is taken up again', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(2);
  await until_recorder(({ saved_ms }) => saved_ms === 2000);
  const left = bench.root.copy();
  bench.store.crash();
  assert.equal(now().status, RecorderStatus.failed);
  assert.match(now().failure, /What was saved is safe/);
  assert.equal(browser.open_microphones, 0);
  const after = await HostBench.open({ root: left });
  await bench.close();
  bench = after;
  assert.deepEqual([(await bench.load()).summary.interrupted, (await bench.load()).summary.audio_ms], [true, 2000]);
  await bench.resume();
  bench.speak(1);
  await bench.finish();
  assert.equal((await bench.load()).summary.audio_ms, 3000);
});

test('trouble: an interrupted visit that is taken up and given up at once is offered again', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(1);
  await until_recorder(({ saved_ms }) => saved_ms === 1000);
  const after = await HostBench.open({ root: bench.root.copy() });
  await bench.close();
  bench = after;
  browser.source_refused = true; // fails after the recording was entered
  browser.rings.length = 0;
  const { summary } = await bench.load();
  bench.page.resume_recording(summary, '');
  await until_recorder(({ status }) => status === RecorderStatus.failed);
  assert.equal((await bench.load()).summary.interrupted, true);
  assert.equal((await bench.load()).summary.audio_ms, 1000);
});

test('trouble: a visit whose words are being listened to is recorded further, and hears nothing twice', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(4);
  await bench.hear(1, 0, 900, 'Before');
  await until_recorder(({ saved_ms }) => saved_ms === 4000);
  const after = await HostBench.open({ root: bench.root.copy() });
  await bench.close();
  bench = after;
  bench.engine.before_hearing = (signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new CallError({ code: 'cancelled', message: 'Cancelled.', detail: '' })));
    });
  bench.page.transcribe_stored((await bench.load()).summary);
  while (!bench.engine.hearing) await nap(5);
  bench.engine.before_hearing = undefined;
  await bench.resume();
  assert.equal(bench.engine.live?.start_ms, 4000, 'it is listened to as it is spoken');
  bench.speak(1);
  await bench.hear(2, 4000, 4900, 'After');
  await bench.finish();
  assert.deepEqual(bench.engine.reheard, [{ start_ms: 900, end_ms: 4000 }]);
  assert.deepEqual(await bench.sentences(), ['Before.', 'Heard again from 1.', 'After.']);
});

test('trouble: captions begin when another visit is no longer listened to', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(2);
  await until_recorder(({ saved_ms }) => saved_ms === 2000);
  const after = await HostBench.open({ root: bench.root.copy() });
  await bench.close();
  bench = after;
  let done = (): void => undefined;
  bench.engine.before_hearing = () => new Promise((resolve) => (done = resolve));
  bench.page.transcribe_stored((await bench.load()).summary);
  while (!bench.engine.hearing) await nap(5);
  await bench.record({ ...VISIT, id: 'v2', patient: { ...VISIT.patient, id: 'p2' } });
  assert.deepEqual([bench.engine.live], [undefined]);
  bench.speak(1);
  done();
  while (!bench.engine.live) await nap(5);
  assert.equal(bench.engine.live.start_ms, 1000);
  bench.engine.before_hearing = undefined;
  await bench.finish();
  assert.deepEqual(bench.engine.reheard.at(-1), { start_ms: 0, end_ms: 1000 });
});

test('trouble: captions that come back in the moment of the finish do not stand in the way of the note', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(3);
  await bench.hear(1, 0, 1000, 'Before');
  bench.engine.stop();
  bench.inference.crash();
  let begin = (): void => undefined;
  bench.inference.before = (verb) => (verb === 'start_live' ? new Promise((resolve) => (begin = resolve)) : undefined);
  while (bench.inference.asked.filter((verb) => verb === 'start_live').length < 2) await nap(5);
  const finished = bench.finish();
  await nap();
  begin();
  await finished;
  assert.equal(bench.engine.live, undefined);
  assert.deepEqual(bench.engine.reheard, [{ start_ms: 1000, end_ms: 3000 }]);
});

test('trouble: a hidden page goes on recording, and takes the screen lock and the audio up again when it is seen', async () => {
  bench = await HostBench.open();
  await bench.record();
  Object.assign(document, { hidden: true });
  document.dispatchEvent(new Event('visibilitychange'));
  const [context] = browser.contexts;
  assert.ok(context);
  context.change_to('interrupted'); // not taken up while nobody sees it
  assert.match(now().failure, /Come back to this page/);
  bench.speak(60);
  Object.assign(document, { hidden: false });
  document.dispatchEvent(new Event('visibilitychange'));
  await nap();
  assert.equal(now().failure, '');
  await bench.finish();
  assert.equal((await bench.load()).summary.audio_ms, 60_000);
});

test('microphones: the list follows what is plugged in, and a chosen one that is gone is replaced and said', async () => {
  bench = await HostBench.open();
  browser.devices = [
    { kind: 'audioinput', deviceId: 'usb', label: 'USB microphone' },
    { kind: 'audiooutput', deviceId: 'loud', label: 'Loudspeaker' },
    { kind: 'audioinput', deviceId: 'built-in', label: 'Built-in' },
  ];
  let since = bench.told.length;
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  const [both] = await bench.until('on_devices', (devices) => devices.length === 2, since);
  assert.deepEqual(both, [{ id: 'usb', label: 'USB microphone' }, { id: 'built-in', label: 'Built-in' }]);
  browser.devices.shift();
  since = bench.told.length;
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  await bench.until('on_devices', (devices) => devices.length === 1, since);
  bench.page.start_recording(VISIT, CONSENT, 'usb');
  await until_recorder(({ status }) => status === RecorderStatus.recording, since);
  await bench.until('on_notice', (text) => /not connected.*recorded with “Built-in”/.test(text), since);
  await bench.finish();
});

test('note: what is written while a visit is recorded is there after a cut, and is written on when it is finished', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(1);
  await bench.hear(1, 0, 900, 'Knee pain');
  const since = bench.told.length;
  await bench.until('on_note', () => true, since);
  await until_recorder(({ saved_ms }) => saved_ms === 1000);
  const after = await HostBench.open({ root: bench.root.copy() });
  await bench.close();
  bench = after;
  assert.deepEqual(await bench.sentences(), ['Knee pain.']);
  const { summary } = await bench.load();
  assert.equal(summary.interrupted, true);
  await bench.resume();
  bench.speak(1);
  await bench.hear(2, 1000, 1900, 'It swells');
  await bench.finish();
  assert.deepEqual(await bench.sentences(), ['Knee pain.', 'It swells.']);
});

/** A page that finds the practice in another tab. */
async function turned_away(): Promise<{ free: () => void }> {
  let is_elsewhere = true;
  let held = (): void => undefined;
  bench = await HostBench.open();
  const busy = (): CallError => new CallError({ code: 'busy', message: 'Open in another tab.', detail: '' });
  bench.store.before = (verb) => (verb === 'status' && is_elsewhere ? Promise.reject(busy()) : undefined);
  Object.assign(navigator, { locks: { request: (_name: string, then: () => void) => new Promise<void>((resolve) => (held = resolve)).then(then) } });
  const since = bench.told.length;
  bench.page.lock(); // looks at the store anew
  await bench.until('on_blocked', (title) => /another tab/.test(title), since);
  return {
    free: () => {
      is_elsewhere = false;
      held();
    },
  };
}
const hear_from_other_tab = (data: unknown): void => void bench.tabs.onmessage?.({ data } as MessageEvent);

test('tab: one that finds the practice open elsewhere goes on by itself when it is free', async () => {
  const { free } = await turned_away();
  const since = bench.told.length;
  free();
  await bench.until('on_store_status', (exists) => exists, since);
  bench.page.try_again(); // told of something else: a page that is damaged or was reset
  assert.equal(browser.reloads, 1);
  bench.page.unlock_practice(PASSPHRASE);
  await bench.until('on_opened', () => true, since);
});

test('tab: one that asks for the practice shows why it does not get it, and goes on when it does', async () => {
  const { free } = await turned_away();
  let since = bench.told.length;
  bench.page.try_again();
  await bench.until('on_blocked', (_title, text) => /^Asking/.test(text), since);
  const question = bench.tabs.said.at(-1);
  assert.equal(question?.kind, 'ask');
  hear_from_other_tab({ kind: 'give', id: 'the answer to another question' });
  hear_from_other_tab('no message of ours');
  hear_from_other_tab({ kind: 'refuse', id: question?.id, why: 'A visit is being recorded there.' });
  await bench.until('on_blocked', (_title, text) => text === 'A visit is being recorded there.', since);
  assert.equal(browser.reloads, 0);
  since = bench.told.length;
  bench.page.try_again();
  free();
  hear_from_other_tab({ kind: 'give', id: bench.tabs.said.at(-1)?.id });
  await bench.until('on_store_status', (exists) => exists, since);
  hear_from_other_tab({ kind: 'ask', id: 'a' }); // it has the practice now, and is asked in turn
  await bench.until('on_blocked', (_title, text) => /saved and locked here/.test(text), since);
});

test('tab: asked for the practice while it records, it refuses and says so in both', async () => {
  bench = await HostBench.open();
  Object.assign(navigator, { locks: { request: () => new Promise<void>(() => undefined) } });
  await bench.record();
  hear_from_other_tab({ kind: 'ask', id: 'a' });
  await bench.until('on_notice', (text) => /asked for the practice/.test(text));
  await bench.until_said('refuse');
  assert.match(bench.tabs.said.at(-1)?.why ?? '', /being recorded in the other tab/);
  bench.speak(1);
  await bench.hear(1, 0, 900, 'Knee pain');
  await bench.finish();
  const since = bench.told.length;
  hear_from_other_tab({ kind: 'ask', id: 'b' });
  await bench.until('on_blocked', (_title, text) => /saved and locked here/.test(text), since);
  await bench.until_said('give');
  assert.equal(bench.tabs.said.at(-1)?.id, 'b');
});

test('trouble: sound that came faster than it could be read is counted, and said with its length', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(300); // nobody reads meanwhile: more than a ring holds
  const [told] = await bench.until('on_recorder', ({ overruns }) => overruns > 0);
  assert.equal(told.overruns, 1);
  await bench.until('on_notice', (text) => /too busy, and \d+\.\d s of audio were lost/.test(text));
  await bench.finish();
});
