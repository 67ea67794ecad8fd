// The application as the page host sees it: events are handed on to it once it is there, and shown to whoever
// watches (web/host/inspection.ts). Main thread.

import type { ApplicationEvents } from './application.ts';

export type EventName = keyof ApplicationEvents;
export type EventWatcher = (event: EventName, values: readonly unknown[]) => void;

export interface ApplicationLink {
  readonly application: ApplicationEvents;
  bind(application: ApplicationEvents): void;
  watch(watcher: EventWatcher): void;
}

export function link_application(): ApplicationLink {
  let bound: ApplicationEvents | undefined;
  const watchers: EventWatcher[] = [];
  const application = new Proxy({} as ApplicationEvents, {
    get:
      (_target, event) =>
      (...values: unknown[]): void => {
        if (!bound) throw new Error(`${String(event)} came before the application`);
        (bound[event as EventName] as (...values: unknown[]) => void)(...values);
        for (const watcher of watchers) watcher(event as EventName, values);
      },
  });
  return {
    application,
    bind: (target) => (bound = target),
    watch: (watcher) => void watchers.push(watcher),
  };
}
