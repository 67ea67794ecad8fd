// Carries one recording from the capture ring to disk. Store worker.
//
// It has a cursor of its own in the ring, so that the page and the inference worker may stall without losing sound.
// Twice a second it writes what arrived, flushes and only then says `saved`: a kill loses at most what arrived since.

import { RingReader, type RingBuffers } from '../capture/ring.ts';
import { CallError, to_wire_error, type WireError } from '../protocol/call.ts';
import { to_pcm16 } from '../protocol/pcm16.ts';
import type { AudioRecordWriter } from './audio_records.ts';

const WRITE_EVERY_MS = 500;
/** Kept in memory while the device refuses to write; what comes after that is a gap. */
const MAX_WAITING_SECONDS = 600;

export interface RingRecorderEvents {
  /** Durable up to this frame of the recording. */
  saved(end_frame: number): void;
  gap(at_frame: number, lost_frames: number): void;
  failed(error: WireError): void;
}

interface Waiting {
  first_frame: number;
  pcm: Int16Array<ArrayBuffer>;
}

export class RingRecorder {
  readonly #reader: RingReader;
  readonly #writer: AudioRecordWriter;
  readonly #events: RingRecorderEvents;
  readonly #block: Float32Array<ArrayBuffer>;
  #waiting: Waiting[] = [];
  #waiting_frames = 0;
  #unflushed = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #running: Promise<void> | undefined;

  constructor(ring: RingBuffers, writer: AudioRecordWriter, events: RingRecorderEvents) {
    // From the ring's first frame: what was said before this worker was ready is in it.
    this.#reader = new RingReader(ring, 0);
    this.#writer = writer;
    this.#events = events;
    this.#block = new Float32Array(this.#reader.sample_rate); // a record holds a second at most
  }

  start(): void {
    this.#timer = setInterval(() => void this.write(), WRITE_EVERY_MS);
  }

  /** Frame after the last durable one. */
  get end_frame(): number {
    return this.#writer.end_frame;
  }

  /** Takes what is in the ring and makes it durable. Failures are told by the event, and tried again next time. */
  write(): Promise<void> {
    this.#running ??= this.#write_once().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Drains the ring and stops. Fails when the last of it cannot be written; it may then be called again. */
  async end(): Promise<void> {
    await this.#running;
    let failure: WireError | undefined;
    const drain = this.#write_once((error) => {
      failure = error;
    });
    this.#running = drain;
    await drain;
    this.#running = undefined;
    if (failure) throw new CallError(failure);
    this.stop();
  }

  /** Stops without a last write: the files are being closed. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #write_once(on_failure?: (error: WireError) => void): Promise<void> {
    try {
      this.#take();
      await this.#store();
    } catch (error) {
      const wire = to_wire_error(error);
      on_failure?.(wire);
      this.#events.failed(wire);
    }
  }

  #take(): void {
    for (;;) {
      const read = this.#reader.read(this.#block);
      if (read.lost_frames > 0) this.#events.gap(read.first_frame - read.lost_frames, read.lost_frames);
      if (read.frames === 0) break;
      if (this.#waiting_frames + read.frames > MAX_WAITING_SECONDS * this.#block.length) {
        this.#events.gap(read.first_frame, read.frames);
        continue;
      }
      this.#waiting.push({ first_frame: read.first_frame, pcm: to_pcm16(this.#block.subarray(0, read.frames)) });
      this.#waiting_frames += read.frames;
    }
  }

  async #store(): Promise<void> {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      await this.#writer.append(next.first_frame, next.pcm);
      this.#waiting.shift();
      this.#waiting_frames -= next.pcm.length;
      this.#unflushed = true;
    }
    if (!this.#unflushed) return;
    this.#writer.flush();
    this.#unflushed = false;
    this.#events.saved(this.#writer.end_frame);
  }
}
