// Two jobs. It keeps a checked copy of the site, so that Chartside opens without a network; and it is a wall: the
// page gets the files of the site manifest by GET, and nothing else, whatever it asks for.
//
// A new version is fetched and checked in the background, beside the one in use, and takes over when the last
// Chartside tab has closed: it never interrupts a visit. The previous version is kept until then.

/// <reference lib="webworker" />

import headers from '../headers.json';
import { CACHE_PREFIX, MANIFEST } from '../protocol/offline.ts';
import { sha256_hex } from '../protocol/sha256.ts';

declare const self: ServiceWorkerGlobalScope;
/** Set by the build, so that this file changes whenever any file of the site does. */
declare const SITE_VERSION: string;

interface SiteFile {
  sha256: string;
  bytes: number;
}
interface SiteManifest {
  version: string;
  files: Record<string, SiteFile>;
}

const cache_name = CACHE_PREFIX + SITE_VERSION;

const address = (path: string): string => new URL(path, self.registration.scope).href;

function with_headers(response: Response): Response {
  const sealed = new Headers(response.headers);
  for (const [name, value] of Object.entries(headers)) sealed.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers: sealed });
}

async function read_manifest(cache: Cache): Promise<SiteManifest | undefined> {
  const response = await cache.match(address(MANIFEST));
  return response ? ((await response.json()) as SiteManifest) : undefined;
}

async function fetch_checked(path: string, sha256: string): Promise<Response> {
  const response = await fetch(address(path), { cache: 'no-cache', credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  const bytes = await response.arrayBuffer();
  if ((await sha256_hex(bytes)) !== sha256) {
    throw new Error(`${path} does not match the site manifest`);
  }
  return new Response(bytes, { status: 200, headers: response.headers });
}

/** Fails as a whole when one file is missing or altered: the browser then keeps the version it has. */
async function install(): Promise<void> {
  const answer = await fetch(address(MANIFEST), { cache: 'no-store' });
  if (!answer.ok) throw new Error(`${MANIFEST}: status ${answer.status}`);
  const manifest = (await answer.clone().json()) as SiteManifest;
  if (manifest.version !== SITE_VERSION) throw new Error('The site changed while it was being fetched.');

  const earlier = await caches.open((await caches.keys()).find((name) => name.startsWith(CACHE_PREFIX)) ?? cache_name);
  const earlier_files = (await read_manifest(earlier))?.files ?? {};
  const cache = await caches.open(cache_name);
  for (const [path, { sha256 }] of Object.entries(manifest.files)) {
    const url = address(path);
    const unchanged = earlier_files[path]?.sha256 === sha256 ? await earlier.match(url) : undefined;
    await cache.put(url, unchanged ?? (await fetch_checked(path, sha256)));
  }
  await cache.put(address(MANIFEST), answer); // last: its presence says that the copy is complete
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(CACHE_PREFIX) && name !== cache_name) await caches.delete(name);
  }
  // The first page was loaded before there was a wall; take it in. Later versions only get here unused.
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const scope = new URL(self.registration.scope);
  const inside = url.origin === scope.origin && url.pathname.startsWith(scope.pathname);
  if (!inside || url.search !== '' || request.method !== 'GET') return Response.error();

  const cache = await caches.open(cache_name);
  const path = url.pathname.slice(scope.pathname.length) || 'index.html';
  const kept = await cache.match(address(path));
  if (kept) return with_headers(kept);
  const manifest = await read_manifest(cache);
  if (!manifest) return with_headers(await fetch(request)); // the copy was cleared by the browser: ask our own server
  const file = manifest.files[path];
  if (!file) return Response.error();
  return with_headers(await fetch_checked(path, file.sha256)); // never a file of another version
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => event.respondWith(answer(event.request)));
