// A visit that is cut in the middle by what people do: the page is reloaded, its tab is closed, the browser is closed,
// or killed in the middle of a word. Sound, words and note are there up to the last second, and it goes on from there.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RecorderStatus, VisitState, type Note } from '../../web/host/application.ts';
import type { PageState } from '../../web/host/inspection.ts';
import { Browser, Driver, fresh_profile, serve_site, type Site } from './harness.ts';
import { microphone_of } from './sound.ts';
import { create_practice, start_recording, type_after_sentence, unlock_practice, visit_named } from './steps.ts';

const NAME = 'C. Cut';
const MOST_LOST_MS = 1000;

let site: Site;
let browser: Browser;
let driver: Driver;
const profile = fresh_profile();
const microphone = microphone_of('headache', 45);
let visit_id = '';

async function start_browser(): Promise<void> {
  browser = await Browser.open({ profile, microphone: microphone.path, viewport: { width: 1180, height: 820 } });
  driver = new Driver(browser.page);
  await driver.open(site.url);
}
before(async () => {
  site = await serve_site();
  await start_browser();
  await create_practice(driver);
  await driver.until('the models are loaded', (state) => state.models_ready);
});
after(async () => {
  await browser.close();
  site.close();
});

const texts = (note: Note | undefined): string[] => (note?.sections ?? []).flatMap((section) => section.sentences.map(({ text }) => text));
const elapsed_ms = (state: PageState): number => state.recorder?.elapsed_ms ?? 0;

/** Looks at the visit as the practice is opened again; `last` is what the page said last before the cut. */
async function found_again(last: PageState): Promise<number> {
  await unlock_practice(driver);
  const state = await driver.until('the visit is listed', (now) => visit_named(now, NAME) !== undefined);
  const visit = visit_named(state, NAME);
  assert.ok(visit?.interrupted, 'it is interrupted');
  assert.ok(visit.audio_ms >= (last.recorder?.saved_ms ?? 0), 'every second that was called saved is there');
  await driver.appears(`visit.resume.${visit_id}`);
  await driver.appears(`visit.finish.${visit_id}`);
  return elapsed_ms(last) - visit.audio_ms;
}

async function resume(): Promise<PageState> {
  await driver.until('the models are loaded', (state) => state.models_ready);
  await driver.tap(`visit.resume.${visit_id}`);
  return driver.until('the recording goes on', (state) => state.recorder?.status === RecorderStatus.recording);
}

test('cut: a reload in the middle of a visit keeps its sound, its words and its note', async (t) => {
  const started = await start_recording(driver, { name: NAME });
  visit_id = started.recorder?.visit_id ?? '';
  await driver.until('a note is written while it is spoken', (state) => texts(state.notes[visit_id]).length > 0);
  const from_ms = elapsed_ms(await driver.state());
  const last = await driver.until('it goes on', (state) => elapsed_ms(state) > from_ms + 2300);
  await driver.reload();
  const lost_ms = await found_again(last);
  t.diagnostic(`sound behind the last moment that was seen: ${Math.round(lost_ms)} ms`);
  assert.ok(lost_ms <= MOST_LOST_MS, `${lost_ms} ms are missing`);
  await driver.tap(`visit.${visit_id}`);
  const opened = await driver.until('it is opened', (state) => state.visit?.summary.id === visit_id);
  const words = (state: PageState): string => (state.segments[visit_id] ?? []).map(({ text }) => text).join(' ');
  assert.ok(words(opened).length > 0 && words(opened).startsWith(words(last)), 'every word that was shown is there');
  assert.ok(texts(opened.visit?.note).length >= texts(last.notes[visit_id]).length, 'the note is there');
});

test('cut: a closed tab in the middle of it keeps what was said since', async (t) => {
  await driver.tap('rail.today');
  const resumed = await resume();
  const from_ms = elapsed_ms(resumed);
  const last = await driver.until('more is spoken', (state) => elapsed_ms(state) > from_ms + 2700);
  const next = await browser.context.newPage();
  await driver.page.close();
  driver = new Driver(next);
  await driver.open(site.url);
  const lost_ms = await found_again(last);
  t.diagnostic(`sound behind the last moment that was seen: ${Math.round(lost_ms)} ms`);
  assert.ok(lost_ms <= MOST_LOST_MS, `${lost_ms} ms are missing`);
});

test('cut: a closed browser too, and the note is then written of all of it', async (t) => {
  const resumed = await resume();
  const from_ms = elapsed_ms(resumed);
  const last = await driver.until('more is spoken', (state) => elapsed_ms(state) > from_ms + 2900);
  await browser.close();
  await start_browser();
  const lost_ms = await found_again(last);
  t.diagnostic(`sound behind the last moment that was seen: ${Math.round(lost_ms)} ms`);
  assert.ok(lost_ms <= MOST_LOST_MS, `${lost_ms} ms are missing`);
  await driver.until('the models are loaded', (state) => state.models_ready);
  await driver.tap(`visit.finish.${visit_id}`);
  const done = await driver.until('the note is written', (state) => visit_named(state, NAME)?.state === VisitState.draft);
  assert.ok(texts(done.notes[visit_id]).length > 0);
  assert.equal(visit_named(done, NAME)?.interrupted, false);
  await driver.idle();
});

async function open_note(): Promise<PageState> {
  await unlock_practice(driver);
  await driver.tap('rail.notes');
  await driver.tap(`note.${visit_id}`);
  return driver.until('the note is opened', (state) => state.visit?.summary.id === visit_id);
}

const type_at_the_end = (text: string): Promise<void> => type_after_sentence(driver, /^sentence\.\w+(\+0)?$/, text);

test('cut: what is typed is saved within the second, field and keyboard open, and is there after a kill', async (t) => {
  const before_ms = (await driver.state()).saved_at_ms[visit_id] ?? 0;
  const started = Date.now();
  await type_at_the_end(' First words.');
  await driver.until('it is saved while the field is open', (state) => (state.saved_at_ms[visit_id] ?? 0) > before_ms);
  t.diagnostic(`saved ${Date.now() - started} ms after the tap on the sentence`);
  await driver.page.keyboard.insertText(' And the tail.');
  await browser.kill();
  await start_browser();
  const found = texts((await open_note()).visit?.note).find((text) => text.includes('First words.'));
  assert.ok(found, 'what was called saved is there');
  t.diagnostic(`the tail, typed in the moment of the kill, is ${found.includes('tail') ? 'there' : 'not there'}`);
});

test('cut: an edit that was taken back stays taken back after a reload', async () => {
  await driver.until('the note is there', (state) => state.visit?.summary.id === visit_id);
  const original = texts((await driver.state()).visit?.note);
  let before_ms = (await driver.state()).saved_at_ms[visit_id] ?? 0;
  await type_at_the_end(' Not meant.');
  await driver.tap('edit.done');
  await driver.until('the edit is saved', (state) => (state.saved_at_ms[visit_id] ?? 0) > before_ms);
  before_ms = (await driver.state()).saved_at_ms[visit_id] ?? 0;
  await driver.tap('review.undo');
  await driver.until('taking it back is saved', (state) => (state.saved_at_ms[visit_id] ?? 0) > before_ms);
  await driver.reload();
  assert.deepEqual(texts((await open_note()).visit?.note), original);
  assert.equal((await driver.element('review.undo')).enabled, false, 'there is nothing to take back in this sitting');
});
