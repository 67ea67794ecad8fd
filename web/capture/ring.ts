// The ring that carries microphone samples off the audio thread: one writer, any number of readers, no locks.
//
//   AudioWorklet (the writer) --> SharedArrayBuffer --> inference worker, store worker, spectrogram (readers)
//
// The writer never waits and never allocates. It does not know its readers: each keeps its own cursor on its own
// thread, so a slow reader cannot hold up the microphone or another reader. A reader that falls more than the
// ring's length behind has lost samples; it counts them, says so, and goes on at the newest data.
//
// Counters count frames since the ring was made. They are 64-bit in three 32-bit words (see read_written): at
// 48 kHz a single word would wrap after a day.

/** What crosses between threads. Both are shared memory: posting them copies nothing. */
export interface RingBuffers {
  header: SharedArrayBuffer;
  samples: SharedArrayBuffer;
}

const RING_MAGIC = 0x52494e47;
const WORD = 2 ** 32;

// Words of the header.
const MAGIC = 0;
const CAPACITY = 1; // frames, a power of two
const SAMPLE_RATE = 2;
const WRITTEN_HIGH_LAST = 3; // the high word, stored after the low one
const WRITTEN_LOW = 4;
const WRITTEN_HIGH_FIRST = 5; // the high word, stored before the low one
const STATE = 6;
const PAUSED = 7;
const HEADER_WORDS = 8;

/** The most that one write may hold. Readers keep this far away from the oldest frames, which may be being
 *  overwritten before the counter tells. */
export const MAX_WRITE_FRAMES = 4096;

export type RingState = 'open' | 'ended';

/** Main thread, before the worklet starts. Holds at least `seconds` of mono float32. */
export function create_ring(sample_rate: number, seconds: number): RingBuffers {
  if (!Number.isInteger(sample_rate) || sample_rate < 1) throw new RangeError('sample_rate must be a positive integer');
  let capacity = 4 * MAX_WRITE_FRAMES;
  while (capacity < sample_rate * seconds) capacity *= 2;
  const header = new SharedArrayBuffer(HEADER_WORDS * 4);
  const samples = new SharedArrayBuffer(capacity * 4);
  const words = new Int32Array(header);
  words[MAGIC] = RING_MAGIC;
  words[CAPACITY] = capacity;
  words[SAMPLE_RATE] = sample_rate;
  return { header, samples };
}

function open_header(buffers: RingBuffers): Int32Array {
  const words = new Int32Array(buffers.header);
  if (words.length !== HEADER_WORDS || words[MAGIC] !== RING_MAGIC || buffers.samples.byteLength !== (words[CAPACITY] ?? 0) * 4) {
    throw new TypeError('not a capture ring');
  }
  return words;
}

// The writer stores high-first, low, high-last; a reader loads high-last, low, high-first. If a carry happens
// between, the two high words differ and the reader tries again, so a torn pair is never used.
function read_written(words: Int32Array): number {
  for (;;) {
    const last = Atomics.load(words, WRITTEN_HIGH_LAST) >>> 0;
    const low = Atomics.load(words, WRITTEN_LOW) >>> 0;
    const first = Atomics.load(words, WRITTEN_HIGH_FIRST) >>> 0;
    if (first === last) return first * WORD + low;
  }
}

/** What the page may ask of a ring without reading or writing samples. Any thread. */
export class RingControl {
  readonly #words: Int32Array;

  constructor(buffers: RingBuffers) {
    this.#words = open_header(buffers);
  }
  get sample_rate(): number {
    return Atomics.load(this.#words, SAMPLE_RATE);
  }
  get capacity(): number {
    return Atomics.load(this.#words, CAPACITY);
  }
  get written_frames(): number {
    return read_written(this.#words);
  }
  get state(): RingState {
    return Atomics.load(this.#words, STATE) === 1 ? 'ended' : 'open';
  }
  get paused(): boolean {
    return Atomics.load(this.#words, PAUSED) === 1;
  }
  /** While paused the writer drops what it is given: every reader sees time stand still at the same frame. */
  set_paused(paused: boolean): void {
    Atomics.store(this.#words, PAUSED, paused ? 1 : 0);
  }
  /** No sample will follow. Readers drain what is there and finish. */
  end(): void {
    Atomics.store(this.#words, STATE, 1);
  }
}

/** The audio thread only; one per ring. Nothing here allocates, blocks or throws. */
export class RingWriter {
  readonly #words: Int32Array;
  readonly #samples: Float32Array;
  readonly #mask: number;
  #low: number;
  #high: number;

  constructor(buffers: RingBuffers) {
    this.#words = open_header(buffers);
    this.#samples = new Float32Array(buffers.samples);
    this.#mask = this.#samples.length - 1;
    const written = read_written(this.#words);
    this.#high = Math.floor(written / WORD);
    this.#low = written % WORD;
  }

  /** Appends `block`, or drops it while paused or ended. Only its first MAX_WRITE_FRAMES frames are taken. */
  write(block: Float32Array): void {
    if (Atomics.load(this.#words, PAUSED) === 1 || Atomics.load(this.#words, STATE) === 1) return;
    const count = block.length < MAX_WRITE_FRAMES ? block.length : MAX_WRITE_FRAMES;
    const samples = this.#samples;
    const mask = this.#mask;
    const low = this.#low;
    for (let i = 0; i < count; i++) samples[(low + i) & mask] = block[i] as number;
    this.#low = low + count;
    if (this.#low >= WORD) {
      this.#low -= WORD;
      this.#high += 1;
      Atomics.store(this.#words, WRITTEN_HIGH_FIRST, this.#high | 0);
    }
    Atomics.store(this.#words, WRITTEN_LOW, this.#low | 0);
    Atomics.store(this.#words, WRITTEN_HIGH_LAST, this.#high | 0);
  }
}

export interface RingRead {
  /** Frames copied to the front of the target; 0 when there is nothing new. */
  frames: number;
  /** Frame number of the first of them. A jump against the last read is what was lost. */
  first_frame: number;
  /** Frames that were overwritten before this reader came for them, on this read. */
  lost_frames: number;
}

/** One reader with its own cursor. Belongs to the thread that made it; any number of readers may exist. */
export class RingReader {
  readonly #words: Int32Array;
  readonly #samples: Float32Array;
  readonly #safe_frames: number;
  #cursor: number;
  #overruns = 0;
  #lost_frames = 0;

  /** Starts at `first_frame`, or at the next frame that is written. */
  constructor(buffers: RingBuffers, first_frame?: number) {
    this.#words = open_header(buffers);
    this.#samples = new Float32Array(buffers.samples);
    this.#safe_frames = this.#samples.length - MAX_WRITE_FRAMES;
    this.#cursor = first_frame ?? read_written(this.#words);
  }

  get sample_rate(): number {
    return Atomics.load(this.#words, SAMPLE_RATE);
  }
  /** Frame number of the next frame to be read. */
  get cursor(): number {
    return this.#cursor;
  }
  get available_frames(): number {
    return Math.max(0, read_written(this.#words) - this.#cursor);
  }
  /** How often this reader was lapped. */
  get overruns(): number {
    return this.#overruns;
  }
  /** How many frames it lost by that. */
  get lost_frames(): number {
    return this.#lost_frames;
  }
  /** True once the writer ended and everything was read. */
  get drained(): boolean {
    return Atomics.load(this.#words, STATE) === 1 && this.available_frames === 0;
  }

  /** Copies as many frames as there are and as `target` holds. */
  read(target: Float32Array): RingRead {
    let lost = 0;
    for (;;) {
      const written = read_written(this.#words);
      if (written - this.#cursor > this.#safe_frames) lost += this.#skip_to(written);
      const first_frame = this.#cursor;
      const frames = Math.min(target.length, written - first_frame);
      const start = first_frame % this.#samples.length;
      const until_wrap = Math.min(frames, this.#samples.length - start);
      target.set(this.#samples.subarray(start, start + until_wrap));
      if (frames > until_wrap) target.set(this.#samples.subarray(0, frames - until_wrap), until_wrap);
      // The writer may have caught up while we copied: then what we hold is torn, and is lost too.
      if (read_written(this.#words) - first_frame > this.#safe_frames) continue;
      this.#cursor = first_frame + frames;
      return { frames, first_frame, lost_frames: lost };
    }
  }

  #skip_to(written: number): number {
    const lost = written - this.#cursor;
    this.#cursor = written;
    this.#overruns += 1;
    this.#lost_frames += lost;
    return lost;
  }
}
