// The practice's data key, and the header file that holds it wrapped. Store worker.
//
// The data key is 256 random bits and never leaves the worker. The header holds it in slots (web/store/key_slots.ts):
// under the passphrase, under the printed recovery code, under what the device's own lock gives. Changing a slot rewrites
// the header and nothing else. The demo's patients are made up, so its header holds its key openly, and says so.

import { CallError } from '../protocol/call.ts';
import type { AccessFile } from './folder.ts';
import {
  DATA_KEY_BYTES,
  damaged,
  from_base64,
  is_slot,
  key_error,
  open_authenticator_slot,
  open_passphrase_slot,
  open_recovery_slot,
  passphrase_slot,
  authenticator_slot,
  random_bytes,
  recovery_slot,
  to_base64,
  type Argon2Cost,
  type AuthenticatorSecret,
  type KeySlot,
  ARGON2_COST,
} from './key_slots.ts';
import { read_recovery_code } from './recovery_code.ts';
import { read_twin, write_twin, type TwinFormat } from './twin_file.ts';

export const SHORTEST_PASSPHRASE = 8;
/** Each is a way in; a practice needs no more, and the header's room is limited. */
const MOST_AUTHENTICATORS = 3;
const DEMO_NOTE = 'The patients of this demo are made up, so its key lies here in the open.';

export type PracticeHeader = { kind: 'practice'; practice_id: string; slots: KeySlot[] };
export type KeyHeader = PracticeHeader | { kind: 'demo'; practice_id: string; note: string; open_key: string };

/** Version 1 knew passphrases only; its files are read as they are, and become version 2 at the next change. */
const FORMAT: TwinFormat<KeyHeader> = {
  magic: 0x48435343, // "CSCH"
  version: 2,
  read: (payload) => (is_header(payload) ? payload : undefined),
};

function is_header(value: unknown): value is KeyHeader {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('practice_id' in value)) return false;
  if (typeof value.practice_id !== 'string') return false;
  if (value.kind === 'demo') return 'open_key' in value && typeof value.open_key === 'string';
  return value.kind === 'practice' && 'slots' in value && Array.isArray(value.slots) && value.slots.every(is_slot);
}

/** The newest whole copy; undefined for an empty file, that is a practice that was never made. */
export async function read_key_header(file: AccessFile): Promise<KeyHeader | undefined> {
  const found = await read_twin(FORMAT, file);
  switch (found.kind) {
    case 'value':
      return found.value;
    case 'empty':
      return undefined;
    case 'newer':
      throw key_error(
        'newer_version',
        'This practice was last opened by a newer Chartside. Open it with that version; nothing was changed here.',
        'key header',
      );
    case 'damaged':
      throw damaged('neither copy is whole');
  }
}

/** Durable when it settles. A file whose copies are both torn is one that was never acknowledged. */
export function write_key_header(file: AccessFile, header: KeyHeader): Promise<void> {
  return write_twin(FORMAT, file, header);
}

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

/** A new practice: its header, to be written before anything else, and its data key. */
export async function make_practice(
  passphrase: string,
  cost: Argon2Cost = ARGON2_COST,
): Promise<{ header: PracticeHeader; data_key: Uint8Array<ArrayBuffer> }> {
  check_passphrase(passphrase);
  const practice_id = to_base64(random_bytes(12));
  const data_key = random_bytes(DATA_KEY_BYTES);
  const slots = [await passphrase_slot(practice_id, data_key, passphrase, cost)];
  return { header: { kind: 'practice', practice_id, slots }, data_key };
}

export function make_demo(): { header: KeyHeader; data_key: Uint8Array<ArrayBuffer> } {
  const data_key = random_bytes(DATA_KEY_BYTES);
  const practice_id = to_base64(random_bytes(12));
  return { header: { kind: 'demo', practice_id, note: DEMO_NOTE, open_key: to_base64(data_key) }, data_key };
}

/** The demo's key, which is no secret. */
export function demo_key(header: KeyHeader): Uint8Array<ArrayBuffer> {
  if (header.kind !== 'demo') throw damaged('a practice where the demo should be');
  return from_base64(header.open_key, DATA_KEY_BYTES);
}

// ---- opening ----

export interface OpenedKey {
  data_key: Uint8Array<ArrayBuffer>;
  by: KeySlot['kind'];
}

export function practice_header(header: KeyHeader): PracticeHeader {
  if (header.kind === 'demo') throw damaged('the demo where the practice should be');
  return header;
}

/** The data key that a passphrase or a recovery code opens, or `denied`. What was typed tells which of the two it is. */
export async function unlock(header: KeyHeader, typed: string): Promise<OpenedKey> {
  const { practice_id, slots } = practice_header(header);
  const reading = read_recovery_code(typed);
  for (const slot of slots) {
    if (slot.kind !== 'recovery' || reading.kind !== 'code') continue;
    const data_key = await open_recovery_slot(practice_id, slot, reading.code);
    if (data_key) return { data_key, by: 'recovery' };
  }
  for (const slot of slots) {
    if (slot.kind !== 'passphrase') continue;
    const data_key = await open_passphrase_slot(practice_id, slot, typed);
    if (data_key) return { data_key, by: 'passphrase' };
  }
  throw denied(slots, reading.kind);
}

/** The data key that a recovery code opens. A mistyped one is `invalid_input`: it was no guess. */
export async function unlock_with_code(header: KeyHeader, typed: string): Promise<OpenedKey> {
  const { practice_id, slots } = practice_header(header);
  const code = well_formed_code(typed);
  for (const slot of slots) {
    const data_key = slot.kind === 'recovery' ? await open_recovery_slot(practice_id, slot, code) : undefined;
    if (data_key) return { data_key, by: 'recovery' };
  }
  throw denied(slots, 'code');
}

export async function unlock_with_authenticator(header: KeyHeader, secret: AuthenticatorSecret): Promise<OpenedKey> {
  const { practice_id, slots } = practice_header(header);
  for (const slot of slots) {
    const data_key = slot.kind === 'authenticator' ? await open_authenticator_slot(practice_id, slot, secret) : undefined;
    if (data_key) return { data_key, by: 'authenticator' };
  }
  throw key_error('denied', "This device's own lock does not open this practice. Use the passphrase.", 'authenticator');
}

/** Fails with what is wrong with it. */
export function well_formed_code(typed: string): string {
  const reading = read_recovery_code(typed);
  if (reading.kind === 'code') return reading.code;
  const message = reading.kind === 'mistyped' ? reading.message : 'That is no recovery code. It has seven groups of four letters and digits.';
  throw key_error('invalid_input', message, 'recovery code');
}

function denied(slots: readonly KeySlot[], typed: 'code' | 'mistyped' | 'other'): CallError {
  if (typed === 'other') {
    return key_error(
      'denied',
      'That passphrase does not open this practice. Check the keyboard layout and capital letters, then try again.',
      'no slot opened',
    );
  }
  const has_code = slots.some(({ kind }) => kind === 'recovery');
  const message = !has_code
    ? 'This practice has no recovery code. Use the passphrase.'
    : typed === 'code'
      ? 'That recovery code does not open this practice. A code that was made later takes the place of an earlier one.'
      : 'That opens nothing. If it is the recovery code, a character of it is wrong: look again at the paper.';
  return key_error('denied', message, 'no slot opened');
}

// ---- changing ----

const replacing = (header: PracticeHeader, slot: KeySlot): PracticeHeader => ({
  ...header,
  slots: [...header.slots.filter(({ kind }) => kind !== slot.kind), slot],
});

/** The new passphrase takes the place of the old one. */
export async function with_passphrase(
  header: PracticeHeader,
  data_key: Uint8Array<ArrayBuffer>,
  passphrase: string,
  cost: Argon2Cost = ARGON2_COST,
): Promise<PracticeHeader> {
  check_passphrase(passphrase);
  return replacing(header, await passphrase_slot(header.practice_id, data_key, passphrase, cost));
}

/** The new code takes the place of the old one, which opens nothing any more. */
export async function with_recovery_code(
  header: PracticeHeader,
  data_key: Uint8Array<ArrayBuffer>,
  code: string,
  made_at_ms: number,
): Promise<PracticeHeader> {
  return replacing(header, await recovery_slot(header.practice_id, data_key, code, made_at_ms));
}

/** Somebody has typed it back from the paper. */
export function with_code_checked(header: PracticeHeader): PracticeHeader {
  const slots = header.slots.map((slot) => (slot.kind === 'recovery' ? { ...slot, checked: true } : slot));
  return { ...header, slots };
}

export async function with_authenticator(
  header: PracticeHeader,
  data_key: Uint8Array<ArrayBuffer>,
  secret: AuthenticatorSecret,
  salt: string,
  added_at_ms: number,
): Promise<PracticeHeader> {
  const others = header.slots.filter((slot) => slot.kind === 'authenticator' && slot.credential_id !== secret.credential_id);
  if (others.length >= MOST_AUTHENTICATORS) {
    throw key_error('invalid_input', 'There are three of these already. Remove one first.', 'authenticators');
  }
  const slot = await authenticator_slot(header.practice_id, data_key, secret, salt, added_at_ms);
  const kept = header.slots.filter((other) => other.kind !== 'authenticator' || other.credential_id !== secret.credential_id);
  return { ...header, slots: [...kept, slot] };
}

export function without_authenticators(header: PracticeHeader): PracticeHeader {
  return { ...header, slots: header.slots.filter(({ kind }) => kind !== 'authenticator') };
}
