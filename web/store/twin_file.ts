// A small file that a cut cannot tear: its payload lies in it twice, each copy in its own 4096 bytes with a sequence
// number and a SHA-256. A write replaces the older copy, flushes, then the other: whenever the power goes, one whole
// copy is there, the old one or the new one. Store worker.

import { CallError } from '../protocol/call.ts';
import { sha256 } from '../protocol/sha256.ts';
import { file_error, read_all, write_all, type AccessFile } from './folder.ts';

export const COPY_BYTES = 4096;
const PREFIX_BYTES = 16; // magic, version, sequence, payload length
const SUM_BYTES = 32;

export interface TwinFormat<T> {
  magic: number;
  /** Written; files of any earlier version are read. */
  version: number;
  /** What of a parsed payload is ours; undefined where it is not. */
  read(payload: unknown): T | undefined;
}

type Decoded<T> = { value: T; sequence: number } | 'newer' | undefined;

export type TwinRead<T> = { kind: 'value'; value: T } | { kind: 'empty' } | { kind: 'newer' } | { kind: 'damaged' };

async function encode_copy<T>(format: TwinFormat<T>, value: T, sequence: number): Promise<Uint8Array> {
  const payload = new TextEncoder().encode(JSON.stringify(value));
  const used = PREFIX_BYTES + payload.length;
  if (used + SUM_BYTES > COPY_BYTES) throw new CallError({ code: 'internal', message: 'There is no room for another key. Remove one first.', detail: 'payload' });
  const copy = new Uint8Array(COPY_BYTES);
  const view = new DataView(copy.buffer);
  view.setUint32(0, format.magic, true);
  view.setUint32(4, format.version, true);
  view.setUint32(8, sequence, true);
  view.setUint32(12, payload.length, true);
  copy.set(payload, PREFIX_BYTES);
  copy.set(await sha256(copy.slice(0, used)), used);
  return copy;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

async function decode_copy<T>(format: TwinFormat<T>, copy: Uint8Array<ArrayBuffer>): Promise<Decoded<T>> {
  if (copy.length < PREFIX_BYTES + SUM_BYTES) return undefined;
  const view = new DataView(copy.buffer, copy.byteOffset, copy.length);
  const used = PREFIX_BYTES + view.getUint32(12, true);
  if (view.getUint32(0, true) !== format.magic || used + SUM_BYTES > copy.length) return undefined;
  const sum = await sha256(copy.slice(0, used));
  if (!sum.every((byte, index) => byte === copy[used + index])) return undefined;
  if (view.getUint32(4, true) > format.version) return 'newer';
  const value = format.read(parsed(copy.subarray(PREFIX_BYTES, used)));
  return value === undefined ? undefined : { value, sequence: view.getUint32(8, true) };
}

function decode_file<T>(format: TwinFormat<T>, file: AccessFile): Promise<Decoded<T>[]> {
  const bytes = read_all(file);
  return Promise.all([
    decode_copy(format, bytes.slice(0, COPY_BYTES)),
    decode_copy(format, bytes.slice(COPY_BYTES, 2 * COPY_BYTES)),
  ]);
}

/** The newest whole copy. */
export async function read_twin<T>(format: TwinFormat<T>, file: AccessFile): Promise<TwinRead<T>> {
  const copies = await decode_file(format, file);
  if (copies.includes('newer')) return { kind: 'newer' };
  const whole = copies.filter((copy) => copy !== undefined && copy !== 'newer');
  const newest = whole.sort((a, b) => b.sequence - a.sequence)[0];
  if (newest) return { kind: 'value', value: newest.value };
  return { kind: file.getSize() === 0 ? 'empty' : 'damaged' };
}

/** Durable when it settles. */
export async function write_twin<T>(format: TwinFormat<T>, file: AccessFile, value: T): Promise<void> {
  const copies = await decode_file(format, file);
  const [first = 0, second = 0] = copies.map((copy) => (copy === undefined || copy === 'newer' ? 0 : copy.sequence));
  const copy = await encode_copy(format, value, Math.max(first, second) + 1);
  // The older copy goes first: until it is whole, the newer one stands.
  const order = first <= second ? [0, 1] : [1, 0];
  for (const index of order) {
    write_all(file, copy, index * COPY_BYTES);
    try {
      file.flush();
    } catch (error) {
      throw file_error(error, 'flush');
    }
  }
}
