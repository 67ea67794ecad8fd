// From stored audio to a finished draft: hears what was not heard yet, writes the note, and saves both. Used when
// a recording or a file ends, and to finish a visit that a crash cut short. Main thread.

import { serve_pcm, type Heard, type HeardProgress } from '../protocol/inference.ts';
import type { Note, Segment, VisitSummary } from '../protocol/shapes.ts';
import type { Role } from './application.ts';
import type { PageContext } from './page_context.ts';
import { call_error } from './sentence.ts';

const READ_MS = 20_000;
/** A shorter rest holds no word. */
const SHORTEST_UNHEARD_MS = 300;

export interface Stretch {
  start_ms: number;
  end_ms: number;
}

export interface CompleteOptions {
  signal: AbortSignal;
  /** What is known not to have been heard, besides what follows the last segment of each recording. */
  unheard?: readonly Stretch[];
  /** False when listening ended orderly: then only `unheard` is heard. */
  hear_rest: boolean;
  on_progress(phase: string, done_ms: number, total_ms: number): void;
}

export function next_segment_number(segments: readonly Segment[]): number {
  let highest = 0;
  for (const segment of segments) highest = Math.max(highest, Number(segment.id.slice(1)) || 0);
  return highest + 1;
}

/** The stretches of each recording that follow its last segment, joined with `known`, in order. */
export function unheard_stretches(
  recordings: readonly Stretch[],
  segments: readonly Segment[],
  known: readonly Stretch[],
): Stretch[] {
  const stretches = [...known];
  for (const { start_ms, end_ms } of recordings) {
    let heard_ms = start_ms;
    for (const segment of segments) {
      if (segment.start_ms < end_ms && segment.end_ms > heard_ms) heard_ms = Math.min(segment.end_ms, end_ms);
    }
    stretches.push({ start_ms: heard_ms, end_ms });
  }
  stretches.sort((a, b) => a.start_ms - b.start_ms);
  const joined: Stretch[] = [];
  for (const stretch of stretches) {
    if (stretch.end_ms - stretch.start_ms < SHORTEST_UNHEARD_MS) continue;
    const last = joined.at(-1);
    // Only stretches that overlap are one: neighbours may lie in recordings of different sample rates.
    if (last && stretch.start_ms < last.end_ms) last.end_ms = Math.max(last.end_ms, stretch.end_ms);
    else joined.push({ ...stretch });
  }
  return joined;
}

interface Written {
  visit_id: string;
  segment_count: number;
  note: Note;
  roles: number[];
}

export class VisitWriter {
  readonly #context: PageContext;
  #last: Written | undefined;

  constructor(context: PageContext) {
    this.#context = context;
  }

  /** Returns a sentence when there is something to say ("Nothing was heard. ..."), else ''. */
  async complete(visit: VisitSummary, options: CompleteOptions): Promise<string> {
    const { store } = this.#context;
    const { transcript } = await store.call('load_visit', { visit_id: visit.id });
    const segments = [...transcript.segments];
    const { recordings } = await store.call('audio_extent', { visit_id: visit.id });
    const stretches = unheard_stretches(options.hear_rest ? recordings : [], segments, options.unheard ?? []);
    if (stretches.length > 0 && !this.#context.models_ready()) {
      throw call_error(
        'not_found',
        'The audio is saved. The part that listens is not loaded yet; open the visit again when it is ready.',
      );
    }

    let message = '';
    let done_ms = 0;
    const total_ms = stretches.reduce((sum, stretch) => sum + stretch.end_ms - stretch.start_ms, 0);
    for (const stretch of stretches) {
      const heard = await this.#hear(visit.id, stretch, segments, options.signal, (progress) =>
        options.on_progress('Listening', done_ms + progress, total_ms),
      );
      done_ms += stretch.end_ms - stretch.start_ms;
      message = heard.message;
    }
    options.on_progress('Writing the note', total_ms, total_ms);
    await this.write_and_save(visit, segments, options.signal);
    return segments.length === 0 ? message || 'Nothing was heard. The audio is kept with the visit.' : '';
  }

  /** Writes the note of `segments`, gives them their roles, and saves both; then tells the application. */
  async write_and_save(visit: VisitSummary, segments: Segment[], signal: AbortSignal): Promise<void> {
    const { store, inference, application } = this.#context;
    segments.sort((a, b) => a.start_ms - b.start_ms);
    let note: Note = { sections: [], omissions: [] };
    let roles: number[] = [];
    if (segments.length > 0) {
      const { pronouns, sex } = visit.patient;
      ({ note, roles } = await inference.call('write_note', { transcript: { segments }, pronouns, sex }, { signal }));
      segments.forEach((segment, index) => (segment.role = roles[index] ?? segment.role));
    }
    await store.call('save_segments', { visit_id: visit.id, segments });
    const saved = await store.call('save_note', { visit_id: visit.id, note, what_changed: 'draft' });
    this.#last = { visit_id: visit.id, segment_count: segments.length, note, roles };
    application.on_note(visit.id, note, roles as Role[]);
    application.on_saved(visit.id, saved.saved_at_ms);
    await this.tell_visits();
  }

  /** Writes a note that the application asked for, and leaves saving to it. */
  async write(visit: VisitSummary, segments: Segment[]): Promise<void> {
    const { inference, application } = this.#context;
    const last = this.#last;
    if (last && last.visit_id === visit.id && last.segment_count === segments.length) {
      application.on_note(visit.id, last.note, last.roles as Role[]);
      return;
    }
    const { pronouns, sex } = visit.patient;
    const { note, roles } = await inference.call('write_note', { transcript: { segments }, pronouns, sex });
    application.on_note(visit.id, note, roles as Role[]);
  }

  async tell_visits(): Promise<void> {
    const { visits } = await this.#context.store.call('list_visits', {});
    this.#context.application.on_visits(visits);
  }

  /** Hears one stretch of stored audio. Segments are saved as they come, so that a cancel or a crash keeps them. */
  async #hear(
    visit_id: string,
    stretch: Stretch,
    segments: Segment[],
    signal: AbortSignal,
    on_progress: (done_ms: number) => void,
  ): Promise<Heard> {
    const { store, inference } = this.#context;
    const first = await store.call('read_audio', { visit_id, start_ms: stretch.start_ms, end_ms: stretch.start_ms + 1 });
    const { port1, port2 } = new MessageChannel();
    serve_pcm(port1, this.#stored_audio(visit_id, stretch));
    const sources = { source: { kind: 'port', port: port2 } as const, sample_rate: first.sample_rate };
    const saves: Promise<unknown>[] = [];
    const take = (progress: HeardProgress): void => {
      for (const segment of progress.segments) {
        segments.push(segment);
        saves.push(store.call('append_segment', { visit_id, segment }));
        this.#context.application.on_segment(visit_id, segment);
      }
      on_progress(Math.max(0, progress.done_ms));
    };
    try {
      const heard = await inference.call(
        'transcribe_pcm',
        {
          ...sources,
          start_ms: stretch.start_ms,
          total_ms: stretch.end_ms - stretch.start_ms,
          first_segment_number: next_segment_number(segments),
        },
        { signal, transfer: [port2], on_progress: take },
      );
      // What came with the last reply and with no progress before it.
      const known = new Set(segments.map((segment) => segment.id));
      take({ done_ms: stretch.end_ms - stretch.start_ms, total_ms: 0, segments: heard.segments.filter((s) => !known.has(s.id)) });
      return heard;
    } finally {
      port1.close();
      await Promise.all(saves);
    }
  }

  async *#stored_audio(visit_id: string, { start_ms, end_ms }: Stretch): AsyncGenerator<Float32Array, void> {
    let at_ms = start_ms;
    while (at_ms < end_ms) {
      const piece = { visit_id, start_ms: at_ms, end_ms: Math.min(at_ms + READ_MS, end_ms) };
      const { pcm, sample_rate } = await this.#context.store.call('read_audio', piece);
      if (pcm.length === 0) return;
      at_ms += (pcm.length * 1000) / sample_rate;
      yield pcm;
    }
  }
}
