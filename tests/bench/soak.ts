// A long day: visit after visit through the real page, each heard from a file (faster than it was spoken), written,
// edited, locked away, and now and then the browser killed in the middle. What is counted must be 0: edits or sound that
// are missing at the end, and problems that the page told. Memory is compared between the first and the last visits of
// the second half, in which the browser is not killed.
//
//   ./dev bench soak [--visits 40] [--minutes 12] [--seed 1] [--json]      (40 x 12 min is 8 h of speech)

import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT, ffmpeg } from '../../tools/samples/cut.mjs';
import { Browser, Driver, fresh_profile, serve_site } from '../browser/harness.ts';
import { choose_file, create_practice, open_file, type_after_sentence, unlock_practice, visit_named } from '../browser/steps.ts';
import { random_of } from '../fuzz/mutate.ts';
import { give_up, option, remark, report } from './report.mjs';

const VISITS = Number(option('visits', '40'));
const MINUTES = Number(option('minutes', '12'));
const random = random_of(Number(option('seed', '1')));
const SAMPLES = ['knee_pain', 'diabetes_follow_up', 'headache'];
const LONGEST_VISIT_MS = 60_000 + MINUTES * 60_000;

/** MINUTES of the made visits, beginning anywhere in them, as a recorder would leave it. */
function speech_of(number: number): string {
  const folder = path.join(ROOT, 'build/soak');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `visit_${number}.wav`);
  const inputs = Array.from({ length: Math.ceil(MINUTES / 3) + 2 }, (_, i) => SAMPLES[(number + i) % SAMPLES.length] as string);
  const files = inputs.flatMap((name) => ['-i', path.join(ROOT, `public/samples/${name}.opus`)]);
  const joined = `${inputs.map((_, i) => `[${i}:a]`).join('')}concat=n=${inputs.length}:v=0:a=1,atrim=${random(60)}:${MINUTES * 60 + 60},asetpts=PTS-STARTPTS,atrim=0:${MINUTES * 60}`;
  ffmpeg([...files, '-filter_complex', joined, '-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16le', file]);
  return file;
}

/** Proportional set size of a process and all that it began, in MiB. */
function memory_of(process_id: number): number {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It ended meanwhile.
    }
  }
  const all = (root: number): number[] => [root, ...(children.get(root) ?? []).flatMap(all)];
  let kib = 0;
  for (const one of all(process_id)) {
    try {
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // As above.
    }
  }
  return kib / 1024;
}

const site = await serve_site();
const profile = fresh_profile();
let browser!: Browser;
let driver!: Driver;
const told: string[] = [];
async function start_browser(is_new: boolean): Promise<void> {
  collected = 0;
  browser = await Browser.open({ profile, viewport: { width: 1180, height: 820 }, paints: false });
  driver = new Driver(browser.page);
  await driver.open(site.url);
  if (is_new) await create_practice(driver);
  else await unlock_practice(driver);
  await driver.until('the models are loaded', (state) => state.models_ready);
}
/** What a kill while a file is read has to say. */
const EXPECTED = /^Chartside was closed while an audio file was being read/;
let collected = 0;
const collect = async (): Promise<void> => {
  const { notices } = await driver.state();
  const problems = notices.slice(collected).filter(({ text, is_problem }) => is_problem && !EXPECTED.test(text));
  collected = notices.length;
  told.push(...problems.map(({ text }) => text), ...browser.errors.splice(0));
};

interface Expected {
  name: string;
  audio_ms: number;
  edit: string;
}
const expected: Expected[] = [];
const memory: number[] = [];
const times_real: number[] = [];
let kills = 0;
let locks = 0;

await start_browser(true);
for (let number = 0; number < VISITS; number += 1) {
  const name = `Visit ${number}`;
  const file = speech_of(number);
  const may_kill = number < VISITS / 2;
  if (may_kill && random(4) === 0) {
    // In the middle of reading the file: nothing of it may stay, and it can be opened again.
    await choose_file(driver, name, file);
    await driver.until('it is listened to', (state) => (state.transcription?.done_ms ?? 0) > random(60_000), LONGEST_VISIT_MS);
    await collect();
    await browser.kill();
    kills += 1;
    await start_browser(false);
  }
  const started = performance.now();
  const state = await open_file(driver, name, file);
  times_real.push((performance.now() - started) / (MINUTES * 60_000));
  const visit = visit_named(state, name);
  if (!visit || state.transcription?.failure) give_up(`${name} was not heard: ${state.transcription?.failure ?? 'there is no visit'}`);
  const sentences = (state.notes[visit.id]?.sections ?? []).flatMap((section) => section.sentences);
  const sentence = sentences[random(Math.min(3, sentences.length))];
  let edit = '';
  if (sentence) {
    edit = ` Edited ${number}.`;
    const before_ms = state.saved_at_ms[visit.id] ?? 0;
    await type_after_sentence(driver, new RegExp(`^sentence\\.${sentence.id}(\\+0)?$`), edit);
    if (random(2) === 0) await driver.tap('edit.done');
    await driver.until('the edit is saved', (now) => (now.saved_at_ms[visit.id] ?? 0) > before_ms);
  }
  expected.push({ name, audio_ms: visit.audio_ms, edit });
  await collect();
  if (may_kill && random(3) === 0) {
    await browser.kill();
    kills += 1;
    await start_browser(false);
  } else if (random(3) === 0) {
    await driver.tap('rail.lock');
    await driver.until('it is locked', (now) => now.open === 'none');
    locks += 1;
    await unlock_practice(driver);
  }
  memory.push(memory_of(browser.process_id));
  remark(`${number + 1} of ${VISITS}: ${(MINUTES / 60 * (number + 1)).toFixed(1)} h heard, ${memory.at(-1)?.toFixed(0)} MiB, ${kills} kills, ${locks} locks, ${told.length} problems told`);
}

/** From the list of all notes, wherever it stands in it. */
async function tap_in_list(id: string): Promise<void> {
  await driver.tap('rail.notes');
  await driver.page.mouse.move(590, 500);
  await driver.page.mouse.wheel(0, -100_000);
  for (let turns = 0; !(await driver.has(id)); turns += 1) {
    if (turns > VISITS * 2) give_up(`${id} is not in the list of notes`);
    await driver.page.mouse.wheel(0, 200);
    await driver.page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
  }
  await driver.tap(id);
}

let missing = 0;
const visits = (await driver.state()).visits;
for (const { name, audio_ms, edit } of expected) {
  const visit = visits.find(({ patient }) => patient.name === name);
  if (!visit || Math.abs(visit.audio_ms - audio_ms) > 1) {
    missing += 1;
    remark(`${name}: ${visit ? `${visit.audio_ms} of ${audio_ms} ms` : 'missing'}`);
    continue;
  }
  if (edit === '') continue;
  await tap_in_list(`note.${visit.id}`);
  const { visit: opened } = await driver.until('it opens', (state) => state.visit?.summary.id === visit.id);
  const is_there = opened?.note.sections.some((section) => section.sentences.some(({ text }) => text.includes(edit.trim())));
  if (!is_there) {
    missing += 1;
    remark(`${name}: its edit is missing`);
  }
}
if (expected.length !== visits.length) remark(`${visits.length} visits are there, ${expected.length} were made`);
missing += Math.abs(visits.length - expected.length);
await browser.close();
site.close();

const half = memory.slice(Math.ceil(memory.length / 2));
const few = Math.max(1, Math.floor(half.length / 4));
report('soak.speech', 'hours', [(VISITS * MINUTES) / 60]);
report('soak.kills', 'count', [kills]);
report('soak.locks', 'count', [locks]);
report('soak.missing', 'count', [missing]);
report('soak.problems_told', 'count', [told.length]);
report('soak.time_a_visit', 'of real', times_real);
report('soak.memory_late', 'MiB', half.slice(-few), half.slice(0, few)); // the peer: early in the same stretch
for (const text of told) remark(`told: ${text}`);
if (missing > 0 || told.length > 0) give_up('The day did not go through clean.');
