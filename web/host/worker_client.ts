// A worker and the calls to it. When the worker crashes or is ended, every call that waits is settled with a
// sentence; the next call starts a new worker. Listeners stay. Main thread.

import { script_url } from '../boot/trusted_types.ts';
import { Caller, type CallOptions, type EventMap, type VerbMap, type WireError } from '../protocol/call.ts';
import type { Activity } from './activity.ts';
import type { WorkerCalls } from './page_context.ts';

export interface WorkerClientOptions {
  /** Relative to the page. */
  path: string;
  /** What pending calls are told when the worker crashed. */
  crashed: WireError;
  activity: Activity;
}

interface Running<M extends VerbMap<M>, E extends EventMap<E>> {
  worker: Worker;
  caller: Caller<M, E>;
}

export class WorkerClient<M extends VerbMap<M>, E extends EventMap<E>> implements WorkerCalls<M, E> {
  readonly #options: WorkerClientOptions;
  readonly #registrations: ((caller: Caller<M, E>) => void)[] = [];
  readonly #crash_listeners: (() => void)[] = [];
  #running: Running<M, E> | undefined;

  constructor(options: WorkerClientOptions) {
    this.#options = options;
  }

  call<K extends keyof M & string>(
    verb: K,
    args: M[K]['args'],
    options: CallOptions<M[K]['progress']> = {},
  ): Promise<M[K]['result']> {
    this.#running ??= this.#start();
    return this.#options.activity.track(this.#running.caller.call(verb, args, options));
  }

  on<K extends keyof E & string>(event: K, listener: (payload: E[K]) => void): void {
    const register = (caller: Caller<M, E>): void => void caller.on(event, listener);
    this.#registrations.push(register);
    if (this.#running) register(this.#running.caller);
  }

  /** Called after pending calls were settled; not called for end(). */
  on_crash(listener: () => void): void {
    this.#crash_listeners.push(listener);
  }

  /** Ends the worker at once and settles what waits with `reason`. */
  end(reason: WireError): void {
    const running = this.#running;
    this.#running = undefined;
    running?.worker.terminate();
    running?.caller.end(reason);
  }

  #start(): Running<M, E> {
    const worker = new Worker(script_url(this.#options.path), { type: 'module', name: this.#options.path });
    const running: Running<M, E> = { worker, caller: new Caller<M, E>(worker) };
    for (const register of this.#registrations) register(running.caller);
    const crash = (event: Event): void => {
      event.preventDefault();
      if (this.#running !== running) return;
      const detail = 'message' in event ? String(event.message) : event.type;
      this.end({ ...this.#options.crashed, detail });
      for (const listener of this.#crash_listeners) listener();
    };
    worker.addEventListener('error', crash);
    worker.addEventListener('messageerror', crash);
    return running;
  }
}
