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
  void (await driver.until('it is turned away', ({ open_problem }) => /another tab.*Close it there/.test(open_problem)));

test('tabs: the second says that the practice is open in another, and its button looks again', async () => {
  second = new Driver(await browser.context.newPage());
  await second.open(site.url);
  await turned_away(second);
  await second.tap('blocked.again');
  await second.until('it looks', ({ open_problem }) => /Looking/.test(open_problem));
  await turned_away(second);
});

test('tabs: the first records, is locked and opened again while the second waits', async () => {
  await first.page.bringToFront();
  await start_recording(first, { name: 'Two tabs' });
  await first.until('seconds are saved', (state) => (state.recorder?.saved_ms ?? 0) > 1500);
  const state = await finish_recording(first);
  assert.ok((visit_named(state, 'Two tabs')?.audio_ms ?? 0) > 1500);
  await first.page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
  await first.tap('rail.lock');
  await first.until('it is locked', (now) => now.open === 'none');
  await unlock_practice(first);
  assert.ok(visit_named(await first.state(), 'Two tabs'));
  assert.match((await second.state()).open_problem, /another tab/);
});

test('tabs: when the first is closed the second goes on by itself, with all that was saved', async () => {
  await first.page.close();
  await unlock_practice(second);
  await second.until('the visit is there', (state) => visit_named(state, 'Two tabs') !== undefined);
});
