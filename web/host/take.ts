// One recording while it runs. Main thread; web/host/recorder.ts owns it.

import type { RingControl } from '../capture/ring.ts';
import type { Segment, VisitSummary } from '../protocol/shapes.ts';
import type { CaptureGraph } from './capture_graph.ts';
import type { LevelTap } from './level_tap.ts';
import type { Microphone } from './microphone.ts';
import type { NoteSoFar } from './note_so_far.ts';
import type { Problems } from './problems.ts';
import type { Unheard } from './unheard.ts';

export interface Take {
  visit: VisitSummary;
  recording_id: string;
  graph: CaptureGraph;
  control: RingControl;
  levels: LevelTap;
  microphone: Microphone;
  /** Place of the ring's first frame in the visit's audio. */
  start_ms: number;
  segments: Segment[];
  /** The inference worker is listening. */
  live: boolean;
  unheard: Unheard;
  frames: number;
  frames_at: number;
  timer: ReturnType<typeof setInterval> | undefined;
  note: NoteSoFar;
  warned: boolean;
  problems: Problems;
  /** Pausing, going on and finishing reach the workers in the order in which they were asked for. */
  turn: Promise<void>;
  /** The microphone is closed; what follows is only finishing. */
  ended: boolean;
  /** Aborted when it has ended: nothing may wait for a microphone any more. */
  end: AbortController;
}

/** Length of the visit's audio up to now. */
export function elapsed_ms(take: Take): number {
  return take.start_ms + (take.control.written_frames * 1000) / take.graph.sample_rate;
}

/** Up to where the words are known. */
export function heard_ms(take: Take): number {
  return take.segments.reduce((latest, segment) => Math.max(latest, segment.end_ms), take.start_ms);
}
