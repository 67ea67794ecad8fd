import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, Driver, serve_site, type Site } from './harness.ts';

const IDLE_MS = 10_000;

let site: Site;
before(async () => void (site = await serve_site()));
after(() => site.close());

test('desk: 0 frames are drawn in 10 s of idling', async () => {
  const browser = await Browser.open();
  const driver = new Driver(browser.page);
  await driver.open(site.url);
  await driver.until('the models are loaded', (state) => state.models_ready);
  await driver.idle();
  // A minute that passes changes the clock on the screen: begin after it.
  const into_minute_ms = Date.now() % 60_000;
  if (into_minute_ms > 60_000 - IDLE_MS - 2_000) await sleep(60_000 - into_minute_ms + 1_000);
  await driver.idle();
  const drawn = await driver.frames_drawn();
  await sleep(IDLE_MS);
  assert.equal((await driver.frames_drawn()) - drawn, 0);
  await browser.close();
});

/** The only wait by the clock in these tests: it is what is measured. */
function sleep(duration_ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, duration_ms));
}
