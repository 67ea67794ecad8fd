// "Saved" is said of what is committed, and what was typed is kept until it is.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { ApplicationEvents } from '../../web/host/application.ts';
import { Saves } from '../../web/host/saves.ts';
import { CallError } from '../../web/protocol/call.ts';
import type { Note } from '../../web/protocol/shapes.ts';
import { HostBench, heard_segment, PASSPHRASE } from './host_bench.ts';

const full = (): CallError => new CallError({ code: 'out_of_space', message: 'Full.', detail: '' });
const note = (text: string): Note => ({
  sections: [{ id: 'subjective', title: 'Subjective', sentences: [{ id: 'h1', text, evidence: [], start_ms: 0, end_ms: 0, flags: [], origin: 2, drafted_text: '' }] }],
  omissions: [],
});

function made_saves(): { saves: Saves; told: string[] } {
  const told: string[] = [];
  const application = {
    on_saved: (visit_id: string, at_ms: number) => told.push(`saved ${visit_id} ${at_ms}`),
    on_save_failed: (message: string) => told.push(message),
  } as unknown as ApplicationEvents;
  return { saves: new Saves(application, 10), told };
}
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test('saves: nothing is called saved before its commit, nor while more of the visit is under way', async () => {
  const { saves, told } = made_saves();
  let commit = (): void => undefined;
  saves.keep('note', 'v1', () => new Promise((resolve) => (commit = () => resolve({ saved_at_ms: 7 }))));
  void saves.track('v1', Promise.resolve({ saved_at_ms: 5 }));
  saves.keep('s1', 'v1', async () => ({ saved_at_ms: 6 }));
  void saves.track('v2', Promise.resolve({ saved_at_ms: 5 }));
  await settle();
  assert.deepEqual(told, ['saved v2 5']);
  commit();
  await settle();
  assert.deepEqual(told, ['saved v2 5', 'saved v1 7']);
});

test('saves: what is refused is told once, tried again in order, and its newest version is what stays', async () => {
  const { saves, told } = made_saves();
  let is_full = true;
  const done: string[] = [];
  const save = (name: string) => async (): Promise<{ saved_at_ms: number }> => {
    if (is_full) throw full();
    done.push(name);
    return { saved_at_ms: done.length };
  };
  saves.keep('note', 'v1', save('first'), note('first'));
  await settle();
  saves.keep('note', 'v1', save('second'), note('second'));
  saves.keep('visit', 'v1', save('signed'));
  saves.keep('s1', 'v2', save('other'));
  await settle();
  assert.deepEqual(saves.unsaved_note('v1'), note('second'));
  assert.deepEqual(told, ['Full.', 'Full.']); // one a visit
  is_full = false;
  while (saves.waiting) await settle();
  assert.deepEqual(done, ['second', 'signed', 'other']);
  assert.ok(!told.includes('saved v1 1') && told.includes('saved v1 2'));
});

test('saves: a visit that is refused for ever does not hold up another', async () => {
  const { saves } = made_saves();
  saves.keep('note', 'v1', () => Promise.reject(full()));
  await settle();
  let is_saved = false;
  saves.keep('s1', 'v2', async () => {
    is_saved = true;
    return { saved_at_ms: 1 };
  });
  await settle();
  assert.ok(is_saved);
  saves.forget();
});

let bench: HostBench | undefined;
afterEach(() => bench?.close());

test('host: a note that the device did not take is what the visit is opened with, and is saved when there is room', async () => {
  bench = await HostBench.open();
  await bench.record();
  await bench.finish();
  bench.store.before = (verb) => (verb === 'save_note' ? Promise.reject(full()) : undefined);
  bench.page.save_note('v1', note('Typed.'), 'Sentence added');
  await bench.until('on_save_failed');
  const since = bench.told.length;
  bench.page.open_visit('v1');
  const [opened] = await bench.until('on_visit_opened');
  assert.deepEqual(opened.note, note('Typed.'));
  bench.page.lock();
  await bench.until('on_notice', (text) => /could not be saved yet/.test(text), since);
  assert.equal(bench.count('on_locked'), 0);
  bench.store.before = undefined;
  await bench.until('on_saved', () => true, since);
  assert.deepEqual((await bench.load()).note, note('Typed.'));
});

test('host: what is typed while the store stops is saved when the practice is open again', async () => {
  bench = await HostBench.open();
  await bench.record();
  await bench.finish();
  await bench.store.call('close', {});
  bench.page.save_note('v1', note('Typed.'), 'Sentence added');
  await bench.until('on_save_failed');
  bench.page.unlock_practice(PASSPHRASE);
  await bench.until('on_saved', () => true, bench.told.length);
  assert.deepEqual((await bench.load()).note, note('Typed.'));
});

test('host: a page that is hidden has what is being typed saved', async () => {
  bench = await HostBench.open();
  dispatchEvent(new Event('pagehide'));
  assert.equal(bench.count('on_hidden'), 1);
  Object.assign(document, { hidden: true });
  document.dispatchEvent(new Event('visibilitychange'));
  assert.equal(bench.count('on_hidden'), 2);
});

test('host: an edit that is saved while a visit is cut off leaves its audio to be finished', async () => {
  bench = await HostBench.open();
  await bench.record();
  bench.speak(2);
  bench.engine.say(heard_segment(1, 0, 900, 'Knee pain'));
  await bench.until('on_saved', () => true, bench.told.length);
  while ((await bench.store.call('audio_extent', { visit_id: 'v1' })).end_ms < 2000) await settle();
  const after = await HostBench.open({ root: bench.root.copy() });
  await bench.close();
  bench = after;
  await bench.page.save_note('v1', note('Mine.'), 'Sentence added');
  await bench.until('on_saved');
  const { summary } = await bench.load();
  assert.ok(summary.interrupted);
  bench.page.transcribe_stored(summary);
  await bench.until('on_note');
  assert.deepEqual(bench.engine.reheard, [{ start_ms: 900, end_ms: 2000 }]);
  assert.deepEqual(await bench.sentences(), ['Mine.', 'Knee pain.', 'Heard again from 1.']);
});
