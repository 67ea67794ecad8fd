// Listening to what is already recorded: samples from another thread, or a WAV file. Inference worker.

import { CallError, type HandlerContext } from '../protocol/call.ts';
import type { Heard, HeardProgress, PcmChunk, PcmSource } from '../protocol/inference.ts';
import { from_pcm16 } from '../protocol/pcm16.ts';
import type { Segment } from '../protocol/shapes.ts';
import type { Engine } from './engine.ts';

// Mirrors nothing_heard_message of src/speech/transcriber.h.
export const NOTHING_HEARD =
  'Nothing was heard: there is no speech in this audio. Check that the right microphone is chosen, and play the recording back.';

/** A piece small enough that a cancel is answered within a breath. */
const PIECE_MS = 1000;
const FILE_PIECE_BYTES = 64 * 1024;

/** Lets messages (a cancel) in. Inference settles in microtasks, which alone would starve them. */
export function pause_between_turns(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function cancelled(): CallError {
  return new CallError({ code: 'cancelled', message: 'Cancelled.', detail: '' });
}

function as_floats(samples: Float32Array | Int16Array): Float32Array {
  return samples instanceof Float32Array ? samples : from_pcm16(samples);
}

async function* chunks_of(source: PcmSource): AsyncGenerator<Float32Array> {
  if (source.kind === 'samples') {
    yield as_floats(source.samples);
    return;
  }
  const { port } = source;
  const answers: ((chunk: PcmChunk) => void)[] = [];
  port.onmessage = (event: MessageEvent<PcmChunk>): void => answers.shift()?.(event.data);
  try {
    for (;;) {
      const chunk = await new Promise<PcmChunk>((resolve) => {
        answers.push(resolve);
        port.postMessage('next');
      });
      if ('end' in chunk) return;
      if ('failed' in chunk) {
        const message = 'The audio could not be read to its end. Try again; what was heard so far is kept.';
        throw new CallError({ code: 'io', message, detail: chunk.failed });
      }
      yield as_floats(chunk.samples);
    }
  } finally {
    port.close();
  }
}

/** Collects segments, and hands those that are new to each progress. */
class Collector {
  readonly segments: Segment[] = [];
  #told = 0;

  readonly take = (segment: Segment): void => void this.segments.push(segment);
  untold(): Segment[] {
    const fresh = this.segments.slice(this.#told);
    this.#told = this.segments.length;
    return fresh;
  }
  heard(end_ms: number): Heard {
    return { segments: this.segments, end_ms, message: this.segments.length === 0 ? NOTHING_HEARD : '' };
  }
}

export interface PcmOptions {
  source: PcmSource;
  sample_rate: number;
  start_ms: number;
  total_ms: number;
  first_segment_number: number;
}

export async function transcribe_pcm(engine: Engine, options: PcmOptions, context: HandlerContext<HeardProgress>): Promise<Heard> {
  const { source, sample_rate, start_ms, total_ms, first_segment_number } = options;
  engine.check_length(total_ms);
  const collector = new Collector();
  engine.begin({ sample_rate, start_ms, first_segment_number, partial_captions: false }, collector.take, () => undefined);
  const tell = (): void =>
    context.progress({ done_ms: engine.progress().heard_ms - start_ms, total_ms, segments: collector.untold() });
  try {
    const piece = Math.ceil((sample_rate * PIECE_MS) / 1000);
    for await (const samples of chunks_of(source)) {
      for (let at = 0; at < samples.length; at += piece) {
        if (context.signal.aborted) throw cancelled();
        await engine.push(samples.subarray(at, at + piece));
        tell();
        await pause_between_turns(0);
      }
      engine.check_length(engine.progress().heard_ms - start_ms); // total_ms may have been 0: not known
    }
    await engine.finish();
    tell();
    return collector.heard(engine.progress().heard_ms);
  } finally {
    engine.abandon();
  }
}

export interface WavOptions {
  file: Blob;
  start_ms: number;
  first_segment_number: number;
  want_audio: boolean;
}

export async function transcribe_wav_file(engine: Engine, options: WavOptions, context: HandlerContext<HeardProgress>): Promise<Heard> {
  const { file, start_ms, first_segment_number, want_audio } = options;
  const collector = new Collector();
  let audio: { pcm: Int16Array; sample_rate: number } | undefined;
  const take_samples = (pcm: Int16Array, sample_rate: number): void => {
    audio = { pcm, sample_rate };
  };
  engine.begin_file(file.size, { start_ms, first_segment_number }, collector.take, want_audio ? take_samples : undefined);
  const tell = (): void => {
    const { done_ms, total_ms } = engine.progress();
    context.progress({ done_ms, total_ms, segments: collector.untold(), ...(audio ? { audio } : {}) });
    audio = undefined;
  };
  try {
    for (let at = 0; at < file.size; at += FILE_PIECE_BYTES) {
      if (context.signal.aborted) throw cancelled();
      let bytes: Uint8Array;
      try {
        bytes = new Uint8Array(await file.slice(at, at + FILE_PIECE_BYTES).arrayBuffer());
      } catch (error) {
        const message = 'The file could not be read. Check that it is still there, and open it again.';
        throw new CallError({ code: 'io', message, detail: String(error) });
      }
      await engine.push_bytes(bytes);
      tell();
      await pause_between_turns(0);
    }
    await engine.finish();
    tell();
    return collector.heard(start_ms + engine.progress().total_ms);
  } finally {
    engine.abandon();
  }
}
