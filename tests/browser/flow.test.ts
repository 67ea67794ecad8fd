// The main job from the first screen to a kill -9, with a made visit as the microphone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SampleCut } from '../../tools/samples/cut.mjs';
import { Origin, RecorderStatus, Role, VisitState, type Sentence } from '../../web/host/application.ts';
import type { PageState } from '../../web/host/inspection.ts';
import { Browser, Driver, fresh_profile, serve_site, type Site } from './harness.ts';
import { microphone_of, script_of } from './sound.ts';
import { word_error } from '../../tools/samples/words.mjs';
import { create_practice, finish_recording, start_recording, unlock_practice, visit_named } from './steps.ts';

const MOST_WORD_ERROR = 0.3;
const FIRST = { name: 'R. Alvarez', age: '58', pronouns: 'she', reason: 'Knee pain' } as const;
const SECOND = { name: 'M. Chen', age: '63', pronouns: 'he', reason: 'Diabetes' } as const;

let site: Site;
let browser: Browser;
let driver: Driver;
let cut: SampleCut;
const profile = fresh_profile();
const foreign: string[] = [];
let first_id = '';
let typed_text = '';

async function start_browser(): Promise<void> {
  browser = await Browser.open({ profile, microphone: cut.path });
  driver = new Driver(browser.page);
}

function sentences_of(state: PageState, visit_id: string): Sentence[] {
  return (state.notes[visit_id]?.sections ?? []).flatMap((section) => section.sentences);
}

before(async () => {
  cut = microphone_of('knee_pain', 45);
  site = await serve_site();
  await start_browser();
});
after(async () => {
  await browser.close();
  site.close();
});

test('flow: the first screen makes a practice', async () => {
  await driver.open(site.url);
  assert.equal(await driver.message_state(), undefined);
  await create_practice(driver);
  await driver.until('the models are loaded', (state) => state.models_ready);
});

test('flow: consent, then the microphone, then captions while the visit is spoken', async () => {
  const started = await start_recording(driver, FIRST);
  first_id = started.recorder?.visit_id ?? '';
  assert.notEqual(first_id, '');
  assert.ok((started.saved_at_ms[first_id] ?? 0) > 0, 'the consent was committed before the recording ran');
  await driver.until('a caption appears while words are spoken', (state) => state.partial !== '');
  await driver.until('a first segment is final', (state) => (state.segments[first_id]?.length ?? 0) > 0);
  const spoken = await driver.until('the visit was spoken', (state) => (state.recorder?.elapsed_ms ?? 0) > cut.duration_ms);
  assert.equal(spoken.recorder?.overruns, 0);
  const behind_ms = (spoken.recorder?.elapsed_ms ?? 0) - (spoken.recorder?.saved_ms ?? 0);
  assert.ok(behind_ms < 2500, `audio is saved while it is recorded, ${Math.round(behind_ms)} ms behind`);
});

test('flow: finishing writes a note in which every sentence rests on what was said', async (t) => {
  const state = await finish_recording(driver);
  const segments = state.segments[first_id] ?? [];
  const { rate, words } = word_error(script_of(cut), segments.map((segment) => segment.text).join(' '));
  t.diagnostic(`word error against the script: ${(100 * rate).toFixed(1)} % of ${words} words`);
  assert.ok(rate < MOST_WORD_ERROR, `word error ${rate}`);
  assert.ok(segments.some((segment) => segment.role === Role.doctor) && segments.some((segment) => segment.role === Role.patient));

  const sentences = sentences_of(state, first_id);
  t.diagnostic(`note: ${sentences.map((sentence) => sentence.text).join(' ')}`);
  assert.ok(sentences.length > 0, 'a note was written');
  for (const sentence of sentences) {
    assert.ok(sentence.evidence.length > 0 && sentence.end_ms > sentence.start_ms, `"${sentence.text}" rests on audio`);
  }
  assert.equal(visit_named(state, FIRST.name)?.state, VisitState.draft);
});

test('flow: a tapped sentence plays its seconds of the visit', async () => {
  const before_tap = await driver.state();
  const sentence = sentences_of(before_tap, first_id)[0] as Sentence;
  await driver.tap(new RegExp(`^sentence\\.${sentence.id}(\\+0)?$`));
  const playing = await driver.until('audio plays', (state) => state.plays > before_tap.plays && state.playback?.playing === true);
  assert.equal(playing.playback?.end_ms, sentence.end_ms);
  await driver.until('the position moves', (state) => (state.playback?.position_ms ?? 0) > sentence.start_ms + 200);
  await driver.until('playback ends by itself', (state) => state.playback?.playing === false);
});

test('flow: a sentence is edited in a native text field: typed é, pasted words, undo', async () => {
  await driver.tap('sentence.edit');
  const field = driver.page.locator('textarea:visible');
  await field.waitFor();
  const drafted = await field.inputValue();
  assert.ok(await field.evaluate((element) => element === document.activeElement), 'the field has the focus');

  // What is typed is saved within the second, so perhaps before "Done".
  const saved_before = (await driver.state()).saved_at_ms[first_id] ?? 0;
  await driver.page.keyboard.press('Control+End');
  await driver.page.keyboard.type(' Caf');
  await driver.page.keyboard.insertText('é'); // as an input method does: no key says it
  await driver.page.evaluate(() => navigator.clipboard.writeText(' naïve'));
  await driver.page.keyboard.press('Control+V');
  assert.equal(await field.inputValue(), `${drafted} Café naïve`);
  await driver.page.keyboard.press('Control+Z');
  assert.equal(await field.inputValue(), `${drafted} Café`);
  typed_text = `${drafted} Café`;

  await driver.tap('edit.done');
  await driver.until('the edit is saved', (state) => (state.saved_at_ms[first_id] ?? 0) > saved_before);
  await driver.idle();
});

test('flow: a reload keeps everything, behind the passphrase', async () => {
  const heard = (await driver.state()).segments[first_id] ?? [];
  await driver.reload();
  await unlock_practice(driver);
  await driver.tap('rail.notes');
  await driver.tap(`note.${first_id}`);
  const state = await driver.until('the visit is loaded', (now) => now.visit?.summary.id === first_id);
  assert.equal(state.segments[first_id]?.map((segment) => segment.text).join('|'), heard.map((segment) => segment.text).join('|'));
  const edited = sentences_of(state, first_id).find((sentence) => sentence.text === typed_text);
  assert.equal(edited?.origin, Origin.edited);
  assert.ok((visit_named(state, FIRST.name)?.audio_ms ?? 0) >= cut.duration_ms);
});

test('flow: kill -9 in the middle of a recording loses at most the last second of audio', async (t) => {
  await driver.tap('rail.today');
  const started = await start_recording(driver, SECOND);
  const visit_id = started.recorder?.visit_id ?? '';
  const heard = await driver.until('words are heard', (state) => (state.segments[visit_id]?.length ?? 0) > 0);
  const from_ms = heard.recorder?.elapsed_ms ?? 0;
  const last = await driver.until('some seconds more', (state) => (state.recorder?.elapsed_ms ?? 0) > from_ms + 3000);
  foreign.push(...browser.foreign_requests(site));
  await browser.kill();

  await start_browser();
  await driver.open(site.url);
  await unlock_practice(driver);
  const state = await driver.until('the visit is listed', (now) => visit_named(now, SECOND.name) !== undefined);
  const visit = visit_named(state, SECOND.name);
  assert.equal(visit?.interrupted, true);
  assert.ok((visit?.audio_ms ?? 0) >= (last.recorder?.saved_ms ?? 0), 'every second that was called saved is there');
  const lost_ms = (last.recorder?.elapsed_ms ?? 0) - (visit?.audio_ms ?? 0);
  t.diagnostic(`audio behind the last second that was seen: ${Math.round(lost_ms)} ms`);
  assert.ok(lost_ms <= 1500, `${lost_ms} ms are missing`);
});

test('flow: the interrupted visit is offered, goes on after its stored audio, and is finished', async () => {
  await driver.until('the models are loaded', (state) => state.models_ready);
  const visit = visit_named(await driver.state(), SECOND.name);
  assert.ok(visit);
  await driver.tap(`visit.resume.${visit.id}`);
  const resumed = await driver.until('the recording goes on', (state) => state.recorder?.status === RecorderStatus.recording);
  assert.ok((resumed.recorder?.elapsed_ms ?? 0) >= visit.audio_ms, 'time goes on where the stored audio ends');
  await driver.until('more is spoken', (state) => (state.recorder?.elapsed_ms ?? 0) > visit.audio_ms + 4000);
  const state = await finish_recording(driver);
  const after = visit_named(state, SECOND.name);
  assert.equal(after?.interrupted, false);
  assert.equal(after?.state, VisitState.draft);
  assert.ok((after?.audio_ms ?? 0) > visit.audio_ms + 3000);
  const starts = (state.segments[visit.id] ?? []).map((segment) => segment.start_ms);
  assert.deepEqual(starts, [...starts].sort((a, b) => a - b), 'segments are in the order they were spoken');
});

test('silence: the whole flow asked nothing of another origin', async () => {
  foreign.push(...browser.foreign_requests(site));
  assert.deepEqual(foreign, []);
  assert.equal((await driver.state()).bytes_sent, 0);
  assert.deepEqual(browser.errors, []);
});

test('silence: a page that does ask another origin is seen', async () => {
  const page = await browser.context.newPage();
  await page.goto('data:text/html,<img src="http://elsewhere.test/pixel">');
  await page.close();
  const seen = browser.foreign_requests(site);
  assert.ok(seen.includes('http://elsewhere.test/pixel'), 'by the page');
  assert.ok(seen.includes('GET http://elsewhere.test/pixel'), 'by the way out');
});
