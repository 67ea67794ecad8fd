// The demo with made-up patients, as someone sees it who has never seen Chartside: no passphrase, no microphone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sampleTurns } from '../../tools/samples/cut.mjs';
import { Role, VisitState, type Sentence } from '../../web/host/application.ts';
import { Browser, Driver, serve_site, type Site } from './harness.ts';
import { word_error } from '../../tools/samples/words.mjs';

const SAMPLE = 'knee_pain';
const VISIT = `made-up-${SAMPLE}`;
const MOST_WORD_ERROR = 0.2;

let site: Site;
let browser: Browser;
let driver: Driver;
let first_sentence: Sentence;
before(async () => {
  site = await serve_site();
  browser = await Browser.open();
  driver = new Driver(browser.page);
});
after(async () => {
  await browser.close();
  site.close();
});

test('demo: one tap on the first screen opens a day of made-up patients with their sound', async () => {
  await driver.open(site.url);
  await driver.until('the store answers', (state) => !state.practice_exists && state.open === 'none');
  await driver.tap('welcome.demo');
  const state = await driver.until('the visits have their sound', (now) => now.visits.length === 3 && now.visits.every((visit) => visit.audio_ms > 0));
  assert.equal(state.open, 'demo');
  assert.ok(state.visits.every((visit) => visit.demo), 'each is marked as made up');
});

test('demo: a tapped patient is heard and written, every sentence with its words and seconds', async (t) => {
  await driver.until('the models are loaded', (state) => state.models_ready);
  await driver.tap(`visit.${VISIT}`);
  await driver.until('it is being heard', (state) => state.transcription?.active === true && state.transcription.visit_id === VISIT);
  await driver.idle();
  const state = await driver.state();
  assert.equal(state.transcription?.failure, '');
  assert.equal(state.visits.find((visit) => visit.id === VISIT)?.state, VisitState.draft);

  const segments = state.segments[VISIT] ?? [];
  const script = sampleTurns(SAMPLE).map((turn) => turn.text).join(' ');
  const { rate, words } = word_error(script, segments.map((segment) => segment.text).join(' '));
  t.diagnostic(`word error ${(100 * rate).toFixed(1)} % of ${words} words`);
  assert.ok(rate < MOST_WORD_ERROR, `word error ${rate}`);
  for (const role of [Role.doctor, Role.patient]) assert.ok(segments.some((segment) => segment.role === role));

  const sentences = (state.notes[VISIT]?.sections ?? []).flatMap((section) => section.sentences);
  assert.ok(sentences.length >= 5, `a note of ${sentences.length} sentences`);
  for (const sentence of sentences) {
    assert.ok(sentence.evidence.length > 0 && sentence.end_ms > sentence.start_ms, `"${sentence.text}" rests on audio`);
  }
  first_sentence = sentences[0] as Sentence;
});

test('demo: a tapped sentence plays its seconds', async () => {
  const { plays } = await driver.state();
  await driver.tap(new RegExp(`^sentence\\.${first_sentence.id}(\\+0)?$`));
  const state = await driver.until('audio plays', (now) => now.plays > plays && now.playback?.playing === true);
  assert.equal(state.playback?.end_ms, first_sentence.end_ms);
  await driver.until('playback ends by itself', (now) => now.playback?.playing === false);
});

test('demo: the words that it rests on light up, and a tapped word plays from there', async () => {
  const { evidence } = first_sentence;
  const words = (await driver.elements()).filter((element) => element.visible && element.id.startsWith('word.'));
  const lit = words.filter((element) => element.selected);
  assert.ok(lit.length > 0 && lit.length < words.length);
  assert.ok(lit.every(({ id }) => evidence.some(({ segment_id }) => id.startsWith(`word.${segment_id}.`))));

  const before_tap = await driver.state();
  const [, segment_id, index] = (lit.at(-1) as { id: string }).id.split('.');
  const word = before_tap.segments[VISIT]?.find((segment) => segment.id === segment_id)?.words[Number(index)];
  assert.ok(word);
  await driver.tap(`word.${segment_id}.${index}`);
  const playing = await driver.until('audio plays', (now) => now.plays > before_tap.plays && now.playback?.playing === true);
  assert.ok(Math.abs((playing.playback?.position_ms ?? 0) - word.start_ms) < 1000, `at ${playing.playback?.position_ms}, the word is at ${word.start_ms}`);
  await driver.page.keyboard.press('Escape');
  await driver.until('it is stopped', (now) => now.playback?.playing === false);
});

test('demo: locked, it leaves the first screen as it was; opened again, nobody is there twice', async () => {
  await driver.tap('rail.lock');
  const locked = await driver.until('it is locked', (state) => state.open === 'none');
  assert.equal(locked.practice_exists, false);
  await driver.tap('welcome.demo');
  const state = await driver.until('it opens', (now) => now.open === 'demo' && now.visits.length > 0 && now.visits.every((visit) => visit.audio_ms > 0));
  assert.equal(state.visits.length, 3);
  await driver.idle();
  assert.deepEqual(browser.foreign_requests(site), []);
  assert.deepEqual(browser.errors, []);
});
