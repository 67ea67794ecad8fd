// The slots of the key header: the data key wrapped with AES-256-GCM under a key that is drawn from something a person
// has. A passphrase is stretched by Argon2id; a recovery code and an authenticator's answer are random enough to be drawn
// from by HKDF. Each slot is bound to its practice, its kind and its parameters. Store worker.

import { argon2id } from 'hash-wasm';
import { CallError } from '../protocol/call.ts';
import { recovery_code_bytes } from './recovery_code.ts';

export const DATA_KEY_BYTES = 32;
/** Of an authenticator's answer. */
const OUTPUT_BYTES = 32;
/** WebAuthn allows 1023; the header has no room for that, and no device's own lock makes such. */
const LONGEST_CREDENTIAL_ID = 400; // of its base64url

/** Parameters of Argon2id. Kept with each slot, so that they can be raised later. */
export interface Argon2Cost {
  memory_kib: number;
  iterations: number;
  parallelism: number;
}
export const ARGON2_COST: Argon2Cost = { memory_kib: 65536, iterations: 3, parallelism: 1 };

interface Wrapped {
  salt: string;
  nonce: string;
  wrapped: string;
}
export type PassphraseSlot = Wrapped & { kind: 'passphrase'; cost: Argon2Cost };
export type RecoverySlot = Wrapped & { kind: 'recovery'; made_at_ms: number; checked: boolean };
/** `salt` is what the authenticator is asked with. */
export type AuthenticatorSlot = Wrapped & { kind: 'authenticator'; credential_id: string; added_at_ms: number };
export type KeySlot = PassphraseSlot | RecoverySlot | AuthenticatorSlot;

/** What an authenticator answers to a slot's salt: WebAuthn's PRF extension. */
export interface AuthenticatorSecret {
  credential_id: string;
  output: Uint8Array<ArrayBuffer>;
}

export function key_error(code: string, message: string, detail: string): CallError {
  return new CallError({ code, message, detail });
}

export const damaged = (detail: string): CallError =>
  key_error(
    'corrupt',
    "The file that holds this practice's key is damaged, so its records cannot be opened. Leave this device as it is and restore a backup.",
    detail,
  );

export function to_base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

export function from_base64(text: string, byte_count: number): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw damaged('a field is no base64');
  }
  if (bytes.length !== byte_count) throw damaged('a field has the wrong length');
  return bytes;
}

export const random_bytes = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count));

export function is_slot(value: unknown): value is KeySlot {
  if (typeof value !== 'object' || value === null) return false;
  const slot = value as Partial<PassphraseSlot> | Partial<RecoverySlot> | Partial<AuthenticatorSlot>;
  if (![slot.salt, slot.nonce, slot.wrapped].every((text) => typeof text === 'string')) return false;
  switch (slot.kind) {
    case 'passphrase': {
      const { memory_kib = 0, iterations = 0, parallelism = 0 } = slot.cost ?? {};
      // Bounds keep a damaged or forged header from asking for all of the device's memory or a year of its time.
      return memory_kib >= 8 && memory_kib <= 1 << 20 && iterations >= 1 && iterations <= 64 && parallelism === 1;
    }
    case 'recovery':
      return typeof slot.made_at_ms === 'number' && typeof slot.checked === 'boolean';
    case 'authenticator':
      return typeof slot.credential_id === 'string' && typeof slot.added_at_ms === 'number';
    default:
      return false;
  }
}

// ---- wrapping ----

async function wrap(key: CryptoKey, context: Uint8Array<ArrayBuffer>, data_key: Uint8Array<ArrayBuffer>, salt: string): Promise<Wrapped> {
  const nonce = random_bytes(12);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: context }, key, data_key);
  return { salt, nonce: to_base64(nonce), wrapped: to_base64(new Uint8Array(sealed)) };
}

/** Undefined where the key is not this slot's. */
async function unwrap(key: CryptoKey, context: Uint8Array<ArrayBuffer>, slot: Wrapped): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const iv = from_base64(slot.nonce, 12);
  const sealed = from_base64(slot.wrapped, DATA_KEY_BYTES + 16);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: context }, key, sealed));
  } catch {
    return undefined;
  }
}

const text_bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

// ---- the passphrase ----

async function passphrase_key(passphrase: string, salt: Uint8Array, cost: Argon2Cost): Promise<CryptoKey> {
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

function passphrase_context(practice_id: string, cost: Argon2Cost): Uint8Array<ArrayBuffer> {
  const { memory_kib, iterations, parallelism } = cost;
  return text_bytes(`chartside key slot 1|${practice_id}|${memory_kib}|${iterations}|${parallelism}`);
}

export async function passphrase_slot(practice_id: string, data_key: Uint8Array<ArrayBuffer>, passphrase: string, cost: Argon2Cost): Promise<PassphraseSlot> {
  const salt = random_bytes(16);
  const key = await passphrase_key(passphrase, salt, cost);
  return { kind: 'passphrase', cost, ...(await wrap(key, passphrase_context(practice_id, cost), data_key, to_base64(salt))) };
}

export async function open_passphrase_slot(practice_id: string, slot: PassphraseSlot, passphrase: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (passphrase === '') return undefined; // hash-wasm takes no empty one
  const key = await passphrase_key(passphrase, from_base64(slot.salt, 16), slot.cost);
  return unwrap(key, passphrase_context(practice_id, slot.cost), slot);
}

// ---- what is random already ----

async function drawn_key(secret: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>, info: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt, info };
  return crypto.subtle.deriveKey(algorithm, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

const recovery_context = (practice_id: string): Uint8Array<ArrayBuffer> => text_bytes(`chartside key slot 2|recovery|${practice_id}`);

export async function recovery_slot(practice_id: string, data_key: Uint8Array<ArrayBuffer>, code: string, made_at_ms: number): Promise<RecoverySlot> {
  const salt = random_bytes(16);
  const context = recovery_context(practice_id);
  const key = await drawn_key(recovery_code_bytes(code), salt, context);
  return { kind: 'recovery', made_at_ms, checked: false, ...(await wrap(key, context, data_key, to_base64(salt))) };
}

export async function open_recovery_slot(practice_id: string, slot: RecoverySlot, code: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const context = recovery_context(practice_id);
  return unwrap(await drawn_key(recovery_code_bytes(code), from_base64(slot.salt, 16), context), context, slot);
}

const authenticator_context = (practice_id: string, credential_id: string): Uint8Array<ArrayBuffer> =>
  text_bytes(`chartside key slot 2|authenticator|${practice_id}|${credential_id}`);

/** `salt` is what the authenticator was asked with, 32 bytes as base64. */
export async function authenticator_slot(
  practice_id: string,
  data_key: Uint8Array<ArrayBuffer>,
  { credential_id, output }: AuthenticatorSecret,
  salt: string,
  added_at_ms: number,
): Promise<AuthenticatorSlot> {
  if (output.length !== OUTPUT_BYTES || credential_id.length > LONGEST_CREDENTIAL_ID) {
    throw key_error('unsupported', "This device's own lock gives no key. The passphrase goes on opening the practice.", 'authenticator');
  }
  const context = authenticator_context(practice_id, credential_id);
  const key = await drawn_key(output, from_base64(salt, 32), context);
  return { kind: 'authenticator', credential_id, added_at_ms, ...(await wrap(key, context, data_key, salt)) };
}

export async function open_authenticator_slot(
  practice_id: string,
  slot: AuthenticatorSlot,
  { credential_id, output }: AuthenticatorSecret,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (credential_id !== slot.credential_id || output.length !== OUTPUT_BYTES) return undefined;
  const context = authenticator_context(practice_id, credential_id);
  return unwrap(await drawn_key(output, from_base64(slot.salt, 32), context), context, slot);
}
