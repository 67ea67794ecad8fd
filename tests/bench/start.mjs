#!/usr/bin/env node
// Opening: from navigation to a page that is drawn and waits (its own idle promise), the first time with an empty
// profile, and again from what the service worker kept, with the server gone.
//
//   node tests/bench/start.mjs [--json] [--profiles 3] [--openings 5] [--site FOLDER]

import { serve_site, with_browser } from "./browser.mjs";
import { option, remark, report } from "./report.mjs";

const profiles = Number(option("profiles", "3"));
const openings = Number(option("openings", "5"));

async function open(page, address) {
  const started = performance.now();
  await page.goto(address);
  await page.waitForFunction(() => globalThis.__chartside !== undefined, undefined, { polling: 20 });
  await page.evaluate(() => __chartside.idle());
  return performance.now() - started;
}

const first = [];
const again = [];
const bytes = [];
for (let profile = 0; profile < profiles; profile++) {
  const site = await serve_site();
  await with_browser(async (context) => {
    const page = await context.newPage();
    first.push(await open(page, site.address));
    bytes.push(site.sent.bytes / 1e6);
    await page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      if (active.state !== "activated") {
        await new Promise((resolve) => active.addEventListener("statechange", () => active.state === "activated" && resolve()));
      }
    });
    await open(page, site.address); // the service worker takes the page over at the next load
    site.close();
    for (let opening = 0; opening < openings; opening++) again.push(await open(page, site.address));
    remark(`profile ${profile + 1}: first ${first.at(-1).toFixed(0)} ms, offline ${again.at(-1).toFixed(0)} ms`);
  });
}
report("start.first_load", "ms", first);
report("start.first_load_bytes", "MB", bytes);
report("start.from_cache_offline", "ms", again);
