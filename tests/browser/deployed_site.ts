// The built site as a server far away would hold it: deployed anew while pages are open, with or without the headers
// that seal a page.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { media_type_of } from '../../web/media_types.mjs';
import { REPOSITORY, SITE } from './harness.ts';

interface SiteManifest {
  version: string;
  files: Record<string, { sha256: string; bytes: number }>;
}

const SEALING = JSON.parse(readFileSync(join(REPOSITORY, 'web/headers.json'), 'utf8')) as Record<string, string>;

export class DeployedSite {
  url = '';
  readonly #server: Server;
  /** What differs from the built site. */
  #changed = new Map<string, Buffer>();

  constructor({ sealing }: { sealing: boolean }) {
    this.#server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://x').pathname.slice(1) || 'index.html';
      try {
        const body = this.#read(path);
        response.writeHead(200, { ...(sealing ? SEALING : {}), 'Content-Type': media_type_of(path), 'Cache-Control': 'no-cache' });
        response.end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Another version: its page and its script both tell `mark`. `damaged` is a file that was not uploaded whole. */
  deploy(mark: string, damaged?: string): void {
    this.#changed = new Map();
    const put = (path: string, change: (text: string) => string): void => {
      this.#changed.set(path, Buffer.from(change(this.#read(path).toString('utf8'))));
    };
    put('index.html', (text) => text.replace('<head>', `<head><meta name="mark" content="${mark}">`));
    put('boot/main.js', (text) => `${text}\ndocument.documentElement.dataset['mark'] = '${mark}';\n`);
    const built = JSON.parse(this.#read('manifest.json').toString('utf8')) as SiteManifest;
    const version = `${mark}-${built.version}`;
    const files = { ...built.files };
    for (const [path, bytes] of this.#changed) {
      files[path] = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    }
    put('manifest.json', () => JSON.stringify({ version, files }));
    put('service_worker.js', (text) => text.replaceAll(built.version, version));
    if (damaged) put(damaged, (text) => text.slice(0, -1));
  }

  #read(path: string): Buffer {
    return this.#changed.get(path) ?? readFileSync(join(SITE, path));
  }
}
