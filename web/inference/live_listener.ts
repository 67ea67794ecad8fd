// Listens to the microphone's ring while it is being written: captions, segments, delay. Inference worker.
//
// A loop that asks the ring 20 times a second; each turn hands what is there to the engine. When the engine is
// slower than speech for a while, the ring holds the rest and partial captions are skipped until it has caught up.

import { RingReader, type RingBuffers } from '../capture/ring.ts';
import { to_wire_error } from '../protocol/call.ts';
import type { Heard, InferenceEvents } from '../protocol/inference.ts';
import type { Segment } from '../protocol/shapes.ts';
import type { Engine } from './engine.ts';
import { NOTHING_HEARD, pause_between_turns } from './listening.ts';

const TURN_MS = 50;
const LONGEST_READ_MS = 500;
const DELAY_EVERY_MS = 250;

export type SendEvent = <K extends keyof InferenceEvents & string>(event: K, payload: InferenceEvents[K]) => void;

export interface LiveOptions {
  ring: RingBuffers;
  first_frame: number;
  sample_rate: number;
  start_ms: number;
  first_segment_number: number;
}

type Request = { kind: 'pause' } | { kind: 'continue'; gap_ms: number } | { kind: 'finish' };

export class LiveListener {
  readonly #engine: Engine;
  readonly #send: SendEvent;
  readonly #reader: RingReader;
  readonly #options: LiveOptions;
  readonly #block: Float32Array;
  readonly #segments: Segment[] = [];
  readonly #requests: { request: Request; settle: () => void; fail: (error: unknown) => void }[] = [];
  readonly #ended: Promise<void>;
  #paused = false;
  #finishing = false;
  #failed = false;
  #told_delay_at = 0;

  constructor(engine: Engine, options: LiveOptions, send: SendEvent) {
    this.#engine = engine;
    this.#send = send;
    this.#options = options;
    this.#reader = new RingReader(options.ring, options.first_frame);
    this.#block = new Float32Array(Math.ceil((options.sample_rate * LONGEST_READ_MS) / 1000));
    engine.begin(
      { ...options, partial_captions: true },
      (segment) => {
        this.#segments.push(segment);
        send('segment', { segment });
      },
      (caption) => send('partial', caption),
    );
    this.#ended = this.#listen();
  }

  async pause(): Promise<{ heard_ms: number }> {
    await this.#ask({ kind: 'pause' });
    return { heard_ms: this.#engine.progress().heard_ms };
  }

  continue(gap_ms: number): Promise<void> {
    return this.#ask({ kind: 'continue', gap_ms });
  }

  async finish(): Promise<Heard> {
    if (!this.#failed) await this.#ask({ kind: 'finish' }).catch(() => undefined);
    await this.#ended;
    const end_ms = this.#engine.progress().heard_ms;
    this.#engine.abandon();
    return { segments: this.#segments, end_ms, message: this.#segments.length === 0 ? NOTHING_HEARD : '' };
  }

  #ask(request: Request): Promise<void> {
    if (this.#failed) return Promise.resolve();
    return new Promise((settle, fail) => this.#requests.push({ request, settle, fail }));
  }

  async #listen(): Promise<void> {
    try {
      while (!this.#finishing) {
        const heard = await this.#turn();
        await this.#answer_requests();
        // At once when more is waiting, but never without letting messages in.
        await pause_between_turns(heard ? 0 : TURN_MS);
      }
    } catch (error) {
      this.#failed = true;
      this.#send('live_failed', to_wire_error(error));
      for (const { settle } of this.#requests.splice(0)) settle();
    }
  }

  async #answer_requests(): Promise<void> {
    for (const { request, settle, fail } of this.#requests.splice(0)) {
      try {
        await this.#do(request);
        settle();
      } catch (error) {
        fail(error);
        throw error;
      }
    }
  }

  async #do(request: Request): Promise<void> {
    switch (request.kind) {
      case 'pause':
        await this.#hear_rest();
        await this.#engine.advance(0);
        this.#paused = true;
        return;
      case 'continue':
        while (this.#paused && this.#reader.read(this.#block).frames > 0); // dropped: time stood still
        this.#paused = false;
        if (request.gap_ms > 0) await this.#engine.advance(request.gap_ms);
        return;
      case 'finish':
        if (!this.#paused) await this.#hear_rest();
        await this.#engine.finish();
        this.#finishing = true;
        return;
    }
  }

  /** True when a whole block was there, so that more may be. */
  async #turn(): Promise<boolean> {
    const { frames, lost_frames } = this.#reader.read(this.#block);
    if (this.#paused) return frames === this.#block.length;
    if (lost_frames > 0) await this.#tell_lost(lost_frames);
    if (frames > 0) {
      await this.#engine.push(this.#block.subarray(0, frames), this.#waiting_ms());
    }
    this.#tell_delay();
    return frames === this.#block.length;
  }

  /** Everything that was in the ring when asked; what is written meanwhile belongs to the time after. */
  async #hear_rest(): Promise<void> {
    const end = this.#reader.cursor + this.#reader.available_frames;
    while (this.#reader.cursor < end) {
      const target = this.#block.subarray(0, Math.min(this.#block.length, end - this.#reader.cursor));
      const { frames, lost_frames } = this.#reader.read(target);
      if (lost_frames > 0) await this.#tell_lost(lost_frames);
      if (frames === 0) break;
      await this.#engine.push(target.subarray(0, frames), Number.MAX_SAFE_INTEGER);
      await pause_between_turns(0);
    }
  }

  async #tell_lost(lost_frames: number): Promise<void> {
    const at_ms = this.#engine.progress().heard_ms;
    const lost_ms = (lost_frames * 1000) / this.#options.sample_rate;
    // The audio has a hole here; the times after it must still be right.
    await this.#engine.advance(lost_ms);
    this.#send('overrun', { at_ms, lost_ms });
  }

  #waiting_ms(): number {
    return (this.#reader.available_frames * 1000) / this.#options.sample_rate;
  }

  #tell_delay(): void {
    const now = performance.now();
    if (now - this.#told_delay_at < DELAY_EVERY_MS) return;
    this.#told_delay_at = now;
    const { heard_ms, last_voice_ms } = this.#engine.progress();
    this.#send('delay', { delay_ms: this.#waiting_ms(), heard_ms, silent_for_ms: Math.max(0, heard_ms - last_voice_ms) });
  }
}
