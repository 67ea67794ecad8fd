// How often the practice was asked to open in vain. A few slips of the finger cost nothing; after them each further try
// has to wait longer. The count lies in a file of its own, written before a try is looked at: neither a reload nor a kill
// takes a try back. It slows down a person at this screen; against who has copied the files stands Argon2id. Store worker.

import { CallError } from '../protocol/call.ts';
import type { Folder } from './folder.ts';
import { read_twin, write_twin, type TwinFormat } from './twin_file.ts';

export const FREE_TRIES = 3;
/** After the third wrong one, the fourth, and so on; the last holds for all that follow. */
export const WAITS_SECONDS = [5, 15, 30, 60, 300, 900];
const FILE = 'attempts';

interface Count {
  wrong: number;
  last_at_ms: number;
}

const FORMAT: TwinFormat<Count> = {
  magic: 0x54415343, // "CSAT"
  version: 1,
  read: (payload) => {
    const count = payload as Partial<Count> | null;
    const good = Number.isSafeInteger(count?.wrong) && typeof count?.last_at_ms === 'number';
    return good ? (count as Count) : undefined;
  },
};

/** What must still be waited. A clock that was set back never makes it longer than it is. */
export function left_to_wait_ms({ wrong, last_at_ms }: Count, now_ms: number): number {
  if (wrong < FREE_TRIES) return 0;
  const wait_ms = (WAITS_SECONDS[Math.min(wrong - FREE_TRIES, WAITS_SECONDS.length - 1)] as number) * 1000;
  return Math.min(wait_ms, Math.max(0, last_at_ms + wait_ms - now_ms));
}

function in_words(wait_ms: number): string {
  const seconds = Math.ceil(wait_ms / 1000);
  if (seconds < 60) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  const minutes = Math.ceil(seconds / 60);
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
}

export class Attempts {
  readonly #folder: Folder;
  readonly #now: () => number;

  /** In the practice's folder. */
  constructor(folder: Folder, now: () => number = Date.now) {
    this.#folder = folder;
    this.#now = now;
  }

  /** `look` is told whether what was typed is right by settling or by failing with `denied`. Fails with `denied` and
   *  without looking while there is something to wait. */
  async guard<T>(look: () => Promise<T>): Promise<T> {
    const count = await this.#read();
    const wait_ms = left_to_wait_ms(count, this.#now());
    if (wait_ms > 0) {
      throw new CallError({
        code: 'denied',
        message: `That was wrong too often. Wait ${in_words(wait_ms)}, then try again.`,
        detail: 'wait',
      });
    }
    await this.#write({ wrong: count.wrong + 1, last_at_ms: this.#now() });
    try {
      const found = await look();
      await this.#write({ wrong: 0, last_at_ms: 0 });
      return found;
    } catch (error) {
      const was_a_guess = error instanceof CallError && error.code === 'denied';
      if (!was_a_guess) await this.#write(count);
      throw error;
    }
  }

  async #read(): Promise<Count> {
    const file = await this.#folder.open(FILE, false);
    if (!file) return { wrong: 0, last_at_ms: 0 };
    try {
      const found = await read_twin(FORMAT, file);
      return found.kind === 'value' ? found.value : { wrong: 0, last_at_ms: 0 };
    } finally {
      file.close();
    }
  }

  /** A device that is so full that not even this can be written must still open: space is freed from inside. */
  async #write(count: Count): Promise<void> {
    const file = await this.#folder.open(FILE, true).catch(() => undefined);
    if (!file) return;
    try {
      await write_twin(FORMAT, file, count);
    } catch {
      // Counted again at the next try.
    } finally {
      file.close();
    }
  }
}
