// What surrounds the page: network, colour scheme, the clock, and the count of bytes that left. Main thread.

import { is_silence_report } from '../service_worker/silence.ts';
import type { ApplicationEvents } from './application.ts';

/** Counts what this page itself asked of other origins; the policy headers let none of it out. */
function watch_foreign_requests(on_foreign: (bytes: number) => void): void {
  if (typeof PerformanceObserver !== 'function') return;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { protocol, origin } = new URL(entry.name, document.baseURI);
      const inside = origin === location.origin || protocol === 'blob:' || protocol === 'data:';
      // A refused request has no response and sent nothing.
      if (!inside && (entry as PerformanceResourceTiming).responseStart > 0) on_foreign(entry.name.length);
    }
  });
  observer.observe({ type: 'resource', buffered: true });
}

export function watch_environment(application: ApplicationEvents): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const sent = { by_page: 0, by_worker: 0 };
  const tell = (): void => application.on_environment(navigator.onLine, dark.matches, sent.by_page + sent.by_worker);

  addEventListener('online', tell);
  addEventListener('offline', tell);
  dark.addEventListener('change', tell);
  watch_foreign_requests((bytes) => {
    sent.by_page += bytes;
    tell();
  });
  navigator.serviceWorker?.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (!is_silence_report(event.data)) return;
    sent.by_worker = event.data.silence.bytes_sent;
    tell();
  });
  navigator.serviceWorker?.controller?.postMessage('report');
  tell();

  // Each second, for what leaves by the clock; the application draws only when something drawn changed.
  const tick = (): void => {
    if (!document.hidden) application.on_tick(Date.now(), -new Date().getTimezoneOffset());
  };
  document.addEventListener('visibilitychange', tick);
  setInterval(tick, 1000);
  tick();
}
