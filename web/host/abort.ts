// Not to wait any longer than is wanted. Browsers hand out promises that nothing can stop: a microphone that a person
// is asked for, a file that is being decoded. Main thread.

import { call_error } from './sentence.ts';

/** What `work` yields; fails with `cancelled` at once when `signal` is aborted. */
export function unless_aborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(call_error('cancelled', 'Cancelled.'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
