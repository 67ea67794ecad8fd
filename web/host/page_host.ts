// What the application asks of the page (src/app/host.h), handed to the part that does it. Main thread.
//
// Nothing here throws into C++ and nothing blocks it: answers come back as events, failures as sentences.

import type { LoadProgress } from '../protocol/inference.ts';
import type { Opened, Saved } from '../protocol/store.ts';
import {
  VisitState,
  type Consent,
  type Mark,
  type Note,
  type PageHost,
  type VisitSummary,
} from './application.ts';
import { add_made_up_visits } from './made_up_visits.ts';
import type { PageContext, PageParts } from './page_context.ts';
import { Player } from './player.ts';
import { Recorder } from './recorder.ts';
import { Saves } from './saves.ts';
import { code_of, sentence_of } from './sentence.ts';
import { Transcriber } from './transcriber.ts';
import { VisitWriter } from './visit_writer.ts';

/** How often the inference worker is started again by itself before the user is asked. */
const MOST_RESTARTS = 3;
const STORE_STOPPED = 'The part that keeps your visits stopped and was started again. What was saved is safe; open the practice again to go on.';
const UNSAVED = 'Something you wrote could not be saved yet. Free some space on the device, or copy the note; to lock without it, lock once more.';

export class Page implements PageHost {
  readonly #context: PageContext;
  readonly #writer: VisitWriter;
  readonly #recorder: Recorder;
  readonly #transcriber: Transcriber;
  readonly #player: Player;
  #open_visit_id = '';
  #warned_of_unsaved = false;
  #swaps = 0;
  #models_ready = false;
  #restarts = 0;

  constructor(parts: PageParts) {
    this.#context = { ...parts, saves: new Saves(parts.application), models_ready: () => this.#models_ready };
    this.#writer = new VisitWriter(this.#context);
    this.#recorder = new Recorder(this.#context, this.#writer);
    this.#transcriber = new Transcriber(this.#context, this.#writer);
    this.#player = new Player(this.#context);
  }

  /** Called once the application is there. */
  start(): void {
    this.#context.store.on_crash(() => this.#store_crashed());
    this.#context.inference.on_crash(() => this.#inference_crashed());
    void this.#tell_store_status();
    void this.#load_models();
    void this.#recorder.tell_devices();
    const hidden = (): void => this.#context.application.on_hidden();
    document.addEventListener('visibilitychange', () => document.hidden && hidden());
    addEventListener('pagehide', hidden);
  }

  // --- store

  create_practice(passphrase: string): void {
    this.#open(this.#context.store.call('create_practice', { passphrase }), false);
  }

  unlock_practice(passphrase: string): void {
    this.#open(this.#context.store.call('unlock_practice', { passphrase }), false);
  }

  open_demo(): void {
    this.#open(this.#context.store.call('open_demo', {}), true);
  }

  lock(): void {
    const { application, activity } = this.#context;
    if (this.#recorder.busy) {
      application.on_notice('A visit is being recorded. Finish it, then lock.', true);
      return;
    }
    void activity.track(this.#lock());
  }

  async #lock(): Promise<void> {
    const { application, store, saves } = this.#context;
    if (saves.waiting) await saves.retry();
    if (saves.waiting && !this.#warned_of_unsaved) {
      this.#warned_of_unsaved = true;
      application.on_notice(UNSAVED, true);
      return;
    }
    this.#warned_of_unsaved = false;
    saves.forget();
    this.#player.stop();
    this.#transcriber.cancel();
    this.#open_visit_id = '';
    application.on_locked();
    await store.call('close', {}).catch(() => undefined);
    // Ending the worker is what drops the keys from memory.
    store.end({ code: 'not_found', message: 'The practice is locked. Enter the passphrase to open it.', detail: 'locked' });
    await this.#tell_store_status();
  }

  list_visits(): void {
    this.#try(this.#writer.tell_visits());
  }

  open_visit(visit_id: string): void {
    const { application, store, saves } = this.#context;
    store.call('load_visit', { visit_id }).then(
      (visit) => {
        this.#open_visit_id = visit_id;
        application.on_visit_opened({ ...visit, note: saves.unsaved_note(visit_id) ?? visit.note });
        this.#listen_to_the_rest(visit.summary);
      },
      (error: unknown) => application.on_visit_open_failed(sentence_of(error)),
    );
  }

  save_visit(visit: VisitSummary): void {
    this.#context.saves.keep('visit', visit.id, () => this.#context.store.call('save_visit', { visit }));
  }

  save_note(visit_id: string, note: Note, what_changed: string): void {
    const save = (): Promise<Saved> => this.#context.store.call('save_note', { visit_id, note, what_changed });
    this.#context.saves.keep('note', visit_id, save, note);
  }

  swap_roles(visit_id: string): void {
    this.#swaps += 1; // two that wait are two
    this.#context.saves.keep(`swap ${this.#swaps}`, visit_id, () => this.#context.store.call('swap_roles', { visit_id }));
  }

  save_mark(visit_id: string, mark: Mark): void {
    this.#context.saves.keep(`mark ${mark.at_ms}`, visit_id, () => this.#context.store.call('save_mark', { visit_id, mark }));
  }

  // --- record

  start_recording(visit: VisitSummary, consent: Consent, device_id: string): void {
    this.#player.stop();
    this.#recorder.start(visit, consent, device_id);
  }

  resume_recording(visit: VisitSummary, device_id: string): void {
    this.#player.stop();
    this.#recorder.resume(visit, device_id);
  }

  pause_recording(): void {
    this.#recorder.pause();
  }

  continue_recording(): void {
    this.#recorder.continue();
  }

  finish_recording(): void {
    this.#recorder.finish();
  }

  choose_device(device_id: string): void {
    this.#recorder.choose_device(device_id);
  }

  // --- hear and write

  open_audio_file(visit: VisitSummary, consent: Consent): void {
    this.#transcriber.open_audio_file(visit, consent);
  }

  transcribe_stored(visit: VisitSummary): void {
    this.#transcriber.transcribe_stored(visit);
  }

  cancel_transcription(): void {
    this.#transcriber.cancel();
  }

  // --- play

  play(visit_id: string, start_ms: number, end_ms: number): void {
    this.#player.play(visit_id, start_ms, end_ms);
  }

  stop_playback(): void {
    this.#player.stop();
  }

  // --- page

  copy_text(text: string): void {
    const { application } = this.#context;
    const copied = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error('no clipboard'));
    copied.then(
      () => application.on_notice('Copied.', false),
      () => application.on_notice('The browser did not allow copying. Select the text and copy it by hand.', true),
    );
  }

  save_preferences(json: string): void {
    this.#try(this.#context.store.call('save_preferences', { json }).then(() => undefined));
  }

  reload_page(): void {
    location.reload();
  }

  retry_loading(): void {
    this.#restarts = 0;
    void this.#load_models();
  }

  // --- inside

  #open(opening: Promise<Opened>, demo: boolean): void {
    const { application, saves } = this.#context;
    opening.then(
      (opened) => {
        application.on_preferences(opened.preferences_json);
        application.on_visits(opened.visits as VisitSummary[]);
        application.on_opened(demo);
        void saves.retry(); // what a store that stopped had not taken
        const problem = opened.audio_problems[0];
        if (problem) application.on_notice(problem.message, true);
        // Asks the browser not to clear what is kept here when space runs short.
        void navigator.storage.persist?.().catch(() => false);
        if (demo) {
          const seeding = add_made_up_visits(this.#context, this.#transcriber, opened.visits, () => this.#writer.tell_visits());
          this.#try(this.#context.activity.track(seeding));
        }
      },
      (error: unknown) => application.on_open_failed(sentence_of(error)),
    );
  }

  #try(work: Promise<void>): void {
    work.catch((error: unknown) => this.#context.application.on_notice(sentence_of(error), true));
  }

  /** Audio that waits to be heard is heard when its visit is opened. An interrupted recording waits for the user:
   *  it may be resumed instead. */
  #listen_to_the_rest(summary: VisitSummary): void {
    if (!this.#models_ready || this.#transcriber.active || this.#recorder.busy) return;
    const waits = summary.state === VisitState.transcribing && !summary.interrupted && summary.audio_ms > 0;
    if (waits) this.#transcriber.transcribe_stored(summary);
  }

  /** The same for the visit that was opened before the models were there. */
  async #listen_to_the_open_visit(): Promise<void> {
    if (this.#open_visit_id === '') return;
    const { summary } = await this.#context.store.call('load_visit', { visit_id: this.#open_visit_id });
    this.#listen_to_the_rest(summary);
  }

  async #tell_store_status(): Promise<void> {
    const { application, store } = this.#context;
    try {
      const { practice_exists } = await store.call('status', {});
      application.on_store_status(practice_exists);
    } catch (error) {
      const title = code_of(error) === 'busy' ? 'Chartside is open in another tab' : 'Your visits cannot be reached';
      application.on_blocked(title, sentence_of(error));
    }
  }

  async #load_models(): Promise<void> {
    const { application, inference } = this.#context;
    const entry = { label: 'Speech and note models', done_bytes: 0, total_bytes: 0, ready: false, failure: '' };
    const tell = (change: Partial<typeof entry>): void => application.on_loading([Object.assign(entry, change)]);
    tell({});
    try {
      const on_progress = ({ label, done_bytes, total_bytes }: LoadProgress): void => tell({ label, done_bytes, total_bytes });
      await inference.call('load', { base_url: document.baseURI }, { on_progress });
      this.#models_ready = true;
      tell({ ready: true });
      application.on_ready(true);
      await this.#recorder.inference_restarted();
      await this.#listen_to_the_open_visit().catch(() => undefined); // it is tried again when it is opened
    } catch (error) {
      this.#models_ready = false;
      tell({ failure: sentence_of(error) });
      application.on_ready(false);
    }
  }

  #inference_crashed(): void {
    this.#models_ready = false;
    this.#context.application.on_ready(false);
    if (this.#restarts >= MOST_RESTARTS) return; // the failure stands beside the loading entry, with "Try again"
    this.#restarts += 1;
    void this.#load_models();
  }

  #store_crashed(): void {
    const { application } = this.#context;
    this.#recorder.store_crashed();
    this.#player.stop();
    this.#transcriber.cancel();
    this.#open_visit_id = '';
    application.on_locked();
    application.on_notice(STORE_STOPPED, true);
    void this.#tell_store_status();
  }
}
