// The inference worker: hears and writes. Wires the engine to the verbs of ../protocol/inference.ts.

import { CallError, serve } from '../protocol/call.ts';
import type { InferenceEvents, InferenceVerbs } from '../protocol/inference.ts';
import { Engine, type EngineFactory } from './engine.ts';
import { LiveListener, type SendEvent } from './live_listener.ts';
import { transcribe_pcm, transcribe_wav_file } from './listening.ts';
import { fetch_model_files } from './model_files.ts';

// A file of the site beside this one, not part of the bundle.
const ENGINE_MODULE: string = '../wasm/engine.mjs';

// An exception inside wasm leaves its coroutines waiting for ever. Better to end loudly: the page hears the error,
// settles every call with a sentence and starts a new worker.
self.addEventListener('unhandledrejection', (event) => {
  setTimeout(() => {
    throw event.reason;
  });
});

let engine: Engine | undefined;
let loading = false;
let live: LiveListener | undefined;
let listening = false;

function loaded_engine(): Engine {
  if (engine) return engine;
  throw new CallError({ code: 'not_found', message: 'The speech model is still loading. Wait until it is ready.', detail: '' });
}

function busy(message: string): CallError {
  return new CallError({ code: 'busy', message, detail: '' });
}

/** Runs `work` as the only listening. */
async function listen_alone<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  const ready = loaded_engine();
  if (live || listening) throw busy('Something is being listened to already. Finish or cancel it first.');
  listening = true;
  try {
    return await work(ready);
  } finally {
    listening = false;
  }
}

function live_listener(): LiveListener {
  if (live) return live;
  throw new CallError({ code: 'not_found', message: 'No recording is being listened to.', detail: '' });
}

const send: SendEvent = serve<InferenceVerbs, InferenceEvents>(self, {
  load: async ({ base_url }, { signal, progress }) => {
    const started = performance.now();
    if (engine) return { load_ms: 0 };
    if (loading) throw busy('The speech model is being loaded already.');
    loading = true;
    try {
      const files = await fetch_model_files(base_url, signal, progress);
      const { default: factory } = (await import(ENGINE_MODULE)) as { default: EngineFactory };
      const created = await Engine.create(factory, files.engine, files.onnxruntime);
      await created.load(files);
      signal.throwIfAborted();
      engine = created;
    } finally {
      loading = false;
    }
    return { load_ms: performance.now() - started };
  },

  start_live: async (options) => {
    const ready = loaded_engine();
    if (live || listening) throw busy('Something is being listened to already. Finish or cancel it first.');
    live = new LiveListener(ready, options, send);
  },
  pause_live: () => live_listener().pause(),
  continue_live: ({ gap_ms }) => live_listener().continue(gap_ms),
  finish_live: async () => {
    const listener = live_listener();
    try {
      return await listener.finish();
    } finally {
      live = undefined;
    }
  },

  transcribe_pcm: (args, context) => listen_alone((ready) => transcribe_pcm(ready, args, context)),
  transcribe_wav_file: (args, context) => listen_alone((ready) => transcribe_wav_file(ready, args, context)),

  write_note: ({ transcript, pronouns, sex }) => loaded_engine().write_note(transcript, pronouns, sex),
});
