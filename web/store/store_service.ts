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
import {
  check_passphrase,
  demo_key,
  make_demo,
  make_practice,
  read_key_header,
  unlock,
  write_key_header,
  type Argon2Cost,
  type KeyHeader,
} from './keys.ts';
import { unwrap } from './outcome.ts';
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
}

const KEY_FILE = 'key';
/** RecordingSource::file of src/store/store.h. */
const FROM_FILE = 1;
const HALF_A_FILE = 'Chartside was closed while an audio file was being read. Nothing of that file was kept: open it again.';
const DATABASE_FILES = ['library.db', 'library.wal', 'library.journal'];

/** What is open. `recordings` has the sound, `store` the rest. */
interface OpenPractice {
  kind: PracticeKind;
  files: AccessFile[];
  store: PracticeStore;
  vault: AudioVault;
  recordings: Recordings;
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
      unlock_practice: ({ passphrase }) => this.#in_turn(() => this.#unlock(passphrase)),
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
    check_passphrase(passphrase);
    await this.#make_room();
    const folder = await needed_folder(await this.#root(), 'practice');
    const key_file = await needed_file(folder, KEY_FILE);
    let data_key: Uint8Array<ArrayBuffer>;
    try {
      if (await read_or_absent(key_file, folder)) {
        throw store_error('busy', 'There is a practice on this device already. Unlock it with its passphrase.', 'exists');
      }
      // The wrapped key is durable before the first byte is encrypted with it.
      const made = await make_practice(passphrase, this.#around.argon2_cost);
      await write_key_header(key_file, made.header);
      data_key = made.data_key;
    } finally {
      key_file.close();
    }
    return this.#open('practice', folder, data_key);
  }

  async #unlock(passphrase: string): Promise<Opened> {
    await this.#make_room();
    const folder = await (await this.#root()).folder('practice', false);
    const header = folder && (await read_header(folder));
    if (!folder || !header) {
      throw store_error('not_found', 'There is no practice on this device yet. Choose a passphrase to begin one.', 'absent');
    }
    return this.#open('practice', folder, await unlock(header, passphrase));
  }

  async #open_demo(): Promise<Opened> {
    await this.#make_room();
    const folder = await needed_folder(await this.#root(), 'demo');
    const key_file = await needed_file(folder, KEY_FILE);
    let data_key: Uint8Array<ArrayBuffer>;
    try {
      const header = await read_or_absent(key_file, folder);
      if (header) {
        data_key = demo_key(header);
      } else {
        const made = make_demo();
        await write_key_header(key_file, made.header);
        data_key = made.data_key;
      }
    } finally {
      key_file.close();
    }
    return this.#open('demo', folder, data_key);
  }

  /** Closes what is open, unless a recording runs in it. */
  async #make_room(): Promise<void> {
    if (this.#practice?.recordings.active) {
      throw store_error('busy', 'A recording is running. Finish it first.', 'recording');
    }
    if (this.#practice) await this.#close_practice();
  }

  async #open(kind: PracticeKind, folder: Folder, data_key: Uint8Array<ArrayBuffer>): Promise<Opened> {
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
      };
      this.#practice = { kind, files, store, vault, recordings };
      return opened;
    } catch (error) {
      store?.close();
      store?.delete();
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
  const key_file = await folder.open(KEY_FILE, false);
  if (!key_file) return false;
  try {
    return (await read_or_absent(key_file, folder)) !== undefined;
  } catch {
    return true; // unlocking tells what is wrong with it
  } finally {
    key_file.close();
  }
}

async function read_header(folder: Folder): Promise<KeyHeader | undefined> {
  const key_file = await folder.open(KEY_FILE, false);
  if (!key_file) return undefined;
  try {
    return await read_or_absent(key_file, folder);
  } finally {
    key_file.close();
  }
}

/** A header torn while the very first one was written protects nothing yet: that practice was never made. */
async function read_or_absent(key_file: AccessFile, folder: Folder): Promise<KeyHeader | undefined> {
  try {
    return await read_key_header(key_file);
  } catch (error) {
    if (!(error instanceof CallError) || error.code !== 'corrupt' || (await has_records(folder))) throw error;
    return undefined;
  }
}

async function has_records(folder: Folder): Promise<boolean> {
  for (const name of DATABASE_FILES) {
    const file = await folder.open(name, false).catch(() => undefined);
    if (!file) continue;
    const size = file.getSize();
    file.close();
    if (size > 0) return true;
  }
  return false;
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
