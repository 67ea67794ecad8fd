// What the parts of the page host share. Main thread.

import type { InferenceEvents, InferenceVerbs } from '../protocol/inference.ts';
import type { StoreEvents, StoreVerbs } from '../protocol/store.ts';
import type { Activity } from './activity.ts';
import type { ApplicationEvents } from './application.ts';
import type { WorkerClient } from './worker_client.ts';

export interface PageContext {
  readonly application: ApplicationEvents;
  readonly store: WorkerClient<StoreVerbs, StoreEvents>;
  readonly inference: WorkerClient<InferenceVerbs, InferenceEvents>;
  readonly activity: Activity;
  /** True once the speech and note models may be used. */
  models_ready(): boolean;
}
