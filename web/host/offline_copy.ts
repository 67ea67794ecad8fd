// The copy of the site that the service worker keeps: whether it is whole, and whether a newer one waits beside it. Main
// thread.

import { CACHE_PREFIX, MANIFEST } from '../protocol/offline.ts';

/** OfflineCopy of src/domain/state.h. */
export const OfflineCopy = { none: 0, complete: 1, update: 2 } as const;

/** Every file of the version in use is there. Each was checked before it was kept; the browser may clear all of them. */
async function is_whole(): Promise<boolean> {
  const address = (path: string): string => new URL(path, document.baseURI).href;
  const { version, files } = (await (await fetch(address(MANIFEST))).json()) as { version: string; files: Record<string, unknown> };
  const name = CACHE_PREFIX + version;
  if (!(await caches.has(name))) return false;
  const kept = new Set((await (await caches.open(name)).keys()).map(({ url }) => url));
  // The manifest is kept last: its presence says that the copy was complete.
  return [MANIFEST, ...Object.keys(files)].every((path) => kept.has(address(path)));
}

export class OfflineWatch {
  readonly #registration: ServiceWorkerRegistration;
  readonly #tell: (copy: number) => void;

  constructor(registration: ServiceWorkerRegistration, tell: (copy: number) => void) {
    this.#registration = registration;
    this.#tell = tell;
  }

  start(): void {
    const look = (): void => void this.#look().catch(() => this.#tell(OfflineCopy.none));
    const follow = (worker: ServiceWorker | null): void => worker?.addEventListener('statechange', look);
    this.#registration.addEventListener('updatefound', () => follow(this.#registration.installing));
    follow(this.#registration.installing);
    navigator.serviceWorker.addEventListener('controllerchange', look);
    document.addEventListener('visibilitychange', look);
    look();
  }

  async #look(): Promise<void> {
    const whole = navigator.serviceWorker.controller !== null && (await is_whole());
    this.#tell(!whole ? OfflineCopy.none : this.#registration.waiting ? OfflineCopy.update : OfflineCopy.complete);
  }
}
