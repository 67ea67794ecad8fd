// What holds of every screen: a finger can hit what it shows, names are there for who cannot see it, and it rests.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ApplicationEvents, RecorderState, ScreenElement } from '../../web/host/application.ts';
import { serve_gallery } from './gallery/server.mjs';
import { Browser, SITE } from './harness.ts';

const TOUCH_PX = 44;
const RECORDING_TOUCH_PX = 56;
const REACH_PX = 12;
// One column and two, tall enough that nothing is scrolled out of sight, where it would count as cut.
const SIZES = [{ width: 390, height: 1800 }, { width: 820, height: 1800 }];
const SCREENS = ['welcome', 'unlock', 'unlock.copied', 'keys.code', 'keys.check', 'keys.change', 'today.long', 'today.interrupted', 'form.filled', 'record', 'record.denied', 'review.playing', 'review.checks', 'review.signed', 'set_up'];
// The smallest and the largest text, where things would meet first.
const TEXTS = [0.85, 1.6];
const TEXT_SCREENS = ['welcome', 'today.long', 'today.interrupted', 'form.filled', 'record.overruns', 'review.selected', 'review.checks', 'notes.long', 'set_up'];
// Words and sentences are as high as their line: whoever misses one hits its neighbour, and nothing is lost.
const IN_TEXT = /^(word|sentence|flag|check|note)\./;

interface Gallery {
  desk: { application: ApplicationEvents; idle(): Promise<void>; elements(): ScreenElement[]; frames_drawn(): number };
}

const is_control = ({ role, id, enabled, visible }: ScreenElement): boolean =>
  enabled && visible && /^(button|tab|radio|textbox|listitem)$/.test(role) && !IN_TEXT.test(id);

/** What lies on something that it is no part of: a row holds its chip, a card its buttons. */
function overlaps(elements: ScreenElement[]): string[] {
  const alone = elements.filter((one) => one.visible && one.role !== 'listitem' && !IN_TEXT.test(one.id) && (is_control(one) || /^(header|record|review)\./.test(one.id)) && one.enabled);
  const found: string[] = [];
  alone.forEach((a, i) => {
    for (const b of alone.slice(i + 1)) {
      const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
      const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
      // A chip's reach is higher than the chip; the icons of a section reach over a line of its text.
      if (wide > 1 && high > REACH_PX) found.push(`${a.id} and ${b.id} by ${wide.toFixed(1)} x ${high.toFixed(1)}`);
    }
  });
  return found;
}

let gallery: { url: string; close(): void };
let browser: Browser;
before(async () => {
  gallery = await serve_gallery(join(SITE, 'wasm'));
  browser = await Browser.open({ touch: true, paints: false });
});
after(async () => {
  await browser.close();
  gallery.close();
});

async function open(query: string): Promise<void> {
  await browser.page.goto(gallery.url + query);
  await browser.page.waitForSelector('html[data-ready=yes]', { state: 'attached' });
}

function elements_now(): Promise<ScreenElement[]> {
  return browser.page.evaluate(() => (window as unknown as { gallery: Gallery }).gallery.desk.elements());
}

for (const screen of SCREENS) {
  test(`${screen}: a finger can hit every control, each has a name, and nothing is drawn at rest`, async () => {
    for (const size of SIZES) {
      await browser.page.setViewportSize(size);
      await open(`?screen=${screen}`);
      const { elements, drawn } = await browser.page.evaluate(async () => {
        const { desk } = (window as unknown as { gallery: Gallery }).gallery;
        const before_rest = desk.frames_drawn();
        for (let frame = 0; frame < 5; frame++) await new Promise((next) => requestAnimationFrame(next));
        return { elements: desk.elements(), drawn: desk.frames_drawn() - before_rest };
      });
      assert.equal(drawn, 0, `${drawn} frames drawn at rest at ${size.width} px`);
      const controls = elements.filter(is_control);
      assert.ok(controls.length > 0);
      for (const { id, label, x, y, width, height } of controls) {
        const least = /^record\.(mark|pause|finish|again)$/.test(id) ? RECORDING_TOUCH_PX : TOUCH_PX;
        assert.ok(width >= least - 0.5 && height >= least - 0.5, `${id} is ${width} x ${height} at ${size.width} px`);
        assert.ok(label.length > 0, `${id} has no name`);
        assert.ok(x >= 0 && y >= 0 && x + width <= size.width + 0.5, `${id} leaves the screen at ${size.width} px`);
      }
      assert.deepEqual(overlaps(elements), [], `overlaps at ${size.width} px`);
      const ids = controls.map((one) => one.id);
      assert.deepEqual(ids.filter((id, index) => ids.indexOf(id) !== index), [], 'ids that stand for two things');
    }
  });
}

for (const screen of TEXT_SCREENS) {
  test(`${screen}: nothing overlaps or leaves the screen at the smallest and the largest text`, async () => {
    for (const text of TEXTS) {
      for (const width of [390, 1180]) {
        await browser.page.setViewportSize({ width, height: 1800 });
        await open(`?screen=${screen}&text=${text}`);
        const elements = await elements_now();
        assert.deepEqual(overlaps(elements), [], `at ${width} px, text ${text}`);
        const outside = elements.filter((one) => one.visible && one.enabled && (one.x < -0.5 || one.x + one.width > width + 0.5));
        assert.deepEqual(outside.map((one) => one.id), [], `outside at ${width} px, text ${text}`);
      }
    }
  });
}

for (const screen of ['unlock.keyboard', 'form.keyboard', 'review.keyboard']) {
  test(`${screen}: what is typed stays in view above the soft keyboard`, async () => {
    await browser.page.setViewportSize({ width: 390, height: 844 });
    await open(`?screen=${screen}`);
    const { field, keys } = await browser.page.evaluate(() => {
      const place = (selector: string): { top: number; bottom: number } => {
        const { top, bottom } = document.querySelector(selector)?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
        return { top, bottom };
      };
      return { field: place('.text-field'), keys: place('.keyboard') };
    });
    assert.ok(field.top >= 0 && field.bottom <= keys.top, `typed from ${field.top} to ${field.bottom} px, the keyboard from ${keys.top} px`);
    const hidden = (await elements_now()).filter((one) => one.visible && one.enabled && one.y + one.height > keys.top + 0.5);
    assert.deepEqual(hidden.map((one) => one.id), [], 'under the keyboard');
  });
}

test('record: a second of sound takes a frame for each new bar, not one for each report', async () => {
  await browser.page.setViewportSize({ width: 820, height: 1180 });
  await open('?screen=record');
  const state: RecorderState = {
    status: 2, visit_id: 'v4', elapsed_ms: 0, saved_ms: 0, caption_delay_ms: 0, silent_for_ms: 0, stalled_for_ms: 0, overruns: 0, device_id: 'a', failure: '',
  };
  const drawn = await browser.page.evaluate(async (recorder) => {
    const { desk } = (window as unknown as { gallery: Gallery }).gallery;
    const frame = (): Promise<number> => new Promise((next) => requestAnimationFrame(next));
    desk.application.on_recorder({ ...recorder, elapsed_ms: 120_000 });
    await desk.idle();
    const before = desk.frames_drawn();
    for (let report = 0; report < 60; report++) { // sixty a second, each with its samples
      desk.application.on_samples(new Float32Array(16000 / 60).fill(0.1));
      desk.application.on_recorder({ ...recorder, elapsed_ms: 120_000 + (report * 1000) / 60 });
      await frame();
    }
    await desk.idle();
    return desk.frames_drawn() - before;
  }, state);
  assert.ok(drawn >= 9 && drawn <= 13, `${drawn} frames`);
});
