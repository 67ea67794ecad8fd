// A recording from tap to draft: consent, microphone, ring, both workers, and every way in which a device stops
// listening. Main thread; no sample passes through it but the few that are drawn.
//
// A problem never ends a recording. It is paused or goes on with a sentence in `failure`, and what was acknowledged
// as saved stays saved whatever happens next.

import { RingControl } from '../capture/ring.ts';
import { LONGEST_AUDIO_MS, type Consent, type RecorderState, type VisitSummary } from '../protocol/shapes.ts';
import { unless_aborted } from './abort.ts';
import { RecorderStatus } from './application.ts';
import { CaptureGraph, create_audio_context } from './capture_graph.ts';
import { LevelTap } from './level_tap.ts';
import { Microphone, list_microphones, on_microphones_changed, open_microphone } from './microphone.ts';
import { NoteSoFar } from './note_so_far.ts';
import type { PageContext } from './page_context.ts';
import { call_error, code_of, is_cancelled, sentence_of } from './sentence.ts';
import { Problems, type Problem } from './problems.ts';
import { FULL, MUTED, NEARLY_FULL, NOT_WRITTEN, NO_ROOM, STALLED, STORE_GONE, SUSPENDED, UNPLUGGED, chosen_is_missing } from './recording_sentences.ts';
import { elapsed_ms, heard_ms, type Take } from './take.ts';
import { Unheard } from './unheard.ts';
import { next_segment_number, type Place, type VisitWriter } from './visit_writer.ts';
import { WakeLock } from './wake_lock.ts';

/** About 15 drawings a second. */
const DRAW_EVERY_MS = 66;
const STALLED_AFTER_MS = 2000;
const TRY_ENDING_EVERY_MS = 2000;
/** Said this long before the audio of a visit is full. */
const WARN_BEFORE_FULL_MS = 5 * 60_000;

/** From the tap until the microphone is there. */
interface Opening {
  given_up: boolean;
  microphone: Promise<Microphone> | undefined;
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
  #opening: Opening | undefined;
  #chosen_device = '';

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
    return this.#take !== undefined || this.#opening !== undefined;
  }

  async tell_devices(): Promise<void> {
    this.#context.application.on_devices(await list_microphones().catch(() => []));
  }

  /** Call it inside the tap. The microphone is asked for once the consent's commit returned. `ready`: nobody else is at work on
   *  the visit any more. */
  start(visit: VisitSummary, consent: Consent, device_id: string, ready: Promise<void>): void {
    this.#open(visit, device_id, () => ready.then(() => this.#writer.save_consented(visit, consent)));
  }

  /** Goes on after the stored audio of a visit. Call it inside the tap. */
  resume(visit: VisitSummary, device_id: string, ready: Promise<void>): void {
    this.#open(visit, device_id, () => ready.then(() => visit));
  }

  pause(): void {
    const take = this.#take;
    if (!take || this.#state.status !== RecorderStatus.recording) return;
    take.problems.set('stalled', '');
    this.#pause_take(take);
  }

  /** Call it inside the tap: a microphone that was lost is asked for again. */
  continue(): void {
    const take = this.#take;
    if (!take || this.#state.status !== RecorderStatus.paused) return;
    const again = take.microphone.live ? undefined : open_microphone_for(take, this.#chosen_device);
    this.#in_turn(take, async () => {
      if (again) await this.#use_when_there(take, again);
      await unless_aborted(take.graph.resume(), take.end.signal);
      await this.#context.store.call('recording_continue', { recording_id: take.recording_id });
      if (take.live) await this.#context.inference.call('continue_live', { gap_ms: 0 });
      if (take.ended) return; // finished meanwhile
      take.control.set_paused(false);
      take.frames_at = performance.now();
      take.problems.set('unplugged', '');
      take.problems.set('refused', '');
      this.#report({ status: RecorderStatus.recording, failure: take.problems.gravest });
    });
  }

  /** Call it inside the tap when a recording is on. */
  choose_device(device_id: string): void {
    this.#chosen_device = device_id;
    const take = this.#take;
    if (!take || take.ended) return;
    const opened = open_microphone_for(take, device_id);
    this.#in_turn(take, () => this.#use_when_there(take, opened));
  }

  finish(): void {
    if (this.#take) this.#finish(this.#take);
    else this.#give_up();
  }

  /** The store worker is gone: nothing can be saved, so nothing may be recorded. */
  store_crashed(): void {
    this.#give_up();
    const take = this.#take;
    if (!take) return;
    this.#end_capture(take);
    this.#take = undefined;
    if (take.live) void this.#context.inference.call('finish_live', {}).catch(() => undefined);
    this.#report({ status: RecorderStatus.failed, failure: STORE_GONE });
  }

  /** The part that listens can: captions go on from here, what was missed is heard at the end. */
  async listen_if_deaf(): Promise<void> {
    const take = this.#take;
    if (!take || take.live || take.ended || !this.#context.models_ready()) return;
    // In turn, so that a finish which comes meanwhile ends this listening too.
    this.#in_turn(take, async () => {
      if (!take.live) await this.#listen_live(take);
    });
    await take.turn;
  }

  #give_up(): void {
    if (!this.#opening) return;
    this.#opening.given_up = true;
    // The microphone's sign goes out as soon as it can, whatever the opening still waits for.
    this.#opening.microphone?.then((microphone) => microphone.close()).catch(() => undefined);
    this.#opening = undefined;
    this.#state = QUIET;
    this.#report({});
  }

  #open(visit: VisitSummary, device_id: string, save_first: () => Promise<VisitSummary>): void {
    if (this.busy) {
      this.#context.application.on_notice('Another visit is being recorded. Finish it first.', true);
      this.#report({}); // so that nobody believes that it is this one
      return;
    }
    this.#chosen_device = device_id;
    const opening: Opening = { given_up: false, microphone: undefined };
    this.#opening = opening;
    const audio = create_audio_context(); // one that is made outside a tap may stay suspended
    this.#state = QUIET;
    this.#report({ status: RecorderStatus.asking, visit_id: visit.id, device_id });
    void this.#context.activity.track(this.#begin(opening, device_id, audio, save_first));
  }

  async #begin(opening: Opening, device_id: string, audio: AudioContext, save_first: () => Promise<VisitSummary>): Promise<void> {
    let microphone: Microphone | undefined;
    try {
      const visit = await save_first();
      refuse_given_up(opening);
      opening.microphone = open_microphone(device_id); // a commit takes milliseconds: the browser still knows the tap
      microphone = await opening.microphone;
      refuse_given_up(opening);
      const place = await this.#writer.place(visit.id);
      if (place.end_ms >= LONGEST_AUDIO_MS) throw call_error('invalid_input', NO_ROOM);
      await this.#begin_take(opening, visit, place, microphone, audio);
    } catch (error) {
      microphone?.close();
      if (audio.state !== 'closed') await audio.close();
      if (this.#opening === opening) {
        this.#opening = undefined;
        if (is_cancelled(error)) this.#report(QUIET);
        else this.#report({ status: RecorderStatus.failed, failure: sentence_of(error) });
      }
    }
    await Promise.all([this.#writer.tell_visits(), this.tell_devices()]).catch(() => undefined);
  }

  async #begin_take(opening: Opening, visit: VisitSummary, place: Place, microphone: Microphone, audio: AudioContext): Promise<void> {
    const { store, inference } = this.#context;
    const { segments, end_ms: start_ms } = place;
    const graph = await CaptureGraph.open(audio, microphone, { on_running: (running) => this.#audio_running(graph, running) });
    const control = new RingControl(graph.ring);
    let take: Take | undefined;
    try {
      refuse_given_up(opening);
      const { recording_id } = await store.call('recording_begin', { visit_id: visit.id, ring: graph.ring, start_ms });
      take = {
        visit, recording_id, graph, microphone, start_ms, segments, control,
        levels: new LevelTap(graph.ring),
        live: false,
        unheard: new Unheard(place.unheard),
        frames: 0,
        frames_at: performance.now(),
        timer: undefined,
        note: new NoteSoFar(this.#writer),
        warned: false,
        problems: new Problems(),
        turn: Promise.resolve(),
        ended: false,
        end: new AbortController(),
      };
      await this.#listen_live(take);
      refuse_given_up(opening);
      this.#take = take;
      this.#report({ status: RecorderStatus.recording, visit_id: visit.id, elapsed_ms: start_ms, saved_ms: start_ms, failure: '' });
      this.#use_microphone(take, microphone);
      this.#opening = undefined;
      take.timer = setInterval(() => this.#tick(take as Take), DRAW_EVERY_MS);
      this.#wake_lock.hold();
    } catch (error) {
      if (this.#take === take) this.#take = undefined;
      control.end();
      await graph.close();
      if (take?.live) await inference.call('finish_live', {}).catch(() => undefined);
      if (take) await store.call('recording_end', { recording_id: take.recording_id }).catch(() => undefined);
      throw error;
    }
  }

  /** From where the ring is now. Without captions the recording goes on: its audio is heard when it is finished. */
  async #listen_live(take: Take): Promise<void> {
    const { inference, application } = this.#context;
    const first_frame = take.control.written_frames;
    const start_ms = elapsed_ms(take);
    take.unheard.stops_at(start_ms);
    if (!this.#context.models_ready()) {
      application.on_notice('Recording. The words appear after you finish: the part that listens is still loading.', false);
      return;
    }
    try {
      await inference.call('start_live', {
        ring: take.graph.ring,
        first_frame,
        sample_rate: take.graph.sample_rate,
        start_ms,
        first_segment_number: next_segment_number(take.segments),
      });
      take.live = true;
      take.unheard.goes_on_at(start_ms);
    } catch (error) {
      application.on_notice(`Recording goes on without captions. ${sentence_of(error)}`, true);
    }
  }

  async #use_when_there(take: Take, opened: Promise<Microphone>): Promise<void> {
    const microphone = await unless_aborted(opened, take.end.signal);
    try {
      this.#use_microphone(take, microphone);
    } catch (error) {
      microphone.close();
      throw error;
    }
  }

  #use_microphone(take: Take, microphone: Microphone): void {
    take.graph.connect(microphone);
    if (take.microphone !== microphone) take.microphone.close();
    take.microphone = microphone;
    microphone.listen({
      on_ended: () => this.#microphone_ended(take, microphone),
      on_muted: (muted) => {
        if (take.microphone === microphone) this.#set_problem(take, 'muted', muted ? MUTED : '');
      },
    });
    take.frames_at = performance.now();
    this.#report({ device_id: microphone.device_id });
    this.#set_problem(take, 'muted', microphone.muted ? MUTED : '');
    if (microphone.replaces_chosen) this.#context.application.on_notice(chosen_is_missing(microphone.label), true);
    if (!microphone.live) this.#microphone_ended(take, microphone); // between the tap and here
    void this.tell_devices(); // now that the microphone is allowed, devices have names
  }

  #microphone_ended(take: Take, microphone: Microphone): void {
    if (this.#take !== take || take.ended || take.microphone !== microphone) return;
    take.problems.set('unplugged', UNPLUGGED);
    this.#pause_take(take);
  }

  #audio_running(graph: CaptureGraph, running: boolean): void {
    const take = this.#take;
    if (!take || take.graph !== graph || take.ended) return;
    this.#set_problem(take, 'suspended', running ? '' : SUSPENDED);
    if (!running && !document.hidden) void graph.resume().catch(() => undefined);
  }

  #pause_take(take: Take): void {
    take.control.set_paused(true); // every reader stops at the same frame
    this.#report({ status: RecorderStatus.paused, stalled_for_ms: 0, failure: take.problems.gravest });
    this.#in_turn(take, async () => {
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
    take.end.abort();
  }

  #finish(take: Take): void {
    if (take.ended) return;
    this.#end_capture(take);
    this.#report({ status: RecorderStatus.finishing, elapsed_ms: elapsed_ms(take), stalled_for_ms: 0, failure: '' });
    void this.#context.activity.track(take.turn.then(() => this.#complete(take)));
  }

  async #complete(take: Take): Promise<void> {
    const { application, inference } = this.#context;
    try {
      const heard = take.live ? inference.call('finish_live', {}) : Promise.resolve(undefined);
      const [ended, listened] = await Promise.allSettled([this.#end_recording(take), heard]);
      if (ended.status === 'rejected') throw ended.reason;
      if (listened.status === 'rejected') take.unheard.stops_at(heard_ms(take));
      const unheard = take.unheard.until(ended.value.audio_ms);
      const message = await this.#writer.complete(take.visit, {
        signal: new AbortController().signal,
        heard: take.segments,
        unheard,
        on_progress: (phase, done_ms, total_ms) => this.#tell_catching_up(take.visit.id, phase, done_ms, total_ms, unheard.length > 0),
      });
      this.#state = QUIET;
      this.#report({});
      if (message !== '') application.on_notice(message, false);
    } catch (error) {
      if (this.#take === take) {
        this.#take = undefined;
        this.#state = QUIET;
        this.#report({});
      }
      application.on_note_failed(`${sentence_of(error)} The audio is kept; open the visit to try again.`);
      await this.#writer.tell_visits().catch(() => undefined);
    } finally {
      if (this.#take === take) this.#take = undefined;
      this.#tell_catching_up(take.visit.id, '', 0, 0, false);
    }
  }

  /** Until the last sample is on disk: the worker holds what the device would not take, and tries again. */
  async #end_recording(take: Take): Promise<{ audio_ms: number }> {
    const { store } = this.#context;
    for (;;) {
      try {
        const { audio_ms } = await store.call('recording_end', { recording_id: take.recording_id });
        this.#report({ failure: '' });
        return { audio_ms: take.start_ms + audio_ms };
      } catch (error) {
        const may_pass = ['out_of_space', 'io'].includes(code_of(error));
        if (!may_pass || this.#take !== take) throw error;
        this.#report({ failure: NOT_WRITTEN });
        await new Promise((resolve) => setTimeout(resolve, TRY_ENDING_EVERY_MS));
      }
    }
  }

  #tell_catching_up(visit_id: string, phase: string, done_ms: number, total_ms: number, active: boolean): void {
    this.#context.application.on_transcription({ active, visit_id, file_name: '', phase, done_ms, total_ms, failure: '' });
  }

  #listen_to_store(): void {
    const { store, application } = this.#context;
    store.on('recording_saved', ({ recording_id, saved_ms }) => {
      const take = this.#take;
      if (take?.recording_id !== recording_id) return;
      this.#report({ saved_ms });
      this.#set_problem(take, 'store', '');
    });
    store.on('recording_gap', ({ recording_id, lost_ms }) => {
      if (this.#take?.recording_id !== recording_id) return;
      this.#report({ overruns: this.#state.overruns + 1 });
      const seconds = Math.max(0.1, lost_ms / 1000).toFixed(1);
      application.on_notice(`This device was too busy, and ${seconds} s of audio were lost. Close other programs.`, true);
    });
    store.on('recording_failed', ({ recording_id, error }) => {
      const take = this.#take;
      if (take?.recording_id === recording_id) this.#set_problem(take, 'store', error.message);
    });
  }

  #listen_to_inference(): void {
    const { inference, application, store, saves } = this.#context;
    inference.on('partial', ({ text, start_ms }) => {
      if (this.#take) application.on_partial(this.#take.visit.id, text, start_ms);
    });
    inference.on('segment', ({ segment }) => {
      const take = this.#take;
      if (!take) return;
      take.segments.push(segment);
      application.on_segment(take.visit.id, segment);
      const args = { visit_id: take.visit.id, segment };
      saves.keep(segment.id, take.visit.id, () => store.call('append_segment', args));
    });
    inference.on('delay', ({ delay_ms, silent_for_ms }) => {
      if (!this.#take) return;
      this.#state = { ...this.#state, caption_delay_ms: delay_ms, silent_for_ms };
    });
    inference.on('overrun', ({ at_ms, lost_ms }) => this.#take?.unheard.add({ start_ms: at_ms, end_ms: at_ms + lost_ms }));
    inference.on('live_failed', ({ message }) => {
      const take = this.#take;
      if (!take) return;
      take.unheard.stops_at(heard_ms(take));
      application.on_notice(`Recording goes on without captions. ${message}`, true);
    });
    inference.on_crash(() => {
      const take = this.#take;
      if (!take) return;
      take.live = false;
      take.unheard.stops_at(heard_ms(take));
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
    this.#set_problem(take, 'stalled', stalled_for_ms > 0 ? STALLED : '');
    if (recording) {
      const samples = take.levels.newest();
      if (samples.length > 0) this.#context.application.on_samples(samples);
      if (take.live) take.note.write(take.visit, take.segments, this.#state.caption_delay_ms, () => !take.ended);
      this.#report({ elapsed_ms: elapsed_ms(take), stalled_for_ms });
      this.#mind_the_end(take);
    }
  }

  #mind_the_end(take: Take): void {
    const left_ms = LONGEST_AUDIO_MS - elapsed_ms(take);
    if (left_ms <= 0) {
      this.#context.application.on_notice(FULL, true);
      this.#finish(take);
    } else if (left_ms <= WARN_BEFORE_FULL_MS && !take.warned) {
      take.warned = true;
      this.#context.application.on_notice(NEARLY_FULL, true);
    }
  }

  /** An empty sentence: it is over. */
  #set_problem(take: Take, problem: Problem, sentence: string): void {
    if (this.#take !== take || take.ended) return;
    take.problems.set(problem, sentence);
    const failure = take.problems.gravest;
    if (failure !== this.#state.failure) this.#report({ failure });
  }

  #in_turn(take: Take, work: () => Promise<void>): void {
    take.turn = take.turn.then(async () => {
      if (take.ended) return;
      try {
        await work();
      } catch (error) {
        this.#set_problem(take, 'refused', sentence_of(error));
      }
    });
    void this.#context.activity.track(take.turn);
  }

  #report(change: Partial<RecorderState>): void {
    this.#state = { ...this.#state, ...change };
    this.#context.application.on_recorder(this.#state);
  }
}

/** The browser may ask a person for as long as it likes: what it gives after the end is given back. */
function open_microphone_for(take: Take, device_id: string): Promise<Microphone> {
  const opened = open_microphone(device_id);
  opened.then((microphone) => take.ended && microphone.close()).catch(() => undefined);
  return opened;
}

function refuse_given_up(opening: Opening): void {
  if (opening.given_up) throw call_error('cancelled', 'Nothing was recorded.');
}
