// What holds of every screen: a finger can hit what it shows, names are there for who cannot see it, and it rests.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ScreenElement } from '../../web/host/application.ts';
import { serve_gallery } from './gallery/server.mjs';
import { Browser, SITE } from './harness.ts';

const TOUCH_PX = 44;
const RECORDING_TOUCH_PX = 56;
// One column and two, tall enough that nothing is scrolled out of sight, where it would count as cut.
const SIZES = [{ width: 390, height: 1800 }, { width: 820, height: 1800 }];
const SCREENS = ['welcome', 'unlock', 'today.long', 'today.interrupted', 'form.filled', 'record', 'record.denied', 'review.playing', 'review.checks', 'review.signed', 'set_up'];
// Words and sentences are as high as their line: whoever misses one hits its neighbour, and nothing is lost.
const IN_TEXT = /^(word|sentence|flag|check|note)\./;

interface Gallery {
  desk: { idle(): Promise<void>; elements(): ScreenElement[]; frames_drawn(): number };
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

for (const screen of SCREENS) {
  test(`${screen}: a finger can hit every control, each has a name, and nothing is drawn at rest`, async () => {
    for (const size of SIZES) {
      await browser.page.setViewportSize(size);
      await browser.page.goto(`${gallery.url}?screen=${screen}`);
      await browser.page.waitForSelector('html[data-ready=yes]', { state: 'attached' });
      const { elements, drawn } = await browser.page.evaluate(async () => {
        const { desk } = (window as unknown as { gallery: Gallery }).gallery;
        const before_rest = desk.frames_drawn();
        for (let frame = 0; frame < 5; frame++) await new Promise((next) => requestAnimationFrame(next));
        return { elements: desk.elements(), drawn: desk.frames_drawn() - before_rest };
      });
      assert.equal(drawn, 0, `${drawn} frames drawn at rest at ${size.width} px`);
      const controls = elements.filter((one) => one.enabled && one.visible && /^(button|tab|radio|textbox|listitem)$/.test(one.role) && !IN_TEXT.test(one.id));
      assert.ok(controls.length > 0);
      for (const { id, label, x, y, width, height } of controls) {
        const least = /^record\.(mark|pause|finish|again)$/.test(id) ? RECORDING_TOUCH_PX : TOUCH_PX;
        assert.ok(width >= least - 0.5 && height >= least - 0.5, `${id} is ${width} x ${height} at ${size.width} px`);
        assert.ok(label.length > 0, `${id} has no name`);
        assert.ok(x >= 0 && y >= 0 && x + width <= size.width + 0.5, `${id} leaves the screen at ${size.width} px`);
      }
      const ids = controls.map((one) => one.id);
      assert.deepEqual(ids.filter((id, index) => ids.indexOf(id) !== index), [], 'ids that stand for two things');
    }
  });
}
