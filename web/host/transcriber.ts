// Opening an audio file, and finishing a visit from its stored audio. One at a time. Main thread.

import type { HeardProgress } from '../protocol/inference.ts';
import type { Consent, VisitSummary } from '../protocol/shapes.ts';
import type { TranscriptionState } from './application.ts';
import { decode_audio, file_kind, pick_audio_file, pieces_of, type DecodedAudio } from './audio_file.ts';
import type { PageContext } from './page_context.ts';
import { call_error, is_cancelled, sentence_of } from './sentence.ts';
import { next_segment_number, type VisitWriter } from './visit_writer.ts';

const PIECE_SECONDS = 5;

export class Transcriber {
  readonly #context: PageContext;
  readonly #writer: VisitWriter;
  #state: TranscriptionState = { active: false, visit_id: '', file_name: '', phase: '', done_ms: 0, total_ms: 0, failure: '' };
  #controller: AbortController | undefined;

  constructor(context: PageContext, writer: VisitWriter) {
    this.#context = context;
    this.#writer = writer;
  }

  get active(): boolean {
    return this.#controller !== undefined;
  }

  /** Call it inside the tap: the file picker opens at once. Nothing is saved before a file was chosen. */
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
      await this.#finish(visit, signal);
    });
  }

  cancel(): void {
    this.#controller?.abort();
  }

  /** Keeps a whole decoded recording with the visit, after the audio that it has. Used for the made-up visits too. */
  async keep_audio(visit_id: string, audio: DecodedAudio, signal: AbortSignal): Promise<void> {
    const { store } = this.#context;
    const { end_ms: start_ms } = await store.call('audio_extent', { visit_id });
    const { recording_id } = await store.call('import_begin', { visit_id, sample_rate: audio.sample_rate, start_ms });
    let keep = false;
    try {
      for (const pcm of pieces_of(audio, PIECE_SECONDS)) {
        signal.throwIfAborted();
        await store.call('import_append', { recording_id, pcm }, { transfer: [pcm.buffer] });
      }
      keep = true;
    } finally {
      await store.call('import_end', { recording_id, keep });
    }
  }

  #refuse_second(): boolean {
    if (!this.active) return false;
    this.#context.application.on_notice('Another recording is being listened to. Wait until it is done, or cancel it.', false);
    this.#report({}); // so that nobody believes that it is this one
    return true;
  }

  async #run(visit_id: string, file_name: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    this.#report({ active: true, visit_id, file_name, phase: 'Reading the file', done_ms: 0, total_ms: 0, failure: '' });
    try {
      await this.#context.activity.track(work(controller.signal));
      this.#report({ active: false });
    } catch (error) {
      const cancelled = controller.signal.aborted && is_cancelled(error);
      this.#report({ active: false, failure: cancelled ? '' : sentence_of(error) });
      if (cancelled) this.#context.application.on_notice('Stopped. What was saved before is kept.', false);
      await this.#writer.tell_visits().catch(() => undefined);
    } finally {
      this.#controller = undefined;
    }
  }

  async #hear_file(visit: VisitSummary, consent: Consent, file: File, signal: AbortSignal): Promise<void> {
    const kind = await file_kind(file);
    if (!this.#context.models_ready()) {
      throw call_error('not_found', 'The part that listens is still loading. Open the file again when it is ready.');
    }
    // Decoding comes before anything is saved: a file that cannot be used leaves no trace in the visit.
    const decoded = kind === 'other' ? await decode_audio(file, signal) : undefined;
    const kept = await this.#writer.save_consented(visit, consent);
    this.#report({ visit_id: kept.id, phase: 'Listening', total_ms: decoded?.duration_ms ?? 0 });
    if (decoded) {
      await this.keep_audio(kept.id, decoded, signal);
      await this.#finish(kept, signal);
    } else {
      await this.#hear_wav(kept, file, signal);
    }
  }

  async #finish(visit: VisitSummary, signal: AbortSignal): Promise<void> {
    const message = await this.#writer.complete(visit, {
      signal,
      on_progress: (phase, done_ms, total_ms) => this.#report({ phase, done_ms, total_ms }),
    });
    if (message !== '') this.#context.application.on_notice(message, false);
  }

  /** The C++ reader goes through the file once; its samples are kept while they are heard. */
  async #hear_wav(visit: VisitSummary, file: File, signal: AbortSignal): Promise<void> {
    const { store, inference, application } = this.#context;
    const { segments, end_ms: start_ms } = await this.#writer.place(visit.id);
    let recording: Promise<string> | undefined;
    let writes: Promise<unknown> = Promise.resolve();
    let keep = false;

    const keep_piece = ({ pcm, sample_rate }: { pcm: Int16Array; sample_rate: number }): void => {
      recording ??= store
        .call('import_begin', { visit_id: visit.id, sample_rate, start_ms })
        .then((begun) => begun.recording_id);
      const begun = recording;
      writes = writes.then(async () => store.call('import_append', { recording_id: await begun, pcm }));
      writes.catch(() => this.cancel()); // the failure itself is told where `writes` is awaited
    };
    const take = (progress: HeardProgress): void => {
      if (progress.audio && progress.audio.pcm.length > 0) keep_piece(progress.audio);
      for (const segment of progress.segments) {
        segments.push(segment);
        application.on_segment(visit.id, segment);
      }
      this.#report({ done_ms: progress.done_ms, total_ms: progress.total_ms });
    };
    try {
      const args = { file, start_ms, first_segment_number: next_segment_number(segments), want_audio: true };
      const hearing = inference.call('transcribe_wav_file', args, { signal, on_progress: take });
      const heard = await hearing.catch(async (error: unknown) => {
        await writes; // a full disk is the reason to tell, not the cancel that it caused
        throw error;
      });
      await writes;
      keep = true;
      this.#report({ phase: 'Writing the note', done_ms: heard.end_ms, total_ms: heard.end_ms });
      if (recording) await store.call('import_end', { recording_id: await recording, keep });
      recording = undefined;
      // The words first: a note that cannot be written must not cost the listening.
      await this.#context.saves.track(visit.id, store.call('save_segments', { visit_id: visit.id, segments }));
      const message = await this.#writer.write_and_save(visit, segments, signal);
      if (heard.segments.length === 0) application.on_notice(heard.message || 'Nothing was heard in this file.', false);
      else if (message !== '') application.on_notice(message, false);
    } finally {
      if (recording) await store.call('import_end', { recording_id: await recording, keep });
    }
  }

  #report(change: Partial<TranscriptionState>): void {
    this.#state = { ...this.#state, ...change };
    this.#context.application.on_transcription(this.#state);
  }
}
