// The file that holds the wrapped key, damaged or forged: it gives the header that was written, or is refused with a
// sentence. A forged one with right sums opens nothing and asks for no unreasonable work.

import assert from 'node:assert/strict';
import { CallError } from '../../web/protocol/call.ts';
import { sha256 } from '../../web/protocol/sha256.ts';
import { make_practice, read_key_header, unlock, write_key_header, type KeyHeader } from '../../web/store/keys.ts';
import { MemoryFolder } from '../web/store_memory.ts';
import { fuzz } from './mutate.ts';

const CHEAP = { memory_kib: 64, iterations: 1, parallelism: 1 };
const PASSPHRASE = 'river candle 42';
const PREFIX_BYTES = 16;
const COPY_BYTES = 4096;

async function opened(bytes: Uint8Array<ArrayBuffer>) {
  const folder = new MemoryFolder();
  const file = await folder.open('key', true);
  assert.ok(file);
  folder.file('key').set(bytes);
  return { folder, file };
}

const made = await make_practice(PASSPHRASE, CHEAP);
const { folder, file } = await opened(new Uint8Array(0));
await write_key_header(file, made.header);
const once = folder.file('key').snapshot();
await write_key_header(file, made.header);
const twice = folder.file('key').snapshot();

/** As an attacker would: the sum of whatever the first copy now claims to hold. */
async function with_right_sum(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes.length < PREFIX_BYTES) return bytes;
  const used = PREFIX_BYTES + new DataView(bytes.buffer).getUint32(12, true);
  if (used + 32 > Math.min(bytes.length, COPY_BYTES)) return bytes;
  bytes.set(await sha256(bytes.slice(0, used)), used);
  return bytes;
}

const is_the_same = (header: KeyHeader): boolean => JSON.stringify(header) === JSON.stringify(made.header);
const cost_of = (header: KeyHeader): number =>
  header.kind === 'practice' ? header.slots.reduce((sum, slot) => sum + ('cost' in slot ? slot.cost.memory_kib * slot.cost.iterations : 0), 0) : 0;

await fuzz({
  name: 'key_header',
  seeds: [once, twice],
  repair: with_right_sum,
  check: async (bytes) => {
    const { file: damaged } = await opened(bytes);
    let header: KeyHeader | undefined;
    try {
      header = await read_key_header(damaged);
    } catch (error) {
      if (!(error instanceof CallError) || !['corrupt', 'newer_version'].includes(error.code)) throw error;
      return error.code;
    }
    if (header === undefined) {
      assert.equal(bytes.length, 0, 'only an empty file is no practice');
      return 'absent';
    }
    if (is_the_same(header)) return 'same';
    if (cost_of(header) > 1 << 16) return 'costly'; // believed, and as slow as its bounds allow: not for here
    try {
      assert.deepEqual((await unlock(header, PASSPHRASE)).data_key, made.data_key, 'what opens is the key that was wrapped');
      return 'opened';
    } catch (error) {
      if (!(error instanceof CallError) || !['denied', 'corrupt'].includes(error.code)) throw error;
      return 'forged, refused';
    }
  },
});
