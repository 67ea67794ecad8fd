// The practice's data key, and the header file that holds it wrapped. Store worker.
//
// The data key is 256 random bits and never leaves the worker. The header holds it in slots; the passphrase's slot
// wraps it with AES-256-GCM under a key that Argon2id draws from the passphrase. The demo's patients are made up,
// so its header holds its key openly, and says so.
//
// The header lies in the file twice, each copy in its own 4096 bytes with a sequence number and a SHA-256. A write
// replaces one copy, flushes, then the other: whenever the power goes, one whole copy is there.

import { argon2id } from 'hash-wasm';
import { CallError } from '../protocol/call.ts';
import { sha256 } from '../protocol/sha256.ts';
import { read_all, write_all, type AccessFile } from './folder.ts';

export const DATA_KEY_BYTES = 32;
export const SHORTEST_PASSPHRASE = 8;

const MAGIC = 0x48435343; // "CSCH"
const VERSION = 1;
const COPY_BYTES = 4096;
const PREFIX_BYTES = 16; // magic, version, sequence, payload length
const SUM_BYTES = 32;
const DEMO_NOTE = 'The patients of this demo are made up, so its key lies here in the open.';

/** Parameters of Argon2id. Kept with each slot, so that they can be raised later. */
export interface Argon2Cost {
  memory_kib: number;
  iterations: number;
  parallelism: number;
}
export const ARGON2_COST: Argon2Cost = { memory_kib: 65536, iterations: 3, parallelism: 1 };

interface PassphraseSlot {
  kind: 'passphrase';
  cost: Argon2Cost;
  salt: string;
  nonce: string;
  wrapped: string;
}

export type KeyHeader =
  | { kind: 'practice'; practice_id: string; slots: PassphraseSlot[] }
  | { kind: 'demo'; practice_id: string; note: string; open_key: string };

function key_error(code: string, message: string, detail: string): CallError {
  return new CallError({ code, message, detail });
}

const damaged = (detail: string): CallError =>
  key_error(
    'corrupt',
    "The file that holds this practice's key is damaged, so its records cannot be opened. Leave this device as it is and restore a backup.",
    detail,
  );

function to_base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function from_base64(text: string, byte_count: number): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw damaged('a field is no base64');
  }
  if (bytes.length !== byte_count) throw damaged('a field has the wrong length');
  return bytes;
}

const random_bytes = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count));

// ---- the file ----

async function encode_copy(header: KeyHeader, sequence: number): Promise<Uint8Array> {
  const payload = new TextEncoder().encode(JSON.stringify(header));
  const used = PREFIX_BYTES + payload.length;
  if (used + SUM_BYTES > COPY_BYTES) throw damaged('the header does not fit');
  const copy = new Uint8Array(COPY_BYTES);
  const view = new DataView(copy.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, VERSION, true);
  view.setUint32(8, sequence, true);
  view.setUint32(12, payload.length, true);
  copy.set(payload, PREFIX_BYTES);
  copy.set(await sha256(copy.slice(0, used)), used);
  return copy;
}

type Decoded = { header: KeyHeader; sequence: number } | 'newer' | undefined;

async function decode_copy(copy: Uint8Array<ArrayBuffer>): Promise<Decoded> {
  if (copy.length < PREFIX_BYTES + SUM_BYTES) return undefined;
  const view = new DataView(copy.buffer, copy.byteOffset, copy.length);
  const used = PREFIX_BYTES + view.getUint32(12, true);
  if (view.getUint32(0, true) !== MAGIC || used + SUM_BYTES > copy.length) return undefined;
  const sum = await sha256(copy.slice(0, used));
  if (!sum.every((byte, index) => byte === copy[used + index])) return undefined;
  if (view.getUint32(4, true) > VERSION) return 'newer';
  const payload = parsed(new TextDecoder().decode(copy.subarray(PREFIX_BYTES, used)));
  return is_header(payload) ? { header: payload, sequence: view.getUint32(8, true) } : undefined;
}

/** Undefined where a forged copy, whose sum is right, holds no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function is_header(value: unknown): value is KeyHeader {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('practice_id' in value)) return false;
  if (typeof value.practice_id !== 'string') return false;
  if (value.kind === 'demo') return 'open_key' in value && typeof value.open_key === 'string';
  return value.kind === 'practice' && 'slots' in value && Array.isArray(value.slots) && value.slots.every(is_slot);
}

function is_slot(value: unknown): value is PassphraseSlot {
  if (typeof value !== 'object' || value === null) return false;
  const slot = value as Partial<PassphraseSlot>;
  const texts = [slot.salt, slot.nonce, slot.wrapped].every((text) => typeof text === 'string');
  const { memory_kib = 0, iterations = 0, parallelism = 0 } = slot.cost ?? {};
  // Bounds keep a damaged or forged header from asking for all of the device's memory or a year of its time.
  const sane = memory_kib >= 8 && memory_kib <= 1 << 20 && iterations >= 1 && iterations <= 64 && parallelism === 1;
  return slot.kind === 'passphrase' && texts && sane;
}

async function decode_file(file: AccessFile): Promise<Decoded[]> {
  const bytes = read_all(file);
  return Promise.all([
    decode_copy(bytes.slice(0, COPY_BYTES)),
    decode_copy(bytes.slice(COPY_BYTES, 2 * COPY_BYTES)),
  ]);
}

/** The newest whole copy; undefined for an empty file, that is a practice that was never made. */
export async function read_key_header(file: AccessFile): Promise<KeyHeader | undefined> {
  const copies = await decode_file(file);
  if (copies.includes('newer')) {
    throw key_error(
      'newer_version',
      'This practice was last opened by a newer Chartside. Open it with that version; nothing was changed here.',
      'key header',
    );
  }
  const whole = copies.filter((copy) => copy !== undefined && copy !== 'newer');
  const newest = whole.sort((a, b) => b.sequence - a.sequence)[0];
  if (newest) return newest.header;
  if (file.getSize() === 0) return undefined;
  throw damaged('neither copy is whole');
}

/** Durable when it settles. A file whose copies are both torn is one that was never acknowledged. */
export async function write_key_header(file: AccessFile, header: KeyHeader): Promise<void> {
  const copies = await decode_file(file);
  const sequences = copies.map((copy) => (copy === undefined || copy === 'newer' ? 0 : copy.sequence));
  const [first = 0, second = 0] = sequences;
  const copy = await encode_copy(header, Math.max(first, second) + 1);
  // The older copy goes first: until it is whole, the newer one stands.
  const order = first <= second ? [0, 1] : [1, 0];
  for (const index of order) {
    write_all(file, copy, index * COPY_BYTES);
    file.flush();
  }
}

// ---- the keys ----

/** Refuses a passphrase that is too short, with the sentence to show. */
export function check_passphrase(passphrase: string): void {
  const length = [...passphrase.normalize('NFKC')].length;
  if (length < SHORTEST_PASSPHRASE) {
    throw key_error(
      'invalid_input',
      `A passphrase needs at least ${SHORTEST_PASSPHRASE} characters. Four or five everyday words are easy to keep and hard to guess.`,
      'passphrase too short',
    );
  }
}

async function wrapping_key(passphrase: string, salt: Uint8Array, cost: Argon2Cost): Promise<CryptoKey> {
  const raw = await argon2id({
    // The same letters typed on another keyboard may be composed differently.
    password: passphrase.normalize('NFKC'),
    salt,
    memorySize: cost.memory_kib,
    iterations: cost.iterations,
    parallelism: cost.parallelism,
    hashLength: 32,
    outputType: 'binary',
  });
  const bytes = new Uint8Array(raw);
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  bytes.fill(0);
  raw.fill(0);
  return key;
}

// What a slot is bound to: it opens neither another practice nor under other parameters.
function slot_context(practice_id: string, cost: Argon2Cost): Uint8Array<ArrayBuffer> {
  const { memory_kib, iterations, parallelism } = cost;
  return new TextEncoder().encode(`chartside key slot 1|${practice_id}|${memory_kib}|${iterations}|${parallelism}`);
}

/** A new practice: its header, to be written before anything else, and its data key. */
export async function make_practice(
  passphrase: string,
  cost: Argon2Cost = ARGON2_COST,
): Promise<{ header: KeyHeader; data_key: Uint8Array<ArrayBuffer> }> {
  check_passphrase(passphrase);
  const practice_id = to_base64(random_bytes(12));
  const data_key = random_bytes(DATA_KEY_BYTES);
  const salt = random_bytes(16);
  const nonce = random_bytes(12);
  const key = await wrapping_key(passphrase, salt, cost);
  const additionalData = slot_context(practice_id, cost);
  const wrapped = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, data_key);
  const slot: PassphraseSlot = {
    kind: 'passphrase',
    cost,
    salt: to_base64(salt),
    nonce: to_base64(nonce),
    wrapped: to_base64(new Uint8Array(wrapped)),
  };
  return { header: { kind: 'practice', practice_id, slots: [slot] }, data_key };
}

export function make_demo(): { header: KeyHeader; data_key: Uint8Array<ArrayBuffer> } {
  const data_key = random_bytes(DATA_KEY_BYTES);
  const practice_id = to_base64(random_bytes(12));
  return { header: { kind: 'demo', practice_id, note: DEMO_NOTE, open_key: to_base64(data_key) }, data_key };
}

/** The data key that the passphrase opens, or `denied`. */
export async function unlock(header: KeyHeader, passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
  if (header.kind === 'demo') throw damaged('the demo where the practice should be');
  for (const slot of header.slots) {
    const key = await wrapping_key(passphrase, from_base64(slot.salt, 16), slot.cost);
    const additionalData = slot_context(header.practice_id, slot.cost);
    const iv = from_base64(slot.nonce, 12);
    try {
      const wrapped = from_base64(slot.wrapped, DATA_KEY_BYTES + 16);
      return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, wrapped));
    } catch (error) {
      if (error instanceof CallError) throw error;
    }
  }
  throw key_error(
    'denied',
    'That passphrase does not open this practice. Check the keyboard layout and capital letters, then try again.',
    'no slot opened',
  );
}

/** The demo's key, which is no secret. */
export function demo_key(header: KeyHeader): Uint8Array<ArrayBuffer> {
  if (header.kind !== 'demo') throw damaged('a practice where the demo should be');
  return from_base64(header.open_key, DATA_KEY_BYTES);
}
