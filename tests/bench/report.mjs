// What every benchmark shares: repeated measurements of ours and of the peer's way in one run, and how they are
// written. One object a line with --json:
//   {"name","value","unit","n","p10","p90","peer","ratio"}
// value and peer are medians; ratio is value / peer, so below 1 is better wherever less is better.

import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const AS_JSON = process.argv.includes("--json");

/** The value of `--name VALUE` on the command line. */
export function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 || at + 1 >= process.argv.length ? otherwise : process.argv[at + 1];
}

export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (place - low);
}

const rounded = (value) => (value === null ? null : Number(value.toPrecision(4)));

/** @param ours measurements, at least one  @param peer measurements of the peer's way, or none */
export function report(name, unit, ours, peer = []) {
  const value = quantile(ours, 0.5);
  const beside = peer.length ? quantile(peer, 0.5) : null;
  const line = {
    name, value: rounded(value), unit, n: ours.length,
    p10: rounded(quantile(ours, 0.1)), p90: rounded(quantile(ours, 0.9)),
    peer: rounded(beside), ratio: beside ? rounded(value / beside) : null,
  };
  if (AS_JSON) console.log(JSON.stringify(line));
  else {
    const against = beside === null ? "" : `  peer ${line.peer}  ratio ${line.ratio}`;
    console.log(`${name.padEnd(34)} ${String(line.value).padStart(9)} ${unit.padEnd(10)} ` +
      `p10 ${line.p10}  p90 ${line.p90}  n ${line.n}${against}`);
  }
}

/** Progress and remarks: never on stdout, which holds the measurements. */
export function remark(text) {
  process.stderr.write(`${text}\n`);
}

/** Ends the run with a sentence that says what is missing and what to do. */
export function give_up(sentence) {
  remark(sentence);
  process.exit(1);
}

export function needed(file, what) {
  if (!existsSync(file)) give_up(`${what} is missing (${path.relative(ROOT, file)}). Run ./dev build first.`);
  return file;
}
