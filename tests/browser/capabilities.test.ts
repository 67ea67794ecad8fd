import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RecorderStatus, VisitState } from '../../web/host/application.ts';
import { Browser, Driver, serve_site, type Site } from './harness.ts';
import { encoded, microphone_of } from './sound.ts';
import { create_practice, fill_form, open_file, visit_named } from './steps.ts';

let site: Site;
before(async () => void (site = await serve_site()));
after(() => site.close());

const LACKS = 'chartside-test-lacks';

/** Opens the page with something taken away from it before any of its scripts ran. It is given back by give_back. */
async function open_without(take_away: string): Promise<{ browser: Browser; driver: Driver }> {
  const browser = await Browser.open();
  await browser.page.addInitScript(`if (sessionStorage.getItem('${LACKS}') !== 'nothing') { ${take_away} }`);
  const driver = new Driver(browser.page);
  await driver.open(site.url);
  return { browser, driver };
}

/** Taps the one button of the screen, in vain and then with what was missing given back. */
async function try_again(driver: Driver, state: string): Promise<void> {
  const tap = async (): Promise<void> => {
    const loaded = driver.page.waitForEvent('load');
    await driver.page.getByRole('button', { name: 'Try again' }).click();
    await loaded;
    await driver.opened();
  };
  await tap();
  assert.equal(await driver.message_state(), state, 'nothing changed, and it says so again');
  await driver.page.evaluate((name) => sessionStorage.setItem(name, 'nothing'), LACKS);
  await tap();
  assert.equal(await driver.message_state(), undefined, 'it opens');
  await driver.appears('welcome.create');
}

async function says(driver: Driver): Promise<{ title: string; steps: number; overflows: boolean }> {
  return driver.page.evaluate(() => ({
    title: document.getElementById('message-title')?.textContent ?? '',
    steps: document.querySelectorAll('#message-steps li').length,
    overflows: document.documentElement.scrollWidth > innerWidth,
  }));
}

test('boot: without WebGL2 it says what to switch on', async () => {
  const { browser, driver } = await open_without('HTMLCanvasElement.prototype.getContext = () => null;');
  assert.equal(await driver.message_state(), 'no_webgl2');
  const { title, steps, overflows } = await says(driver);
  assert.match(title, /draw/);
  assert.ok(steps > 0 && !overflows);
  await try_again(driver, 'no_webgl2');
  await browser.close();
});

test('boot: where nothing can be kept it opens nothing and says so', async () => {
  const { browser, driver } = await open_without("Object.defineProperty(StorageManager.prototype, 'getDirectory', { value: undefined });");
  assert.equal(await driver.message_state(), 'no_storage');
  assert.ok((await says(driver)).steps > 0);
  await try_again(driver, 'no_storage');
  await browser.close();
});

test('boot: a page that is not sealed off says so, after the service worker could not seal it either', async () => {
  const { browser, driver } = await open_without("Object.defineProperty(globalThis, 'crossOriginIsolated', { value: false });");
  assert.equal(await driver.message_state(), 'not_isolated');
  await try_again(driver, 'not_isolated');
  await browser.close();
});

test('boot: without a microphone interface it says so and goes on without recording', async () => {
  const { browser, driver } = await open_without("Object.defineProperty(Navigator.prototype, 'mediaDevices', { value: undefined });");
  assert.equal(await driver.message_state(), 'no_microphone_access');
  await driver.page.getByRole('button', { name: 'Go on without recording' }).click();
  await driver.until('the application opens', (state) => state.loading !== undefined);
  // What it says holds: a recording is refused with a sentence, a file is heard.
  await create_practice(driver);
  await fill_form(driver, { name: 'No interface' });
  await driver.tap('form.start');
  const refused = await driver.until('the start fails', (state) => state.recorder?.status === RecorderStatus.failed);
  assert.match(refused.recorder?.failure ?? '', /offers no microphone/);
  await driver.tap('record.finish');
  await driver.until('the models are loaded', (state) => state.models_ready);
  const state = await open_file(driver, 'By file', encoded(microphone_of('headache', 8.5, 15), 'wav'));
  assert.equal(visit_named(state, 'By file')?.state, VisitState.draft);
  await browser.close();
});

test('boot: where shared memory is missing it says that the page is not sealed off', async () => {
  const { browser, driver } = await open_without('delete globalThis.SharedArrayBuffer;');
  assert.equal(await driver.message_state(), 'not_isolated');
  await try_again(driver, 'not_isolated');
  await browser.close();
});
