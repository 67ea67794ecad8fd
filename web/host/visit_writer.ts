// From stored audio to a finished draft: hears what was not heard yet, writes the note, and saves both. Used when
// a recording or a file ends, and to finish a visit that a crash cut short. Main thread.
//
// What becomes of a note that the physician has worked on is the store's to decide (src/domain/note_merge.h), in the
// commit that saves the draft: it holds whatever is open on the screen and whatever arrives meanwhile.

import { serve_pcm, type Heard, type HeardProgress } from '../protocol/inference.ts';
import type { Consent, Note, Segment, VisitSummary } from '../protocol/shapes.ts';
import { VisitState, type Role } from './application.ts';
import type { PageContext } from './page_context.ts';
import { call_error, code_of, sentence_of } from './sentence.ts';
import { unheard_stretches, type Stretch } from './unheard.ts';

const READ_MS = 20_000;
const SIGNED_BEFORE =
  'This note was signed before all of the visit was heard, so it was left as it is. What is new stands beside it, under what is not in the note.';

export interface CompleteOptions {
  signal: AbortSignal;
  /** Heard already, and perhaps not in the store. */
  heard?: readonly Segment[];
  /** What is known not to have been heard. Left out: it is looked for, as after a crash. */
  unheard?: readonly Stretch[];
  on_progress(phase: string, done_ms: number, total_ms: number): void;
}

/** Where a visit stands: what was heard of it, how long its audio is, and what of that was not listened to. */
export interface Place {
  segments: Segment[];
  end_ms: number;
  unheard: Stretch[];
}

export function next_segment_number(segments: readonly Segment[]): number {
  let highest = 0;
  for (const segment of segments) highest = Math.max(highest, Number(segment.id.slice(1)) || 0);
  return highest + 1;
}

export class VisitWriter {
  readonly #context: PageContext;

  constructor(context: PageContext) {
    this.#context = context;
  }

  /** Saves a visit with its consent, before anything of it is kept. Returns it as the store knows it. */
  async save_consented(visit: VisitSummary, consent: Consent): Promise<VisitSummary> {
    const { store, saves } = this.#context;
    const saved = await store.call('save_visit', { visit });
    const kept: VisitSummary = { ...visit, id: saved.visit_id, patient: { ...visit.patient, id: saved.patient_id } };
    await saves.track(kept.id, store.call('save_consent', { consent: { ...consent, visit_id: kept.id } }));
    return kept;
  }

  async place(visit_id: string): Promise<Place> {
    const { store } = this.#context;
    const { summary, transcript } = await store.call('load_visit', { visit_id });
    const { end_ms, recordings } = await store.call('audio_extent', { visit_id });
    // A draft was written of all that there was.
    const unheard = summary.state >= VisitState.draft ? [] : unheard_stretches(recordings, transcript.segments);
    return { segments: [...transcript.segments], end_ms, unheard };
  }

  /** Returns a sentence when there is something to say ("Nothing was heard. ..."), else ''. */
  async complete(visit: VisitSummary, options: CompleteOptions): Promise<string> {
    const { segments, unheard } = await this.place(visit.id);
    const stored = new Set(segments.map((segment) => segment.id));
    segments.push(...(options.heard ?? []).filter((segment) => !stored.has(segment.id)));
    const stretches = options.unheard ?? unheard;
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
    const signed = await this.write_and_save(visit, segments, options.signal);
    if (segments.length === 0) return message || 'Nothing was heard. The audio is kept with the visit.';
    return signed;
  }

  /** Writes the note of `segments` and saves both; then tells the application. Returns a sentence or ''. */
  async write_and_save(visit: VisitSummary, segments: Segment[], signal: AbortSignal): Promise<string> {
    const { store, application, saves } = this.#context;
    segments.sort((a, b) => a.start_ms - b.start_ms);
    const { note: draft, roles } = segments.length > 0 ? await this.#write(visit, segments, signal) : { note: EMPTY, roles: [] };
    const in_roles = segments.map((segment, index) => ({ ...segment, role: roles[index] ?? segment.role }));
    const saving = store.call('save_draft', { visit_id: visit.id, segments: in_roles, draft });
    const saved = await saves.track(visit.id, saving);
    application.on_note(visit.id, saved.note, saved.roles as Role[]);
    await this.tell_visits();
    return saved.is_signed ? SIGNED_BEFORE : '';
  }

  /** The note so far of a visit that is being recorded: saved too, so that a cut finds it. Its words are in the store
   *  already, and the visit stays one that is recorded. */
  async save_so_far(visit: VisitSummary, segments: Segment[], is_wanted: () => boolean): Promise<void> {
    const { store, application, saves } = this.#context;
    const { note: draft, roles } = await this.#write(visit, segments);
    if (!is_wanted()) return;
    const saved = await saves.track(visit.id, store.call('save_draft', { visit_id: visit.id, segments: [], draft }));
    if (is_wanted()) application.on_note(visit.id, saved.note, roles as Role[]);
  }

  async tell_visits(): Promise<void> {
    const { visits } = await this.#context.store.call('list_visits', {});
    this.#context.application.on_visits(visits);
  }

  #write(visit: VisitSummary, segments: Segment[], signal?: AbortSignal): Promise<{ note: Note; roles: number[] }> {
    const { pronouns, sex } = visit.patient;
    return this.#context.inference.call('write_note', { transcript: { segments }, pronouns, sex }, signal ? { signal } : {});
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
    const sample_rate = await this.#sample_rate(visit_id, stretch);
    if (sample_rate === undefined) return { segments: [], end_ms: stretch.end_ms, message: '' };
    const { port1, port2 } = new MessageChannel();
    serve_pcm(port1, this.#stored_audio(visit_id, stretch, sample_rate));
    const sources = { source: { kind: 'port', port: port2 } as const, sample_rate };
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

  /** Of the stretch's first piece that is whole. A damaged one must not keep the rest of the visit from its note. */
  async #sample_rate(visit_id: string, { start_ms, end_ms }: Stretch): Promise<number | undefined> {
    for (let at_ms = start_ms; at_ms < end_ms; at_ms += READ_MS) {
      const read = await this.#read(visit_id, at_ms, Math.min(at_ms + READ_MS, end_ms));
      if (read) return read.pcm.length > 0 ? read.sample_rate : undefined;
    }
    return undefined;
  }

  /** Undefined where nothing is whole. */
  async #read(visit_id: string, start_ms: number, end_ms: number): Promise<{ pcm: Float32Array; sample_rate: number } | undefined> {
    try {
      return await this.#context.store.call('read_audio', { visit_id, start_ms, end_ms });
    } catch (error) {
      if (code_of(error) !== 'corrupt') throw error;
      this.#context.application.on_notice(sentence_of(error), true);
      return undefined;
    }
  }

  async *#stored_audio(visit_id: string, { start_ms, end_ms }: Stretch, sample_rate: number): AsyncGenerator<Float32Array, void> {
    let at_ms = start_ms;
    while (at_ms < end_ms) {
      const until_ms = Math.min(at_ms + READ_MS, end_ms);
      const read = await this.#read(visit_id, at_ms, until_ms);
      // A damaged piece is silence, so that the times after it are still right.
      const pcm = read?.pcm ?? new Float32Array(Math.round(((until_ms - at_ms) * sample_rate) / 1000));
      if (pcm.length === 0) return;
      at_ms += (pcm.length * 1000) / (read?.sample_rate ?? sample_rate);
      yield pcm;
    }
  }
}

const EMPTY: Note = { sections: [], omissions: [] };
