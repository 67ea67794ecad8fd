// What to tell the user when something failed. Main thread.

import { CallError, to_wire_error } from '../protocol/call.ts';

/** Errors of our workers carry their own sentence; anything else gets the general one. */
export function sentence_of(error: unknown): string {
  return to_wire_error(error).message;
}

export function code_of(error: unknown): string {
  return to_wire_error(error).code;
}

export const is_cancelled = (error: unknown): boolean => code_of(error) === 'cancelled';

export function call_error(code: string, message: string, detail = ''): CallError {
  return new CallError({ code, message, detail });
}
