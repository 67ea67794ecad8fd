// Takes pictures of the screens, inside the toolchain:
//   node tests/browser/gallery/shoot.mjs --all OUT_FOLDER WASM_FOLDER [PART_OF_A_NAME ...]
//     every screen at every size, light and dark: OUT_FOLDER/1180x820-light/review.selected.png; at text size 160 % and
//     at pixel ratios 1.5 and 2 a few
//   node tests/browser/gallery/shoot.mjs OUT_FOLDER WASM_FOLDER NAME:SIZE:QUERY ...
//     'review-dark:1180x820x2:screen=review.selected&theme=dark'; the third number is the pixel ratio
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { serve_gallery } from './server.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const require = createRequire(join(root, 'web/package.json'));
const { chromium } = require('playwright-core');

const SIZES = [[1180, 820], [820, 1180], [1440, 900], [390, 844]];
const MESSAGES = ['secure', 'wasm_simd', 'webgl2', 'storage', 'isolated', 'microphone'];
const LARGE_TEXT = ['welcome', 'today', 'form.filled', 'record', 'review.selected', 'notes', 'set_up'];
const SHARP = ['today', 'record', 'review.selected'];

async function every_shot() {
  const source = await require('esbuild').build({
    entryPoints: [join(root, 'tests/browser/gallery/screens.ts')], bundle: true, format: 'esm', write: false,
  });
  const { screens } = await import(`data:text/javascript;base64,${Buffer.from(source.outputFiles[0].contents).toString('base64')}`);
  const shots = [];
  const add = (folder, width, height, ratio, dark, name, path) => shots.push({ folder, width, height, ratio, dark, name, path });
  for (const [width, height] of SIZES) {
    for (const dark of [false, true]) {
      const folder = `${width}x${height}-${dark ? 'dark' : 'light'}`;
      for (const name of Object.keys(screens)) add(folder, width, height, 1, dark, name, `?screen=${name}`);
      for (const state of MESSAGES) add(folder, width, height, 1, dark, `message.${state}`, `messages?state=${state}`);
    }
    for (const name of LARGE_TEXT) add(`${width}x${height}-text160`, width, height, 1, false, name, `?screen=${name}&text=1.6`);
  }
  for (const ratio of [1.5, 2]) for (const name of SHARP) add(`1180x820-at${ratio}`, 1180, 820, ratio, false, name, `?screen=${name}`);
  return shots;
}

function one_shot(argument) {
  const [name, size, query] = argument.split(':');
  const [width, height, ratio] = size.split('x').map(Number);
  return { folder: '', width, height, ratio: ratio || 1, dark: query.includes('theme=dark'), name, path: `?${query}` };
}

const all = process.argv[2] === '--all';
const [out, wasm, ...wanted] = process.argv.slice(all ? 3 : 2);
if (!out || !wasm) throw new Error('Say where to: shoot.mjs [--all] OUT_FOLDER WASM_FOLDER [...]');
const shots = all
  ? (await every_shot()).filter(({ folder, name }) => wanted.length === 0 || wanted.some((part) => `${folder}/${name}`.includes(part)))
  : wanted.map(one_shot);

const server = await serve_gallery(resolve(wasm));
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
let context, page, opened, failed = 0;
for (const shot of shots) {
  const kind = JSON.stringify([shot.width, shot.height, shot.ratio, shot.dark]);
  if (kind !== opened) {
    await context?.close();
    context = await browser.newContext({
      viewport: { width: shot.width, height: shot.height }, deviceScaleFactor: shot.ratio, hasTouch: true, colorScheme: shot.dark ? 'dark' : 'light',
    });
    page = await context.newPage();
    page.on('pageerror', (error) => console.log(page.url(), String(error)));
    opened = kind;
  }
  try {
    await page.goto(server.url + shot.path);
    await page.waitForSelector('html[data-ready=yes]', { timeout: 60000, state: 'attached' });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  } catch (error) {
    failed++;
    console.log(`${shot.folder}/${shot.name}: ${String(error).split('\n')[0]}`);
  }
  await mkdir(join(out, shot.folder), { recursive: true });
  await page.screenshot({ path: join(out, shot.folder, `${shot.name}.png`) });
}
await browser.close();
server.close();
console.log(`${shots.length} pictures in ${out}${failed ? `, ${failed} of screens that were not reached` : ''}`);
process.exitCode = failed ? 1 : 0;
