// What locks the practice and what opens it again, at the page's host over the real store.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { SAID_BEFORE_MS } from '../../web/host/auto_lock.ts';
import { HostBench, PASSPHRASE } from './host_bench.ts';

const MINUTE_MS = 60_000;
const real_now = Date.now;
let bench: HostBench;
let moved_ms = 0;
const move_clock = (ms: number): void => {
  moved_ms += ms;
  Date.now = () => real_now() + moved_ms;
};
afterEach(async () => {
  Date.now = real_now;
  moved_ms = 0;
  await bench.close();
});

async function locked_by(act: () => void): Promise<void> {
  const since = bench.told.length;
  act();
  await bench.until('on_locked', () => true, since);
  await bench.until('on_store_status', () => true, since);
}

test('lock: untouched for its minutes it says so, saves what is typed and locks; a touch keeps it open', async () => {
  bench = await HostBench.open();
  bench.page.lock_after(2);
  move_clock(2 * MINUTE_MS - SAID_BEFORE_MS + 5000);
  bench.page.each_second();
  const [seconds] = await bench.until('on_lock_soon', (left) => left > 0);
  assert.ok(seconds > 20 && seconds <= 25, `${seconds} s are left`);
  dispatchEvent(new Event('pointermove'));
  assert.equal(bench.told.at(-1)?.event, 'on_lock_soon');
  assert.deepEqual(bench.told.at(-1)?.values, [0]);
  move_clock(2 * MINUTE_MS - 1000);
  bench.page.each_second();
  assert.equal(bench.count('on_locked'), 0);
  move_clock(2000);
  await locked_by(() => bench.page.each_second());
  const order = bench.told.map(({ event }) => event).filter((event) => event === 'on_locking' || event === 'on_locked');
  assert.deepEqual(order, ['on_locking', 'on_locked']);
  await assert.rejects(bench.load(), /No practice is open|Unlock/);
});

test('lock: whoever comes back too late finds it locked, though no second was counted meanwhile', async () => {
  bench = await HostBench.open();
  move_clock(20 * MINUTE_MS); // the device slept
  await locked_by(() => dispatchEvent(new Event('keydown')));
});

test('lock: not while a visit is recorded; then as long after it as was chosen', async () => {
  bench = await HostBench.open();
  bench.page.lock_after(1);
  await bench.record();
  bench.speak(1);
  move_clock(30 * MINUTE_MS);
  bench.page.each_second();
  assert.equal(bench.count('on_locked'), 0);
  await bench.hear(1, 0, 900, 'Knee pain');
  await bench.finish();
  bench.page.each_second();
  assert.equal(bench.count('on_locked'), 0);
  move_clock(MINUTE_MS + 1000);
  await locked_by(() => bench.page.each_second());
});

test('keys: a new practice gives its recovery code once; it opens the practice and asks for a new passphrase', async () => {
  bench = await HostBench.open();
  bench.page.make_recovery_code('');
  const [code] = await bench.until('on_recovery_code');
  assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  bench.page.recovery_code_checked();
  await bench.until('on_keys', (recovery) => recovery === 2);
  await locked_by(() => bench.page.lock());

  let since = bench.told.length;
  const mistyped = `${code.startsWith('2') ? '3' : '2'}${code.slice(1)}`;
  bench.page.unlock_with_code(mistyped);
  const [said] = await bench.until('on_open_failed', () => true, since);
  assert.match(said, /\.$/);
  since = bench.told.length;
  bench.page.unlock_with_code(code.toLowerCase().replaceAll('-', ' '));
  await bench.until('on_opened', () => true, since);
  assert.ok(bench.told.slice(since).some(({ event }) => event === 'on_new_passphrase_needed'));
  bench.page.change_passphrase('', 'another river lamp 7');
  await bench.until('on_keys_changed', (sentence) => /passphrase is changed/.test(sentence), since);

  await locked_by(() => bench.page.lock());
  since = bench.told.length;
  bench.page.unlock_practice(PASSPHRASE);
  await bench.until('on_open_failed', (text) => /does not open this practice/.test(text), since);
  bench.page.unlock_practice('another river lamp 7');
  await bench.until('on_opened', () => true, since);
});

test('keys: a change asks for the passphrase and is refused with a wrong one; a new code revokes the old', async () => {
  bench = await HostBench.open();
  bench.page.make_recovery_code(PASSPHRASE);
  const [old_code] = await bench.until('on_recovery_code');
  let since = bench.told.length;
  bench.page.make_recovery_code('');
  await bench.until('on_keys_failed', (text) => /Type your passphrase first/.test(text), since);
  bench.page.change_passphrase('not the passphrase', 'another river lamp 7');
  await bench.until('on_keys_failed', (text) => /does not open/.test(text), since);
  bench.page.make_recovery_code(PASSPHRASE);
  const [new_code] = await bench.until('on_recovery_code', () => true, since);
  assert.notEqual(new_code, old_code);
  await locked_by(() => bench.page.lock());
  since = bench.told.length;
  bench.page.unlock_with_code(old_code);
  await bench.until('on_open_failed', () => true, since);
  bench.page.unlock_with_code(new_code);
  await bench.until('on_opened', () => true, since);
});

test('keys: after a few wrong passphrases each further try has to wait, the right one too', async () => {
  bench = await HostBench.open();
  await locked_by(() => bench.page.lock());
  let since = bench.told.length;
  for (let tries = 0; tries < 3; tries += 1) {
    since = bench.told.length;
    bench.page.unlock_practice(`wrong passphrase ${tries}`);
    await bench.until('on_open_failed', (text) => /does not open/.test(text), since);
  }
  since = bench.told.length;
  bench.page.unlock_practice(PASSPHRASE);
  await bench.until('on_open_failed', (text) => /Wait \d+ seconds/.test(text), since);
  move_clock(6000);
  bench.page.unlock_practice(PASSPHRASE);
  await bench.until('on_opened', () => true, since);
});
