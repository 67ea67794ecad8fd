// Which stretches of a visit's audio nobody has listened to. Pure; main thread.

import type { Segment } from '../protocol/shapes.ts';

/** A shorter stretch holds no word. */
const SHORTEST_UNHEARD_MS = 300;
/** A longer silence between two segments may be one that was not listened to. */
const LONGEST_SILENCE_MS = 3000;

export interface Stretch {
  start_ms: number;
  end_ms: number;
}

/** What each recording has beside its segments, in order: what follows its last segment, and long silences, which are
 *  heard once more since what a crash skipped looks like them. */
export function unheard_stretches(recordings: readonly Stretch[], segments: readonly Segment[]): Stretch[] {
  const stretches: Stretch[] = [];
  const spoken = [...segments].sort((a, b) => a.start_ms - b.start_ms);
  for (const { start_ms, end_ms } of recordings) {
    let heard_ms = start_ms;
    for (const segment of spoken) {
      if (segment.end_ms <= start_ms || segment.start_ms >= end_ms) continue;
      if (segment.start_ms - heard_ms > LONGEST_SILENCE_MS) stretches.push({ start_ms: heard_ms, end_ms: segment.start_ms });
      heard_ms = Math.max(heard_ms, Math.min(segment.end_ms, end_ms));
    }
    stretches.push({ start_ms: heard_ms, end_ms });
  }
  return joined(stretches);
}

function joined(stretches: Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches.sort((a, b) => a.start_ms - b.start_ms)) {
    if (!(stretch.end_ms - stretch.start_ms >= SHORTEST_UNHEARD_MS)) continue;
    const last = result.at(-1);
    // Only stretches that overlap are one: neighbours may lie in recordings of different sample rates.
    if (last && stretch.start_ms < last.end_ms) last.end_ms = Math.max(last.end_ms, stretch.end_ms);
    else result.push({ ...stretch });
  }
  return result;
}

/** What live listening missed of a recording, so that it can be heard at the end. */
export class Unheard {
  readonly #stretches: Stretch[];
  #deaf_from_ms: number | undefined;

  constructor(known: readonly Stretch[]) {
    this.#stretches = [...known];
  }

  add(stretch: Stretch): void {
    this.#stretches.push(stretch);
  }

  stops_at(at_ms: number): void {
    this.#deaf_from_ms ??= at_ms;
  }

  goes_on_at(at_ms: number): void {
    if (this.#deaf_from_ms !== undefined) this.#stretches.push({ start_ms: this.#deaf_from_ms, end_ms: at_ms });
    this.#deaf_from_ms = undefined;
  }

  /** All of it, once the audio has ended. */
  until(end_ms: number): Stretch[] {
    this.goes_on_at(end_ms);
    return joined(this.#stretches.map((stretch) => ({ ...stretch, end_ms: Math.min(stretch.end_ms, end_ms) })));
  }
}
