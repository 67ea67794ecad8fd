// The peer's recogniser in a worker of its own, spoken to like ours.
import * as ort from "/bench/ort.mjs";
import { load_peer } from "/bench/moonshine_peer.mjs";

ort.env.wasm.numThreads = 1; // as the inference worker
ort.env.wasm.wasmPaths = "/bench/";

let peer;

async function fetch_bytes(path) {
  return new Uint8Array(await (await fetch(path)).arrayBuffer());
}

const verbs = {
  async load() {
    peer = await load_peer(ort, (file) =>
      fetch_bytes(file.startsWith("silero") ? `/models/silero/${file}` : `/models/moonshine/${file}`));
    return null;
  },
  async generate({ samples }) {
    return peer.generate(samples);
  },
  async count_speech_frames({ samples }) {
    return peer.count_speech_frames(samples);
  },
};

self.onmessage = async ({ data: { id, verb, args } }) => {
  try {
    self.postMessage({ id, ok: true, value: await verbs[verb](args) });
  } catch (error) {
    self.postMessage({ id, ok: false, error: { message: String(error), detail: verb } });
  }
};
