// engine.wasm as promises: what src/platform/engine/bindings.cpp shows, typed. One call at a time; each is awaited
// before the next. Inference worker, or Node in tests.

import { CallError, type WireError } from '../protocol/call.ts';
import type { Note, Segment, Transcript } from '../protocol/shapes.ts';
import { configure_onnxruntime, OnnxBackend } from './onnx_backend.ts';

type Answer<T> = { ok: true; value: T } | { ok: false; error: WireError };
type Done<T> = (answer: Answer<T>) => void;

export interface ListenOptions {
  sample_rate: number;
  start_ms: number;
  first_segment_number: number;
  partial_captions: boolean;
}
export interface PartialCaption {
  text: string;
  start_ms: number;
  end_ms: number;
}
export interface Progress {
  done_ms: number;
  total_ms: number;
  heard_ms: number;
  last_voice_ms: number;
}
export interface ModelFiles {
  encoder: Uint8Array;
  decoder: Uint8Array;
  tokens: Uint8Array;
  voice_activity: Uint8Array;
  note: Uint8Array;
}

interface WasmEngine {
  load(files: ModelFiles, done: Done<void>): void;
  begin(options: ListenOptions, on_segment: (segment: Segment) => void, on_partial: (caption: PartialCaption) => void): void;
  begin_file(
    total_bytes: number,
    options: ListenOptions,
    on_segment: (segment: Segment) => void,
    on_samples: ((samples: Int16Array, sample_rate: number) => void) | undefined,
  ): void;
  push(samples: Float32Array, waiting_ms: number, done: Done<void>): void;
  push_bytes(bytes: Uint8Array, done: Done<void>): void;
  advance(gap_ms: number, done: Done<void>): void;
  finish(done: Done<void>): void;
  abandon(): void;
  progress(): Progress;
  check_length(duration_ms: number): Answer<void>;
  write_note(transcript: Transcript, pronouns: number, sex: number, done: Done<{ note: Note; roles: number[] }>): void;
  delete(): void;
}
interface EngineModule {
  Engine: new (backend: OnnxBackend) => WasmEngine;
  settle_wait(ticket: number, value: unknown): void;
}
export type EngineFactory = (options: { wasmBinary: Uint8Array }) => Promise<EngineModule>;

function answered<T>(ask: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    ask((answer) => {
      if (answer.ok) resolve(answer.value);
      else reject(new CallError(answer.error));
    });
  });
}

export class Engine {
  readonly #wasm: WasmEngine;

  private constructor(wasm: WasmEngine) {
    this.#wasm = wasm;
  }

  /** `factory` is the default export of wasm/engine.mjs; the binaries are those that were checked. */
  static async create(factory: EngineFactory, engine_wasm: Uint8Array, onnxruntime_wasm: Uint8Array): Promise<Engine> {
    configure_onnxruntime(onnxruntime_wasm);
    const module = await factory({ wasmBinary: engine_wasm });
    const backend = new OnnxBackend((ticket, value) => module.settle_wait(ticket, value));
    return new Engine(new module.Engine(backend));
  }

  load(files: ModelFiles): Promise<void> {
    return answered((done) => this.#wasm.load(files, done));
  }
  begin(options: ListenOptions, on_segment: (segment: Segment) => void, on_partial: (caption: PartialCaption) => void): void {
    this.#wasm.begin(options, on_segment, on_partial);
  }
  begin_file(
    total_bytes: number,
    options: Omit<ListenOptions, 'sample_rate' | 'partial_captions'>,
    on_segment: (segment: Segment) => void,
    on_samples?: (samples: Int16Array, sample_rate: number) => void,
  ): void {
    const all = { ...options, sample_rate: 16000, partial_captions: false }; // the file tells its rate
    const copy = on_samples && ((view: Int16Array, rate: number): void => on_samples(new Int16Array(view), rate));
    this.#wasm.begin_file(total_bytes, all, on_segment, copy);
  }
  push(samples: Float32Array, waiting_ms = 0): Promise<void> {
    return answered((done) => this.#wasm.push(samples, waiting_ms, done));
  }
  push_bytes(bytes: Uint8Array): Promise<void> {
    return answered((done) => this.#wasm.push_bytes(bytes, done));
  }
  advance(gap_ms: number): Promise<void> {
    return answered((done) => this.#wasm.advance(gap_ms, done));
  }
  finish(): Promise<void> {
    return answered((done) => this.#wasm.finish(done));
  }
  abandon(): void {
    this.#wasm.abandon();
  }
  progress(): Progress {
    return this.#wasm.progress();
  }
  /** Throws when audio of this length is refused. */
  check_length(duration_ms: number): void {
    const answer = this.#wasm.check_length(duration_ms);
    if (!answer.ok) throw new CallError(answer.error);
  }
  write_note(transcript: Transcript, pronouns: number, sex: number): Promise<{ note: Note; roles: number[] }> {
    return answered((done) => this.#wasm.write_note(transcript, pronouns, sex, done));
  }
  /** Frees the models and the wasm object. Nothing may be awaited. */
  close(): void {
    this.#wasm.abandon();
    this.#wasm.delete();
  }
}
