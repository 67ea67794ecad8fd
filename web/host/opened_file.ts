// The audio of an opened file on its way into the store. All of it is kept, or nothing: of a file that is refused,
// cancelled or cut short there is no visit, no consent and no sound. Main thread.

import type { Consent, VisitSummary } from '../protocol/shapes.ts';
import { pieces_of, type DecodedAudio } from './audio_file.ts';
import type { PageContext } from './page_context.ts';
import { call_error } from './sentence.ts';

const PIECE_SECONDS = 5;

export class OpenedFile {
  readonly #context: PageContext;
  readonly #visit: VisitSummary;
  readonly #consent: Consent;
  readonly #start_ms: number;
  readonly #on_failure: () => void;
  #recording: Promise<string> | undefined;
  #writes: Promise<unknown> = Promise.resolve();

  /** `start_ms`: its place in the visit's audio. `on_failure`: a piece could not be kept; end() tells why. */
  constructor(context: PageContext, visit: VisitSummary, consent: Consent, start_ms: number, on_failure: () => void) {
    this.#context = context;
    this.#visit = visit;
    this.#consent = consent;
    this.#start_ms = start_ms;
    this.#on_failure = on_failure;
  }

  /** The first piece brings visit and consent with it. */
  append(pcm: Int16Array<ArrayBuffer>, sample_rate: number): Promise<unknown> {
    const { store } = this.#context;
    this.#recording ??= this.#begin(sample_rate);
    const begun = this.#recording;
    this.#writes = this.#writes.then(async () => {
      const recording_id = await begun;
      await store.call('import_append', { recording_id, pcm }, { transfer: [pcm.buffer] });
    });
    this.#writes.catch(this.#on_failure);
    return this.#writes;
  }

  async append_all(audio: DecodedAudio, signal: AbortSignal): Promise<void> {
    for (const pcm of pieces_of(audio, PIECE_SECONDS)) {
      signal.throwIfAborted();
      await this.append(pcm, audio.sample_rate);
    }
  }

  /** Until every piece is kept; fails where one was not. */
  async written(): Promise<void> {
    await this.#writes;
  }

  /** The file was read to its end. */
  async end(): Promise<void> {
    await this.#writes;
    if (!this.#recording) throw call_error('invalid_input', 'There is no sound in this file. Choose another recording.');
    await this.#context.store.call('import_end', { recording_id: await this.#recording });
  }

  /** Where the store is gone already, it takes the file back at its next start. */
  async discard(): Promise<void> {
    await this.#writes.catch(() => undefined);
    const recording_id = await this.#recording?.catch(() => undefined);
    if (recording_id !== undefined) await this.#context.store.call('import_discard', { recording_id }).catch(() => undefined);
  }

  async #begin(sample_rate: number): Promise<string> {
    const { store, saves } = this.#context;
    const args = { visit: this.#visit, consent: this.#consent, sample_rate, start_ms: this.#start_ms };
    const begun = await saves.track(this.#visit.id, store.call('import_begin', args));
    return begun.recording_id;
  }
}
