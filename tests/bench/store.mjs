#!/usr/bin/env node
// Keeping: from asking to "durable" for one 4 KB row, encrypted, through the store worker, beside an IndexedDB put of
// the same text with strict durability, unencrypted, which is how pages usually keep things. Alternating, one run.
//
//   node tests/bench/store.mjs [--json] [--count 300] [--site FOLDER]

import { with_bench_page } from "./browser.mjs";
import { option, report } from "./report.mjs";

const count = Number(option("count", "300"));

await with_bench_page(async (page) => {
  await page.evaluate(() => bench.open_store());
  await page.evaluate(() => bench.commits(20, 4096)); // warm
  const { ours, peer } = await page.evaluate((times) => bench.commits(times, 4096), count);
  report("store.commit_4kb", "ms", ours, peer);
  const slowest = (values) => [[...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)]];
  report("store.commit_4kb_p99", "ms", slowest(ours), slowest(peer));
});
