// Without a network: the page that was open once, and versions that change behind it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OfflineCopy } from '../../web/host/offline_copy.ts';
import { DeployedSite } from './deployed_site.ts';
import { Browser, Driver, fresh_profile, serve_site } from './harness.ts';
import { encoded, microphone_of } from './sound.ts';
import { create_practice, open_file, unlock_practice, visit_named } from './steps.ts';

const WINDOW = { width: 400, height: 820 }; // every pixel is drawn by the processor here

/** Until the service worker holds the whole site and has the page. */
async function kept_for_offline(driver: Driver): Promise<void> {
  await driver.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((taken) => navigator.serviceWorker.addEventListener('controllerchange', taken, { once: true }));
  });
}

test('offline: after one visit, with the server gone, the page opens, unlocks, hears a file and writes its note', async () => {
  const profile = fresh_profile();
  const site = await serve_site();
  const first = await Browser.open({ profile, viewport: WINDOW });
  const online = new Driver(first.page);
  await online.open(site.url);
  await create_practice(online);
  await kept_for_offline(online);
  await first.close();
  site.close();

  const browser = await Browser.open({ profile, viewport: WINDOW });
  const driver = new Driver(browser.page);
  await driver.open(site.url);
  await unlock_practice(driver);
  await driver.until('the models are loaded from the copy', (state) => state.models_ready);
  await driver.until('the copy is called whole', (now) => now.offline_copy === OfflineCopy.complete);
  const state = await open_file(driver, 'Offline', encoded(microphone_of('headache', 8.5, 15), 'wav'));
  assert.equal(state.transcription?.failure, '');
  const id = visit_named(state, 'Offline')?.id ?? '';
  assert.ok((state.segments[id] ?? []).length > 0, 'words are heard');
  assert.ok((state.notes[id]?.sections ?? []).flatMap((section) => section.sentences).length > 0, 'a note is written');
  assert.deepEqual(browser.errors, []);
  await browser.close();
});

test('offline: where the host sends no headers the service worker seals the page', async () => {
  const site = new DeployedSite({ sealing: false });
  await site.open();
  const browser = await Browser.open({ viewport: WINDOW });
  const driver = new Driver(browser.page);
  await driver.open(site.url);
  await driver.until('the store answers', (state) => state.open === 'none' && !state.practice_exists);
  assert.equal(await driver.page.evaluate(() => crossOriginIsolated), true);
  await browser.close();
  site.close();
});

interface Versions {
  page: string;
  script: string;
  copy: string;
}

const profile = fresh_profile();
let site: DeployedSite;
let browser: Browser;
let driver: Driver;
before(async () => {
  site = new DeployedSite({ sealing: true });
  await site.open();
  browser = await Browser.open({ profile, viewport: WINDOW });
  driver = new Driver(browser.page);
});
after(async () => {
  await browser.close();
  site.close();
});

/** Which version the page, its script and what it may fetch are of. */
async function versions(): Promise<Versions> {
  return driver.page.evaluate(async () => ({
    page: document.querySelector<HTMLMetaElement>('meta[name=mark]')?.content ?? '',
    script: document.documentElement.dataset['mark'] ?? '',
    copy: ((await (await fetch('manifest.json')).json()) as { version: string }).version.split('-')[0] ?? '',
  }));
}
const all_of = (mark: string): Versions => ({ page: mark, script: mark, copy: mark });

/** Asks for the newest version and tells how fetching it ended. */
function look_for_update(): Promise<'waiting' | 'failed'> {
  return driver.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    if (registration.waiting) return 'waiting';
    const found = registration.installing;
    if (!found) throw new Error('no new version was found');
    return new Promise((tell) =>
      found.addEventListener('statechange', () => {
        if (found.state === 'installed') tell('waiting');
        if (found.state === 'redundant') tell('failed');
      }),
    );
  });
}

test('update: an open page stays whole in its version while the next one waits, through a reload too', async () => {
  site.deploy('one');
  await driver.open(site.url);
  await kept_for_offline(driver);
  assert.deepEqual(await versions(), all_of('one'));
  site.deploy('two');
  assert.equal(await look_for_update(), 'waiting');
  await driver.until('it is told of', (state) => state.offline_copy === OfflineCopy.update);
  assert.deepEqual(await versions(), all_of('one'));
  await driver.reload();
  assert.deepEqual(await versions(), all_of('one'));
});

test('update: once the browser was closed, the next page is whole in the new version', async () => {
  await browser.close();
  browser = await Browser.open({ profile, viewport: WINDOW });
  driver = new Driver(browser.page);
  await driver.open(site.url);
  assert.deepEqual(await versions(), all_of('two'));
});

test('update: a version with a damaged file is not taken, and the page works on', async () => {
  site.deploy('three', 'boot/main.js');
  assert.equal(await look_for_update(), 'failed');
  await driver.reload();
  assert.deepEqual(await versions(), all_of('two'));
  site.deploy('four');
  assert.equal(await look_for_update(), 'waiting');
});

test('update: a file that the copy has lost is not taken from another version, and the copy is no longer called whole', async () => {
  const outcome = await driver.page.evaluate(async () => {
    const path = new URL('boot/main.js', document.baseURI).href;
    for (const name of await caches.keys()) if (name.startsWith('chartside-two')) await (await caches.open(name)).delete(path);
    return fetch(path).then(
      () => 'answered',
      () => 'failed',
    );
  });
  assert.equal(outcome, 'failed');
  await driver.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await driver.until('it is told', (state) => state.offline_copy === OfflineCopy.none);
});
