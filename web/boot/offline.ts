// The service worker: seals the page where the host's server cannot, and keeps a copy for offline use.
// Main thread.

import { OfflineWatch } from '../host/offline_copy.ts';
import { script_url } from './trusted_types.ts';

const SCRIPT = 'service_worker.js';
const TRIED = 'chartside-sealing';

/** On a host that sends no isolation headers the service worker adds them, from the second load on. True: the
 *  page is being loaded again and nothing else should be done. Tried once a tab, so that it cannot go round. */
export async function seal_with_service_worker(): Promise<boolean> {
  if (!('serviceWorker' in navigator) || sessionStorage.getItem(TRIED) !== null) return false;
  sessionStorage.setItem(TRIED, 'tried');
  try {
    await navigator.serviceWorker.register(script_url(SCRIPT));
    await navigator.serviceWorker.ready;
  } catch {
    return false;
  }
  location.reload();
  return true;
}

/** After everything is open, so that fetching the copy does not slow the first visit. A failure only means that
 *  Chartside needs its server the next time, as on the first. */
export async function keep_for_offline(on_copy: (copy: number) => void): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    new OfflineWatch(await navigator.serviceWorker.register(script_url(SCRIPT)), on_copy).start();
  } catch (error) {
    console.warn('Chartside is not kept for offline use.', error);
  }
}
