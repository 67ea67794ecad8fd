// The peer's way to hear: the calling pattern of moonshine-js 0.1.29 (MIT), written from its behaviour, so that it
// can be timed beside ours on the same clip, the same weights and the same onnxruntime-web.
//
// Voice activity first: Silero v5 over every frame of 512 samples (the package vad-web, MIT, which it uses). Then,
// for a stretch of speech, what it does and we keep: a cap of 6 tokens a second; fresh empty cache tensors at first; every decoder output
// fetched at every step, although only the decoder's half of the cache changes; the logits awaited and searched
// through an array of [value, index] pairs; tensors never disposed of.

const START = 1;
const END = 2;
const LAYERS = 6;
const FRAME = 512;
const EMPTY_CACHE = [0, 8, 1, 36];

/** @param {(file: string) => Promise<Uint8Array>} read gives a model file's bytes */
export async function load_peer(ort, read) {
  const create = async (file) => ort.InferenceSession.create(await read(file), { executionProviders: ["wasm", "cpu"] });
  const encoder = await create("encoder_model.onnx");
  const decoder = await create("decoder_model_merged.onnx");

  const voice = await create("silero_vad_v5.onnx");

  /** @param {Float32Array} samples 16 kHz mono  @returns {Promise<number>} how many frames held speech */
  async function count_speech_frames(samples) {
    const rate = new ort.Tensor("int64", BigInt64Array.of(16000n));
    let state = new ort.Tensor("float32", new Float32Array(2 * 128), [2, 1, 128]);
    let count = 0;
    for (let at = 0; at + FRAME <= samples.length; at += FRAME) {
      const input = new ort.Tensor("float32", samples.slice(at, at + FRAME), [1, FRAME]);
      const outputs = await voice.run({ input, state, sr: rate });
      state = outputs.stateN;
      if (outputs.output.data[0] > 0.5) count++;
    }
    return count;
  }

  /** @param {Float32Array} samples 16 kHz mono  @returns {Promise<number[]>} tokens without start and end */
  async function generate(samples) {
    const most = Math.trunc((samples.length / 16000) * 6);
    const { last_hidden_state } = await encoder.run({ input_values: new ort.Tensor("float32", samples, [1, samples.length]) });
    const past = {};
    for (let layer = 0; layer < LAYERS; layer++) {
      for (const side of ["decoder", "encoder"]) {
        for (const kind of ["key", "value"]) {
          past[`past_key_values.${layer}.${side}.${kind}`] = new ort.Tensor("float32", [], EMPTY_CACHE);
        }
      }
    }
    const tokens = [];
    let next = START;
    for (let step = 0; step < most; step++) {
      const outputs = await decoder.run({
        input_ids: new ort.Tensor("int64", BigInt64Array.of(BigInt(next)), [1, 1]),
        encoder_hidden_states: last_hidden_state,
        use_cache_branch: new ort.Tensor("bool", [step > 0]),
        ...past,
      });
      const logits = await outputs.logits.getData();
      next = Array.prototype.map.call(logits, (value, index) => [value, index])
        .reduce((best, entry) => (entry[0] > best[0] ? entry : best))[1];
      if (next === END) break;
      tokens.push(next);
      const present = Object.entries(outputs).filter(([name]) => name.includes("present")).map(([, value]) => value);
      Object.keys(past).forEach((name, index) => {
        if (step === 0 || name.includes("decoder")) past[name] = present[index];
      });
    }
    return tokens;
  }

  return { count_speech_frames, generate };
}
