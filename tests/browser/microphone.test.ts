import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RecorderStatus, VisitState } from '../../web/host/application.ts';
import type { PageState } from '../../web/host/inspection.ts';
import { Browser, Driver, serve_site, type BrowserOptions, type Site } from './harness.ts';
import { create_practice, fill_form, visit_named } from './steps.ts';

let site: Site;
before(async () => void (site = await serve_site()));
after(() => site.close());

const FORM = { name: 'No microphone', consent_by: 'A. Daughter' } as const;

async function try_to_record(options: BrowserOptions, change?: () => void): Promise<{ browser: Browser; state: PageState }> {
  const browser = await Browser.open(options);
  if (change) await browser.page.addInitScript(change);
  const driver = new Driver(browser.page);
  await driver.open(site.url);
  await create_practice(driver);
  await fill_form(driver, FORM);
  await driver.tap('form.start');
  const state = await driver.until('the start fails', (now) => now.recorder?.status === RecorderStatus.failed);
  await driver.idle();
  return { browser, state };
}

test('microphone: when permission is denied it says where to allow it, and keeps the consent', async (t) => {
  const { browser, state } = await try_to_record({ microphone_allowed: false }, () => {
    const ask = MediaDevices.prototype.getUserMedia;
    const counted = Object.assign(window, { asked: 0 });
    MediaDevices.prototype.getUserMedia = function (constraints) {
      counted.asked += 1;
      return ask.call(this, constraints);
    };
  });
  t.diagnostic(state.recorder?.failure ?? '');
  assert.match(state.recorder?.failure ?? '', /did not allow the microphone/);
  const listed = JSON.parse(await browser.page.evaluate(() => window.__chartside?.state() ?? '{}')) as PageState;
  const visit = visit_named(listed, FORM.name);
  assert.equal(visit?.state, VisitState.planned);
  // Once more where nothing changed, then with the microphone allowed; the consent stands.
  const driver = new Driver(browser.page);
  await driver.tap('record.again');
  await browser.page.waitForFunction(() => (window as unknown as { asked: number }).asked === 2);
  await driver.until('and refused again', (now) => now.recorder?.status === RecorderStatus.failed);
  await browser.context.grantPermissions(['microphone']);
  await driver.tap('record.again');
  await driver.until('the visit is recorded', (now) => (now.recorder?.elapsed_ms ?? 0) > 1000);
  await driver.tap('record.finish');
  await driver.until('it is kept', (now) => (visit_named(now, FORM.name)?.audio_ms ?? 0) > 500);
  await browser.close();
});

test('microphone: when there is none it says to plug one in', async (t) => {
  const { browser, state } = await try_to_record({}, () => {
    MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'));
  });
  t.diagnostic(state.recorder?.failure ?? '');
  assert.match(state.recorder?.failure ?? '', /No microphone was found/);
  const driver = new Driver(browser.page);
  await driver.tap('record.finish'); // "Back to Today"
  await driver.appears('today.start');
  await browser.close();
});

test('microphone: when it is unplugged the recording pauses, says so, and goes on with a new one', async () => {
  const browser = await Browser.open();
  await browser.page.addInitScript(() => {
    // A stopped track ends without an event; an unplugged one fires it. The test does both.
    const open = MediaDevices.prototype.getUserMedia;
    const opened: MediaStreamTrack[] = [];
    Object.assign(window, {
      unplug: () => {
        const track = opened.at(-1);
        track?.stop();
        track?.dispatchEvent(new Event('ended'));
      },
    });
    MediaDevices.prototype.getUserMedia = async function (constraints) {
      const stream = await open.call(this, constraints);
      opened.push(...stream.getAudioTracks());
      return stream;
    };
  });
  const driver = new Driver(browser.page);
  await driver.open(site.url);
  await create_practice(driver);
  await fill_form(driver, { ...FORM, name: 'Unplugged' });
  await driver.tap('form.start');
  await driver.until('two seconds are recorded', (state) => (state.recorder?.elapsed_ms ?? 0) > 2000);
  await browser.page.evaluate(() => (window as unknown as { unplug(): void }).unplug());
  const paused = await driver.until('it pauses', (state) => state.recorder?.status === RecorderStatus.paused);
  assert.match(paused.recorder?.failure ?? '', /unplugged/);
  await driver.tap('record.pause');
  const again = await driver.until('it goes on', (state) => state.recorder?.status === RecorderStatus.recording);
  assert.equal(again.recorder?.failure, '');
  const from_ms = again.recorder?.elapsed_ms ?? 0;
  await driver.until('time moves', (state) => (state.recorder?.elapsed_ms ?? 0) > from_ms + 1000);
  await driver.tap('record.finish');
  await driver.until('the visit is kept', (state) => (visit_named(state, 'Unplugged')?.audio_ms ?? 0) > 2500);
  await browser.close();
});
