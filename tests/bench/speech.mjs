#!/usr/bin/env node
// Hearing: ours in the inference worker beside the peer's way on the same clips, the same weights and one thread,
// alternating in one run of Chromium. Both passes are whole, voice activity and decoding; the peer decodes the stretches
// of speech that ours found, so that the same words are heard. Ours also checks its models' hashes and times the words.
//
//   node tests/bench/speech.mjs [--json] [--seconds 60] [--rounds 3] [--site FOLDER]

import { readFileSync } from "node:fs";
import path from "node:path";
import { sampleTurns } from "../../tools/samples/cut.mjs";
import { word_error } from "../../tools/samples/words.mjs";
import { with_bench_page } from "./browser.mjs";
import { ROOT, needed, option, remark, report } from "./report.mjs";

const SAMPLES = ["knee_pain", "diabetes_follow_up", "headache"];
const seconds = Number(option("seconds", "60"));
const rounds = Number(option("rounds", "3"));

const vocabulary = JSON.parse(readFileSync(
  needed(path.join(ROOT, ".cache/assets/moonshine/tokenizer.json"), "The tokenizer"), "utf8")).model.vocab;
const pieces = new Map(Object.entries(vocabulary).map(([piece, id]) => [id, piece]));
const text_of = (tokens) => tokens.map((id) => pieces.get(id) ?? "").join("").replaceAll("\u2581", " ").trim();

const clips = SAMPLES.map((name) => {
  const turns = sampleTurns(name).filter((turn) => turn.end_ms <= seconds * 1000);
  return { name, duration_ms: turns.at(-1).end_ms + 200, script: turns.map((turn) => turn.text).join(" ") };
});

await with_bench_page(async (page) => {
  const loading = { ours: [], peer: [] };
  for (let round = 0; round < 3; round++) {
    loading.ours.push(await page.evaluate(() => bench.open_inference()));
    loading.peer.push(await page.evaluate(() => bench.open_peer()));
  }
  const speed = { ours: [], peer: [] };
  const wrong = { ours: [], peer: [] };
  for (const { name, duration_ms } of clips) {
    await page.evaluate(([clip, length]) => bench.decode(clip, length), [name, duration_ms]);
  }
  for (let round = 0; round < rounds; round++) {
    for (const { name, duration_ms, script } of clips) {
      const ours = await page.evaluate((clip) => bench.hear(clip), name);
      const spans = ours.segments.map(({ start_ms, end_ms }) => ({ start_ms, end_ms }));
      const peer = await page.evaluate(([clip, where]) => bench.hear_as_peer(clip, where), [name, spans]);
      speed.ours.push(ours.milliseconds / duration_ms);
      speed.peer.push(peer.milliseconds / duration_ms);
      if (round === 0) {
        wrong.ours.push(word_error(script, ours.segments.map((segment) => segment.text).join(" ")).rate);
        wrong.peer.push(word_error(script, peer.tokens.map(text_of).join(" ")).rate);
      }
      remark(`${name}: ours ${(ours.milliseconds / 1000).toFixed(1)} s, peer ${(peer.milliseconds / 1000).toFixed(1)} s ` +
        `for ${(duration_ms / 1000).toFixed(0)} s of talk`);
    }
  }
  report("speech.load", "ms", loading.ours, loading.peer);
  report("speech.time_per_second_of_audio", "s/s", speed.ours, speed.peer);
  report("speech.word_error", "share", wrong.ours, wrong.peer);
});
