// Recorded sound as a file of encrypted records, about one a second. Store worker.
//
//   record := header (48 bytes) | AES-GCM(16-bit little-endian mono samples) with its 16-byte tag
//   header := magic, version, sequence, frame count, first frame, sample rate, payload length, nonce, zeros
//
// The header is the additional data: a record that was moved, swapped or changed anywhere fails its check. Frames
// count from the start of the recording, so that a jump between records is a gap. The key is the recording's own,
// drawn from the data key by HKDF. A record is acknowledged after its flush; what a kill leaves of the next one is
// the torn tail, which scan_records finds and the caller cuts.

import { CallError } from '../protocol/call.ts';
import { file_error, write_all, type AccessFile } from './folder.ts';

const MAGIC = 0x52415343; // "CSAR"
const VERSION = 1;
export const HEADER_BYTES = 48;
const TAG_BYTES = 16;
/** No record is longer than this: bounds what a damaged length can ask for. */
export const MAX_RECORD_FRAMES = 1 << 20;
const SEARCH_BYTES = 1 << 20;

export interface AudioRecord {
  /** Place in the file. */
  offset: number;
  byte_count: number;
  sequence: number;
  first_frame: number;
  frame_count: number;
  sample_rate: number;
}

export interface RecordScan {
  records: AudioRecord[];
  /** The file is whole up to here; what follows is a torn tail. */
  good_bytes: number;
  torn_bytes: number;
  /** Stretches in the middle that fail their check, with whole records after them. */
  damaged_stretches: number;
}

function damaged(detail: string): CallError {
  return new CallError({
    code: 'corrupt',
    message: 'A part of this recording fails its check and cannot be played. The rest of it is whole.',
    detail,
  });
}

/** Draws the recordings' keys from the data key, which can be erased once this exists. */
export class AudioKeys {
  readonly #base: CryptoKey;

  private constructor(base: CryptoKey) {
    this.#base = base;
  }

  static async create(data_key: Uint8Array<ArrayBuffer>): Promise<AudioKeys> {
    return new AudioKeys(await crypto.subtle.importKey('raw', data_key, 'HKDF', false, ['deriveKey']));
  }

  recording_key(recording_id: string): Promise<CryptoKey> {
    const info = new TextEncoder().encode(`chartside audio record 1|${recording_id}`);
    const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info };
    return crypto.subtle.deriveKey(algorithm, this.#base, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
  }
}

function encode_header(record: AudioRecord, nonce: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, VERSION, true);
  view.setUint32(8, record.sequence, true);
  view.setUint32(12, record.frame_count, true);
  view.setBigUint64(16, BigInt(record.first_frame), true);
  view.setUint32(24, record.sample_rate, true);
  view.setUint32(28, record.byte_count - HEADER_BYTES, true);
  header.set(nonce, 32);
  return header;
}

/** What the header claims; true only once the record was opened. Undefined where it cannot be a header. */
function decode_header(header: Uint8Array, offset: number): AudioRecord | undefined {
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== VERSION) return undefined;
  const frame_count = view.getUint32(12, true);
  const payload_bytes = view.getUint32(28, true);
  const first_frame = Number(view.getBigUint64(16, true));
  const sample_rate = view.getUint32(24, true);
  if (frame_count === 0 || frame_count > MAX_RECORD_FRAMES || payload_bytes !== frame_count * 2 + TAG_BYTES) return undefined;
  if (!Number.isSafeInteger(first_frame) || sample_rate === 0) return undefined;
  return {
    offset,
    byte_count: HEADER_BYTES + payload_bytes,
    sequence: view.getUint32(8, true),
    first_frame,
    frame_count,
    sample_rate,
  };
}

function read_exactly(file: AccessFile, offset: number, byte_count: number): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(byte_count);
  return file.read(bytes, { at: offset }) === byte_count ? bytes : undefined;
}

async function open_record(bytes: Uint8Array<ArrayBuffer>, key: CryptoKey): Promise<Int16Array<ArrayBuffer> | undefined> {
  const additionalData = bytes.subarray(0, HEADER_BYTES);
  const iv = bytes.subarray(32, 44);
  try {
    const pcm = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes.subarray(HEADER_BYTES));
    return new Int16Array(pcm); // every device that runs wasm is little-endian
  } catch {
    return undefined;
  }
}

/** The samples of one record, or `corrupt`. */
export async function read_record(file: AccessFile, key: CryptoKey, record: AudioRecord): Promise<Int16Array<ArrayBuffer>> {
  const bytes = read_exactly(file, record.offset, record.byte_count);
  const claimed = bytes && decode_header(bytes, record.offset);
  const same = claimed?.sequence === record.sequence && claimed.first_frame === record.first_frame;
  const pcm = bytes && same ? await open_record(bytes, key) : undefined;
  if (!pcm) throw damaged(`record ${record.sequence}`);
  return pcm;
}

/** Walks the file. With `verify` every record is opened; without, the headers are believed until they are read. */
export async function scan_records(file: AccessFile, key: CryptoKey, verify: boolean): Promise<RecordScan> {
  const size = file.getSize();
  const scan: RecordScan = { records: [], good_bytes: 0, torn_bytes: 0, damaged_stretches: 0 };
  let offset = 0;
  while (offset < size) {
    const record = await record_at(file, key, offset, last_of(scan), verify);
    if (record) {
      scan.records.push(record);
      offset += record.byte_count;
      scan.good_bytes = offset;
      continue;
    }
    const next = await find_record(file, key, offset + 1, last_of(scan));
    if (next === undefined) break;
    scan.damaged_stretches += 1;
    offset = next;
  }
  scan.torn_bytes = size - scan.good_bytes;
  return scan;
}

const last_of = (scan: RecordScan): AudioRecord | undefined => scan.records[scan.records.length - 1];

async function record_at(
  file: AccessFile,
  key: CryptoKey,
  offset: number,
  before: AudioRecord | undefined,
  verify: boolean,
): Promise<AudioRecord | undefined> {
  const header = read_exactly(file, offset, HEADER_BYTES);
  const record = header && decode_header(header, offset);
  if (!record || offset + record.byte_count > file.getSize()) return undefined;
  if (before && (record.sequence <= before.sequence || record.first_frame < before.first_frame + before.frame_count)) {
    return undefined;
  }
  if (!verify) return record;
  const bytes = read_exactly(file, offset, record.byte_count);
  return bytes && (await open_record(bytes, key)) ? record : undefined;
}

/** The next place from `start` on where a whole record lies. A damaged stretch is searched byte by byte. */
async function find_record(
  file: AccessFile,
  key: CryptoKey,
  start: number,
  before: AudioRecord | undefined,
): Promise<number | undefined> {
  const size = file.getSize();
  for (let from = start; from + HEADER_BYTES <= size; from += SEARCH_BYTES) {
    const window = new Uint8Array(Math.min(SEARCH_BYTES + HEADER_BYTES, size - from));
    file.read(window, { at: from });
    const view = new DataView(window.buffer);
    for (let at = 0; at < SEARCH_BYTES && at + HEADER_BYTES <= window.length; at += 1) {
      if (view.getUint32(at, true) !== MAGIC) continue;
      if (await record_at(file, key, from + at, before, true)) return from + at;
    }
  }
  return undefined;
}

/** Appends records to a file that is whole up to `end` (0 for a new one). */
export class AudioRecordWriter {
  readonly records: AudioRecord[];
  readonly #file: AccessFile;
  readonly #key: CryptoKey;
  readonly #sample_rate: number;
  #end: number;

  constructor(file: AccessFile, key: CryptoKey, sample_rate: number, scanned?: RecordScan) {
    this.#file = file;
    this.#key = key;
    this.#sample_rate = sample_rate;
    this.records = scanned ? [...scanned.records] : [];
    this.#end = scanned?.good_bytes ?? 0;
  }

  /** Frame after the last one that was appended; gaps count. */
  get end_frame(): number {
    const last = this.records[this.records.length - 1];
    return last ? last.first_frame + last.frame_count : 0;
  }

  /** Writes one record. Not durable before flush(). After a failure the file is as it was before. */
  async append(first_frame: number, pcm: Int16Array<ArrayBuffer>): Promise<void> {
    if (pcm.length === 0 || pcm.length > MAX_RECORD_FRAMES) throw new RangeError('record length');
    const last = this.records[this.records.length - 1];
    const record: AudioRecord = {
      offset: this.#end,
      byte_count: HEADER_BYTES + pcm.length * 2 + TAG_BYTES,
      sequence: (last?.sequence ?? 0) + 1,
      first_frame,
      frame_count: pcm.length,
      sample_rate: this.#sample_rate,
    };
    // Random, so that a record written again after a failure never meets its first nonce with other samples.
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const header = encode_header(record, nonce);
    const samples = new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: header }, this.#key, samples);
    const bytes = new Uint8Array(record.byte_count);
    bytes.set(header);
    bytes.set(new Uint8Array(sealed), HEADER_BYTES);
    try {
      write_all(this.#file, bytes, record.offset);
    } catch (error) {
      this.#cut_to(record.offset);
      throw error;
    }
    this.#end += record.byte_count;
    this.records.push(record);
  }

  flush(): void {
    try {
      this.#file.flush();
    } catch (error) {
      throw file_error(error, 'flush audio');
    }
  }

  #cut_to(byte_count: number): void {
    try {
      this.#file.truncate(byte_count);
    } catch {
      // The next append writes over what is left, and a scan finds a torn tail.
    }
  }
}
