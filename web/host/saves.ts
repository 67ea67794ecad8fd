// What is on its way into the store. Main thread.
//
// Two promises to the physician are kept here. What they typed is not lost when the store cannot take it: it is kept
// and tried again until it is in. And a visit is called saved only when nothing of it waits any more.

import type { Note } from '../protocol/shapes.ts';
import type { Saved } from '../protocol/store.ts';
import type { ApplicationEvents } from './application.ts';
import { sentence_of } from './sentence.ts';

const TRY_AGAIN_MS = 3000;

interface Kept {
  visit_id: string;
  call: () => Promise<Saved>;
  note: Note | undefined;
}

export class Saves {
  readonly #application: ApplicationEvents;
  readonly #try_again_ms: number;
  /** By what is saved, the longest waiting first; a newer version takes the place of the older one. */
  readonly #kept = new Map<string, Kept>();
  readonly #under_way = new Map<string, number>();
  /** Visits of which something was refused. */
  readonly #failing = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retrying: Promise<void> | undefined;

  constructor(application: ApplicationEvents, try_again_ms = TRY_AGAIN_MS) {
    this.#application = application;
    this.#try_again_ms = try_again_ms;
  }

  /** Something that is kept is not in the store yet. */
  get waiting(): boolean {
    return this.#kept.size > 0;
  }

  /** The newest version of a visit's note, while the store does not have it. */
  unsaved_note(visit_id: string): Note | undefined {
    return this.#kept.get(key_of('note', visit_id))?.note;
  }

  /** Saves until it is saved. `what` and the visit name it: a later version replaces an earlier one that waits. */
  keep(what: string, visit_id: string, call: () => Promise<Saved>, note?: Note): void {
    const key = key_of(what, visit_id);
    const kept: Kept = { visit_id, call, note };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    // While an earlier one of the visit waits, this one does too: what is signed must not be in before what was typed.
    if (!this.#failing.has(visit_id)) void this.#attempt(key, kept);
  }

  /** For what fails where it was asked for; counted, so that nothing is called saved before it settled. */
  async track<T extends Saved>(visit_id: string, saving: Promise<T>): Promise<T> {
    this.#under_way.set(visit_id, (this.#under_way.get(visit_id) ?? 0) + 1);
    try {
      const saved = await saving;
      this.#leave(visit_id);
      this.#tell_saved(visit_id, saved.saved_at_ms);
      return saved;
    } catch (error) {
      this.#leave(visit_id);
      throw error;
    }
  }

  /** What waits belongs to a practice that is being locked, and its owner was told. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#kept.clear();
    this.#failing.clear();
  }

  /** Tries all that waits now, in order. */
  retry(): Promise<void> {
    clearTimeout(this.#timer);
    this.#retrying ??= this.#retry_all().finally(() => (this.#retrying = undefined));
    return this.#retrying;
  }

  async #retry_all(): Promise<void> {
    const refused = new Set<string>();
    for (const [key, kept] of this.#kept) {
      if (refused.has(kept.visit_id)) continue;
      if (!(await this.#attempt(key, kept))) refused.add(kept.visit_id);
      else if (!this.#waits(kept.visit_id)) this.#failing.delete(kept.visit_id);
    }
  }

  async #attempt(key: string, kept: Kept): Promise<boolean> {
    let saved: Saved;
    try {
      saved = await kept.call();
    } catch (error) {
      if (this.#kept.get(key) === kept) this.#tell_failed(kept.visit_id, error);
      return false;
    }
    if (this.#kept.get(key) === kept) this.#kept.delete(key);
    this.#tell_saved(kept.visit_id, saved.saved_at_ms);
    return true;
  }

  #tell_failed(visit_id: string, error: unknown): void {
    if (!this.#failing.has(visit_id)) this.#application.on_save_failed(sentence_of(error));
    this.#failing.add(visit_id);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.retry(), this.#try_again_ms);
  }

  #leave(visit_id: string): void {
    const left = (this.#under_way.get(visit_id) ?? 1) - 1;
    if (left > 0) this.#under_way.set(visit_id, left);
    else this.#under_way.delete(visit_id);
  }

  #tell_saved(visit_id: string, saved_at_ms: number): void {
    if (!this.#under_way.has(visit_id) && !this.#waits(visit_id)) this.#application.on_saved(visit_id, saved_at_ms);
  }

  #waits(visit_id: string): boolean {
    for (const kept of this.#kept.values()) if (kept.visit_id === visit_id) return true;
    return false;
  }
}

const key_of = (what: string, visit_id: string): string => `${what} ${visit_id}`;
