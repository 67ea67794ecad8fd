// What the application asks of the page (src/app/host.h), handed to the part that does it. Main thread.
//
// Nothing here throws into C++ and nothing blocks it: answers come back as events, failures as sentences.

import type { LoadProgress } from '../protocol/inference.ts';
import { PRACTICE_LOCK, type Opened, type Saved } from '../protocol/store.ts';
import {
  VisitState,
  type Consent,
  type Mark,
  type Note,
  type PageHost,
  type VisitSummary,
} from './application.ts';
import { AutoLock } from './auto_lock.ts';
import { add_made_up_visits } from './made_up_visits.ts';
import { HandOver } from './hand_over.ts';
import type { PageContext, PageParts } from './page_context.ts';
import { PracticeKeys } from './practice_keys.ts';
import { Player } from './player.ts';
import { Recorder } from './recorder.ts';
import { Saves } from './saves.ts';
import { code_of, sentence_of } from './sentence.ts';
import { Transcriber } from './transcriber.ts';
import { VisitWriter } from './visit_writer.ts';

/** How often the inference worker is started again by itself before the user is asked. */
const MOST_RESTARTS = 3;
const STORE_STOPPED = 'The part that keeps your visits stopped and was started again. What was saved is safe; open the practice again to go on.';
/** A tab that locks its practice, or whose store is started again, lets go of it for less than this. */
const LET_IT_RETURN_MS = 1000;
const OTHER_TAB = 'Chartside is open in another tab';
const TRY_AGAIN = 'Try again';
const USE_IT_HERE = 'Use it here';
const IN_USE_THERE = 'Only one tab may write at a time, so that nothing is lost. “Use it here” saves and locks it there first.';
const GIVEN_AWAY = 'It was asked for in another tab, so it was saved and locked here.';
const RECORDS = 'A visit is being recorded in the other tab. Finish it there first.';
const READS_FILE = 'An audio file is being read in the other tab. Wait until it is done, or cancel it there.';
const KEEPS_UNSAVED = 'Something written in the other tab could not be saved yet. Look there first.';
const ASKED_FOR = 'Another tab asked for the practice. It stays here until this is done.';
const UNSAVED = 'Something you wrote could not be saved yet. Free some space on the device, or copy the note; to lock without it, lock once more.';

export class Page implements PageHost {
  readonly #context: PageContext;
  readonly #writer: VisitWriter;
  readonly #recorder: Recorder;
  readonly #transcriber: Transcriber;
  readonly #player: Player;
  readonly #hand_over: HandOver;
  readonly #keys: PracticeKeys;
  readonly #auto_lock: AutoLock;
  /** A practice with a lock: not the demo. */
  #is_open = false;
  #open_visit_id = '';
  #warned_of_unsaved = false;
  #swaps = 0;
  #models_ready = false;
  #restarts = 0;
  /** Another tab holds the practice. */
  #store_is_elsewhere = false;
  #waits_for_lock = false;

  constructor(parts: PageParts) {
    this.#context = { ...parts, saves: new Saves(parts.application), models_ready: () => this.#models_ready };
    this.#writer = new VisitWriter(this.#context);
    this.#recorder = new Recorder(this.#context, this.#writer);
    this.#transcriber = new Transcriber(this.#context, this.#writer, () => void this.#recorder.listen_if_deaf());
    this.#player = new Player(this.#context);
    this.#keys = new PracticeKeys(this.#context);
    this.#auto_lock = new AutoLock({
      is_needed: () => !this.#is_open || this.#recorder.busy || this.#transcriber.active,
      soon: (seconds) => this.#context.application.on_lock_soon(seconds),
      lock: () => this.lock(),
    });
    this.#hand_over = new HandOver(parts.tabs, { has_practice: () => !this.#store_is_elsewhere, let_go: () => this.#let_go() });
  }

  /** Called once the application is there. */
  start(): void {
    this.#context.store.on_crash(() => this.#store_crashed());
    this.#context.inference.on_crash(() => this.#inference_crashed());
    void this.#tell_store_status();
    void this.#load_models();
    void this.#recorder.tell_devices();
    this.#auto_lock.start();
    const hidden = (): void => this.#context.application.on_hidden();
    document.addEventListener('visibilitychange', () => document.hidden && hidden());
    addEventListener('pagehide', hidden);
  }

  each_second(): void {
    this.#auto_lock.look();
  }

  // --- store

  create_practice(passphrase: string): void {
    this.#open(this.#context.store.call('create_practice', { passphrase }), false);
  }

  unlock_practice(passphrase: string): void {
    this.#open(this.#context.store.call('unlock_practice', { passphrase }), false);
  }

  unlock_with_code(code: string): void {
    this.#open(this.#context.store.call('unlock_with_code', { code }), false);
  }

  unlock_with_device(): void {
    this.#open(this.#keys.ask_device().then((secret) => this.#context.store.call('unlock_with_authenticator', secret)), false);
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

  lock_after(minutes: number): void {
    this.#auto_lock.minutes = minutes;
  }

  change_passphrase(present: string, passphrase: string): void {
    this.#keys.change_passphrase(present, passphrase);
  }

  make_recovery_code(present: string): void {
    this.#keys.make_recovery_code(present);
  }

  recovery_code_checked(): void {
    this.#keys.recovery_code_checked();
  }

  print_recovery_code(code: string): void {
    this.#keys.print_recovery_code(code);
  }

  add_device(present: string): void {
    this.#keys.add_device(present);
  }

  remove_device(): void {
    this.#keys.remove_device();
  }

  async #lock(): Promise<void> {
    const { application, saves } = this.#context;
    application.on_locking();
    if (saves.waiting) await saves.retry();
    if (saves.waiting && !this.#warned_of_unsaved) {
      this.#warned_of_unsaved = true;
      application.on_notice(UNSAVED, true);
      return;
    }
    this.#warned_of_unsaved = false;
    await this.#close_practice();
    await this.#tell_store_status();
  }

  async #close_practice(): Promise<void> {
    const { application, store, saves } = this.#context;
    saves.forget();
    this.#player.stop();
    await this.#transcriber.stop();
    this.#open_visit_id = '';
    this.#is_open = false;
    application.on_locked();
    await store.call('close', {}).catch(() => undefined);
    // Ending the worker is what drops the keys from memory.
    store.end({ code: 'not_found', message: 'The practice is locked. Enter the passphrase to open it.', detail: 'locked' });
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
    this.#recorder.start(visit, consent, device_id, this.#stop_listening_to(visit.id));
  }

  resume_recording(visit: VisitSummary, device_id: string): void {
    this.#player.stop();
    this.#recorder.resume(visit, device_id, this.#stop_listening_to(visit.id));
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
      () => {
        application.on_clipboard(true);
        application.on_notice('Copied.', false);
      },
      () => application.on_notice('The browser did not allow copying. Select the text and copy it by hand.', true),
    );
  }

  clear_clipboard(): void {
    const { application } = this.#context;
    const cleared = navigator.clipboard ? navigator.clipboard.writeText('') : Promise.reject(new Error('no clipboard'));
    cleared.then(
      () => {
        application.on_clipboard(false);
        application.on_notice('The clipboard is empty.', false);
      },
      () => application.on_notice('The browser did not allow it. Copy any other word, and the clipboard holds that.', true),
    );
  }

  save_preferences(json: string): void {
    this.#try(this.#context.store.call('save_preferences', { json }).then(() => undefined));
  }

  retry_loading(): void {
    this.#restarts = 0;
    void this.#load_models();
  }

  try_again(): void {
    if (!this.#store_is_elsewhere) {
      location.reload();
      return;
    }
    this.#context.application.on_blocked(OTHER_TAB, 'Asking the other tab to save and lock …', USE_IT_HERE);
    void this.#context.activity.track(this.#take_over());
  }

  // --- inside

  /** What is being listened to of a visit is heard from where it was, once its recording has ended. */
  async #stop_listening_to(visit_id: string): Promise<void> {
    if (this.#transcriber.visit_id === visit_id) await this.#transcriber.stop();
  }

  #open(opening: Promise<Opened>, demo: boolean): void {
    const { application, saves } = this.#context;
    opening.then(
      (opened) => {
        application.on_preferences(opened.preferences_json);
        application.on_visits(opened.visits as VisitSummary[]);
        if (opened.opened_with === 'recovery') application.on_new_passphrase_needed();
        this.#is_open = !demo;
        application.on_opened(demo);
        if (!demo) this.#try(this.#keys.tell());
        void saves.retry(); // what a store that stopped had not taken
        const problem = opened.audio_problems[0];
        if (problem) application.on_notice(problem.message, true);
        // Asks the browser not to clear what is kept here when space runs short.
        void navigator.storage.persist?.().catch(() => false);
        if (demo) {
          const seeding = add_made_up_visits(this.#context, opened.visits, () => this.#writer.tell_visits());
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
      this.#store_is_elsewhere = false;
      application.on_store_status(practice_exists);
      if (practice_exists) await this.#keys.tell().catch(() => undefined); // unlocking tells what is wrong with them
    } catch (error) {
      const is_elsewhere = code_of(error) === 'busy';
      this.#store_is_elsewhere = is_elsewhere;
      if (is_elsewhere) {
        application.on_blocked(OTHER_TAB, IN_USE_THERE, USE_IT_HERE);
        this.#wait_for_other_tab();
      } else {
        application.on_blocked('Your visits cannot be reached', sentence_of(error), TRY_AGAIN);
      }
    }
  }

  /** This tab asks for the practice. */
  async #take_over(): Promise<void> {
    const why = await this.#hand_over.ask();
    if (!this.#store_is_elsewhere) return; // it came free in the meantime
    if (why !== '') {
      this.#context.application.on_blocked(OTHER_TAB, why, USE_IT_HERE);
      return;
    }
    await this.#tell_store_status();
  }

  /** Another tab asks for it. */
  async #let_go(): Promise<string> {
    const { application, saves } = this.#context;
    application.on_locking();
    if (saves.waiting) await saves.retry();
    const why = this.#recorder.busy ? RECORDS : this.#transcriber.reads_file ? READS_FILE : saves.waiting ? KEEPS_UNSAVED : '';
    if (why !== '') {
      application.on_notice(ASKED_FOR, false);
      return why;
    }
    await this.#close_practice();
    this.#store_is_elsewhere = true;
    application.on_blocked(OTHER_TAB, GIVEN_AWAY, USE_IT_HERE);
    this.#wait_for_other_tab();
    return '';
  }

  /** The tab that has the practice may be closed at any time: then this one goes on by itself. */
  #wait_for_other_tab(): void {
    if (this.#waits_for_lock) return;
    this.#waits_for_lock = true;
    // Asked for and given back at once: the store worker is who holds it.
    const free = navigator.locks.request(PRACTICE_LOCK, () => undefined);
    free.then(
      () => setTimeout(() => {
        this.#waits_for_lock = false;
        if (this.#store_is_elsewhere) void this.#tell_store_status();
      }, LET_IT_RETURN_MS),
      () => (this.#waits_for_lock = false),
    );
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
      await this.#recorder.listen_if_deaf();
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
    void this.#transcriber.stop();
    this.#open_visit_id = '';
    this.#is_open = false;
    application.on_locked();
    application.on_notice(STORE_STOPPED, true);
    void this.#tell_store_status();
  }
}
