// The note while the visit goes on: shown, not saved; the draft is written when the visit is finished. Main thread.

import type { Segment, VisitSummary } from '../protocol/shapes.ts';
import type { Role } from './application.ts';
import type { PageContext } from './page_context.ts';
import type { VisitWriter } from './visit_writer.ts';

/** Written at most this often, and only while captions keep up. */
const EVERY_MS = 4000;
const CAPTIONS_LATE_MS = 2500;

export class NoteSoFar {
  readonly #context: PageContext;
  readonly #writer: VisitWriter;
  #written_segments = 0;
  #written_at = performance.now();
  #writing = false;

  constructor(context: PageContext, writer: VisitWriter) {
    this.#context = context;
    this.#writer = writer;
  }

  /** Writes it when there is something new and it is time. */
  write(visit: VisitSummary, segments: Segment[], caption_delay_ms: number, is_wanted: () => boolean): void {
    const now = performance.now();
    if (this.#writing || segments.length === this.#written_segments) return;
    if (now - this.#written_at < EVERY_MS || caption_delay_ms > CAPTIONS_LATE_MS) return;
    this.#writing = true;
    this.#written_at = now;
    this.#written_segments = segments.length;
    this.#writer
      .preview(visit, segments)
      .then(({ note, roles }) => {
        if (is_wanted()) this.#context.application.on_note(visit.id, note, roles as Role[]);
      })
      .catch(() => undefined) // the draft at the end tells what is wrong
      .finally(() => (this.#writing = false));
  }
}
