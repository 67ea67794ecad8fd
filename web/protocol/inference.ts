// What the inference worker can be asked, and what it says unasked. One worker hears and writes: it owns the
// speech and note models and the transcriber.
//
// Times are milliseconds from the start of the visit's audio, gaps included. Shapes and their UTF-8 offsets are
// those of shapes.ts. One live recording or one file is heard at a time; a second is refused with `busy`.
// Errors carry the codes of src/base/result.h; among them
//   busy           something is being listened to already
//   cancelled      the call's AbortSignal fired
//   corrupt        a model file does not match its hash
//   invalid_input  the audio cannot be used; the message says why and what to do
//   not_found      load() has not finished, or a file is missing from the site

import type { RingBuffers } from '../capture/ring.ts';
import type { Note, Segment, Transcript } from './shapes.ts';

/** The site's list of files: `manifest.json` under the base URL. Paths are relative to it. */
export interface SiteManifest {
  files: Record<string, { sha256: string; bytes: number }>;
}

/** What the worker loads from under the base URL, each checked against the manifest. */
export const INFERENCE_FILES = {
  engine: 'wasm/engine.wasm',
  onnxruntime: 'onnxruntime/ort-wasm-simd-threaded.wasm',
  encoder: 'models/moonshine/encoder_model.onnx',
  decoder: 'models/moonshine/decoder_model_merged.onnx',
  tokens: 'models/moonshine_tiny.tokens',
  voice_activity: 'models/silero/silero_vad_v5.onnx',
  note: 'models/note_linear.bin',
} as const;

export interface LoadProgress {
  /** In the user's words: "Speech model". */
  label: string;
  /** Over all files together. */
  done_bytes: number;
  total_bytes: number;
}

export interface HeardProgress {
  done_ms: number;
  /** 0 while unknown. */
  total_ms: number;
  /** Final segments since the last progress. */
  segments: Segment[];
  /** With `want_audio`: the mono samples read since the last progress, in order, so that the same pass over the
   *  file also keeps it. */
  audio?: { pcm: Int16Array; sample_rate: number };
}

export interface Heard {
  /** All final segments, in order. Empty when nothing was heard; never invented. */
  segments: Segment[];
  /** Where the audio ends. */
  end_ms: number;
  /** A sentence to show when there is something to say ("Nothing was heard. ..."); else ''. */
  message: string;
}

/** Samples from another thread, asked for one chunk at a time, so that an hour never lies in memory at once.
 *  The worker posts 'next'; the other side answers with a PcmChunk (see serve_pcm). */
export type PcmChunk = { samples: Float32Array | Int16Array } | { end: true } | { failed: string };
export type PcmSource = { kind: 'samples'; samples: Float32Array | Int16Array } | { kind: 'port'; port: MessagePort };

export interface InferenceVerbs {
  /** Fetches and checks every file, then builds the sessions. Calling it again after success returns at once. */
  load: { args: { base_url: string }; result: { load_ms: number }; progress: LoadProgress };

  /** Listens to the ring, from `first_frame` on, until finish_live. `start_ms`: the place of that frame in the visit's audio.
   *  Segments are numbered from `first_segment_number` ("s1" is 1). */
  start_live: {
    args: { ring: RingBuffers; first_frame: number; sample_rate: number; start_ms: number; first_segment_number: number };
    result: void;
    progress: never;
  };
  /** Ends the open segment; what reaches the ring until continue_live is dropped, and time stands still. Use
   *  RingControl.set_paused too, so that every reader stops at the same frame. */
  pause_live: { args: Record<string, never>; result: { heard_ms: number }; progress: never };
  /** `gap_ms`: audio that passed unheard and still counts (a device change); 0 after a plain pause. */
  continue_live: { args: { gap_ms: number }; result: void; progress: never };
  /** Reads what is left in the ring and settles after the last segment event. */
  finish_live: { args: Record<string, never>; result: Heard; progress: never };

  transcribe_pcm: {
    args: { source: PcmSource; sample_rate: number; start_ms: number; total_ms: number; first_segment_number: number };
    result: Heard;
    progress: HeardProgress;
  };
  /** Any PCM or float WAV, read as a stream. */
  transcribe_wav_file: {
    args: { file: Blob; start_ms: number; first_segment_number: number; want_audio: boolean };
    result: Heard;
    progress: HeardProgress;
  };

  /** `pronouns` and `sex` as in src/domain/visit.h. `roles` has one entry a segment. */
  write_note: {
    args: { transcript: Transcript; pronouns: number; sex: number };
    result: { note: Note; roles: number[] };
    progress: never;
  };
}

export interface InferenceEvents {
  /** The caption of the open segment; replaces the last one. Empty text clears it. */
  partial: { text: string; start_ms: number; end_ms: number };
  segment: { segment: Segment };
  /** `delay_ms`: how far captions are behind what was spoken. `silent_for_ms`: since speech was last heard. */
  delay: { delay_ms: number; heard_ms: number; silent_for_ms: number };
  /** This worker came too late for a stretch of the ring and did not hear it; the store may still have it. */
  overrun: { at_ms: number; lost_ms: number };
  /** Listening stopped by a failure; finish_live still returns what was heard. */
  live_failed: { code: string; message: string; detail: string };
}

/** The other side of a PcmSource port: answers each 'next' with the next chunk. Main thread or any worker. */
export function serve_pcm(port: MessagePort, chunks: AsyncIterator<Float32Array | Int16Array>): void {
  const answer = async (): Promise<void> => {
    try {
      const next = await chunks.next();
      if (next.done) port.postMessage({ end: true } satisfies PcmChunk);
      else port.postMessage({ samples: next.value } satisfies PcmChunk, [next.value.buffer as ArrayBuffer]);
    } catch (error) {
      port.postMessage({ failed: error instanceof Error ? error.message : String(error) } satisfies PcmChunk);
    }
  };
  port.onmessage = (): void => void answer();
}
