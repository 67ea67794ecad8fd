#!/usr/bin/env node
// Drawing: frames drawn while nobody does anything (0 is right), and the time from a pointer's move or a turn of the
// wheel to the page being drawn and at rest again.
//
//   node tests/bench/ui.mjs [--json] [--inputs 100] [--site FOLDER]

import { serve_site, with_browser } from "./browser.mjs";
import { option, report } from "./report.mjs";

const inputs = Number(option("inputs", "100"));
const IDLE_MS = 10_000;

const site = await serve_site();
try {
  await with_browser(async (context) => {
    const page = await context.newPage();
    await page.goto(site.address);
    await page.waitForFunction(() => globalThis.__chartside !== undefined);
    // What arrives while the models load is drawn, and rightly so.
    await page.waitForFunction(() => JSON.parse(__chartside.state()).models_ready, undefined, { timeout: 120_000 });
    await page.evaluate(() => __chartside.idle());

    const frames = [];
    for (let round = 0; round < 2; round++) {
      // So is the clock on the screen when a minute has passed: a round lies within one.
      const left_ms = 60_000 - (Date.now() % 60_000);
      if (left_ms < IDLE_MS + 2_000) await page.waitForTimeout(left_ms + 1_500);
      const before = await page.evaluate(() => __chartside.frames_drawn());
      await page.waitForTimeout(IDLE_MS); // the measurement itself is this time
      frames.push((await page.evaluate(() => __chartside.frames_drawn())) - before);
    }
    report("ui.frames_in_10_s_of_idling", "frames", frames);

    const settled = await page.evaluate(async (count) => {
      const canvas = document.querySelector("canvas");
      const times = [];
      for (let index = 0; index < count; index++) {
        const place = { clientX: 200 + (index * 37) % 800, clientY: 120 + (index * 53) % 600, bubbles: true, pointerType: "mouse" };
        const started = performance.now();
        canvas.dispatchEvent(new PointerEvent("pointermove", place));
        if (index % 4 === 3) canvas.dispatchEvent(new WheelEvent("wheel", { ...place, deltaY: index % 8 === 3 ? 60 : -60, cancelable: true }));
        await __chartside.idle();
        times.push(performance.now() - started);
      }
      return times;
    }, inputs);
    report("ui.input_to_rest", "ms", settled);
  });
} finally {
  site.close();
}
