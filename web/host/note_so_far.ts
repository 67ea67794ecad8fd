// The note while the visit goes on: shown, and saved so that a cut finds it. The whole draft is written when the visit
// is finished. Main thread.

import type { Segment, VisitSummary } from '../protocol/shapes.ts';
import type { VisitWriter } from './visit_writer.ts';

/** Written at most this often, and only while captions keep up. */
const EVERY_MS = 4000;
const CAPTIONS_LATE_MS = 2500;

export class NoteSoFar {
  readonly #writer: VisitWriter;
  #written_segments = 0;
  #written_at = performance.now();
  #writing = false;

  constructor(writer: VisitWriter) {
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
      .save_so_far(visit, [...segments], is_wanted)
      .catch(() => undefined) // the draft at the end tells what is wrong
      .finally(() => (this.#writing = false));
  }
}
