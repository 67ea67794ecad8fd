// Audio files as a user may hand them over: every container the browser decodes, and everything that is broken.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BAD_AUDIO, makeBadAudio } from '../fixtures/make_audio.mjs';
import { VisitState } from '../../web/host/application.ts';
import { Browser, Driver, build_folder, serve_site, type Site } from './harness.ts';
import { encoded, microphone_of, script_of } from './sound.ts';
import { word_error } from '../../tools/samples/words.mjs';
import { choose_file, create_practice, open_file, visit_named } from './steps.ts';

const OUTCOMES = { speech: 'words are heard', nothing: 'it says that nothing was heard', refused: 'it says why it cannot be used' };

const SMALL = { width: 400, height: 820 };

let site: Site;
let browser: Browser;
let driver: Driver;
before(async () => {
  site = await serve_site();
  browser = await Browser.open({ viewport: SMALL }); // every pixel is drawn by the processor here
  driver = new Driver(browser.page);
  await driver.open(site.url);
  await create_practice(driver);
  await driver.until('the models are loaded', (state) => state.models_ready);
});
after(async () => {
  await browser.close();
  site.close();
});

for (const extension of ['wav', 'mp3', 'ogg', 'm4a', 'flac', 'webm']) {
  test(`file: a ${extension} of a visit is heard, written and kept`, async (t) => {
    const cut = microphone_of('headache', 8.5, 15); // the turn that tells the complaint
    const name = extension;
    const state = await open_file(driver, name, encoded(cut, extension));
    assert.equal(state.transcription?.failure, '');
    const visit = visit_named(state, name);
    assert.equal(visit?.state, VisitState.draft);
    assert.ok(Math.abs((visit?.audio_ms ?? 0) - cut.duration_ms) < 200, `${visit?.audio_ms} ms of ${cut.duration_ms} are kept`);
    const heard = (state.segments[visit?.id ?? ''] ?? []).map((segment) => segment.text).join(' ');
    const error = word_error(script_of(cut), heard).rate;
    t.diagnostic(`word error ${(100 * error).toFixed(1)} %`);
    assert.ok(error < 0.35, `${error}: ${heard}`);
    const sentences = (state.notes[visit?.id ?? '']?.sections ?? []).flatMap((section) => section.sentences);
    assert.ok(sentences.length > 0, 'a note is written of it');
  });
}

const folder = build_folder('sound', 'odd');
/** The page decodes by the browser what only claims to be a WAV, so an MP3 with the wrong name is heard here. */
const HEARD_HERE = new Set(['speech_mp3.wav']);
const odd = makeBadAudio(folder);

for (const [name, { expect, why }] of Object.entries(BAD_AUDIO)) {
  const path = odd[name];
  if (path === undefined) continue;
  const outcome = HEARD_HERE.has(name) ? 'speech' : expect;
  test(`file: ${why} (${name}): ${OUTCOMES[outcome]}`, async (t) => {
    const state = await open_file(driver, name, path);
    const segments = state.segments[visit_named(state, name)?.id ?? ''] ?? [];
    if (outcome === 'speech') {
      assert.equal(state.transcription?.failure, '');
      assert.ok(segments.length > 0, 'words are heard');
      return;
    }
    const said = state.transcription?.failure || (state.notices.at(-1)?.text ?? '');
    t.diagnostic(said);
    assert.match(said, /^[A-Z].*\.$/s, 'it says a sentence');
    assert.deepEqual(segments, [], 'nothing is invented');
    assert.equal(state.transcription?.failure !== '', outcome === 'refused');
    assert.equal(visit_named(state, name) === undefined, outcome === 'refused', 'what is refused leaves no visit');
    if (outcome === 'refused') assert.ok((await driver.element('form.problem')).label.includes(said), 'the form is there for another file, and says why');
  });
}

test('file: one that no decoder knows gets a clear sentence', async (t) => {
  const path = join(folder, 'not_audio.mp3');
  writeFileSync(path, 'This is a letter, not a recording.'.repeat(50));
  const state = await open_file(driver, 'Bad letter', path);
  t.diagnostic(state.transcription?.failure ?? '');
  assert.match(state.transcription?.failure ?? '', /no audio in this file/);
  assert.equal(visit_named(state, 'Bad letter'), undefined, 'nothing was saved');
});

test('file: a cancel stops the listening and keeps nothing half done', async () => {
  await choose_file(driver, 'Cancelled', encoded(microphone_of('headache', 120), 'wav'));
  await driver.until('listening has begun', (state) => (state.transcription?.done_ms ?? 0) > 0);
  await driver.tap('transcription.cancel');
  await driver.until('it stopped', (state) => state.transcription?.active === false);
  await driver.idle();
  assert.equal(visit_named(await driver.state(), 'Cancelled'), undefined);
  assert.ok((await driver.state()).notices.some(({ text }) => /Nothing of the file was kept/.test(text)));
});
