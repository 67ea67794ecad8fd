// The focused sentence is a native textarea over the drawn text. Were its lines to break elsewhere than the drawn
// ones, text would jump on every tap: both are compared, paragraph by paragraph and line by line.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Note, VisitDocument } from '../../web/host/application.ts';
import { DOCUMENT } from './gallery/made_up.ts';
import { serve_gallery } from './gallery/server.mjs';
import { Browser, SITE } from './harness.ts';

const SEED = 20261124;
const PARAGRAPHS = 240;
// Width and device pixel ratio.
const SCREENS = [[390, 3], [820, 2], [1180, 1.5]] as const;
const SCALES = [1, 1.3];

interface Gallery {
  desk: { application: { on_visit_opened(document: VisitDocument): void; on_preferences(json: string): void }; idle(): Promise<void>; elements(): { id: string; x: number; width: number }[] };
  press(id: string): Promise<void>;
}

const WORDS = [
  'She', 'denies', 'metoprolol', '50', 'mg', 'twice', 'a', 'day.', 'follow-up', '120/80', 'x-ray', '(e.g.,', 'ibuprofen)', '“gout”', '—', '–', '3–5',
  'weeks;', 'A1c:', '7.2%', '37.5°C', 'naïve', 'é', 'Nguyễn', 'hydrochlorothiazide/lisinopril', 'left-sided,', 'well-controlled', "patient's", 'doesn’t',
  'and/or', '***', '≥90', 'µg', '[sic]', '#2', 'q.d.', 'r/o', '1,000', '-5', '$20', 'why?', '“Why?”', 'no…', 'T4/T5', 'non-ST-elevation', 'two—maybe', 'a@b.c',
  'pseudopseudohypoparathyroidism', 'BP:120/80,HR:72', 'C5-C6', '(L)', 'e.g.(this)', 'yes/no?', '&', '5+/5', '<2', '2x', '~3', 'O2', 'p.o.', '½', '²', '日本語', 'a_b', '{x}', '50mg/5mL', 'co-amoxiclav-resistant',
];

function paragraphs(seed: number): string[] {
  let state = seed;
  const random = (below: number): number => (state = (state * 48271) % 2147483647) % below;
  return Array.from({ length: PARAGRAPHS }, () =>
    Array.from({ length: 4 + random(30) }, () => WORDS[random(WORDS.length)]).join(random(12) === 0 ? '  ' : ' '));
}

function document_of(texts: string[]): VisitDocument {
  const note: Note = {
    sections: texts.map((text, index) => ({
      id: `s${index}`, title: `Section ${index}`,
      sentences: [{ id: `p${index}`, text, evidence: [], start_ms: 0, end_ms: 0, flags: [], origin: 2 as const, drafted_text: '' }],
    })),
    omissions: [],
  };
  return { ...DOCUMENT, note };
}

/** The right edge of every line of every paragraph, relative to its column: as drawn, and as the browser sets them. */
function read_lines(page: Page, texts: string[]): Promise<{ drawn: number[][]; native: number[][]; heights: number[] }> {
  return page.evaluate((paragraph_texts) => {
    const { desk } = (window as unknown as { gallery: Gallery }).gallery;
    const drawn: number[][] = paragraph_texts.map(() => []);
    const field = document.querySelector('textarea.text-field') as HTMLTextAreaElement;
    const left = Number.parseFloat(field.style.left);
    for (const { id, x, width } of desk.elements()) {
      const found = /^sentence\.p(\d+)(?:\+(\d+))?$/.exec(id);
      // A sentence's part is as wide as its words and two pixels more on either side.
      if (found) (drawn[Number(found[1])] as number[])[Number(found[2] ?? 0)] = x + width - 2 - left;
    }
    const twin = document.createElement('div');
    twin.style.cssText = field.style.cssText;
    twin.style.height = 'auto';
    twin.style.textIndent = '0';
    document.body.append(twin);
    const area = field.cloneNode() as HTMLTextAreaElement;
    area.style.height = '0';
    area.style.textIndent = '0';
    document.body.append(area);
    const origin = twin.getBoundingClientRect().left;
    const native: number[][] = [];
    const heights: number[] = [];
    for (const text of paragraph_texts) {
      twin.textContent = text;
      const node = twin.firstChild as Text;
      const range = document.createRange();
      const lines = new Map<number, number>();
      for (let at = 0; at < text.length; at++) {
        if (text[at] === ' ') continue;
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        lines.set(box.top, Math.max(lines.get(box.top) ?? 0, box.right - origin));
      }
      native.push([...lines.entries()].sort((one, other) => one[0] - other[0]).map(([, right]) => right));
      area.value = text;
      heights.push(Math.round(area.scrollHeight / Number.parseFloat(area.style.lineHeight)));
    }
    twin.remove();
    area.remove();
    return { drawn, native, heights };
  }, texts);
}

test(`text field: ${PARAGRAPHS} paragraphs wrap in it as they are drawn, on ${SCREENS.length} screens and ${SCALES.length} text sizes`, async (t) => {
  t.diagnostic(`seed ${SEED}`);
  const gallery = await serve_gallery(join(SITE, 'wasm'));
  const browser = await Browser.open({ paints: false });
  const { page } = browser;
  const session = await browser.context.newCDPSession(page);
  const texts = paragraphs(SEED);
  await page.goto(`${gallery.url}?screen=review`);
  await page.waitForSelector('html[data-ready=yes]', { state: 'attached' });
  const differences: string[] = [];
  let compared = 0;
  for (const scale of SCALES) {
    for (const [width, ratio] of SCREENS) {
      await session.send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: ratio, mobile: false });
      await page.evaluate(async ([document, text_scale]) => {
        const { desk, press } = (window as unknown as { gallery: Gallery }).gallery;
        await new Promise((resized) => requestAnimationFrame(() => requestAnimationFrame(resized)));
        desk.application.on_preferences(JSON.stringify({ theme: 0, text_scale }));
        desk.application.on_visit_opened(document);
        await desk.idle();
        await press('section.add.s0'); // shows the native field, whose metrics are then those of every sentence
      }, [document_of(texts), scale] as const);
      const { drawn, native, heights } = await read_lines(page, texts);
      texts.forEach((text, index) => {
        const ours = drawn[index] as number[], theirs = native[index] as number[];
        compared += theirs.length;
        const same = ours.length === theirs.length && heights[index] === ours.length && ours.every((right, line) => Math.abs(right - (theirs[line] as number)) < 0.3);
        if (!same) differences.push(`${width} px at ${ratio}, ${scale}: “${text}” drawn ${ours.map((x) => x.toFixed(1)).join(' ')}; native ${theirs.map((x) => x.toFixed(1)).join(' ')}; ${heights[index]} lines`);
      });
    }
  }
  t.diagnostic(`${compared} lines compared, ${differences.length} paragraphs differ`);
  assert.deepEqual(differences.slice(0, 12), []);
  await browser.close();
  gallery.close();
});
