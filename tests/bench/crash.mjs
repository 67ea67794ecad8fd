#!/usr/bin/env node
// Keeping: every moment at which a process or the power can go, over a long history of saves in the native store. What
// is measured are the moments tried and those after which an acknowledged save was missing; the last must be 0. The same over a
// store that does not wait for the disk (synchronous=NORMAL) must find losses: it shows that the enumeration can.
//
//   node tests/bench/crash.mjs [--json]

import { spawnSync } from "node:child_process";
import path from "node:path";
import { ROOT, give_up, needed, remark, report } from "./report.mjs";

const program = needed(path.join(ROOT, "build/native/test_store"), "The store's test program");
const started = performance.now();
const done = spawnSync(program, ["[.crash]"], { encoding: "utf8", cwd: ROOT });
const tallies = [...done.stdout.matchAll(/^(process_crash|power_cut|power_cut_synchronous_normal) (\d+) (\d+)$/gm)];
if (tallies.length !== 3) give_up(`The crash run ended before it could report: ${(done.stderr || done.stdout).trim()}`);
for (const [, name, points, failures] of tallies) {
  report(`store.${name}.moments`, "count", [Number(points)]);
  report(`store.${name}.lost`, "count", [Number(failures)]);
}
remark(`in ${((performance.now() - started) / 1000).toFixed(0)} s`);
if (done.status !== 0) give_up("An acknowledged save was lost; tests/unit/store/crash_test.cpp tells where.");
