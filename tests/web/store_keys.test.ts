import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallError } from '../../web/protocol/call.ts';
import type { AccessFile } from '../../web/store/folder.ts';
import { ARGON2_COST } from '../../web/store/key_slots.ts';
import {
  demo_key,
  make_demo,
  make_practice,
  read_key_header,
  unlock,
  write_key_header,
} from '../../web/store/keys.ts';
import { MemoryFolder } from './store_memory.ts';

const CHEAP = { memory_kib: 64, iterations: 1, parallelism: 1 };
const PASSPHRASE = 'river candle été 42';

async function key_file(): Promise<{ folder: MemoryFolder; file: AccessFile }> {
  const folder = new MemoryFolder();
  const file = await folder.open('key', true);
  assert.ok(file);
  return { folder, file };
}

const with_code = (code: string) => (error: unknown) => error instanceof CallError && error.code === code;

test('keys: the passphrase opens the practice, in whichever form its letters were typed', async () => {
  const { header, data_key } = await make_practice(PASSPHRASE, CHEAP);
  assert.deepEqual(await unlock(header, PASSPHRASE), { data_key, by: 'passphrase' });
  assert.deepEqual((await unlock(header, PASSPHRASE.normalize('NFD'))).data_key, data_key);
});

test('keys: another passphrase is denied with a sentence', async () => {
  const { header } = await make_practice(PASSPHRASE, CHEAP);
  await assert.rejects(unlock(header, 'River candle été 42'), (error: unknown) => {
    assert.ok(error instanceof CallError);
    assert.equal(error.code, 'denied');
    assert.match(error.message, /^That passphrase does not open this practice\. /);
    return true;
  });
});

test('keys: a passphrase of seven characters is refused, counted in characters and not in bytes', async () => {
  await assert.rejects(make_practice('ééééééé', CHEAP), with_code('invalid_input'));
  await make_practice('éééééééé', CHEAP);
});

test('keys: the real cost is paid by default', async () => {
  const { header } = await make_practice(PASSPHRASE);
  const [slot] = header.slots;
  assert.equal(slot?.kind === 'passphrase' && slot.cost, ARGON2_COST);
  assert.deepEqual(ARGON2_COST, { memory_kib: 65536, iterations: 3, parallelism: 1 });
  await assert.rejects(unlock(header, 'not this one'), with_code('denied'));
});

test('keys: a slot opens neither under another cost nor in another practice', async () => {
  const { header } = await make_practice(PASSPHRASE, CHEAP);
  await assert.rejects(unlock({ ...header, practice_id: 'other' }, PASSPHRASE), with_code('denied'));
  const slots = header.slots.map((slot) => (slot.kind === 'passphrase' ? { ...slot, cost: { ...slot.cost, iterations: 2 } } : slot));
  await assert.rejects(unlock({ ...header, slots }, PASSPHRASE), with_code('denied'));
});

test("keys: the demo's header holds its key openly and says so", async () => {
  const { folder, file } = await key_file();
  const { header, data_key } = make_demo();
  await write_key_header(file, header);
  assert.match(Buffer.from(folder.file('key').snapshot()).toString('latin1'), /made up, so its key lies here in the open/);
  const read = await read_key_header(file);
  assert.ok(read);
  assert.deepEqual(demo_key(read), data_key);
  await assert.rejects(unlock(read, PASSPHRASE), with_code('corrupt'));
});

test('keys: with either copy torn at any place, the other one opens', async () => {
  const { folder, file } = await key_file();
  const { header } = await make_practice(PASSPHRASE, CHEAP);
  await write_key_header(file, header);
  const whole = folder.file('key').snapshot();
  assert.equal(whole.length, 8192);
  for (const start of [0, 4096]) {
    for (const at of [0, 4, 8, 12, 16, 40, 200]) {
      const torn = whole.slice();
      torn.fill(0xa5, start + at, start + at + 3);
      folder.file('key').set(torn);
      assert.deepEqual(await read_key_header(file), header);
    }
  }
});

test('keys: a rewrite cut at any byte leaves the old or the new header', async () => {
  const { folder, file } = await key_file();
  const old_header = (await make_practice(PASSPHRASE, CHEAP)).header;
  const new_header = (await make_practice(PASSPHRASE, CHEAP)).header;
  await write_key_header(file, old_header);
  const before = folder.file('key').snapshot();
  await write_key_header(file, new_header);
  const after = folder.file('key').snapshot();
  for (let cut = 0; cut <= after.length; cut += 97) {
    const torn = after.slice();
    torn.set(before.subarray(cut), cut);
    folder.file('key').set(torn);
    const read = await read_key_header(file);
    const expected = [old_header, new_header].map((header) => JSON.stringify(header));
    assert.ok(expected.includes(JSON.stringify(read)), `cut at ${cut}`);
  }
  await write_key_header(file, old_header);
  assert.deepEqual(await read_key_header(file), old_header);
});

test('keys: both copies damaged is corrupt, an empty file is no practice, a newer one is told as such', async () => {
  const { folder, file } = await key_file();
  assert.equal(await read_key_header(file), undefined);
  await write_key_header(file, make_demo().header);
  const whole = folder.file('key').snapshot();
  const torn = whole.slice();
  torn[20] = (torn[20] ?? 0) ^ 1;
  torn[4096 + 20] = (torn[4096 + 20] ?? 0) ^ 1;
  folder.file('key').set(torn);
  await assert.rejects(read_key_header(file), with_code('corrupt'));
  const newer = whole.slice();
  new DataView(newer.buffer).setUint32(4, 3, true);
  const used = 16 + new DataView(newer.buffer).getUint32(12, true);
  newer.set(new Uint8Array(await crypto.subtle.digest('SHA-256', newer.slice(0, used))), used);
  folder.file('key').set(newer);
  await assert.rejects(read_key_header(file), with_code('newer_version'));
});
