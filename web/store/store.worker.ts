// The store worker: owns the practice. This file only joins the parts.

import { CallError, serve, type Channel } from '../protocol/call.ts';
import { PRACTICE_LOCK, type StoreEvents, type StoreVerbs } from '../protocol/store.ts';
import { BrowserFolder } from './folder.ts';
import type { StoreModule } from './store_module.ts';
import { StoreService, type Emit } from './store_service.ts';

/** A tab that was just closed or reloaded lets go within this. */
const LOCK_WAIT_MS = 2000;

async function load_module(): Promise<StoreModule> {
  const address = new URL('../wasm/store.mjs', import.meta.url).href;
  const { default: create } = (await import(address)) as { default: () => Promise<StoreModule> };
  return create();
}

/** Held until the returned function is called or the worker ends. */
function take_lock(): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(PRACTICE_LOCK, { signal: AbortSignal.timeout(LOCK_WAIT_MS) }, () => new Promise<void>((release) => resolve(release)))
      .catch(() =>
        reject(
          new CallError({
            code: 'busy',
            message: 'Chartside is open in another tab. Close it there, then try again here.',
            detail: 'lock held',
          }),
        ),
      );
  });
}

let send: Emit | undefined;
const service = new StoreService({
  root: () => BrowserFolder.root(),
  load_module,
  take_lock,
  emit: (event, payload) => send?.(event, payload),
});
send = serve<StoreVerbs, StoreEvents>(self as unknown as Channel, service.handlers());
