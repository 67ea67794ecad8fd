// What surrounds the page: network, colour scheme, the clock, and the count of bytes that left. Main thread.

import type { ApplicationEvents } from './application.ts';

/**
 * Counts what this page asked of other origins: the characters of each address, which is the least that was sent. What
 * the policy refused was not sent. The page's workers have no part in it; the same policy lies over them.
 */
function watch_foreign_requests(on_count: (bytes: number) => void): void {
  const asked: string[] = [];
  const refused = new Set<string>();
  const count = (): void => on_count(asked.reduce((bytes, url) => bytes + (refused.has(url) ? 0 : url.length), 0));
  // Either may come first.
  document.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
    refused.add(blockedURI);
    count();
  });
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) {
      const { protocol, origin } = new URL(name, document.baseURI);
      if (origin !== location.origin && protocol !== 'blob:' && protocol !== 'data:') asked.push(name);
    }
    count();
  }).observe({ type: 'resource', buffered: true });
}

/** `each_second` is called out of sight too, as often as the browser lets it. */
export function watch_environment(application: ApplicationEvents, each_second: () => void): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let bytes_sent = 0;
  const tell = (): void => application.on_environment(navigator.onLine, dark.matches, bytes_sent);

  addEventListener('online', tell);
  addEventListener('offline', tell);
  dark.addEventListener('change', tell);
  watch_foreign_requests((bytes) => {
    if (bytes === bytes_sent) return;
    bytes_sent = bytes;
    tell();
  });
  tell();

  // Each second, for what leaves by the clock; the application draws only when something drawn changed.
  const tick = (): void => {
    if (!document.hidden) application.on_tick(Date.now(), -new Date().getTimezoneOffset());
  };
  document.addEventListener('visibilitychange', tick);
  setInterval(() => {
    tick();
    each_second();
  }, 1000);
  tick();
}
