// Results of the store module, as exceptions. Store worker.

import { CallError } from '../protocol/call.ts';
import type { Outcome } from '../protocol/shapes.ts';

/** The value, or the error thrown. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new CallError(outcome.error);
  return (outcome as { value: T }).value;
}
