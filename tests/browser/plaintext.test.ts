// Nothing that is kept lies openly anywhere in the browser's profile: words put into names, reasons, transcripts, notes,
// preferences and sound are looked for in every file, in four encodings, after a kill and after the practice was locked.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Browser, fresh_profile } from './harness.ts';
import { serve_store_page } from './store_page_site.ts';

const WORDS = 50;

const word = (): string => `Q${randomBytes(9).toString('hex')}`;

function encodings_of(text: string): Buffer[] {
  const utf16 = Buffer.from(text, 'utf16le');
  // Base64 of the text at each place in a group of three: the part that does not depend on what stands beside it.
  const base64 = [0, 1, 2].map((before) => Buffer.from(Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString('base64').slice(before === 0 ? 0 : 4, -4)));
  return [Buffer.from(text), utf16, Buffer.from(utf16).swap16(), Buffer.from(Buffer.from(text).toString('hex')), ...base64];
}

function files_of(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
}

/** The words that lie openly in any file of the profile. */
function found_in(profile: string, words: readonly string[]): { found: string[]; files: number; bytes: number } {
  const found = new Set<string>();
  const files = files_of(profile);
  let bytes = 0;
  for (const file of files) {
    const content = readFileSync(file);
    bytes += content.length;
    for (const text of words) {
      if (encodings_of(text).some((encoded) => content.includes(encoded))) found.add(text);
    }
  }
  return { found: [...found], files: files.length, bytes };
}

test(`plaintext: none of ${WORDS} words that are kept is found in the profile, after a kill and after a lock`, async (t) => {
  const site = await serve_store_page();
  const profile = fresh_profile();
  const words = Array.from({ length: WORDS }, word);
  const open_word = word();
  let browser = await Browser.open({ profile });
  await browser.page.goto(site.url);
  await browser.page.evaluate(() => window.kill_page.open());
  await browser.page.evaluate((all) => window.kill_page.keep(all), words);
  const kept = async (): Promise<number> => {
    const told = await browser.page.evaluate((count) => window.kill_page.told(count), WORDS);
    return words.filter((text) => told.includes(text)).length;
  };
  assert.equal(await kept(), (WORDS * 4) / 5, 'the words are kept, those of the preferences aside');
  // What a page keeps by itself does lie openly: so the search can find.
  await browser.page.evaluate((text) => localStorage.setItem('open', text), open_word);
  await browser.page.evaluate(async (text) => {
    const file = await (await navigator.storage.getDirectory()).getFileHandle('open', { create: true });
    const writer = await file.createWritable();
    await writer.write(text);
    await writer.close();
  }, `${open_word}F`);
  await browser.kill();
  const killed = found_in(profile, [...words, `${open_word}F`]);
  assert.deepEqual(killed.found, [`${open_word}F`]);
  t.diagnostic(`after a kill: ${killed.files} files, ${(killed.bytes / 1e6).toFixed(0)} MB`);

  browser = await Browser.open({ profile });
  await browser.page.goto(site.url);
  await browser.page.evaluate(() => window.kill_page.open());
  assert.equal(await kept(), (WORDS * 4) / 5, 'they are there after the kill');
  await browser.page.evaluate(() => window.kill_page.store.call('close', {}));
  await browser.close();
  const locked = found_in(profile, [...words, open_word]);
  assert.deepEqual(locked.found, [open_word]);
  t.diagnostic(`after a lock: ${locked.files} files, ${(locked.bytes / 1e6).toFixed(0)} MB`);
  site.close();
});
