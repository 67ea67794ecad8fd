// The audio thread: copies the first channel of the microphone into the ring, and nothing else. Anything slower
// than a copy here would be heard as a click and would be lost from the record.
//
// Connect the microphone with `channelCount: 1, channelCountMode: 'explicit'`, so that the browser mixes down.

import { RingWriter, type RingBuffers } from './ring.ts';

// The worklet scope has no type library of its own.
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new (options: { processorOptions: { ring: RingBuffers } }) => AudioWorkletProcessor,
): void;

class CaptureProcessor extends AudioWorkletProcessor {
  readonly #ring: RingWriter;

  constructor(options: { processorOptions: { ring: RingBuffers } }) {
    super();
    this.#ring = new RingWriter(options.processorOptions.ring);
  }

  process(inputs: Float32Array[][]): boolean {
    const channel = inputs[0]?.[0];
    if (channel) this.#ring.write(channel);
    return true;
  }
}

registerProcessor('chartside-capture', CaptureProcessor);
