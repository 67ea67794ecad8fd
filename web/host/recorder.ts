// A recording from tap to draft: consent, microphone, ring, both workers, and every way in which a device stops
// listening. Main thread; no sample passes through it but the few that are drawn.
//
// A problem never ends a recording. It is paused or goes on with a sentence in `failure`, and what was acknowledged
// as saved stays saved whatever happens next.

import { RingControl } from '../capture/ring.ts';
import type { Consent, Segment, VisitSummary } from '../protocol/shapes.ts';
import {
  RecorderStatus,
  type RecorderState,
  type Role,
} from './application.ts';
import { CaptureGraph, create_audio_context } from './capture_graph.ts';
import { LevelTap } from './level_tap.ts';
import { Microphone, list_microphones, on_microphones_changed, open_microphone } from './microphone.ts';
import type { PageContext } from './page_context.ts';
import { call_error, is_cancelled, sentence_of } from './sentence.ts';
import { next_segment_number, type Stretch, type VisitWriter } from './visit_writer.ts';
import { WakeLock } from './wake_lock.ts';

/** About 15 drawings a second. */
const DRAW_EVERY_MS = 66;
const STALLED_AFTER_MS = 2000;
/** "Note so far" is written at most this often, and only while captions keep up. */
const NOTE_EVERY_MS = 4000;
const CAPTIONS_LATE_MS = 2500;

const UNPLUGGED = 'The microphone was unplugged or taken away. What was said so far is saved. Plug it in or choose another, then press Continue.';
const MUTED = 'The microphone is muted by the device or the headset. Unmute it there.';
const SUSPENDED = 'The device stopped the microphone, as for a call. What was said so far is saved. Come back to this page to go on.';
const STALLED = 'Nothing arrives from the microphone. Check that it is plugged in and switched on.';
const STORE_GONE = 'Saving stopped, so the recording was stopped too. What was saved is safe: unlock, then open the visit and press Resume.';

interface Take {
  visit: VisitSummary;
  recording_id: string;
  graph: CaptureGraph;
  control: RingControl;
  levels: LevelTap;
  microphone: Microphone;
  /** Place of the ring's first frame in the visit's audio. */
  start_ms: number;
  segments: Segment[];
  saves: Promise<unknown>;
  /** The inference worker is listening. */
  live: boolean;
  unheard: Stretch[];
  frames: number;
  frames_at: number;
  timer: ReturnType<typeof setInterval>;
  noted_segments: number;
  noted_at: number;
  writing_note: boolean;
  /** The microphone is closed; what follows is only finishing. */
  ended: boolean;
}

interface Prepared {
  visit: VisitSummary;
  segments: Segment[];
  start_ms: number;
  unheard?: Stretch[];
}

const QUIET: RecorderState = {
  status: RecorderStatus.idle,
  visit_id: '',
  elapsed_ms: 0,
  saved_ms: 0,
  caption_delay_ms: 0,
  silent_for_ms: 0,
  stalled_for_ms: 0,
  overruns: 0,
  device_id: '',
  failure: '',
};

export class Recorder {
  readonly #context: PageContext;
  readonly #writer: VisitWriter;
  readonly #wake_lock = new WakeLock();
  #state: RecorderState = QUIET;
  #take: Take | undefined;
  #chosen_device = '';
  /** The user went away while the browser was still asking for the microphone. */
  #given_up = false;

  constructor(context: PageContext, writer: VisitWriter) {
    this.#context = context;
    this.#writer = writer;
    this.#listen_to_store();
    this.#listen_to_inference();
    on_microphones_changed(() => void this.tell_devices());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void this.#take?.graph.resume().catch(() => undefined);
    });
  }

  get busy(): boolean {
    return this.#state.status !== RecorderStatus.idle && this.#state.status !== RecorderStatus.failed;
  }

  is_recording(visit_id: string): boolean {
    return this.#take?.visit.id === visit_id;
  }

  async tell_devices(): Promise<void> {
    this.#context.application.on_devices(await list_microphones().catch(() => []));
  }

  /** Call it inside the tap. Nothing is kept before the consent's commit returned. */
  start(visit: VisitSummary, consent: Consent, device_id: string): void {
    this.#open(visit, device_id, async () => {
      const { store, application } = this.#context;
      const saved = await store.call('save_visit', { visit });
      const kept: VisitSummary = { ...visit, id: saved.visit_id, patient: { ...visit.patient, id: saved.patient_id } };
      const { saved_at_ms } = await store.call('save_consent', { consent: { ...consent, visit_id: kept.id } });
      application.on_saved(kept.id, saved_at_ms);
      return { visit: kept, segments: [], start_ms: 0 };
    });
  }

  /** Goes on after the stored audio of a visit that was cut short. Call it inside the tap. */
  resume(visit: VisitSummary, device_id: string): void {
    this.#open(visit, device_id, async () => {
      const { store } = this.#context;
      const { transcript } = await store.call('load_visit', { visit_id: visit.id });
      const { end_ms, recordings } = await store.call('audio_extent', { visit_id: visit.id });
      const heard_ms = Math.max(0, ...transcript.segments.map((segment) => segment.end_ms));
      const last = recordings.at(-1);
      const unheard = last ? [{ start_ms: Math.max(heard_ms, last.start_ms), end_ms: last.end_ms }] : [];
      return { visit, segments: transcript.segments, start_ms: end_ms, unheard };
    });
  }

  pause(): void {
    const take = this.#take;
    if (!take || this.#state.status !== RecorderStatus.recording) return;
    this.#pause_take(take, '');
  }

  /** Call it inside the tap: a microphone that was lost is asked for again. */
  continue(): void {
    const take = this.#take;
    if (!take || this.#state.status !== RecorderStatus.paused) return;
    const again = take.microphone.live ? undefined : open_microphone(this.#chosen_device);
    void this.#guard(async () => {
      if (again) this.#use_microphone(take, await again);
      await take.graph.resume();
      await this.#context.store.call('recording_continue', { recording_id: take.recording_id });
      if (take.live) await this.#context.inference.call('continue_live', { gap_ms: 0 });
      take.control.set_paused(false);
      take.frames_at = performance.now();
      this.#report({ status: RecorderStatus.recording, failure: take.microphone.muted ? MUTED : '' });
    });
  }

  /** Call it inside the tap when a recording is on. */
  choose_device(device_id: string): void {
    this.#chosen_device = device_id;
    const take = this.#take;
    if (!take || take.ended) return;
    const opened = open_microphone(device_id);
    void this.#guard(async () => {
      const microphone = await opened;
      if (!take.ended) this.#use_microphone(take, microphone);
      else microphone.close();
    });
  }

  finish(): void {
    const take = this.#take;
    if (this.#state.status === RecorderStatus.asking) this.#given_up = true;
    if (!take || take.ended) return;
    void this.#context.activity.track(this.#finish(take));
  }

  /** The store worker is gone: nothing can be saved, so nothing may be recorded. */
  store_crashed(): void {
    const take = this.#take;
    if (!take) return;
    this.#end_capture(take);
    this.#take = undefined;
    if (take.live) void this.#context.inference.call('finish_live', {}).catch(() => undefined);
    this.#report({ status: RecorderStatus.failed, failure: STORE_GONE });
  }

  /** The inference worker was lost and is loaded again: captions go on from here, the rest is heard at the end. */
  async inference_restarted(): Promise<void> {
    const take = this.#take;
    if (!take || take.live || take.ended) return;
    const last_ms = Math.max(take.start_ms, ...take.segments.map((segment) => segment.end_ms));
    const now_ms = this.#elapsed_ms(take);
    take.unheard.push({ start_ms: last_ms, end_ms: now_ms });
    await this.#listen_live(take, now_ms);
  }

  #open(visit: VisitSummary, device_id: string, prepare: () => Promise<Prepared>): void {
    if (this.busy) {
      this.#context.application.on_notice('Another visit is being recorded. Finish it first.', true);
      return;
    }
    this.#chosen_device = device_id;
    this.#given_up = false;
    // Both start in this very tap; the browser asks for the microphone while the consent is being committed.
    const microphone = open_microphone(device_id);
    const audio = create_audio_context();
    this.#state = QUIET;
    this.#report({ status: RecorderStatus.asking, visit_id: visit.id, device_id });
    void this.#context.activity.track(this.#begin(microphone, audio, prepare));
  }

  async #begin(opening: Promise<Microphone>, audio: AudioContext, prepare: () => Promise<Prepared>): Promise<void> {
    const [prepared, microphone] = await Promise.allSettled([prepare(), opening]);
    try {
      if (prepared.status === 'rejected') throw prepared.reason;
      if (microphone.status === 'rejected') throw microphone.reason;
      if (this.#given_up) throw call_error('cancelled', 'Nothing was recorded.');
      await this.#begin_take(prepared.value, microphone.value, audio);
    } catch (error) {
      if (microphone.status === 'fulfilled') microphone.value.close();
      if (audio.state !== 'closed') await audio.close();
      if (is_cancelled(error)) this.#report(QUIET);
      else this.#report({ status: RecorderStatus.failed, failure: sentence_of(error) });
    }
    await Promise.all([this.#writer.tell_visits(), this.tell_devices()]).catch(() => undefined);
  }

  async #begin_take(prepared: Prepared, microphone: Microphone, audio: AudioContext): Promise<void> {
    const { visit, segments, start_ms } = prepared;
    const graph = await CaptureGraph.open(audio, microphone, { on_running: (running) => this.#audio_running(graph, running) });
    try {
      const { recording_id } = await this.#context.store.call('recording_begin', { visit_id: visit.id, ring: graph.ring, start_ms });
      const now = performance.now();
      const take: Take = {
        visit, recording_id, graph, microphone, start_ms, segments,
        control: new RingControl(graph.ring),
        levels: new LevelTap(graph.ring),
        saves: Promise.resolve(),
        live: false,
        unheard: prepared.unheard ?? [],
        frames: 0,
        frames_at: now,
        timer: setInterval(() => this.#tick(take), DRAW_EVERY_MS),
        noted_segments: 0,
        noted_at: now,
        writing_note: false,
        ended: false,
      };
      this.#take = take;
      await this.#listen_live(take, start_ms);
      this.#use_microphone(take, microphone);
      this.#wake_lock.hold();
      this.#report({ status: RecorderStatus.recording, visit_id: visit.id, elapsed_ms: start_ms, saved_ms: start_ms, failure: '' });
    } catch (error) {
      await graph.close();
      throw error;
    }
  }

  /** Without captions the recording goes on: its audio is heard when it is finished. */
  async #listen_live(take: Take, start_ms: number): Promise<void> {
    if (!this.#context.models_ready()) {
      take.unheard.push({ start_ms, end_ms: Number.POSITIVE_INFINITY });
      this.#context.application.on_notice('Recording. The words appear after you finish: the part that listens is still loading.', false);
      return;
    }
    try {
      await this.#context.inference.call('start_live', {
        ring: take.graph.ring,
        sample_rate: take.graph.sample_rate,
        start_ms,
        first_segment_number: next_segment_number(take.segments),
      });
      take.live = true;
    } catch (error) {
      take.unheard.push({ start_ms, end_ms: Number.POSITIVE_INFINITY });
      this.#context.application.on_notice(`Recording goes on without captions. ${sentence_of(error)}`, true);
    }
  }

  #use_microphone(take: Take, microphone: Microphone): void {
    if (take.microphone !== microphone) take.microphone.close();
    take.microphone = microphone;
    microphone.listen({
      on_ended: () => {
        if (this.#take === take && take.microphone === microphone) this.#pause_take(take, UNPLUGGED);
      },
      on_muted: (muted) => {
        if (this.#take === take && take.microphone === microphone) this.#set_failure(MUTED, muted);
      },
    });
    take.graph.connect(microphone);
    take.frames_at = performance.now();
    this.#report({ device_id: microphone.device_id });
    this.#set_failure(MUTED, microphone.muted);
    void this.tell_devices(); // now that the microphone is allowed, devices have names
  }

  #audio_running(graph: CaptureGraph, running: boolean): void {
    const take = this.#take;
    if (!take || take.graph !== graph || take.ended) return;
    this.#set_failure(SUSPENDED, !running);
    if (!running && !document.hidden) void graph.resume().catch(() => undefined);
  }

  #pause_take(take: Take, failure: string): void {
    take.control.set_paused(true); // every reader stops at the same frame
    this.#report({ status: RecorderStatus.paused, stalled_for_ms: 0, failure });
    void this.#guard(async () => {
      await this.#context.store.call('recording_pause', { recording_id: take.recording_id });
      if (take.live) await this.#context.inference.call('pause_live', {});
    });
  }

  #end_capture(take: Take): void {
    clearInterval(take.timer);
    take.control.end();
    take.microphone.close();
    void take.graph.close();
    this.#wake_lock.release();
    take.ended = true;
  }

  async #finish(take: Take): Promise<void> {
    const elapsed_ms = this.#elapsed_ms(take);
    this.#report({ status: RecorderStatus.finishing, elapsed_ms, stalled_for_ms: 0, failure: '' });
    this.#end_capture(take);
    try {
      const { store, inference } = this.#context;
      const stored = store.call('recording_end', { recording_id: take.recording_id });
      const heard = take.live ? inference.call('finish_live', {}) : Promise.resolve(undefined);
      const [ended, listened] = await Promise.allSettled([stored, heard]);
      if (ended.status === 'rejected') throw ended.reason;
      const complete = take.live && listened.status === 'fulfilled';
      await take.saves;
      const unheard = take.unheard
        .map(({ start_ms, end_ms }) => ({ start_ms, end_ms: Math.min(end_ms, ended.value.audio_ms) }))
        .filter(({ start_ms, end_ms }) => end_ms > start_ms);
      const message = await this.#writer.complete(take.visit, {
        signal: new AbortController().signal,
        hear_rest: !complete,
        unheard,
        on_progress: (phase, done_ms, total_ms) => this.#tell_catching_up(take.visit.id, phase, done_ms, total_ms, unheard.length > 0 || !complete),
      });
      this.#state = QUIET;
      this.#report({});
      if (message !== '') this.#context.application.on_notice(message, false);
    } catch (error) {
      this.#state = QUIET;
      this.#report({});
      this.#context.application.on_note_failed(`${sentence_of(error)} The audio is kept; open the visit to try again.`);
      await this.#writer.tell_visits().catch(() => undefined);
    } finally {
      if (this.#take === take) this.#take = undefined;
      this.#tell_catching_up(take.visit.id, '', 0, 0, false);
    }
  }

  #tell_catching_up(visit_id: string, phase: string, done_ms: number, total_ms: number, active: boolean): void {
    this.#context.application.on_transcription({ active, visit_id, file_name: '', phase, done_ms, total_ms, failure: '' });
  }

  #listen_to_store(): void {
    const { store, application } = this.#context;
    store.on('recording_saved', ({ recording_id, saved_ms }) => {
      if (this.#take?.recording_id === recording_id) this.#report({ saved_ms });
    });
    store.on('recording_gap', ({ recording_id, lost_ms }) => {
      if (this.#take?.recording_id !== recording_id) return;
      this.#report({ overruns: this.#state.overruns + 1 });
      const seconds = Math.max(0.1, lost_ms / 1000).toFixed(1);
      application.on_notice(`This device was too busy, and ${seconds} s of audio were lost. Close other programs.`, true);
    });
    store.on('recording_failed', ({ recording_id, error }) => {
      if (this.#take?.recording_id === recording_id) this.#report({ failure: error.message });
    });
  }

  #listen_to_inference(): void {
    const { inference, application, store } = this.#context;
    inference.on('partial', ({ text, start_ms }) => {
      if (this.#take) application.on_partial(this.#take.visit.id, text, start_ms);
    });
    inference.on('segment', ({ segment }) => {
      const take = this.#take;
      if (!take) return;
      take.segments.push(segment);
      application.on_segment(take.visit.id, segment);
      const save = store.call('append_segment', { visit_id: take.visit.id, segment });
      save.then(
        ({ saved_at_ms }) => application.on_saved(take.visit.id, saved_at_ms),
        (error: unknown) => application.on_save_failed(sentence_of(error)),
      );
      take.saves = Promise.allSettled([take.saves, save]);
    });
    inference.on('delay', ({ delay_ms, silent_for_ms }) => {
      if (!this.#take) return;
      this.#state = { ...this.#state, caption_delay_ms: delay_ms, silent_for_ms };
    });
    inference.on('live_failed', ({ message }) => {
      if (this.#take) application.on_notice(`Recording goes on without captions. ${message}`, true);
    });
    inference.on_crash(() => {
      if (this.#take) this.#take.live = false;
    });
  }

  #tick(take: Take): void {
    if (this.#take !== take || take.ended) return;
    const now = performance.now();
    const frames = take.control.written_frames;
    if (frames !== take.frames) {
      take.frames = frames;
      take.frames_at = now;
    }
    const recording = this.#state.status === RecorderStatus.recording;
    const waited_ms = recording ? now - take.frames_at : 0;
    const stalled_for_ms = waited_ms >= STALLED_AFTER_MS ? waited_ms : 0;
    this.#set_failure(STALLED, stalled_for_ms > 0);
    if (recording) {
      const samples = take.levels.newest();
      if (samples.length > 0) this.#context.application.on_samples(samples);
      this.#write_note_so_far(take, now);
      this.#report({ elapsed_ms: this.#elapsed_ms(take), stalled_for_ms });
    }
  }

  /** Shown, not saved: the draft is written when the visit is finished. */
  #write_note_so_far(take: Take, now: number): void {
    const { segments } = take;
    if (!take.live || take.writing_note || segments.length === take.noted_segments) return;
    if (now - take.noted_at < NOTE_EVERY_MS || this.#state.caption_delay_ms > CAPTIONS_LATE_MS) return;
    take.writing_note = true;
    take.noted_at = now;
    take.noted_segments = segments.length;
    const { pronouns, sex } = take.visit.patient;
    this.#context.inference
      .call('write_note', { transcript: { segments }, pronouns, sex })
      .then(({ note, roles }) => {
        if (!take.ended) this.#context.application.on_note(take.visit.id, note, roles as Role[]);
      })
      .catch(() => undefined) // the draft at the end tells what is wrong
      .finally(() => (take.writing_note = false));
  }

  #elapsed_ms(take: Take): number {
    return take.start_ms + (take.control.written_frames * 1000) / take.graph.sample_rate;
  }

  /** Shows or takes back one sentence, and leaves any other alone. */
  #set_failure(sentence: string, shown: boolean): void {
    if (shown && this.#state.failure === '') this.#report({ failure: sentence });
    else if (!shown && this.#state.failure === sentence) this.#report({ failure: '' });
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await this.#context.activity.track(work());
    } catch (error) {
      this.#report({ failure: sentence_of(error) });
    }
  }

  #report(change: Partial<RecorderState>): void {
    this.#state = { ...this.#state, ...change };
    this.#context.application.on_recorder(this.#state);
  }
}
