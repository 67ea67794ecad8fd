// Draws public/icons/*.png from the two SVG drawings beside them, in Chromium. Run it after changing a drawing:
//   cd web && node ../tools/icons/draw_icons.mjs
// The PNG files are committed, since installing the page as an application needs them on every platform.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { chromium } = createRequire(join(process.cwd(), 'package.json'))('playwright-core');
const folder = join(import.meta.dirname, '../../public/icons');
const drawings = [
  { from: 'chartside.svg', to: 'chartside-192.png', size: 192 },
  { from: 'chartside.svg', to: 'chartside-512.png', size: 512 },
  { from: 'chartside-maskable.svg', to: 'chartside-maskable-512.png', size: 512 },
  { from: 'chartside-maskable.svg', to: 'apple-touch-icon.png', size: 180 },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
for (const { from, to, size } of drawings) {
  await page.setViewportSize({ width: size, height: size });
  const drawing = readFileSync(join(folder, from), 'utf8').replace('<svg ', `<svg width="${size}" height="${size}" `);
  await page.setContent(`<style>*{margin:0}svg{display:block}</style>${drawing}`);
  await page.screenshot({ path: join(folder, to), omitBackground: true });
  console.log(`${to} ${size}x${size}`);
}
await browser.close();
