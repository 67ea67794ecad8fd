// Files as the store needs them: the browser's private file system, or memory in a test. Store worker.

import { CallError } from '../protocol/call.ts';

/** Only workers have the method, and only their type library knows it; the tests read this file with the page's. */
type SyncOpenable = FileSystemFileHandle & { createSyncAccessHandle(): Promise<AccessFile> };

/** The part of FileSystemSyncAccessHandle that is used. Positions are always given. */
export interface AccessFile {
  read(target: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(byte_count: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

export interface Folder {
  /** Undefined when there is no such folder and `create` is false. */
  folder(name: string, create: boolean): Promise<Folder | undefined>;
  /** Opens for reading and writing, alone. Undefined when there is no such file and `create` is false. */
  open(name: string, create: boolean): Promise<AccessFile | undefined>;
  /** Does nothing when there is no such file. */
  remove(name: string): Promise<void>;
}

const HELD_ELSEWHERE = {
  code: 'busy',
  message: 'Chartside is open in another tab. Close it there, then try again here.',
  detail: 'a file is held',
};

// A worker that was just ended lets go of its files a little after its lock.
const RELEASE_TRIES = 40;
const RELEASE_WAIT_MS = 50;

export function file_error(error: unknown, doing: string): CallError {
  if (error instanceof CallError) return error;
  const name = error instanceof DOMException ? error.name : String(error);
  if (name === 'QuotaExceededError') {
    return new CallError({
      code: 'out_of_space',
      message: 'This device is out of space. Free some space and try again; what was saved before is safe.',
      detail: doing,
    });
  }
  return new CallError({
    code: 'io',
    message: 'The device did not let Chartside read or write its files. Reload the page and try again.',
    detail: `${doing}: ${name}`,
  });
}

function is_missing(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}

export class BrowserFolder implements Folder {
  readonly #handle: FileSystemDirectoryHandle;

  constructor(handle: FileSystemDirectoryHandle) {
    this.#handle = handle;
  }

  static async root(): Promise<BrowserFolder> {
    try {
      return new BrowserFolder(await navigator.storage.getDirectory());
    } catch (error) {
      throw new CallError({
        code: 'unsupported',
        message:
          'This browser does not let Chartside keep files on this device. Leave private browsing, or use a current Chrome, Edge, Firefox or Safari.',
        detail: error instanceof DOMException ? error.name : String(error),
      });
    }
  }

  async folder(name: string, create: boolean): Promise<Folder | undefined> {
    try {
      return new BrowserFolder(await this.#handle.getDirectoryHandle(name, { create }));
    } catch (error) {
      if (!create && is_missing(error)) return undefined;
      throw file_error(error, `folder ${name}`);
    }
  }

  async open(name: string, create: boolean): Promise<AccessFile | undefined> {
    let handle: FileSystemFileHandle;
    try {
      handle = await this.#handle.getFileHandle(name, { create });
    } catch (error) {
      if (!create && is_missing(error)) return undefined;
      throw file_error(error, `file ${name}`);
    }
    for (let tries_left = RELEASE_TRIES; ; tries_left -= 1) {
      try {
        return await (handle as SyncOpenable).createSyncAccessHandle();
      } catch (error) {
        const held = error instanceof DOMException && error.name === 'NoModificationAllowedError';
        if (!held) throw file_error(error, `open ${name}`);
        if (tries_left === 0) throw new CallError(HELD_ELSEWHERE);
        await new Promise((resolve) => setTimeout(resolve, RELEASE_WAIT_MS));
      }
    }
  }

  async remove(name: string): Promise<void> {
    try {
      await this.#handle.removeEntry(name);
    } catch (error) {
      if (!is_missing(error)) throw file_error(error, 'remove');
    }
  }
}

/** Reads all of a file. */
export function read_all(file: AccessFile): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(file.getSize());
  const count = file.read(bytes, { at: 0 });
  return bytes.subarray(0, count);
}

/** Writes all bytes or throws; some browsers report a full device by a short write. */
export function write_all(file: AccessFile, bytes: Uint8Array, at: number): void {
  let written: number;
  try {
    written = file.write(bytes, { at });
  } catch (error) {
    throw file_error(error, 'write');
  }
  if (written !== bytes.length) throw file_error(new DOMException('', 'QuotaExceededError'), 'short write');
}
