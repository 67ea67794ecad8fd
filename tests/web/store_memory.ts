// Folders and files in memory, standing in for the browser's private file system. One open handle a file, as there.

import { CallError } from '../../web/protocol/call.ts';
import type { AccessFile, Folder } from '../../web/store/folder.ts';

export class MemoryBytes {
  bytes = new Uint8Array(0);
  size = 0;
  held = false;
  capacity = Number.POSITIVE_INFINITY;
  failing = false;

  snapshot(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.size);
  }
  set(bytes: Uint8Array): void {
    this.bytes = bytes.slice();
    this.size = bytes.length;
  }
}

class MemoryFile implements AccessFile {
  readonly #file: MemoryBytes;
  #closed = false;

  constructor(file: MemoryBytes) {
    this.#file = file;
    file.held = true;
  }
  #check(): void {
    if (this.#closed) throw new DOMException('closed', 'InvalidStateError');
    if (this.#file.failing) throw new DOMException('failing', 'UnknownError');
  }
  read(target: Uint8Array, { at }: { at: number }): number {
    this.#check();
    const part = this.#file.bytes.subarray(Math.min(at, this.#file.size), Math.min(at + target.length, this.#file.size));
    target.set(part);
    return part.length;
  }
  write(bytes: Uint8Array, { at }: { at: number }): number {
    this.#check();
    const end = at + bytes.length;
    if (end > this.#file.capacity) throw new DOMException('full', 'QuotaExceededError');
    if (end > this.#file.bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.#file.bytes.length * 2));
      grown.set(this.#file.bytes.subarray(0, this.#file.size));
      this.#file.bytes = grown;
    }
    this.#file.bytes.set(bytes, at);
    this.#file.size = Math.max(this.#file.size, end);
    return bytes.length;
  }
  truncate(byte_count: number): void {
    this.#check();
    const cut = new Uint8Array(byte_count);
    cut.set(this.#file.bytes.subarray(0, Math.min(byte_count, this.#file.size)));
    this.#file.bytes = cut;
    this.#file.size = byte_count;
  }
  getSize(): number {
    this.#check();
    return this.#file.size;
  }
  flush(): void {
    this.#check();
  }
  close(): void {
    this.#closed = true;
    this.#file.held = false;
  }
}

export class MemoryFolder implements Folder {
  readonly folders = new Map<string, MemoryFolder>();
  readonly files = new Map<string, MemoryBytes>();

  async folder(name: string, create: boolean): Promise<MemoryFolder | undefined> {
    if (create && !this.folders.has(name)) this.folders.set(name, new MemoryFolder());
    return this.folders.get(name);
  }
  async open(name: string, create: boolean): Promise<AccessFile | undefined> {
    if (create && !this.files.has(name)) this.files.set(name, new MemoryBytes());
    const file = this.files.get(name);
    if (file?.held) throw new CallError({ code: 'busy', message: 'held', detail: name });
    return file && new MemoryFile(file);
  }
  async remove(name: string): Promise<void> {
    if (this.files.get(name)?.held) throw new DOMException('held', 'NoModificationAllowedError');
    this.files.delete(name);
  }
  /** As another worker finds it after this one was killed: the same bytes, no handle held. */
  copy(): MemoryFolder {
    const copy = new MemoryFolder();
    for (const [name, folder] of this.folders) copy.folders.set(name, folder.copy());
    for (const [name, file] of this.files) {
      const bytes = new MemoryBytes();
      bytes.set(file.snapshot());
      copy.files.set(name, bytes);
    }
    return copy;
  }
  at(...path: string[]): MemoryFolder {
    return path.reduce<MemoryFolder>((folder, name) => {
      const next = folder.folders.get(name);
      if (!next) throw new Error(`no folder ${name}`);
      return next;
    }, this);
  }
  file(name: string): MemoryBytes {
    const file = this.files.get(name);
    if (!file) throw new Error(`no file ${name}`);
    return file;
  }
}
