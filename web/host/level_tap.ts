// Reads the ring's newest samples for drawing: at 16 kHz, and never more than the last drawing needs. It has a
// cursor of its own, so it takes nothing from the readers that keep and hear. Main thread.

import { RingReader, type RingBuffers } from '../capture/ring.ts';

const DRAWN_RATE = 16000;
const MOST_SECONDS = 0.5;

export class LevelTap {
  readonly #reader: RingReader;
  readonly #block: Float32Array;
  readonly #step: number;

  constructor(ring: RingBuffers) {
    this.#reader = new RingReader(ring);
    this.#step = Math.max(1, Math.round(this.#reader.sample_rate / DRAWN_RATE));
    this.#block = new Float32Array(Math.ceil(this.#reader.sample_rate * MOST_SECONDS));
  }

  /** What came since the last call; after a hidden page only the newest half second. */
  newest(): Float32Array {
    let frames = 0;
    do frames = this.#reader.read(this.#block).frames;
    while (this.#reader.available_frames >= this.#block.length);
    const samples = new Float32Array(Math.floor(frames / this.#step));
    for (let i = 0; i < samples.length; i++) {
      let sum = 0;
      for (let k = 0; k < this.#step; k++) sum += this.#block[i * this.#step + k] as number;
      samples[i] = sum / this.#step;
    }
    return samples;
  }
}
