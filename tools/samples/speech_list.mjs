#!/usr/bin/env node
// Writes the list that `./dev eval speech --list` takes: the spoken samples as 16 kHz WAV, and Debian's LibriVox
// excerpts (package pocketsphinx-testdata), which are real speech.
//
//   node tools/samples/speech_list.mjs [build/samples/speech.tsv]

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT, ffmpeg, sampleTurns } from "./cut.mjs";

const LIBRIVOX = "usr/share/pocketsphinx/test/data/librivox";
const out = path.resolve(process.argv[2] ?? path.join(ROOT, "build/samples/speech.tsv"));
const folder = path.dirname(out);
mkdirSync(folder, { recursive: true });

const lines = [];
for (const name of ["knee_pain", "diabetes_follow_up", "headache"]) {
  const wav = path.join(folder, `${name}_16k.wav`);
  if (!existsSync(wav)) {
    ffmpeg(["-i", path.join(ROOT, "public/samples", `${name}.opus`), "-ar", "16000", "-ac", "1", "-bitexact", wav]);
  }
  lines.push([wav, sampleTurns(name).map((turn) => turn.text).join(" ")]);
}
const librivox = [path.join("/", LIBRIVOX), path.join(ROOT, ".cache/toolchain", LIBRIVOX)].find(existsSync);
if (librivox) {
  for (const line of readFileSync(path.join(librivox, "transcription"), "utf8").trim().split("\n")) {
    const [, text, id] = /^<s> (.*) <\/s> \((.*)\)$/.exec(line) ?? [];
    if (id && existsSync(path.join(librivox, `${id}.wav`))) lines.push([path.join(librivox, `${id}.wav`), text]);
  }
} else {
  console.error("speech_list: without Debian's pocketsphinx-testdata there is no real speech in the list.");
}
writeFileSync(out, lines.map((line) => `${line.join("\t")}\n`).join(""));
console.log(`${path.relative(process.cwd(), out)}: ${lines.length} recordings`);
