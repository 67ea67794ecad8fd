import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, Driver, serve_site, type Site } from './harness.ts';

let site: Site;
before(async () => void (site = await serve_site()));
after(() => site.close());

/** Opens the page with something taken away from it before any of its scripts ran. */
async function open_without(take_away: () => void): Promise<{ browser: Browser; driver: Driver }> {
  const browser = await Browser.open();
  await browser.page.addInitScript(take_away);
  const driver = new Driver(browser.page);
  await driver.open(site.url);
  return { browser, driver };
}

async function says(driver: Driver): Promise<{ title: string; steps: number; overflows: boolean }> {
  return driver.page.evaluate(() => ({
    title: document.getElementById('message-title')?.textContent ?? '',
    steps: document.querySelectorAll('#message-steps li').length,
    overflows: document.documentElement.scrollWidth > innerWidth,
  }));
}

test('boot: without WebGL2 it says what to switch on', async () => {
  const { browser, driver } = await open_without(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  assert.equal(await driver.message_state(), 'no_webgl2');
  const { title, steps, overflows } = await says(driver);
  assert.match(title, /draw/);
  assert.ok(steps > 0 && !overflows);
  await browser.close();
});

test('boot: where nothing can be kept it opens nothing and says so', async () => {
  const { browser, driver } = await open_without(() => {
    Object.defineProperty(StorageManager.prototype, 'getDirectory', { value: undefined });
  });
  assert.equal(await driver.message_state(), 'no_storage');
  assert.ok((await says(driver)).steps > 0);
  await browser.close();
});

test('boot: a page that is not sealed off says so, after the service worker could not seal it either', async () => {
  const { browser, driver } = await open_without(() => {
    Object.defineProperty(globalThis, 'crossOriginIsolated', { value: false });
  });
  assert.equal(await driver.message_state(), 'not_isolated');
  await browser.close();
});

test('boot: without a microphone interface it says so and goes on without recording', async () => {
  const { browser, driver } = await open_without(() => {
    Object.defineProperty(Navigator.prototype, 'mediaDevices', { value: undefined });
  });
  assert.equal(await driver.message_state(), 'no_microphone_access');
  await driver.page.getByRole('button', { name: 'Go on without recording' }).click();
  await driver.until('the application opens', (state) => state.loading !== undefined);
  await browser.close();
});
