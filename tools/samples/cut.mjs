#!/usr/bin/env node
// Makes a WAV out of a spoken sample of public/samples, cut at the end of a turn, for a fake microphone
// (Chromium: --use-fake-device-for-media-stream --use-file-for-fake-audio-capture=FILE.wav%noloop) or for the native
// command line. Needs ffmpeg, which the toolchain root has.
//
//   node tools/samples/cut.mjs knee_pain 60 build/samples/knee_pain_60.wav [--rate 48000] [--from SECONDS]

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout: upwards from this file, which a test may have bundled into build/. */
function checkout() {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, "public/samples/index.json"))) {
    const above = path.dirname(folder);
    if (above === folder) throw new Error("public/samples/index.json is in no folder above this script.");
    folder = above;
  }
  return folder;
}
export const ROOT = checkout();

/** The true timing of a sample: [{start_ms, end_ms, role, text}], in the order spoken. */
export function sampleTurns(name, root = ROOT) {
  const rows = readFileSync(path.join(root, "public/samples", `${name}.turns.tsv`), "utf8").trimEnd().split("\n");
  return rows.slice(1).map((row) => {
    const [start, end, role, text] = row.split("\t");
    return { start_ms: Number(start), end_ms: Number(end), role, text };
  });
}

/** Runs ffmpeg, or says what to do when it is not there. */
export function ffmpeg(args) {
  const command = process.env.CHARTSIDE_FFMPEG ?? "ffmpeg";
  try {
    execFileSync(command, ["-hide_banner", "-v", "error", "-nostdin", "-y", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    if (error.code === "ENOENT") {
      throw new Error(`ffmpeg is not on PATH: run this inside the toolchain root, or name it in CHARTSIDE_FFMPEG.`);
    }
    throw new Error(`ffmpeg failed: ${String(error.stderr ?? error).trim()}`);
  }
}

/**
 * Writes the whole turns that lie in `seconds` of a sample from `from_seconds` on, as 16-bit mono WAV.
 * @returns {{path: string, duration_ms: number, turns: {start_ms: number, end_ms: number, role: string, text: string}[]}}
 *   turns with times from the start of the new file; 0.6 s of room tone is left after the last one where there is any
 */
export function cutSample(name, seconds, outPath, { rate_hz = 48000, from_seconds = 0, root = ROOT } = {}) {
  const all = sampleTurns(name, root);
  const first = all.findIndex((turn) => turn.start_ms >= from_seconds * 1000);
  const from_ms = from_seconds > 0 && first > 0 ? Math.round((all[first - 1].end_ms + all[first].start_ms) / 2) : 0;
  const turns = all.slice(Math.max(0, first)).filter((turn) => turn.end_ms <= from_ms + seconds * 1000);
  if (turns.length === 0) throw new Error(`${name} has no whole turn in ${seconds} s from ${from_seconds} s on.`);
  const last = turns[turns.length - 1];
  const next = all[all.indexOf(last) + 1];
  const end_ms = next ? Math.min(last.end_ms + 600, next.start_ms - 60) : last.end_ms + 600;

  mkdirSync(path.dirname(path.resolve(outPath)), { recursive: true });
  const source = path.join(root, "public/samples", `${name}.opus`);
  ffmpeg(["-i", source, "-af", `atrim=${from_ms / 1000}:${end_ms / 1000},asetpts=PTS-STARTPTS`,
    "-ac", "1", "-ar", String(rate_hz), "-c:a", "pcm_s16le", "-bitexact", outPath]);
  return {
    path: outPath,
    duration_ms: end_ms - from_ms,
    turns: turns.map((turn) => ({ ...turn, start_ms: turn.start_ms - from_ms, end_ms: turn.end_ms - from_ms })),
  };
}

if (path.basename(process.argv[1] ?? "") === "cut.mjs") {
  const args = process.argv.slice(2);
  const option = (name, otherwise) => {
    const at = args.indexOf(name);
    return at < 0 ? otherwise : Number(args.splice(at, 2)[1]);
  };
  const rate_hz = option("--rate", 48000);
  const from_seconds = option("--from", 0);
  const [name, seconds, out] = args;
  if (!out || !(Number(seconds) > 0)) {
    console.error("usage: cut.mjs SAMPLE SECONDS OUT.wav [--rate HZ] [--from SECONDS]");
    process.exit(2);
  }
  const cut = cutSample(name, Number(seconds), out, { rate_hz, from_seconds });
  console.log(JSON.stringify(cut, null, 1));
}
