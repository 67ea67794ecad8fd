// The key header of one practice as the store uses it: read, opened with a person's secret, changed. Store worker.

import { CallError } from '../protocol/call.ts';
import type { KeySlots } from '../protocol/store.ts';
import { Attempts } from './attempts.ts';
import type { AccessFile, Folder } from './folder.ts';
import type { Argon2Cost, AuthenticatorSecret } from './key_slots.ts';
import {
  check_passphrase,
  demo_key,
  make_demo,
  make_practice,
  practice_header,
  read_key_header,
  unlock,
  unlock_with_authenticator,
  unlock_with_code,
  with_authenticator,
  with_code_checked,
  with_passphrase,
  with_recovery_code,
  without_authenticators,
  write_key_header,
  type KeyHeader,
  type OpenedKey,
  type PracticeHeader,
} from './keys.ts';
import { make_recovery_code } from './recovery_code.ts';

const KEY_FILE = 'key';
export const DATABASE_FILES = ['library.db', 'library.wal', 'library.journal', 'library.before'];

export interface KeySurroundings {
  cost?: Argon2Cost | undefined;
  now?: (() => number) | undefined;
}

/** What a person gives to open the practice. `typed` is a passphrase or a recovery code. */
export type Secret = { kind: 'typed'; typed: string } | { kind: 'code'; typed: string } | ({ kind: 'authenticator' } & AuthenticatorSecret);

export class PracticeKeys {
  readonly #folder: Folder;
  readonly #around: KeySurroundings;
  readonly #attempts: Attempts;
  /** The data key, while whoever is here has just shown that it is theirs: until the change that they came for. */
  #fresh: Uint8Array<ArrayBuffer> | undefined;

  constructor(folder: Folder, around: KeySurroundings) {
    this.#folder = folder;
    this.#around = around;
    this.#attempts = new Attempts(folder, around.now);
  }

  /** Makes the practice; `busy` where there is one. The wrapped key is durable before the first byte is encrypted with it. */
  async create(passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
    check_passphrase(passphrase);
    return this.#with_file(async (file) => {
      if (await this.#read(file)) {
        throw new CallError({ code: 'busy', message: 'There is a practice on this device already. Unlock it with its passphrase.', detail: 'exists' });
      }
      const { header, data_key } = await make_practice(passphrase, this.#around.cost);
      await write_key_header(file, header);
      this.#fresh = data_key.slice();
      return data_key;
    });
  }

  /** The demo's key; made on first use. */
  async open_demo(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#with_file(async (file) => {
      const header = await this.#read(file);
      if (header) return demo_key(header);
      const made = make_demo();
      await write_key_header(file, made.header);
      return made.data_key;
    });
  }

  /** The header, or undefined where the practice was never made. */
  async header(): Promise<KeyHeader | undefined> {
    const file = await this.#folder.open(KEY_FILE, false);
    if (!file) return undefined;
    try {
      return await this.#read(file);
    } finally {
      file.close();
    }
  }

  async open(secret: Secret): Promise<OpenedKey> {
    const opened = await this.#look(await this.#needed(), secret);
    if (opened.by === 'recovery') this.#fresh = opened.data_key.slice(); // a new passphrase is asked for next
    return opened;
  }

  async slots(): Promise<KeySlots> {
    return slots_of(practice_header(await this.#needed()));
  }

  async change_passphrase(present: string, passphrase: string): Promise<KeySlots> {
    check_passphrase(passphrase);
    return this.#change(present, (header, data_key) => with_passphrase(header, data_key, passphrase, this.#around.cost));
  }

  async make_recovery_code(present: string): Promise<KeySlots & { code: string }> {
    const code = make_recovery_code();
    const made_at_ms = (this.#around.now ?? Date.now)();
    const slots = await this.#change(present, (header, data_key) => with_recovery_code(header, data_key, code, made_at_ms));
    return { ...slots, code };
  }

  async add_authenticator(present: string, secret: AuthenticatorSecret, salt: string): Promise<KeySlots> {
    const added_at_ms = (this.#around.now ?? Date.now)();
    return this.#change(present, (header, data_key) => with_authenticator(header, data_key, secret, salt, added_at_ms));
  }

  recovery_code_checked(): Promise<KeySlots> {
    return this.#rewrite(async (header) => with_code_checked(header));
  }

  remove_authenticators(): Promise<KeySlots> {
    return this.#rewrite(async (header) => without_authenticators(header));
  }

  /** Drops what was kept of the key. */
  forget(): void {
    this.#fresh?.fill(0);
    this.#fresh = undefined;
  }

  /** With `present` empty only whoever has just shown the key to be theirs is let through. */
  async #change(present: string, change: (header: PracticeHeader, data_key: Uint8Array<ArrayBuffer>) => Promise<PracticeHeader>): Promise<KeySlots> {
    let data_key = this.#fresh?.slice();
    if (!data_key || present !== '') {
      if (present === '') throw new CallError({ code: 'denied', message: 'Type your passphrase first.', detail: 'no secret' });
      data_key = (await this.#look(await this.#needed(), { kind: 'typed', typed: present })).data_key;
    }
    const key = data_key;
    try {
      const slots = await this.#rewrite((header) => change(header, key));
      this.forget();
      return slots;
    } finally {
      key.fill(0);
    }
  }

  async #rewrite(change: (header: PracticeHeader) => Promise<PracticeHeader>): Promise<KeySlots> {
    return this.#with_file(async (file) => {
      const header = await this.#read(file);
      if (!header) throw absent();
      const changed = await change(practice_header(header));
      await write_key_header(file, changed);
      return slots_of(changed);
    });
  }

  #look(header: KeyHeader, secret: Secret): Promise<OpenedKey> {
    switch (secret.kind) {
      case 'typed':
        return this.#attempts.guard(() => unlock(header, secret.typed));
      case 'code':
        return this.#attempts.guard(() => unlock_with_code(header, secret.typed));
      case 'authenticator': // 256 random bits are not guessed
        return unlock_with_authenticator(header, secret);
    }
  }

  async #needed(): Promise<KeyHeader> {
    const header = await this.header();
    if (!header) throw absent();
    return header;
  }

  async #with_file<T>(work: (file: AccessFile) => Promise<T>): Promise<T> {
    const file = await this.#folder.open(KEY_FILE, true);
    if (!file) throw new CallError({ code: 'io', message: 'The device did not let Chartside make its files. Reload the page and try again.', detail: KEY_FILE });
    try {
      return await work(file);
    } finally {
      file.close();
    }
  }

  /** A header torn while the very first one was written protects nothing yet: that practice was never made. */
  async #read(file: AccessFile): Promise<KeyHeader | undefined> {
    try {
      return await read_key_header(file);
    } catch (error) {
      if (!(error instanceof CallError) || error.code !== 'corrupt' || (await has_records(this.#folder))) throw error;
      return undefined;
    }
  }
}

function absent(): CallError {
  return new CallError({ code: 'not_found', message: 'There is no practice on this device yet. Choose a passphrase to begin one.', detail: 'absent' });
}

function slots_of({ slots }: PracticeHeader): KeySlots {
  const recovery = slots.find((slot) => slot.kind === 'recovery');
  return {
    recovery: !recovery ? 'none' : recovery.checked ? 'checked' : 'unchecked',
    recovery_made_at_ms: recovery?.made_at_ms ?? 0,
    authenticators: slots.flatMap((slot) => (slot.kind === 'authenticator' ? [{ credential_id: slot.credential_id, salt: slot.salt }] : [])),
  };
}

async function has_records(folder: Folder): Promise<boolean> {
  for (const name of DATABASE_FILES) {
    const file = await folder.open(name, false).catch(() => undefined);
    if (!file) continue;
    const size = file.getSize();
    file.close();
    if (size > 0) return true;
  }
  return false;
}
