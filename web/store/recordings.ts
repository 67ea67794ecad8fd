// The sound of the open practice: what is being recorded or imported, and what is read back. Store worker.

import { RingControl, type RingBuffers } from '../capture/ring.ts';
import { CallError } from '../protocol/call.ts';
import type { AudioRecordWriter } from './audio_records.ts';
import type { AudioRead, AudioVault } from './audio_vault.ts';
import { unwrap } from './outcome.ts';
import { RingRecorder } from './ring_recorder.ts';
import type { Consent, VisitSummary } from '../protocol/shapes.ts';
import type { StoreEvents } from '../protocol/store.ts';
import type { PracticeStore, Recording } from './store_module.ts';

type Emit = <K extends keyof StoreEvents & string>(event: K, payload: StoreEvents[K]) => void;

interface Running {
  visit_id: string;
  start_ms: number;
  sample_rate: number;
  writer: AudioRecordWriter;
  /** Of the microphone; an import has none. */
  recorder: RingRecorder | undefined;
}

function not_running(): CallError {
  return new CallError({
    code: 'not_found',
    message: 'That recording has ended already. What was recorded is kept with its visit.',
    detail: 'no such running recording',
  });
}

export class Recordings {
  readonly #store: PracticeStore;
  readonly #vault: AudioVault;
  readonly #emit: Emit;
  readonly #running = new Map<string, Running>();

  constructor(store: PracticeStore, vault: AudioVault, emit: Emit) {
    this.#store = store;
    this.#vault = vault;
    this.#emit = emit;
  }

  get active(): boolean {
    return this.#running.size > 0;
  }

  async begin(visit_id: string, ring: RingBuffers, start_ms: number): Promise<{ recording_id: string }> {
    const { sample_rate } = new RingControl(ring);
    const entered = unwrap(this.#store.begin_recording(visit_id, sample_rate, start_ms));
    const { recording_id, running } = await this.#enter(entered, visit_id, sample_rate, start_ms);
    const to_ms = (frames: number): number => (frames * 1000) / sample_rate;
    const about = { recording_id, visit_id };
    running.recorder = new RingRecorder(ring, running.writer, {
      saved: (frame) => this.#emit('recording_saved', { ...about, saved_ms: start_ms + to_ms(frame) }),
      gap: (frame, lost) =>
        this.#emit('recording_gap', { ...about, at_ms: start_ms + to_ms(frame), lost_ms: to_ms(lost) }),
      failed: (error) => this.#emit('recording_failed', { ...about, error }),
    });
    running.recorder.start();
    return { recording_id };
  }

  async pause(recording_id: string): Promise<{ audio_ms: number }> {
    const running = this.#find(recording_id);
    await running.recorder?.write();
    return { audio_ms: length_ms(running) };
  }

  /** The ring itself stands still while it is paused; nothing is to be set here. */
  continue(recording_id: string): void {
    this.#find(recording_id);
  }

  async end(recording_id: string): Promise<{ audio_ms: number }> {
    const running = this.#find(recording_id);
    await running.recorder?.end();
    return length_ms(running) > 0 ? this.#leave(recording_id, running) : this.#remove(recording_id);
  }

  async import_begin(visit: VisitSummary, consent: Consent, sample_rate: number, start_ms: number): Promise<{ recording_id: string }> {
    const entered = unwrap(this.#store.begin_import(visit, consent, sample_rate, start_ms));
    const { recording_id } = await this.#enter(entered, visit.id, sample_rate, start_ms);
    return { recording_id };
  }

  async import_append(recording_id: string, pcm: Int16Array): Promise<{ audio_ms: number }> {
    const { writer, sample_rate } = this.#find(recording_id);
    let frame = writer.end_frame;
    for (let at = 0; at < pcm.length; at += sample_rate) {
      const second = pcm.slice(at, at + sample_rate);
      await writer.append(frame, second);
      frame += second.length;
    }
    writer.flush();
    return { audio_ms: (frame * 1000) / sample_rate };
  }

  async import_end(recording_id: string): Promise<{ audio_ms: number }> {
    return this.#leave(recording_id, this.#find(recording_id));
  }

  async import_discard(recording_id: string): Promise<void> {
    await this.#remove(recording_id);
  }

  async read(visit_id: string, start_ms: number, end_ms: number): Promise<AudioRead> {
    if (!(start_ms >= 0) || !(end_ms >= start_ms)) {
      throw new CallError({ code: 'invalid_input', message: 'That place is not in the recording.', detail: 'range' });
    }
    return this.#vault.read(this.#of_visit(visit_id), start_ms, end_ms);
  }

  extent(visit_id: string): { end_ms: number; recordings: { recording_id: string; start_ms: number; end_ms: number }[] } {
    const recordings = this.#of_visit(visit_id)
      .filter(({ audio_ms }) => audio_ms > 0)
      .map(({ id, start_ms, audio_ms }) => ({ recording_id: id, start_ms, end_ms: start_ms + audio_ms }));
    return { end_ms: Math.max(0, ...recordings.map(({ end_ms }) => end_ms)), recordings };
  }

  /** The sound goes first: a crash in between leaves a visit that can be deleted again, never sound without one. */
  async delete_visit(visit_id: string): Promise<void> {
    if ([...this.#running.values()].some((running) => running.visit_id === visit_id)) {
      throw new CallError({ code: 'busy', message: 'This visit is being recorded. Finish it first.', detail: 'recording' });
    }
    for (const { id } of this.#of_visit(visit_id)) await this.#vault.remove(id);
    unwrap(this.#store.delete_visit(visit_id));
  }

  /** Writes what is in the rings and ends every recording. What cannot be written any more does not hold it up: the
   *  recording then stays open in the database and is found at the next start. Half a file is not kept. */
  async close(): Promise<void> {
    for (const [recording_id, running] of [...this.#running]) {
      try {
        if (running.recorder) {
          await running.recorder.end();
          await this.#leave(recording_id, running);
        } else {
          await this.#remove(recording_id);
        }
      } catch {
        running.recorder?.stop();
        this.#running.delete(recording_id);
      }
    }
  }

  async #enter(
    recording_id: string,
    visit_id: string,
    sample_rate: number,
    start_ms: number,
  ): Promise<{ recording_id: string; running: Running }> {
    let writer: AudioRecordWriter;
    try {
      writer = await this.#vault.create(recording_id, sample_rate);
    } catch (error) {
      this.#store.remove_recording(recording_id); // the first failure is the one to tell
      throw error;
    }
    const running: Running = { visit_id, start_ms, sample_rate, writer, recorder: undefined };
    this.#running.set(recording_id, running);
    return { recording_id, running };
  }

  async #leave(recording_id: string, running: Running): Promise<{ audio_ms: number }> {
    const audio_ms = length_ms(running);
    unwrap(this.#store.end_recording(recording_id, audio_ms));
    this.#vault.finish(recording_id);
    this.#running.delete(recording_id);
    return { audio_ms };
  }

  async #remove(recording_id: string): Promise<{ audio_ms: number }> {
    this.#running.delete(recording_id);
    await this.#vault.remove(recording_id);
    unwrap(this.#store.remove_recording(recording_id));
    return { audio_ms: 0 };
  }

  #find(recording_id: string): Running {
    const running = this.#running.get(recording_id);
    if (!running) throw not_running();
    return running;
  }

  /** With the true length of what is being written now. */
  #of_visit(visit_id: string): Recording[] {
    if (visit_id === '') return [];
    return unwrap(this.#store.list_recordings(visit_id)).map((recording) => {
      const running = this.#running.get(recording.id);
      return running ? { ...recording, audio_ms: length_ms(running) } : recording;
    });
  }
}

function length_ms({ writer, sample_rate }: Running): number {
  return (writer.end_frame * 1000) / sample_rate;
}
