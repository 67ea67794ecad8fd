// What opens the practice besides its passphrase, on the screens: the recovery code from its paper, and the device's own
// lock (Chromium's virtual authenticator, with PRF).

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, Driver, serve_site, type Site } from './harness.ts';
import { PASSPHRASE, type_into, unlock_practice } from './steps.ts';

const NEW_PASSPHRASE = 'another river lamp';
/** RecoveryCode of src/domain/keys.h. */
const CHECKED = 2;

let site: Site;
let browser: Browser;
let driver: Driver;
let code = '';
before(async () => {
  site = await serve_site();
  browser = await Browser.open({ viewport: { width: 400, height: 820 } });
  driver = new Driver(browser.page);
  // Headless Chromium has no print window: what would be printed is looked at, and the window closed.
  await browser.context.addInitScript(() => {
    window.print = () => {
      const page = document.querySelector<HTMLElement>('.printed');
      document.body.dataset['printed'] = page?.textContent ?? '';
      setTimeout(() => dispatchEvent(new Event('afterprint')));
    };
  });
  // WebAuthn knows names, not numbers.
  await driver.open(site.url.replace('127.0.0.1', 'localhost'));
});
after(async () => {
  await browser.close();
  site.close();
});

async function lock(): Promise<void> {
  await driver.tap('rail.lock');
  await driver.until('it is locked', (state) => state.open === 'none' && state.practice_exists);
}

async function tap_in_set_up(id: string): Promise<void> {
  await driver.tap('rail.set_up');
  await driver.page.mouse.move(200, 500);
  for (let turns = 0; !(await driver.has(id)) && turns < 40; turns += 1) {
    await driver.page.mouse.wheel(0, 120);
    await driver.page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
  }
  await driver.tap(id);
}

test('keys: a new practice shows its recovery code, prints it, and has two groups typed back', async () => {
  await driver.until('the store answers', (state) => !state.practice_exists);
  await type_into(driver, 'passphrase.first', PASSPHRASE);
  await type_into(driver, 'passphrase.again', PASSPHRASE);
  await driver.tap('welcome.create');
  await driver.until('the practice is made', (state) => state.open === 'practice');
  await driver.tap('keys.print'); // waits until there is a code
  code = (await driver.element('keys.code')).label;
  assert.match(code, /^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/);
  const printed = await browser.page.waitForFunction(() => document.body.dataset['printed']);
  assert.ok((await printed.jsonValue())?.includes(code.replaceAll('-', '  ')));
  await browser.page.waitForFunction(() => document.querySelector('.printed') === null);

  await driver.tap('keys.copy');
  await driver.until('it is copied', (state) => state.clipboard_may_hold);
  await driver.tap('keys.on_paper');
  const asked = [await driver.appears('keys.group_a'), await driver.appears('keys.group_b')].map(({ label }) => Number(/\d+/.exec(label)?.[0]) - 1);
  const groups = code.split('-');
  await type_into(driver, 'keys.group_a', 'ZZZZ');
  await type_into(driver, 'keys.group_b', groups[asked[1] as number] as string);
  await driver.tap('keys.confirm');
  await driver.appears('keys.problem');
  await type_into(driver, 'keys.group_a', (groups[asked[0] as number] as string).toLowerCase());
  await driver.tap('keys.confirm');
  await driver.until('it is checked', (state) => state.recovery === CHECKED);
  await driver.appears('today.start');
});

test('keys: the locked screen tells that something was copied, and empties the clipboard', async () => {
  await lock();
  assert.equal(await browser.page.evaluate(() => navigator.clipboard.readText()), code);
  await driver.tap('unlock.clear_clipboard');
  await driver.until('it is empty', (state) => !state.clipboard_may_hold);
  assert.equal(await browser.page.evaluate(() => navigator.clipboard.readText()), '');
});

test('keys: the code opens a practice whose passphrase is forgotten, and a new one is chosen', async () => {
  await driver.tap('unlock.other');
  await type_into(driver, 'passphrase.first', code.replaceAll('-', ' '));
  await driver.tap('unlock.open');
  await driver.until('it opens', (state) => state.open === 'practice');
  await type_into(driver, 'keys.first', NEW_PASSPHRASE);
  await type_into(driver, 'keys.again', NEW_PASSPHRASE);
  await driver.tap('keys.confirm');
  await driver.until('it is changed', ({ notices }) => notices.some(({ text }) => /passphrase is changed/.test(text)));
  await lock();
  await type_into(driver, 'passphrase.first', PASSPHRASE);
  await driver.tap('unlock.open');
  await driver.until('the old one is refused', (state) => /does not open/.test(state.open_problem));
  await unlock_practice(driver, NEW_PASSPHRASE);
});

test('keys: the device’s own lock opens it too, until it is taken away', async () => {
  const session = await browser.context.newCDPSession(browser.page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasUserVerification: true, isUserVerified: true, hasPrf: true, automaticPresenceSimulation: true },
  });
  await driver.reload(); // it is looked for once
  await unlock_practice(driver, NEW_PASSPHRASE);
  await tap_in_set_up('set_up.device_add');
  await type_into(driver, 'keys.present', NEW_PASSPHRASE);
  await driver.tap('keys.confirm');
  await driver.until('it is added', (state) => state.device_added);
  await lock();
  await driver.tap('unlock.device');
  await driver.until('it opens', (state) => state.open === 'practice');
  await tap_in_set_up('set_up.device_remove');
  await driver.until('it is taken away', (state) => !state.device_added);
  await lock();
  assert.equal(await driver.has('unlock.device'), false);
  assert.deepEqual(browser.errors, []);
});
