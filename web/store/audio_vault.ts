// The recordings' files of one open practice. Store worker.

import { CallError } from '../protocol/call.ts';
import { from_pcm16 } from '../protocol/pcm16.ts';
import {
  AudioRecordWriter,
  read_record,
  scan_records,
  type AudioKeys,
  type AudioRecord,
  type RecordScan,
} from './audio_records.ts';
import type { AccessFile, Folder } from './folder.ts';
import type { Recording } from './store_module.ts';

/** The most that one read returns: 115 MB of samples at 48 kHz. */
export const LONGEST_READ_MS = 600_000;
/** Files that are kept open for reading. */
const MAX_OPEN_FILES = 6;

export interface AudioRead {
  pcm: Float32Array<ArrayBuffer>;
  sample_rate: number;
  start_ms: number;
  damaged_ms: number;
}

interface OpenRecording {
  file: AccessFile;
  key: CryptoKey;
  records: readonly AudioRecord[];
  writer: AudioRecordWriter | undefined;
}

interface Piece {
  record: AudioRecord;
  open: OpenRecording;
  start_ms: number;
}

export class AudioVault {
  readonly #folder: Folder;
  readonly #keys: AudioKeys;
  readonly #open = new Map<string, OpenRecording>(); // the longest unused first

  constructor(folder: Folder, keys: AudioKeys) {
    this.#folder = folder;
    this.#keys = keys;
  }

  /** The file of a recording that was just entered in the database. */
  async create(recording_id: string, sample_rate: number): Promise<AudioRecordWriter> {
    const key = await this.#keys.recording_key(recording_id);
    const file = await this.#folder.open(file_name(recording_id), true);
    if (!file) throw missing(recording_id);
    const writer = new AudioRecordWriter(file, key, sample_rate);
    this.#open.set(recording_id, { file, key, records: writer.records, writer });
    return writer;
  }

  /** The writer is done; the file stays open for reading. */
  finish(recording_id: string): void {
    const open = this.#open.get(recording_id);
    if (open) open.writer = undefined;
  }

  /** Checks every record of a recording that was cut short, and cuts the torn tail. */
  async recover(recording_id: string): Promise<RecordScan> {
    const file = await this.#folder.open(file_name(recording_id), false);
    if (!file) return { records: [], good_bytes: 0, torn_bytes: 0, damaged_stretches: 0 };
    try {
      const scan = await scan_records(file, await this.#keys.recording_key(recording_id), true);
      if (scan.torn_bytes > 0) {
        file.truncate(scan.good_bytes);
        file.flush();
      }
      return scan;
    } finally {
      file.close();
    }
  }

  async remove(recording_id: string): Promise<void> {
    this.#close(recording_id);
    await this.#folder.remove(file_name(recording_id));
  }

  close(): void {
    for (const recording_id of [...this.#open.keys()]) this.#close(recording_id);
  }

  /** See read_audio in web/protocol/store.ts. `recordings` are those of one visit. */
  async read(recordings: readonly Recording[], start_ms: number, end_ms: number): Promise<AudioRead> {
    const pieces = await this.#pieces(recordings, start_ms, Math.min(end_ms, start_ms + LONGEST_READ_MS));
    const first = pieces[0];
    const nothing = { pcm: new Float32Array(0), sample_rate: first_rate(recordings), start_ms, damaged_ms: 0 };
    if (!first) return nothing;
    const sample_rate = first.record.sample_rate;
    const last_ms = Math.min(end_ms, start_ms + LONGEST_READ_MS, Math.max(...pieces.map(piece_end_ms)));
    const pcm = new Float32Array(Math.max(0, Math.round(((last_ms - start_ms) * sample_rate) / 1000)));
    let damaged_ms = 0;
    let whole = 0;
    let failure: unknown;
    for (const piece of pieces) {
      try {
        const samples = from_pcm16(await read_record(piece.open.file, piece.open.key, piece.record));
        place(pcm, resample(samples, piece.record.sample_rate, sample_rate), ((piece.start_ms - start_ms) * sample_rate) / 1000);
        whole += 1;
      } catch (error) {
        failure = error;
        damaged_ms += (piece.record.frame_count * 1000) / piece.record.sample_rate;
      }
    }
    if (whole === 0) throw failure;
    return { pcm, sample_rate, start_ms, damaged_ms };
  }

  async #pieces(recordings: readonly Recording[], start_ms: number, end_ms: number): Promise<Piece[]> {
    const pieces: Piece[] = [];
    for (const recording of recordings) {
      if (recording.start_ms >= end_ms) continue;
      if (!recording.open && recording.start_ms + recording.audio_ms <= start_ms) continue;
      const open = await this.#open_for_reading(recording.id);
      if (!open) continue;
      for (const record of open.records) {
        const piece = { record, open, start_ms: recording.start_ms + (record.first_frame * 1000) / record.sample_rate };
        if (piece.start_ms < end_ms && piece_end_ms(piece) > start_ms) pieces.push(piece);
      }
    }
    return pieces;
  }

  async #open_for_reading(recording_id: string): Promise<OpenRecording | undefined> {
    const known = this.#open.get(recording_id);
    if (known) {
      this.#open.delete(recording_id);
      this.#open.set(recording_id, known);
      return known;
    }
    const file = await this.#folder.open(file_name(recording_id), false);
    if (!file) return undefined;
    const key = await this.#keys.recording_key(recording_id);
    const { records } = await scan_records(file, key, false);
    const open: OpenRecording = { file, key, records, writer: undefined };
    this.#open.set(recording_id, open);
    for (const [id, other] of this.#open) {
      if (this.#open.size <= MAX_OPEN_FILES) break;
      if (!other.writer && other !== open) this.#close(id);
    }
    return open;
  }

  #close(recording_id: string): void {
    this.#open.get(recording_id)?.file.close();
    this.#open.delete(recording_id);
  }
}

const file_name = (recording_id: string): string => `${recording_id}.audio`;
const first_rate = (recordings: readonly Recording[]): number => recordings[0]?.sample_rate ?? 16000;
const piece_end_ms = ({ record, start_ms }: Piece): number => start_ms + (record.frame_count * 1000) / record.sample_rate;

function missing(recording_id: string): CallError {
  return new CallError({
    code: 'io',
    message: 'The device did not let Chartside make a file for this recording. Reload the page and try again.',
    detail: recording_id,
  });
}

/** Linear; only where one visit was recorded at two rates. */
export function resample(samples: Float32Array<ArrayBuffer>, from_rate: number, to_rate: number): Float32Array<ArrayBuffer> {
  if (from_rate === to_rate) return samples;
  const count = Math.round((samples.length * to_rate) / from_rate);
  const result = new Float32Array(count);
  const last = samples.length - 1;
  for (let i = 0; i < count; i += 1) {
    const position = Math.min((i * from_rate) / to_rate, last);
    const index = Math.floor(position);
    const here = samples[index] as number;
    const next = samples[Math.min(index + 1, last)] as number;
    result[i] = here + (next - here) * (position - index);
  }
  return result;
}

/** Copies what of `samples` falls into `target` when its first sample belongs at `at`. */
function place(target: Float32Array, samples: Float32Array, at: number): void {
  const start = Math.round(at);
  const from = Math.max(0, -start);
  const to = Math.min(samples.length, target.length - start);
  if (to > from) target.set(samples.subarray(from, to), start + from);
}
