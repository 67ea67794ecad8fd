// What src/platform/engine/web_runtime.cpp asks of onnxruntime-web: tensors, sessions, runs. Inference worker, or
// Node in tests.
//
// Nothing here rejects: a failure is {ok: false, error}. The views that come from wasm memory are copied before
// anything is awaited, because that memory may move when it grows.

import * as ort from 'onnxruntime-web/wasm';

type Outcome<T> = { ok: true; value: T } | { ok: false; error: string };

async function settle<T>(promise: Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await promise };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** One thread, no proxy worker, and the binary that was checked: nothing is fetched behind our back. */
export function configure_onnxruntime(wasm_binary: Uint8Array): void {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
  ort.env.wasm.wasmBinary = wasm_binary;
  ort.env.logLevel = 'error';
}

export class OnnxBackend {
  readonly #settle_wait: (ticket: number, value: unknown) => void;

  constructor(settle_wait: (ticket: number, value: unknown) => void) {
    this.#settle_wait = settle_wait;
  }

  tensor_f32(dims: number[], elements: Float32Array): ort.Tensor {
    return new ort.Tensor('float32', new Float32Array(elements), dims);
  }
  tensor_i64(dims: number[], elements: Float64Array): ort.Tensor {
    return new ort.Tensor('int64', BigInt64Array.from(Array.from(elements, BigInt)), dims);
  }
  tensor_bool(dims: number[], elements: Uint8Array): ort.Tensor {
    return new ort.Tensor('bool', new Uint8Array(elements), dims);
  }
  copy_f32(tensor: ort.Tensor, target: Float32Array): void {
    target.set(tensor.data as Float32Array);
  }

  create_session(model: Uint8Array): Promise<Outcome<ort.InferenceSession>> {
    const bytes = new Uint8Array(model);
    return settle(ort.InferenceSession.create(bytes, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' }));
  }

  run(session: ort.InferenceSession, feeds: Record<string, ort.Tensor>, outputs: string[]): Promise<Outcome<ort.Tensor[]>> {
    return settle(
      session.run(feeds, outputs).then((results) =>
        outputs.map((name) => {
          const tensor = results[name];
          if (!tensor) throw new Error(`no output ${name}`);
          return tensor;
        }),
      ),
    );
  }

  release(session: ort.InferenceSession): void {
    void settle(session.release());
  }

  /** Hands what `promise` resolves to back to the coroutine that waits for it. */
  wait(promise: Promise<unknown>, ticket: number): void {
    void promise.then((value) => this.#settle_wait(ticket, value));
  }
}
