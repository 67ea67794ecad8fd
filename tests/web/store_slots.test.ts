// The key header's slots: what opens the practice, changing it, and every place at which a change can be cut.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallError } from '../../web/protocol/call.ts';
import { Attempts, FREE_TRIES, left_to_wait_ms, WAITS_SECONDS } from '../../web/store/attempts.ts';
import type { AccessFile, Folder } from '../../web/store/folder.ts';
import { read_key_header } from '../../web/store/keys.ts';
import { PracticeKeys } from '../../web/store/practice_keys.ts';
import { make_recovery_code } from '../../web/store/recovery_code.ts';
import { MemoryFolder } from './store_memory.ts';

const cost = { memory_kib: 64, iterations: 1, parallelism: 1 };
const PASSPHRASE = 'river candle été 42';
const NEW_PASSPHRASE = 'window apple train 7';
const with_code = (code: string) => (error: unknown) => error instanceof CallError && error.code === code;
const output = (seed: number): Uint8Array<ArrayBuffer> => new Uint8Array(32).fill(seed);
const SALT = Buffer.from(output(1)).toString('base64');

async function practice(): Promise<{ folder: MemoryFolder; keys: PracticeKeys; data_key: Uint8Array }> {
  const folder = new MemoryFolder();
  const keys = new PracticeKeys(folder, { cost });
  return { folder, keys, data_key: await keys.create(PASSPHRASE) };
}
/** As after a reload. */
const again = (folder: MemoryFolder, now?: () => number): PracticeKeys => new PracticeKeys(folder, { cost, now });
const typed = (text: string) => ({ kind: 'typed', typed: text }) as const;

test('slots: passphrase, recovery code and authenticator each open the same data key', async () => {
  const { folder, keys, data_key } = await practice();
  const { code } = await keys.make_recovery_code('');
  await keys.add_authenticator(PASSPHRASE, { credential_id: 'abc', output: output(9) }, SALT);
  const later = again(folder);
  assert.deepEqual(await later.open(typed(PASSPHRASE)), { data_key, by: 'passphrase' });
  assert.deepEqual(await later.open(typed(code)), { data_key, by: 'recovery' });
  assert.deepEqual(await later.open(typed(code.toLowerCase().replaceAll('-', ' '))), { data_key, by: 'recovery' });
  assert.deepEqual(await later.open({ kind: 'code', typed: code }), { data_key, by: 'recovery' });
  assert.deepEqual(await later.open({ kind: 'authenticator', credential_id: 'abc', output: output(9) }), { data_key, by: 'authenticator' });
  assert.deepEqual(await later.slots(), {
    recovery: 'unchecked',
    recovery_made_at_ms: (await later.slots()).recovery_made_at_ms,
    authenticators: [{ credential_id: 'abc', salt: SALT }],
  });
  await assert.rejects(later.open({ kind: 'authenticator', credential_id: 'abc', output: output(8) }), with_code('denied'));
  await assert.rejects(later.open({ kind: 'authenticator', credential_id: 'abd', output: output(9) }), with_code('denied'));
});

test('slots: a new recovery code takes the place of the old one, and is checked by itself', async () => {
  const { folder, keys, data_key } = await practice();
  const first = await keys.make_recovery_code('');
  assert.equal((await keys.recovery_code_checked()).recovery, 'checked');
  const second = await keys.make_recovery_code(PASSPHRASE);
  assert.equal(second.recovery, 'unchecked');
  await assert.rejects(again(folder).open(typed(first.code)), with_code('denied'));
  assert.deepEqual((await again(folder).open(typed(second.code))).data_key, data_key);
});

test('slots: a changed passphrase opens, the old one does not, and the recovery code still does', async () => {
  const { folder, keys, data_key } = await practice();
  const { code } = await keys.make_recovery_code('');
  await keys.change_passphrase(PASSPHRASE, NEW_PASSPHRASE);
  await assert.rejects(again(folder).open(typed(PASSPHRASE)), with_code('denied'));
  assert.deepEqual((await again(folder).open(typed(NEW_PASSPHRASE))).data_key, data_key);
  assert.deepEqual((await again(folder).open(typed(code))).data_key, data_key);
});

test('slots: an unlocked practice does not let whoever passes by change its keys', async () => {
  const { folder, keys } = await practice();
  await keys.make_recovery_code(''); // right after it was made
  await assert.rejects(keys.make_recovery_code(''), with_code('denied'));
  const opened = again(folder);
  await opened.open(typed(PASSPHRASE));
  await assert.rejects(opened.change_passphrase('', NEW_PASSPHRASE), with_code('denied'));
  await assert.rejects(opened.make_recovery_code('not the passphrase'), with_code('denied'));
  await assert.rejects(opened.add_authenticator('', { credential_id: 'abc', output: output(9) }, SALT), with_code('denied'));
});

test('slots: whoever opened with the recovery code chooses a new passphrase without the old one, once', async () => {
  const { folder, keys, data_key } = await practice();
  const { code } = await keys.make_recovery_code('');
  const opened = again(folder);
  await opened.open(typed(code));
  await assert.rejects(opened.change_passphrase('', 'short'), with_code('invalid_input'));
  await opened.change_passphrase('', NEW_PASSPHRASE);
  await assert.rejects(opened.change_passphrase('', PASSPHRASE), with_code('denied'));
  assert.deepEqual((await again(folder).open(typed(NEW_PASSPHRASE))).data_key, data_key);
});

test('slots: a removed authenticator opens nothing, and the passphrase cannot be removed', async () => {
  const { folder, keys, data_key } = await practice();
  await keys.add_authenticator(PASSPHRASE, { credential_id: 'abc', output: output(9) }, SALT);
  assert.deepEqual((await keys.remove_authenticators()).authenticators, []);
  await assert.rejects(again(folder).open({ kind: 'authenticator', credential_id: 'abc', output: output(9) }), with_code('denied'));
  assert.deepEqual((await again(folder).open(typed(PASSPHRASE))).data_key, data_key);
});

test('slots: a header of version 1 opens, and takes a recovery code', async () => {
  const { folder, data_key } = await practice();
  // Version 1 differs in its number alone, as long as there is only a passphrase.
  const bytes = folder.file('key').snapshot();
  for (const start of [0, 4096]) {
    const view = new DataView(bytes.buffer, start, 4096);
    assert.equal(view.getUint32(4, true), 2);
    view.setUint32(4, 1, true);
    const used = 16 + view.getUint32(12, true);
    bytes.set(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice(start, start + used))), start + used);
  }
  folder.file('key').set(bytes);
  const keys = again(folder);
  assert.deepEqual(await keys.open(typed(PASSPHRASE)), { data_key, by: 'passphrase' });
  const { code } = await keys.make_recovery_code(PASSPHRASE);
  assert.deepEqual((await again(folder).open(typed(code))).data_key, data_key);
});

// ---- wrong ones slow down ----

test('slots: after three wrong ones each further try waits longer, a reload or a kill does not shorten it', async () => {
  const { folder, keys } = await practice();
  const { code } = await keys.make_recovery_code('');
  let now = 1_000_000;
  const attempt = (text: string): Promise<unknown> => again(folder, () => now).open(typed(text));
  for (let i = 0; i < FREE_TRIES; i += 1) await assert.rejects(attempt('wrong'), /does not open this practice/);
  await assert.rejects(attempt(PASSPHRASE), /wrong too often\. Wait 5 seconds, then/);
  now += 2000;
  await assert.rejects(attempt(code), /Wait 3 seconds/);
  now += 3000;
  await assert.rejects(attempt('wrong'), /does not open this practice/);
  await assert.rejects(attempt(PASSPHRASE), /Wait 15 seconds/);
  now -= 3_600_000; // a clock that was set back makes it no longer
  await assert.rejects(attempt(PASSPHRASE), /Wait 15 seconds/);
  now += 3_600_000 + 15_000;
  await attempt(PASSPHRASE);
  for (let i = 0; i < FREE_TRIES; i += 1) await assert.rejects(attempt('wrong'), /does not open this practice/); // begins anew
  assert.equal(left_to_wait_ms({ wrong: 99, last_at_ms: now }, now), (WAITS_SECONDS.at(-1) as number) * 1000);
});

test('slots: a try that is killed before it is answered has counted', async () => {
  let folder = (await practice()).folder;
  const denied = new CallError({ code: 'denied', message: '', detail: '' });
  for (let i = 0; i < FREE_TRIES; i += 1) {
    let killed = folder;
    const attempt = new Attempts(folder, () => 1000).guard(async () => {
      killed = folder.copy(); // what is on the device at this moment
      throw denied;
    });
    await assert.rejects(attempt, with_code('denied'));
    folder = killed;
  }
  await assert.rejects(again(folder, () => 1000).open(typed(PASSPHRASE)), /Wait 5 seconds/);
});

test('slots: a mistyped recovery code is told where, and is no try', async () => {
  const { folder, keys } = await practice();
  const { code } = await keys.make_recovery_code('');
  const wrong = code.slice(0, 7) + (code[7] === 'A' ? 'B' : 'A') + code.slice(8);
  for (let i = 0; i < FREE_TRIES + 2; i += 1) {
    await assert.rejects(again(folder).open({ kind: 'code', typed: wrong }), (error: unknown) => {
      return error instanceof CallError && error.code === 'invalid_input' && /wrong character, probably in group 2/.test(error.message);
    });
  }
  await again(folder).open(typed(code));
  await assert.rejects(again(folder).open({ kind: 'code', typed: make_recovery_code() }), with_code('denied'));
});

test('slots: a device too full to count a try still opens', async () => {
  const { folder } = await practice();
  const full: Folder = {
    folder: (name, create) => folder.folder(name, create),
    remove: (name) => folder.remove(name),
    open: (name, create) => {
      if (name === 'attempts' && create) throw new DOMException('full', 'QuotaExceededError');
      return folder.open(name, create);
    },
  };
  await new PracticeKeys({ ...full, open: async (name, create) => full.open(name, create) }, { cost }).open(typed(PASSPHRASE));
});

// ---- every place at which a change can be cut ----

type Step = { kind: 'write'; at: number; bytes: Uint8Array } | { kind: 'flush' };

/** Notes what is done to the key file. */
function watched(folder: MemoryFolder, steps: Step[]): Folder {
  const watch = (file: AccessFile): AccessFile => ({
    read: (target, options) => file.read(target, options),
    getSize: () => file.getSize(),
    truncate: () => assert.fail('the header is never cut'),
    close: () => file.close(),
    write: (bytes, options) => {
      steps.push({ kind: 'write', at: options.at, bytes: bytes.slice() });
      return file.write(bytes, options);
    },
    flush: () => {
      steps.push({ kind: 'flush' });
      file.flush();
    },
  });
  return {
    folder: (name, create) => folder.folder(name, create),
    remove: (name) => folder.remove(name),
    open: async (name, create) => {
      const file = await folder.open(name, create);
      return file && name === 'key' ? watch(file) : file;
    },
  };
}

const CHANGES: Record<string, (keys: PracticeKeys, code: string) => Promise<unknown>> = {
  'change the passphrase': (keys) => keys.change_passphrase(PASSPHRASE, NEW_PASSPHRASE),
  'make a recovery code': (keys) => keys.make_recovery_code(PASSPHRASE),
  'check the recovery code': (keys) => keys.recovery_code_checked(),
  'add an authenticator': (keys) => keys.add_authenticator(PASSPHRASE, { credential_id: 'new', output: output(3) }, SALT),
  'remove the authenticators': (keys) => keys.remove_authenticators(),
  'change the passphrase with the recovery code': (keys, code) => keys.change_passphrase(code, NEW_PASSPHRASE),
};

/** A small generator, so that a failure can be found again. */
function seeded(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
}

test('slots: wherever a change is cut or torn, the old keys or the new ones open, never neither', async (t) => {
  let points = 0;
  const ends = { old: 0, new: 0 };
  for (const [name, change] of Object.entries(CHANGES)) {
    const { folder, keys, data_key } = await practice();
    const { code } = await keys.make_recovery_code('');
    await keys.add_authenticator(PASSPHRASE, { credential_id: 'abc', output: output(9) }, SALT);
    const before = folder.file('key').snapshot();
    const header_of = async (bytes: Uint8Array): Promise<string> => {
      const found = new MemoryFolder();
      const file = await found.open('key', true);
      assert.ok(file);
      found.file('key').set(bytes);
      return JSON.stringify(await read_key_header(file));
    };
    const old_header = await header_of(before);
    const steps: Step[] = [];
    await change(new PracticeKeys(watched(folder, steps), { cost }), code);
    const new_header = await header_of(folder.file('key').snapshot());
    assert.notEqual(old_header, new_header, name);
    assert.deepEqual(steps.map(({ kind }) => kind), ['write', 'flush', 'write', 'flush'], name);

    /** `flushed` steps are on the device; of the write that follows, `torn` bytes, and the rest as the seed has it. */
    const look = async (bytes: Uint8Array, what: string): Promise<void> => {
      points += 1;
      const header = await header_of(bytes);
      assert.ok(header === old_header || header === new_header, `${name}: ${what}`);
      ends[header === old_header ? 'old' : 'new'] += 1;
    };
    let durable = before;
    for (const [index, step] of steps.entries()) {
      if (step.kind === 'flush') continue;
      const whole = durable.slice();
      whole.set(step.bytes, step.at);
      await look(whole, `after step ${index}`);
      for (let torn = 0; torn < step.bytes.length; torn += 64) {
        const cut = durable.slice();
        cut.set(step.bytes.subarray(0, torn), step.at);
        await look(cut, `step ${index} cut at ${torn}`);
      }
      for (let seed = 1; seed <= 20; seed += 1) {
        const random = seeded(seed);
        const torn = durable.slice();
        // Sectors of 512 bytes: old, new, zero or nonsense.
        for (let sector = 0; sector < step.bytes.length; sector += 512) {
          const fate = random() % 4;
          if (fate === 1) torn.set(step.bytes.subarray(sector, sector + 512), step.at + sector);
          if (fate === 2) torn.fill(0, step.at + sector, step.at + sector + 512);
          if (fate === 3) for (let i = 0; i < 512; i += 1) torn[step.at + sector + i] = random() & 255;
        }
        await look(torn, `step ${index}, seed ${seed}`);
      }
      durable = whole;
    }
    assert.equal(await header_of(durable), new_header);
    // And what the two headers hold opens the same data key.
    const opens = async (bytes: Uint8Array, text: string): Promise<Uint8Array> => {
      const found = folder.copy();
      found.file('key').set(bytes);
      return (await again(found).open(typed(text))).data_key;
    };
    assert.deepEqual(await opens(before, PASSPHRASE), data_key);
    assert.deepEqual(await opens(durable, name.startsWith('change') ? NEW_PASSPHRASE : PASSPHRASE), data_key);
  }
  t.diagnostic(`${points} points: ${ends.old} with the old header, ${ends.new} with the new one, 0 with neither`);
  assert.ok(ends.old > 100 && ends.new > 100);
});

test('slots: the enumeration can fail: a header written once, in place, is lost', async () => {
  const { folder, keys } = await practice();
  const before = folder.file('key').snapshot();
  await keys.make_recovery_code('');
  const after = folder.file('key').snapshot();
  // Both copies at once, as a writer without the turns would do it, cut in the middle of each.
  const torn = before.slice();
  torn.set(after.subarray(0, 100), 0);
  torn.set(after.subarray(4096, 4196), 4096);
  folder.file('key').set(torn);
  const file = await folder.open('key', false);
  assert.ok(file);
  await assert.rejects(read_key_header(file), with_code('corrupt'));
});
