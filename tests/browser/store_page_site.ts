// Serves the page with nothing but the store worker (store_page.ts), at an origin of its own.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { media_type_of } from '../../web/media_types.mjs';
import { REPOSITORY, SITE, type Site } from './harness.ts';

const { buildSync } = createRequire(join(REPOSITORY, 'web/package.json'))('esbuild') as typeof import('esbuild');

export async function serve_store_page(): Promise<Site> {
  const page = join(REPOSITORY, 'tests/browser/store_page.ts');
  const [bundle] = buildSync({ entryPoints: [page], bundle: true, write: false, format: 'esm', target: 'es2022' }).outputFiles;
  if (!bundle) throw new Error('the page was not bundled');
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    const answer = async (): Promise<Uint8Array | string> => {
      if (path === '/index.html') return '<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>';
      if (path === '/page.js') return bundle.contents;
      return readFile(join(SITE, path));
    };
    void answer().then(
      (body) => {
        response.writeHead(200, {
          'Content-Type': media_type_of(path),
          'Cross-Origin-Opener-Policy': 'same-origin',
          'Cross-Origin-Embedder-Policy': 'require-corp',
        });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`, close: () => server.close() };
}
