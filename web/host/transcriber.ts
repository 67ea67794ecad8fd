// Opening an audio file, and finishing a visit from its stored audio. One at a time. Main thread.

import type { HeardProgress } from '../protocol/inference.ts';
import type { Consent, Segment, VisitSummary } from '../protocol/shapes.ts';
import type { TranscriptionState } from './application.ts';
import { decode_audio, file_kind, pick_audio_file, type DecodedAudio } from './audio_file.ts';
import type { PageContext } from './page_context.ts';
import { OpenedFile } from './opened_file.ts';
import { call_error, code_of, is_cancelled, sentence_of } from './sentence.ts';
import { next_segment_number, type Place, type VisitWriter } from './visit_writer.ts';

/** What a file held, heard to its end. */
interface HeardFile {
  segments: Segment[];
  message: string;
}

const NOT_IN_STORE: Place = { segments: [], end_ms: 0, unheard: [] };

export class Transcriber {
  readonly #context: PageContext;
  readonly #writer: VisitWriter;
  readonly #on_done: () => void;
  #state: TranscriptionState = { active: false, visit_id: '', file_name: '', phase: '', done_ms: 0, total_ms: 0, failure: '' };
  #controller: AbortController | undefined;
  #done: Promise<void> = Promise.resolve();
  /** The user's own cancel takes an opened file back; being stopped by anything else does not. */
  #is_cancelled = false;

  /** `on_done`: the part that listens is free again. */
  constructor(context: PageContext, writer: VisitWriter, on_done: () => void) {
    this.#context = context;
    this.#writer = writer;
    this.#on_done = on_done;
  }

  get active(): boolean {
    return this.#controller !== undefined;
  }

  /** An opened file is taken whole or not at all. */
  get reads_file(): boolean {
    return this.active && this.#state.file_name !== '';
  }

  get visit_id(): string {
    return this.active ? this.#state.visit_id : '';
  }

  /** Call it inside the tap: the file picker opens at once. Nothing is saved before a file was chosen and read. */
  open_audio_file(visit: VisitSummary, consent: Consent): void {
    if (this.#refuse_second()) return;
    const picked = pick_audio_file();
    void this.#context.activity.track(
      picked.then(async (file) => {
        if (file && !this.#refuse_second()) await this.#run(visit.id, file.name, (signal) => this.#hear_file(visit, consent, file, signal));
      }),
    );
  }

  /** Hears what was not heard yet of the visit's stored audio, and writes the note. */
  transcribe_stored(visit: VisitSummary): void {
    if (this.#refuse_second()) return;
    void this.#run(visit.id, '', async (signal) => {
      this.#report({ phase: 'Listening', total_ms: visit.audio_ms });
      this.#tell(await this.#finish(visit, signal));
    });
  }

  /** The user's: of an opened file nothing is kept. */
  cancel(): void {
    this.#is_cancelled = true;
    this.#controller?.abort();
  }

  /** Settles when nothing is listened to any more. What was kept whole goes on when its visit is opened again. */
  async stop(): Promise<void> {
    this.#controller?.abort();
    await this.#done;
  }

  #refuse_second(): boolean {
    if (!this.active) return false;
    this.#context.application.on_notice('Another recording is being listened to. Wait until it is done, or cancel it.', false);
    this.#report({}); // so that nobody believes that it is this one
    return true;
  }

  #run(visit_id: string, file_name: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#done = this.#run_alone(visit_id, file_name, work);
    return this.#done;
  }

  async #run_alone(visit_id: string, file_name: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    this.#is_cancelled = false;
    this.#report({ active: true, visit_id, file_name, phase: 'Reading the file', done_ms: 0, total_ms: 0, failure: '' });
    try {
      await this.#context.activity.track(work(controller.signal));
      this.#controller = undefined; // before it is told: the next may be asked for at once
      this.#report({ active: false });
    } catch (error) {
      const stopped = controller.signal.aborted && is_cancelled(error);
      this.#controller = undefined;
      this.#report({ active: false, failure: stopped ? '' : sentence_of(error) });
      if (stopped && this.#is_cancelled) {
        const kept = file_name === '' ? 'What was saved before is kept.' : 'Nothing of the file was kept.';
        this.#context.application.on_notice(`Stopped. ${kept}`, false);
      }
      await this.#writer.tell_visits().catch(() => undefined);
    } finally {
      this.#on_done();
    }
  }

  async #hear_file(visit: VisitSummary, consent: Consent, file: File, signal: AbortSignal): Promise<void> {
    const kind = await file_kind(file);
    if (!this.#context.models_ready()) {
      throw call_error('not_found', 'The part that listens is still loading. Open the file again when it is ready.');
    }
    const decoded = kind === 'other' ? await decode_audio(file, signal) : undefined;
    const place = await this.#place(visit.id);
    const opened = new OpenedFile(this.#context, visit, consent, place.end_ms, () => this.#controller?.abort());
    let is_whole = false;
    try {
      this.#report({ phase: 'Listening', total_ms: decoded?.duration_ms ?? 0 });
      const heard = decoded ? await this.#keep(decoded, opened, signal) : await this.#hear_wav(visit.id, place, file, opened, signal);
      is_whole = true;
      await this.#writer.tell_visits();
      this.#tell(heard ? await this.#write(visit, heard, signal) : await this.#finish(visit, signal));
    } catch (error) {
      const stopped = signal.aborted && is_cancelled(error);
      if (!is_whole || (stopped && this.#is_cancelled)) await opened.discard();
      if (!is_whole || stopped) throw error;
      this.#context.application.on_note_failed(`${sentence_of(error)} The audio is kept; open the visit to try again.`);
      await this.#writer.tell_visits().catch(() => undefined);
    }
  }

  /** Where the file's audio belongs. A visit that is only made for it is in the store with its first piece. */
  async #place(visit_id: string): Promise<Place> {
    try {
      return await this.#writer.place(visit_id);
    } catch (error) {
      if (code_of(error) === 'not_found') return NOT_IN_STORE;
      throw error;
    }
  }

  async #keep(audio: DecodedAudio, opened: OpenedFile, signal: AbortSignal): Promise<undefined> {
    await opened.append_all(audio, signal);
    await opened.end();
  }

  async #finish(visit: VisitSummary, signal: AbortSignal): Promise<string> {
    return this.#writer.complete(visit, {
      signal,
      on_progress: (phase, done_ms, total_ms) => this.#report({ phase, done_ms, total_ms }),
    });
  }

  /** The C++ reader goes through the file once; its samples are kept while they are heard. */
  async #hear_wav(visit_id: string, place: Place, file: File, opened: OpenedFile, signal: AbortSignal): Promise<HeardFile> {
    const { inference, application } = this.#context;
    const segments = [...place.segments];
    const take = (progress: HeardProgress): void => {
      const { audio } = progress;
      if (audio && audio.pcm.length > 0) void opened.append(audio.pcm as Int16Array<ArrayBuffer>, audio.sample_rate).catch(() => undefined);
      for (const segment of progress.segments) {
        segments.push(segment);
        application.on_segment(visit_id, segment);
      }
      this.#report({ done_ms: progress.done_ms, total_ms: progress.total_ms });
    };
    const args = { file, start_ms: place.end_ms, first_segment_number: next_segment_number(segments), want_audio: true };
    const hearing = inference.call('transcribe_wav_file', args, { signal, on_progress: take });
    const heard = await hearing.catch(async (error: unknown) => {
      await opened.written(); // a full disk is the reason to tell, not the cancel that it caused
      throw error;
    });
    await opened.end();
    this.#report({ phase: 'Writing the note', done_ms: heard.end_ms, total_ms: heard.end_ms });
    return { segments, message: heard.segments.length === 0 ? heard.message || 'Nothing was heard in this file.' : '' };
  }

  async #write(visit: VisitSummary, { segments, message }: HeardFile, signal: AbortSignal): Promise<string> {
    // The words first: a note that cannot be written must not cost the listening.
    await this.#context.saves.track(visit.id, this.#context.store.call('save_segments', { visit_id: visit.id, segments }));
    const about_note = await this.#writer.write_and_save(visit, segments, signal);
    return message || about_note;
  }

  #tell(message: string): void {
    if (message !== '') this.#context.application.on_notice(message, false);
  }

  #report(change: Partial<TranscriptionState>): void {
    this.#state = { ...this.#state, ...change };
    this.#context.application.on_transcription(this.#state);
  }
}
