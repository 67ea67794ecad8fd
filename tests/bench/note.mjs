#!/usr/bin/env node
// Writing: milliseconds from a visit's transcript to its note, in the inference worker, for the made visits as
// their scripts have them.
//
//   node tests/bench/note.mjs [--json] [--rounds 10] [--site FOLDER]

import { readFileSync } from "node:fs";
import path from "node:path";
import { sampleTurns } from "../../tools/samples/cut.mjs";
import { with_bench_page } from "./browser.mjs";
import { ROOT, give_up, option, remark, report } from "./report.mjs";

const rounds = Number(option("rounds", "10"));
const { samples } = JSON.parse(readFileSync(path.join(ROOT, "public/samples/index.json"), "utf8"));
const PRONOUNS = { unstated: 0, she: 1, he: 2, they: 3 };
const SEX = { unknown: 0, female: 1, male: 2 };

/** A transcript as the recogniser would hand it over: roles unknown, words spread evenly over the turn. */
function transcript_of(name) {
  const segments = sampleTurns(name).map((turn, index) => {
    const words = [...turn.text.matchAll(/\S+/g)];
    const each_ms = (turn.end_ms - turn.start_ms) / words.length;
    return {
      id: `s${index + 1}`, start_ms: turn.start_ms, end_ms: turn.end_ms, role: 0, text: turn.text, confidence: 1,
      words: words.map((word, at) => ({
        start_char: word.index, end_char: word.index + word[0].length, // the scripts are ASCII: bytes and characters agree
        start_ms: turn.start_ms + at * each_ms, end_ms: turn.start_ms + (at + 1) * each_ms, confidence: 1,
      })),
    };
  });
  return { segments };
}

await with_bench_page(async (page) => {
  await page.evaluate(() => bench.open_inference());
  const times = [];
  for (let round = 0; round <= rounds; round++) {
    for (const { id, pronouns, sex } of samples) {
      const { milliseconds, sentences } = await page.evaluate(
        ([transcript, pronoun, gender]) => bench.write_note(transcript, pronoun, gender),
        [transcript_of(id), PRONOUNS[pronouns], SEX[sex]]);
      if (sentences === 0) give_up(`The note of ${id} has no sentence, so its time means nothing.`);
      if (round === 0) remark(`${id}: ${sentences} sentences, first time ${milliseconds.toFixed(0)} ms`);
      else times.push(milliseconds);
    }
  }
  report("note.time_per_visit", "ms", times);
});
