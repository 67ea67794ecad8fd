// Serves the gallery: its bundle, the application's wasm, fonts. For development and for the gallery's tests.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../..');
const require = createRequire(join(root, 'web/package.json'));
const esbuild = require('esbuild');

const TYPES = { html: 'text/html', js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm', ttf: 'font/ttf' };

/** @param wasm_folder where app.mjs and app.wasm lie. Resolves to {url, close}. */
export async function serve_gallery(wasm_folder) {
  const bundle = await esbuild.build({
    entryPoints: [join(here, 'gallery.ts')], bundle: true, format: 'esm', target: 'es2022', write: false, sourcemap: 'inline',
  });
  const script = bundle.outputFiles[0].contents;
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    try {
      let body;
      if (path === '/gallery.js') body = script;
      else if (path === '/') body = await readFile(join(here, 'gallery.html'));
      else if (path.startsWith('/wasm/')) body = await readFile(join(wasm_folder, path.slice(6)));
      else if (path.startsWith('/fonts/') || path.startsWith('/icons/')) body = await readFile(join(root, '.cache/assets', path));
      else throw new Error('no such file');
      const type = path === '/' ? TYPES.html : TYPES[path.split('.').pop()] ?? 'application/octet-stream';
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve_listening) => server.listen(0, '127.0.0.1', resolve_listening));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
