// What the store worker does for each verb. Owns the open practice: its files, its database, its recordings.
//
// Everything the browser gives (files, the wasm module, the lock) comes in from outside, so that the same code runs
// in the worker and, over memory, in the tests.

import { CallError, Transferred, type Handlers } from '../protocol/call.ts';
import type { Outcome } from '../protocol/shapes.ts';
import type { AudioProblem, Opened, Saved, StoreEvents, StoreStatus, StoreVerbs } from '../protocol/store.ts';
import { AudioKeys } from './audio_records.ts';
import { AudioVault } from './audio_vault.ts';
import type { AccessFile, Folder } from './folder.ts';
import type { Argon2Cost } from './key_slots.ts';
import { unwrap } from './outcome.ts';
import { DATABASE_FILES, PracticeKeys, type Secret } from './practice_keys.ts';
import { Recordings } from './recordings.ts';
import type { PracticeStore, StoreModule } from './store_module.ts';

export type PracticeKind = 'practice' | 'demo';
export type Emit = <K extends keyof StoreEvents & string>(event: K, payload: StoreEvents[K]) => void;

export interface StoreSurroundings {
  /** The browser's private file system. Called only while the lock is held. */
  root(): Promise<Folder>;
  /** A fresh module each time: closing a practice drops the memory that its key was in. */
  load_module(): Promise<StoreModule>;
  /** Takes the one owner's lock, or fails with `busy`. Returns what gives it back. */
  take_lock(): Promise<() => void>;
  emit: Emit;
  argon2_cost?: Argon2Cost;
  /** Epoch milliseconds; the device's clock when not given. */
  now?: () => number;
}

/** RecordingSource::file of src/store/store.h. */
const FROM_FILE = 1;
const HALF_A_FILE = 'Chartside was closed while an audio file was being read. Nothing of that file was kept: open it again.';

/** What is open. `recordings` has the sound, `store` the rest. */
interface OpenPractice {
  kind: PracticeKind;
  files: AccessFile[];
  store: PracticeStore;
  vault: AudioVault;
  recordings: Recordings;
  keys: PracticeKeys;
}

function store_error(code: string, message: string, detail: string): CallError {
  return new CallError({ code, message, detail });
}

export class StoreService {
  readonly #around: StoreSurroundings;
  #practice: OpenPractice | undefined;
  #release_lock: (() => void) | undefined;
  /** Opening and closing take turns. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(around: StoreSurroundings) {
    this.#around = around;
  }

  handlers(): Handlers<StoreVerbs> {
    const store = (): PracticeStore => this.#opened().store;
    const recordings = (): Recordings => this.#opened().recordings;
    return {
      status: () => this.#in_turn(() => this.#status()),
      create_practice: ({ passphrase }) => this.#in_turn(() => this.#create(passphrase)),
      unlock_practice: ({ passphrase }) => this.#in_turn(() => this.#unlock({ kind: 'typed', typed: passphrase })),
      unlock_with_code: ({ code }) => this.#in_turn(() => this.#unlock({ kind: 'code', typed: code })),
      unlock_with_authenticator: (secret) => this.#in_turn(() => this.#unlock({ kind: 'authenticator', ...secret })),
      key_slots: () => this.#in_turn(() => this.#keys().then((keys) => keys.slots())),
      change_passphrase: ({ present, passphrase }) => this.#with_keys((keys) => keys.change_passphrase(present, passphrase)),
      make_recovery_code: ({ present }) => this.#with_keys((keys) => keys.make_recovery_code(present)),
      recovery_code_checked: () => this.#with_keys((keys) => keys.recovery_code_checked()),
      add_authenticator: ({ present, credential_id, output, salt }) =>
        this.#with_keys((keys) => keys.add_authenticator(present, { credential_id, output }, salt)),
      remove_authenticators: () => this.#with_keys((keys) => keys.remove_authenticators()),
      open_demo: () => this.#in_turn(() => this.#open_demo()),
      close: () => this.#in_turn(() => this.#close()),

      list_visits: async () => ({ visits: unwrap(store().list_visits()) }),
      load_visit: async ({ visit_id }) => unwrap(store().load_visit(visit_id)),
      save_visit: async ({ visit }) => unwrap(store().save_visit(visit)),
      save_consent: async ({ consent }) => saved(store().save_consent(consent)),
      save_segments: async ({ visit_id, segments }) => saved(store().save_segments(visit_id, segments)),
      append_segment: async ({ visit_id, segment }) => saved(store().append_segment(visit_id, segment)),
      swap_roles: async ({ visit_id }) => saved(store().swap_roles(visit_id)),
      save_draft: async ({ visit_id, segments, draft }) => unwrap(store().save_draft(visit_id, segments, draft)),
      save_note: async ({ visit_id, note, what_changed }) => unwrap(store().save_note(visit_id, note, what_changed)),
      save_mark: async ({ visit_id, mark }) => saved(store().save_mark(visit_id, mark)),
      save_preferences: async ({ json }) => saved(store().save_preference('page', json)),
      delete_visit: ({ visit_id }) => recordings().delete_visit(visit_id),

      recording_begin: ({ visit_id, ring, start_ms }) => recordings().begin(visit_id, ring, start_ms),
      recording_pause: ({ recording_id }) => recordings().pause(recording_id),
      recording_continue: async ({ recording_id }) => recordings().continue(recording_id),
      recording_end: ({ recording_id }) => recordings().end(recording_id),
      import_begin: async ({ visit, consent, sample_rate, start_ms }) => {
        const begun = await recordings().import_begin(visit, consent, sample_rate, start_ms);
        return { ...begun, saved_at_ms: Date.now() };
      },
      import_append: ({ recording_id, pcm }) => recordings().import_append(recording_id, pcm),
      import_end: ({ recording_id }) => recordings().import_end(recording_id),
      import_discard: ({ recording_id }) => recordings().import_discard(recording_id),
      read_audio: async ({ visit_id, start_ms, end_ms }) => {
        const read = await recordings().read(visit_id, start_ms, end_ms);
        return new Transferred(read, [read.pcm.buffer]);
      },
      audio_extent: async ({ visit_id }) => recordings().extent(visit_id),
    };
  }

  #opened(): OpenPractice {
    if (this.#practice) return this.#practice;
    throw store_error('not_found', 'No practice is open. Unlock the practice first.', 'closed');
  }

  #in_turn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(task, task);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #root(): Promise<Folder> {
    this.#release_lock ??= await this.#around.take_lock();
    return this.#around.root();
  }

  async #status(): Promise<StoreStatus> {
    const root = await this.#root();
    return {
      practice_exists: await exists(root, 'practice'),
      demo_exists: await exists(root, 'demo'),
      open: this.#practice?.kind ?? 'none',
    };
  }

  async #create(passphrase: string): Promise<Opened> {
    await this.#make_room();
    const folder = await needed_folder(await this.#root(), 'practice');
    const keys = this.#keys_in(folder);
    return this.#open('practice', folder, keys, await keys.create(passphrase), 'passphrase');
  }

  async #unlock(secret: Secret): Promise<Opened> {
    await this.#make_room();
    const folder = await (await this.#root()).folder('practice', false);
    if (!folder) throw store_error('not_found', 'There is no practice on this device yet. Choose a passphrase to begin one.', 'absent');
    const keys = this.#keys_in(folder);
    const { data_key, by } = await keys.open(secret);
    return this.#open('practice', folder, keys, data_key, by);
  }

  async #open_demo(): Promise<Opened> {
    await this.#make_room();
    const folder = await needed_folder(await this.#root(), 'demo');
    const keys = this.#keys_in(folder);
    return this.#open('demo', folder, keys, await keys.open_demo(), 'nothing');
  }

  #keys_in(folder: Folder): PracticeKeys {
    return new PracticeKeys(folder, { cost: this.#around.argon2_cost, now: this.#around.now });
  }

  /** Of the open practice, else of the one that is locked. */
  async #keys(): Promise<PracticeKeys> {
    if (this.#practice?.kind === 'practice') return this.#practice.keys;
    const folder = await (await this.#root()).folder('practice', false);
    if (!folder) throw store_error('not_found', 'There is no practice on this device yet. Choose a passphrase to begin one.', 'absent');
    return this.#keys_in(folder);
  }

  #with_keys<T>(work: (keys: PracticeKeys) => Promise<T>): Promise<T> {
    return this.#in_turn(() => {
      const { kind, keys } = this.#opened();
      if (kind === 'demo') throw store_error('invalid_input', 'The demo is open to everybody: it has no keys to change.', 'demo');
      return work(keys);
    });
  }

  /** Closes what is open, unless a recording runs in it. */
  async #make_room(): Promise<void> {
    if (this.#practice?.recordings.active) {
      throw store_error('busy', 'A recording is running. Finish it first.', 'recording');
    }
    if (this.#practice) await this.#close_practice();
  }

  async #open(
    kind: PracticeKind,
    folder: Folder,
    keys: PracticeKeys,
    data_key: Uint8Array<ArrayBuffer>,
    opened_with: Opened['opened_with'],
  ): Promise<Opened> {
    const files: AccessFile[] = [];
    let store: PracticeStore | undefined;
    try {
      for (const name of DATABASE_FILES) files.push(await needed_file(folder, name));
      const module = await this.#around.load_module();
      module.store_files = files;
      store = new module.PracticeStore();
      unwrap(store.open(data_key, kind === 'demo'));
      const vault = new AudioVault(await needed_folder(folder, 'audio'), await AudioKeys.create(data_key));
      const found = await recover_recordings(store, vault);
      // The demo's files are ours, and are read again by themselves.
      const audio_problems = found.filter(({ message }) => kind !== 'demo' || message !== HALF_A_FILE);
      const recordings = new Recordings(store, vault, this.#around.emit);
      const opened: Opened = {
        visits: unwrap(store.list_visits()),
        preferences_json: unwrap(store.load_preference('page')),
        audio_problems,
        opened_with,
      };
      this.#practice = { kind, files, store, vault, recordings, keys };
      return opened;
    } catch (error) {
      store?.close();
      store?.delete();
      keys.forget();
      for (const file of files) file.close();
      throw error;
    } finally {
      data_key.fill(0);
    }
  }

  async #close(): Promise<void> {
    if (this.#practice) await this.#close_practice();
    this.#release_lock?.();
    this.#release_lock = undefined;
  }

  async #close_practice(): Promise<void> {
    const practice = this.#opened();
    try {
      await practice.recordings.close();
    } finally {
      this.#practice = undefined;
      practice.keys.forget();
      practice.store.close();
      practice.store.delete();
      practice.vault.close();
      for (const file of practice.files) file.close();
    }
  }
}

function saved(outcome: Outcome<number>): Saved {
  return { saved_at_ms: unwrap(outcome) };
}

async function needed_folder(parent: Folder, name: string): Promise<Folder> {
  const folder = await parent.folder(name, true);
  if (folder) return folder;
  throw store_error('io', 'The device did not let Chartside make its folder. Reload the page and try again.', name);
}

async function needed_file(folder: Folder, name: string): Promise<AccessFile> {
  const file = await folder.open(name, true);
  if (file) return file;
  throw store_error('io', 'The device did not let Chartside make its files. Reload the page and try again.', name);
}

async function exists(root: Folder, kind: PracticeKind): Promise<boolean> {
  const folder = await root.folder(kind, false);
  if (!folder) return false;
  try {
    return (await new PracticeKeys(folder, {}).header()) !== undefined;
  } catch {
    return true; // unlocking tells what is wrong with it
  }
}

/** Ends what a crash left open, at its true length, and marks its visits interrupted. */
async function recover_recordings(store: PracticeStore, vault: AudioVault): Promise<AudioProblem[]> {
  const problems: AudioProblem[] = [];
  for (const recording of unwrap(store.list_recordings(''))) {
    if (!recording.open) continue;
    if (recording.source === FROM_FILE) {
      // The file is still where it was opened from, and a visit with half of it might be signed as the whole.
      await vault.remove(recording.id);
      unwrap(store.remove_recording(recording.id));
      problems.push({ visit_id: recording.visit_id, message: HALF_A_FILE });
      continue;
    }
    const scan = await vault.recover(recording.id);
    const last = scan.records.at(-1);
    const audio_ms = last ? ((last.first_frame + last.frame_count) * 1000) / last.sample_rate : 0;
    unwrap(store.end_interrupted_recording(recording.id, audio_ms));
    if (scan.damaged_stretches > 0) {
      problems.push({
        visit_id: recording.visit_id,
        message: 'A part of this recording fails its check and is silent. The rest of it is whole.',
      });
    }
  }
  unwrap(store.mark_interrupted_visits());
  return problems;
}
