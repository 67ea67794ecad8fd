// What the parts of the page host share. Main thread.

import type { CallOptions, EventMap, VerbMap, WireError } from '../protocol/call.ts';
import type { InferenceEvents, InferenceVerbs } from '../protocol/inference.ts';
import type { StoreEvents, StoreVerbs } from '../protocol/store.ts';
import type { Activity } from './activity.ts';
import type { ApplicationEvents } from './application.ts';
import type { TabChannel } from './hand_over.ts';
import type { Saves } from './saves.ts';

/** A worker as its callers see it: web/host/worker_client.ts, or a stand-in in a test. */
export interface WorkerCalls<M extends VerbMap<M>, E extends EventMap<E>> {
  call<K extends keyof M & string>(verb: K, args: M[K]['args'], options?: CallOptions<M[K]['progress']>): Promise<M[K]['result']>;
  on<K extends keyof E & string>(event: K, listener: (payload: E[K]) => void): void;
  on_crash(listener: () => void): void;
  end(reason: WireError): void;
}

export interface PageParts {
  readonly application: ApplicationEvents;
  readonly store: WorkerCalls<StoreVerbs, StoreEvents>;
  readonly inference: WorkerCalls<InferenceVerbs, InferenceEvents>;
  readonly activity: Activity;
  /** To the other tabs of this browser. */
  readonly tabs: TabChannel;
}

export interface PageContext extends PageParts {
  readonly saves: Saves;
  /** True once the speech and note models may be used. */
  models_ready(): boolean;
}
