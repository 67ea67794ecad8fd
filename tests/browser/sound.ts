// Sound for the tests: cuts of the made visits as a microphone or as files, and what is said in them.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cutSample, ffmpeg, type SampleCut } from '../../tools/samples/cut.mjs';
import { build_folder } from './harness.ts';

const folder = (): string => build_folder('sound');

/** `seconds` of a made visit, in whole turns, as a WAV that Chromium plays as its microphone. */
export function microphone_of(name: string, seconds: number, from_seconds = 0): SampleCut {
  return cutSample(name, seconds, join(folder(), `${name}_${from_seconds}_${seconds}.wav`), { from_seconds });
}

/** The same cut in another container: "mp3", "ogg", "m4a", "flac", "webm", "wav". */
export function encoded(cut: SampleCut, extension: string): string {
  const path = cut.path.replace(/\.wav$/, `_encoded.${extension}`);
  const codec: Record<string, string[]> = {
    ogg: ['-c:a', 'libvorbis'],
    webm: ['-c:a', 'libopus'],
    m4a: ['-c:a', 'aac'],
    wav: ['-c:a', 'pcm_s16le', '-ar', '16000'],
  };
  if (!existsSync(path)) ffmpeg(['-i', cut.path, ...(codec[extension] ?? []), path]);
  return path;
}

/** What is said in the cut. */
export function script_of(cut: SampleCut): string {
  return cut.turns.map((turn) => turn.text).join(' ');
}
