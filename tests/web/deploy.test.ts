// What is in deploy/: every file of the site comes with every header, and nothing else comes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../tools/samples/cut.mjs';
import { media_type_of } from '../../web/media_types.mjs';
import { SERVER_NAMES, SITE, start_web_server } from './web_servers.ts';

const HEADERS = JSON.parse(readFileSync(join(ROOT, 'web/headers.json'), 'utf8')) as Record<string, string>;
const MANIFEST = JSON.parse(readFileSync(join(SITE, 'manifest.json'), 'utf8')) as { files: Record<string, unknown> };
const FILES = ['', 'manifest.json', 'service_worker.js', ...Object.keys(MANIFEST.files)];

for (const name of SERVER_NAMES) {
  test(`deploy: ${name} gives every file with every header, by GET alone`, async (t) => {
    const { url, close } = await start_web_server(name);
    try {
      for (const path of FILES) {
        const answer = await fetch(url + path);
        assert.equal(answer.status, 200, path);
        await answer.arrayBuffer();
        for (const [header, value] of Object.entries(HEADERS)) assert.equal(answer.headers.get(header), value, `${header} of ${path}`);
        const wanted = media_type_of(path || 'index.html').split(';')[0];
        // What the page only reads as bytes may be called anything.
        if (wanted !== 'application/octet-stream') assert.equal(answer.headers.get('Content-Type')?.split(';')[0], wanted, `the type of ${path}`);
      }
      const missing = await fetch(`${url}nothing/here`);
      assert.equal(missing.status, 404);
      assert.equal(missing.headers.get('Content-Security-Policy'), HEADERS['Content-Security-Policy'], 'on what is missing too');
      assert.equal((await fetch(url, { method: 'POST', body: 'said' })).status, 405);
      const part = await fetch(`${url}${FILES.find((path) => path.endsWith('.onnx'))}`, { headers: { Range: 'bytes=100-199' } });
      assert.equal(part.status, 206, 'a cut download goes on where it was');
      assert.equal((await part.arrayBuffer()).byteLength, 100);
      t.diagnostic(`${FILES.length} files`);
    } finally {
      await close();
    }
  });
}
