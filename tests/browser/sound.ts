// Sound for the tests: cuts of the made visits as a microphone or as files, and the word error against their script.

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

/** Lower case, without punctuation and speakers' fillers, as both sides of a word error are compared. */
export function words_of(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^a-z0-9' ]+/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !['um', 'uh', 'mm', 'hm', 'mhm', 'er'].includes(word));
}

/** Levenshtein distance over words, divided by the words of the script. */
export function word_error(script: readonly string[], heard: readonly string[]): number {
  let row = Array.from({ length: heard.length + 1 }, (_, index) => index);
  for (const [line, wanted] of script.entries()) {
    const next = [line + 1];
    for (const [column, word] of heard.entries()) {
      const replaced = (row[column] as number) + (word === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] as number) + 1, (next[column] as number) + 1));
    }
    row = next;
  }
  return (row.at(-1) as number) / Math.max(1, script.length);
}

export function script_of(cut: SampleCut): string[] {
  return cut.turns.flatMap((turn) => words_of(turn.text));
}
