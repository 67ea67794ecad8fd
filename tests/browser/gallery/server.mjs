// Serves the gallery: its bundles, the application's wasm, the page's own files. For development and for tests.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { media_type_of } from '../../../web/media_types.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../..');
const require = createRequire(join(root, 'web/package.json'));
const esbuild = require('esbuild');

async function bundle(name) {
  const built = await esbuild.build({
    entryPoints: [join(here, name)], bundle: true, format: 'esm', target: 'es2022', write: false, sourcemap: 'inline',
  });
  return built.outputFiles[0].contents;
}

/** @param wasm_folder where app.mjs and app.wasm lie. Resolves to {url, close}. */
export async function serve_gallery(wasm_folder) {
  const scripts = { '/gallery.js': await bundle('gallery.ts'), '/messages.js': await bundle('messages.ts') };
  const read = async (path) => {
    if (scripts[path]) return scripts[path];
    if (path === '/') return readFile(join(here, 'gallery.html'));
    // The real page, with its entry exchanged for one that only shows a message.
    if (path === '/messages') return (await readFile(join(root, 'public/index.html'), 'utf8')).replace('boot/main.js', 'messages.js');
    if (path.startsWith('/wasm/')) return readFile(join(wasm_folder, path.slice(6)));
    if (path === '/fonts/lucide.ttf') return readFile(join(root, '.cache/assets/icons/lucide.ttf'));
    if (path.startsWith('/fonts/')) return readFile(join(root, '.cache/assets', path));
    return readFile(join(root, 'public', path));
  };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    try {
      const body = await read(path);
      const type = media_type_of(path.includes('.') ? path : 'page.html');
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve_listening) => server.listen(0, '127.0.0.1', resolve_listening));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
