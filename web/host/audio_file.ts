// Reading an audio file that the user chose. WAV is left to the C++ reader, which streams it; everything else is
// decoded by the browser. Main thread.

import { to_pcm16 } from '../protocol/pcm16.ts';
import { LONGEST_AUDIO_MS, LONGEST_FILE_MS } from '../protocol/shapes.ts';
import { unless_aborted } from './abort.ts';
import { call_error } from './sentence.ts';

const DECODED_RATE = 16000;
/** Far above 90 minutes of anything we accept; refuses what cannot be meant before it is read. */
const LARGEST_BYTES = 4 * 1024 ** 3;

const ACCEPTED = 'WAV, MP3, M4A, OGG, FLAC or WebM';

/** As check_length of src/audio/limits.h refuses it, before anything is read. */
export function too_long(duration_ms: number): Error {
  const minutes = Math.ceil(duration_ms / 60_000);
  return call_error(
    'invalid_input',
    `This audio lasts ${minutes} minutes, and Chartside takes up to ${LONGEST_AUDIO_MS / 60_000} at a time. Cut it into shorter files and open each.`,
  );
}

function unreadable(detail: string): Error {
  return call_error(
    'invalid_input',
    `There is no audio in this file that can be read. Choose a recording saved as ${ACCEPTED}.`,
    detail,
  );
}

/** Opens the browser's file picker; call it inside the tap. Resolves with undefined when nothing was chosen. */
export function pick_audio_file(): Promise<File | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'audio/*,video/webm,video/mp4,.wav,.mp3,.m4a,.ogg,.opus,.flac,.webm';
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}

export type FileKind = 'wav' | 'other';

/** Looks at the first bytes, not at the name. Throws with a sentence for what cannot be audio. */
export async function file_kind(file: Blob): Promise<FileKind> {
  if (file.size === 0) {
    throw call_error('invalid_input', 'This file is empty. Copy it again from where it was recorded, then choose it once more.');
  }
  if (file.size > LARGEST_BYTES) {
    throw call_error('invalid_input', `This file is too large. Save the recording as MP3 or M4A, then open it.`);
  }
  const bytes = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const ascii = String.fromCharCode(...bytes);
  const is_wave = /^(RIFF|RF64|RIFX)/.test(ascii) && ascii.slice(8, 12) === 'WAVE';
  return is_wave ? 'wav' : 'other';
}

/** Asks the browser's player, which reads only the head of the file. Undefined where the head does not say. */
function stated_duration_ms(file: Blob): Promise<number | undefined> {
  const url = URL.createObjectURL(file);
  const player = new Audio();
  player.preload = 'metadata';
  return new Promise<number | undefined>((resolve) => {
    player.addEventListener('loadedmetadata', () => {
      resolve(Number.isFinite(player.duration) ? player.duration * 1000 : undefined);
    });
    player.addEventListener('error', () => resolve(undefined));
    player.src = url;
  }).finally(() => {
    player.removeAttribute('src');
    URL.revokeObjectURL(url);
  });
}

export interface DecodedAudio {
  samples: Float32Array;
  sample_rate: number;
  duration_ms: number;
}

function mix_down(buffer: AudioBuffer): Float32Array {
  const mono = buffer.getChannelData(0);
  for (let channel = 1; channel < buffer.numberOfChannels; channel++) {
    const other = buffer.getChannelData(channel);
    for (let i = 0; i < mono.length; i++) mono[i] = (mono[i] as number) + (other[i] as number);
  }
  if (buffer.numberOfChannels > 1) {
    for (let i = 0; i < mono.length; i++) mono[i] = (mono[i] as number) / buffer.numberOfChannels;
  }
  return mono;
}

/** Decoding cannot be stopped; after a cancel nobody waits for it and its result is dropped. */
export function decode_audio(file: Blob, signal: AbortSignal): Promise<DecodedAudio> {
  return unless_aborted(decode_whole(file), signal);
}

async function decode_whole(file: Blob): Promise<DecodedAudio> {
  const stated_ms = await stated_duration_ms(file);
  if (stated_ms !== undefined && stated_ms > LONGEST_FILE_MS) throw too_long(stated_ms);
  let buffer: AudioBuffer;
  try {
    const decoder = new OfflineAudioContext(1, 1, DECODED_RATE);
    buffer = await decoder.decodeAudioData(await file.arrayBuffer());
  } catch (error) {
    throw unreadable(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
  const duration_ms = buffer.duration * 1000;
  if (duration_ms > LONGEST_FILE_MS) throw too_long(duration_ms);
  return { samples: mix_down(buffer), sample_rate: buffer.sampleRate, duration_ms };
}

/** Cuts decoded audio into pieces that the store takes. */
export function* pieces_of(audio: DecodedAudio, seconds: number): Generator<Int16Array<ArrayBuffer>> {
  const step = seconds * audio.sample_rate;
  for (let at = 0; at < audio.samples.length; at += step) yield to_pcm16(audio.samples.subarray(at, at + step));
}
