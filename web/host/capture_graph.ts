// AudioContext -> worklet -> ring. The main thread only connects things; no sample passes through it. Main thread.

import { create_ring, type RingBuffers } from '../capture/ring.ts';
import type { Microphone } from './microphone.ts';
import { call_error } from './sentence.ts';

/** What the speech model hears. Where a browser refuses the rate, its own is used and C++ resamples. */
const WANTED_RATE = 16000;
/** Long enough that a busy device which reads late loses nothing: two minutes are 8 MB. */
const RING_SECONDS = 120;

/** Call it inside the tap: an AudioContext that is made later may stay suspended. */
export function create_audio_context(): AudioContext {
  try {
    return new AudioContext({ sampleRate: WANTED_RATE });
  } catch {
    return new AudioContext();
  }
}

export interface CaptureListener {
  /** The system took the audio away (a call, a closed lid), or gave it back. */
  on_running(running: boolean): void;
}

export class CaptureGraph {
  readonly ring: RingBuffers;
  readonly #audio: AudioContext;
  readonly #node: AudioWorkletNode;
  #source: MediaStreamAudioSourceNode | undefined;

  private constructor(audio: AudioContext, ring: RingBuffers, node: AudioWorkletNode) {
    this.#audio = audio;
    this.ring = ring;
    this.#node = node;
  }

  /** `microphone` is only tried here; connect() lets the samples in. */
  static async open(audio: AudioContext, microphone: Microphone, listener: CaptureListener): Promise<CaptureGraph> {
    let context = audio;
    try {
      context.createMediaStreamSource(microphone.stream).disconnect();
    } catch {
      // Firefox joins a microphone only to a context of the microphone's own rate.
      await context.close();
      context = new AudioContext();
    }
    try {
      await context.audioWorklet.addModule('capture/capture.worklet.js');
      const ring = create_ring(context.sampleRate, RING_SECONDS);
      const node = new AudioWorkletNode(context, 'chartside-capture', {
        numberOfInputs: 1,
        numberOfOutputs: 0,
        channelCount: 1,
        channelCountMode: 'explicit',
        processorOptions: { ring },
      });
      if (context.state !== 'running') await context.resume();
      context.addEventListener('statechange', () => listener.on_running(context.state === 'running'));
      return new CaptureGraph(context, ring, node);
    } catch (error) {
      await context.close();
      const detail = error instanceof Error ? error.message : String(error);
      throw call_error('io', 'Recording could not be started. Reload the page and start again.', detail);
    }
  }

  get sample_rate(): number {
    return this.#audio.sampleRate;
  }

  /** Where the browser does not take the microphone, the one that is connected stays. */
  connect(microphone: Microphone): void {
    let source: MediaStreamAudioSourceNode;
    try {
      source = this.#audio.createMediaStreamSource(microphone.stream);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      throw call_error('unsupported', 'This microphone cannot be joined to the running recording. Choose another, or finish and start again.', detail);
    }
    this.disconnect();
    this.#source = source;
    source.connect(this.#node);
  }

  disconnect(): void {
    this.#source?.disconnect();
    this.#source = undefined;
  }

  async resume(): Promise<void> {
    if (this.#audio.state !== 'running' && this.#audio.state !== 'closed') await this.#audio.resume();
  }

  async close(): Promise<void> {
    this.disconnect();
    if (this.#audio.state !== 'closed') await this.#audio.close();
  }
}
