// Inside the benchmark's page: the two workers as the product starts them, spoken to by the product's protocol
// (web/protocol/call.ts), and the peers' ways beside them. Everything is reached as `bench`.

const PROTOCOL_VERSION = 1;

function start_worker(path) {
  const worker = new Worker(path, { type: "module" });
  const pending = new Map();
  let next = 1;
  worker.onerror = (event) => {
    for (const { reject } of pending.values()) reject(new Error(`${path}: ${event.message}`));
    pending.clear();
  };
  worker.onmessage = ({ data }) => {
    const call = pending.get(data.id);
    if (!call || "progress" in data) return;
    pending.delete(data.id);
    if (data.ok) call.resolve(data.value);
    else call.reject(new Error(`${data.error.message} (${data.error.detail})`));
  };
  return {
    call: (verb, args, transfer = []) => new Promise((resolve, reject) => {
      const id = next++;
      pending.set(id, { resolve, reject });
      worker.postMessage({ v: PROTOCOL_VERSION, id, verb, args }, transfer);
    }),
    end: () => worker.terminate(),
  };
}

const random_text = (length) => {
  const bytes = new Uint8Array(length / 2);
  crypto.getRandomValues(bytes);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

const parts = {};

globalThis.bench = {
  async open_store() {
    parts.store = start_worker("/store/store.worker.js");
    await parts.store.call("create_practice", { passphrase: "a passphrase for the benchmark" });
    parts.indexed = await new Promise((resolve, reject) => {
      const request = indexedDB.open("peer", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("rows");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  },

  /** Milliseconds of `count` commits each, alternating: ours, then an IndexedDB put with strict durability. */
  async commits(count, byte_count) {
    const ours = [];
    const peer = [];
    for (let index = 0; index < count; index++) {
      const json = JSON.stringify({ text: random_text(byte_count) });
      let started = performance.now();
      await parts.store.call("save_preferences", { json });
      ours.push(performance.now() - started);
      started = performance.now();
      await new Promise((resolve, reject) => {
        const transaction = parts.indexed.transaction("rows", "readwrite", { durability: "strict" });
        transaction.objectStore("rows").put(json, "one");
        transaction.oncomplete = resolve;
        transaction.onerror = () => reject(transaction.error);
      });
      peer.push(performance.now() - started);
    }
    return { ours, peer };
  },

  async open_inference() {
    parts.inference?.end();
    parts.inference = start_worker("/inference/inference.worker.js");
    const started = performance.now();
    await parts.inference.call("load", { base_url: new URL("/", location.href).href });
    return performance.now() - started;
  },

  async open_peer() {
    parts.peer?.end();
    parts.peer = start_worker("/bench/moonshine_peer.worker.mjs");
    const started = performance.now();
    await parts.peer.call("load", {});
    return performance.now() - started;
  },

  /** The first `duration_ms` of a spoken sample, kept for hear() under its name. */
  async decode(name, duration_ms) {
    const context = new OfflineAudioContext(1, 1, 16000);
    const bytes = await (await fetch(`/samples/${name}.opus`)).arrayBuffer();
    const sound = await context.decodeAudioData(bytes);
    parts.clips ??= {};
    parts.clips[name] = sound.getChannelData(0).slice(0, duration_ms * 16);
  },

  /** Hears a clip by the product's own pass: voice activity, segments, words, times. */
  async hear(name) {
    const samples = parts.clips[name].slice();
    const started = performance.now();
    const heard = await parts.inference.call("transcribe_pcm", {
      source: { kind: "samples", samples }, sample_rate: 16000, start_ms: 0, total_ms: samples.length / 16,
      first_segment_number: 1,
    });
    const milliseconds = performance.now() - started;
    return { milliseconds, segments: heard.segments.map(({ text, start_ms, end_ms }) => ({ text, start_ms, end_ms })) };
  },

  /** The peer's pass: voice activity over all of it, then the same stretches of speech that ours found. */
  async hear_as_peer(name, spans) {
    const tokens = [];
    const started = performance.now();
    await parts.peer.call("count_speech_frames", { samples: parts.clips[name] });
    for (const { start_ms, end_ms } of spans) {
      const samples = parts.clips[name].slice(Math.round(start_ms * 16), Math.round(end_ms * 16));
      tokens.push(await parts.peer.call("generate", { samples }, [samples.buffer]));
    }
    return { milliseconds: performance.now() - started, tokens };
  },

  async write_note(transcript, pronouns, sex) {
    const started = performance.now();
    const { note } = await parts.inference.call("write_note", { transcript, pronouns, sex });
    return { milliseconds: performance.now() - started, sentences: note.sections.flatMap((section) => section.sentences).length };
  },
};
