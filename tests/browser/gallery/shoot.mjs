// Takes pictures of the screens: node tests/browser/gallery/shoot.mjs OUT_FOLDER WASM_FOLDER [NAME:SIZE:QUERY ...]
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { serve_gallery } from './server.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const { chromium } = createRequire(join(root, 'web/package.json'))('playwright-core');

const [out, wasm, ...wanted] = process.argv.slice(2);
const shots = wanted.length ? wanted : [
  'review:1180x820:screen=review&selected', 'record-dark:820x1180:screen=record&theme=dark&offline', 'today:1440x900:screen=today',
];
await mkdir(out, { recursive: true });
const server = await serve_gallery(resolve(wasm));
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
for (const shot of shots) {
  const [name, size, query] = shot.split(':');
  const [width, height, ratio] = size.split('x').map(Number);
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: ratio || 1, hasTouch: true });
  const page = await context.newPage();
  page.on('console', (message) => console.log(name, message.type(), message.text()));
  page.on('pageerror', (error) => console.log(name, String(error)));
  try {
    await page.goto(`${server.url}?${query}`);
    await page.waitForSelector('html[data-ready=yes]', { timeout: 60000, state: 'attached' });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  } catch (error) {
    console.log(name, String(error));
  }
  await page.screenshot({ path: join(out, `${name}.png`) });
  await context.close();
}
await browser.close();
server.close();
