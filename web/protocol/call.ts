// The one way to call a worker. Both directions of a message are typed by a verb map:
//
//   interface ThingVerbs { open: { args: {...}; result: {...}; progress: {...} } }
//
// Request  {v, id, verb, args}         caller -> worker
// Progress {id, progress}              worker -> caller, any number
// Reply    {id, ok: true, value} | {id, ok: false, error}
// Event    {event, payload}            worker -> caller, unasked
// Cancel   {cancel: id}                caller -> worker
//
// Every call takes an AbortSignal. When the worker crashes or is ended, every pending call is rejected.

export const PROTOCOL_VERSION = 1;

/** Mirrors src/base/result.h. `message` is a sentence for the user. Never holds what a patient said. */
export interface WireError {
  code: string;
  message: string;
  detail: string;
}

export class CallError extends Error {
  readonly code: string;
  readonly detail: string;
  constructor(error: WireError) {
    super(error.message);
    this.name = 'CallError';
    this.code = error.code;
    this.detail = error.detail;
  }
}

export interface Verb {
  args: unknown;
  result: unknown;
  progress: unknown;
}
export type VerbMap<M> = { [K in keyof M]: Verb };
export type EventMap<E> = { [K in keyof E]: unknown };

interface Request {
  v: number;
  id: number;
  verb: string;
  args: unknown;
}
interface Cancel {
  cancel: number;
}
type Incoming = Request | Cancel;
type Outgoing =
  | { id: number; progress: unknown }
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; error: WireError }
  | { event: string; payload: unknown };

/** What both Worker and MessagePort offer. */
export interface Channel {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

export interface CallOptions<P> {
  signal?: AbortSignal;
  transfer?: Transferable[];
  on_progress?: (progress: P) => void;
}

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: CallError) => void;
  on_progress: ((progress: unknown) => void) | undefined;
}

export function to_wire_error(error: unknown): WireError {
  if (error instanceof CallError) return { code: error.code, message: error.message, detail: error.detail };
  if (error instanceof DOMException && error.name === 'AbortError') {
    return { code: 'cancelled', message: 'Cancelled.', detail: '' };
  }
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'internal', message: 'Something went wrong inside Chartside. Reload the page; what was saved is safe.', detail };
}

export class Caller<M extends VerbMap<M>, E extends EventMap<E>> {
  #channel: Channel;
  #pending = new Map<number, Pending>();
  #listeners = new Map<string, Set<(payload: never) => void>>();
  #next_id = 1;
  #ended: WireError | undefined;

  constructor(channel: Channel) {
    this.#channel = channel;
    channel.addEventListener('message', (event) => this.#receive(event.data as Outgoing));
  }

  call<K extends keyof M & string>(
    verb: K,
    args: M[K]['args'],
    options: CallOptions<M[K]['progress']> = {},
  ): Promise<M[K]['result']> {
    const { signal, transfer = [], on_progress } = options;
    if (this.#ended) return Promise.reject(new CallError(this.#ended));
    if (signal?.aborted) return Promise.reject(new CallError({ code: 'cancelled', message: 'Cancelled.', detail: verb }));
    const id = this.#next_id++;
    return new Promise((resolve, reject) => {
      const cancel = (): void => this.#channel.postMessage({ cancel: id } satisfies Cancel, []);
      const settle = <T>(finish: (value: T) => void) => (value: T): void => {
        signal?.removeEventListener('abort', cancel);
        finish(value);
      };
      this.#pending.set(id, {
        resolve: settle(resolve as (value: unknown) => void),
        reject: settle(reject),
        on_progress: on_progress as ((progress: unknown) => void) | undefined,
      });
      signal?.addEventListener('abort', cancel);
      try {
        this.#channel.postMessage({ v: PROTOCOL_VERSION, id, verb, args } satisfies Request, transfer);
      } catch (error) {
        this.#pending.delete(id);
        settle(reject)(new CallError(to_wire_error(error)));
      }
    });
  }

  on<K extends keyof E & string>(event: K, listener: (payload: E[K]) => void): () => void {
    const set = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, set);
    set.add(listener as (payload: never) => void);
    return () => set.delete(listener as (payload: never) => void);
  }

  /** Rejects all that is pending and all that is asked later. Call it when the worker crashed or was ended. */
  end(error: WireError): void {
    this.#ended = error;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const call of pending) call.reject(new CallError(error));
  }

  #receive(message: Outgoing): void {
    if ('event' in message) {
      for (const listener of this.#listeners.get(message.event) ?? []) listener(message.payload as never);
      return;
    }
    const call = this.#pending.get(message.id);
    if (!call) return;
    if ('progress' in message) {
      call.on_progress?.(message.progress);
      return;
    }
    this.#pending.delete(message.id);
    if (message.ok) call.resolve(message.value);
    else call.reject(new CallError(message.error));
  }
}

export interface HandlerContext<P> {
  signal: AbortSignal;
  progress: (progress: P) => void;
}

/** Wrap a handler's result in this to hand buffers over instead of copying them. */
export class Transferred<T> {
  readonly value: T;
  readonly transfer: Transferable[];
  constructor(value: T, transfer: Transferable[]) {
    this.value = value;
    this.transfer = transfer;
  }
}

export type Handlers<M extends VerbMap<M>> = {
  [K in keyof M]: (
    args: M[K]['args'],
    context: HandlerContext<M[K]['progress']>,
  ) => Promise<M[K]['result'] | Transferred<M[K]['result']>>;
};

/** Serves a verb map on a worker's global scope. Returns the function that sends events. */
export function serve<M extends VerbMap<M>, E extends EventMap<E>>(
  channel: Channel,
  handlers: Handlers<M>,
): <K extends keyof E & string>(event: K, payload: E[K], transfer?: Transferable[]) => void {
  const running = new Map<number, AbortController>();
  const send = (message: Outgoing, transfer: Transferable[] = []): void => channel.postMessage(message, transfer);

  channel.addEventListener('message', (event) => {
    const message = event.data as Incoming;
    if ('cancel' in message) {
      running.get(message.cancel)?.abort();
      return;
    }
    const { id, verb, args } = message;
    const handler = handlers[verb as keyof M] as Handlers<M>[keyof M] | undefined;
    if (message.v !== PROTOCOL_VERSION || !handler) {
      const error = {
        code: 'newer_version',
        message: 'This page and its workers are of different versions. Close all Chartside tabs and open it again.',
        detail: `${verb} v${message.v}`,
      };
      send({ id, ok: false, error });
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    const context = { signal: controller.signal, progress: (progress: unknown) => send({ id, progress }) };
    Promise.resolve()
      .then(() => handler(args as never, context))
      .then(
        (result) => {
          if (result instanceof Transferred) send({ id, ok: true, value: result.value }, result.transfer);
          else send({ id, ok: true, value: result });
        },
        (error: unknown) => send({ id, ok: false, error: to_wire_error(error) }),
      )
      .finally(() => running.delete(id));
  });

  return (event, payload, transfer = []) => send({ event, payload }, transfer);
}
