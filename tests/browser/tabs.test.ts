// Chartside in two tabs of one browser: one has the practice, the other says so and goes on when it may.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, Driver, serve_site, type Site } from './harness.ts';
import { create_practice, finish_recording, start_recording, unlock_practice, visit_named } from './steps.ts';

const SMALL = { width: 400, height: 820 };

let site: Site;
let browser: Browser;
let first: Driver;
let second: Driver;
before(async () => {
  site = await serve_site();
  browser = await Browser.open({ viewport: SMALL });
  first = new Driver(browser.page);
  await first.open(site.url);
  await create_practice(first);
});
after(async () => {
  await browser.close();
  site.close();
});

const turned_away = async (driver: Driver): Promise<void> =>
  void (await driver.until('it is turned away', ({ open_problem }) => /another tab.*Use it here/.test(open_problem)));

test('tabs: the second says that the practice is open in another', async () => {
  second = new Driver(await browser.context.newPage());
  await second.open(site.url);
  await turned_away(second);
});

test('tabs: while the first records, the second is refused with a sentence, and no sound is lost', async () => {
  await first.page.bringToFront();
  await start_recording(first, { name: 'Two tabs' });
  await first.until('seconds are saved', (state) => (state.recorder?.saved_ms ?? 0) > 1500);
  await second.page.bringToFront();
  await second.tap('blocked.again');
  await second.until('it is refused', ({ open_problem }) => /being recorded in the other tab/.test(open_problem));
  await first.until('it is told', ({ notices }) => notices.some(({ text }) => /asked for the practice/.test(text)));
  await first.page.bringToFront();
  const state = await finish_recording(first);
  assert.ok((visit_named(state, 'Two tabs')?.audio_ms ?? 0) > 1500);
});

test('tabs: the first is locked and opened again while the second waits', async () => {
  await first.page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
  await first.tap('rail.lock');
  await first.until('it is locked', (now) => now.open === 'none');
  await unlock_practice(first);
  assert.ok(visit_named(await first.state(), 'Two tabs'));
  assert.match((await second.state()).open_problem, /another tab/);
});

test('tabs: on a tap the first saves, locks and hands over, and gets it back the same way', async (t) => {
  const took_ms: number[] = [];
  let [taker, giver] = [second, first];
  for (let i = 0; i < 6; i += 1) {
    await taker.page.bringToFront();
    const started = performance.now();
    await taker.tap('blocked.again');
    await taker.until('it has the practice', (now) => now.practice_exists && now.open_problem === '');
    took_ms.push(performance.now() - started);
    const given = await giver.until('it is told', ({ open_problem }) => /saved and locked here/.test(open_problem));
    assert.equal(given.open, 'none');
    await unlock_practice(taker);
    await taker.until('the visit is there', (state) => visit_named(state, 'Two tabs') !== undefined);
    [taker, giver] = [giver, taker];
  }
  took_ms.sort((a, b) => a - b);
  t.diagnostic(`from the tap until the other tab has it: median ${took_ms[3]?.toFixed(0)} ms, longest ${took_ms.at(-1)?.toFixed(0)} ms`);
});

test('tabs: when the first is closed the second goes on by itself, with all that was saved', async () => {
  await first.page.close();
  await unlock_practice(second);
  await second.until('the visit is there', (state) => visit_named(state, 'Two tabs') !== undefined);
});
