// A recording's file, damaged in any way: what is read of it is what was written, each record at its place, or it is
// refused. Nothing else is ever heard.

import assert from 'node:assert/strict';
import { CallError } from '../../web/protocol/call.ts';
import { AudioKeys, AudioRecordWriter, read_record, scan_records } from '../../web/store/audio_records.ts';
import { MemoryFolder } from '../web/store_memory.ts';
import { fuzz } from './mutate.ts';

const RATE = 8000;
const FRAMES = 160;

const key = await (await AudioKeys.create(new Uint8Array(32).fill(7))).recording_key('r1');
const tone = (record: number): Int16Array<ArrayBuffer> => Int16Array.from({ length: FRAMES }, (_, i) => ((i * 37 + record * 911) % 65536) - 32768);

async function opened(bytes: Uint8Array<ArrayBuffer>) {
  const folder = new MemoryFolder();
  const file = await folder.open('r1.audio', true);
  assert.ok(file);
  folder.file('r1.audio').set(bytes);
  return { folder, file };
}

async function written(count: number, step: number): Promise<Uint8Array<ArrayBuffer>> {
  const { folder, file } = await opened(new Uint8Array(0));
  const writer = new AudioRecordWriter(file, key, RATE);
  for (let i = 0; i < count; i += 1) await writer.append(i * step, tone(i));
  writer.flush();
  return folder.file('r1.audio').snapshot();
}

const STEPS = [FRAMES, 2 * FRAMES]; // the second has a gap between each two
const seeds = [await written(1, FRAMES), await written(6, FRAMES), await written(6, 2 * FRAMES)];

await fuzz({
  name: 'audio_records',
  seeds,
  check: async (bytes) => {
    const { file } = await opened(bytes);
    const believed = await scan_records(file, key, false);
    const verified = await scan_records(file, key, true);
    assert.ok(verified.good_bytes <= bytes.length && verified.good_bytes + verified.torn_bytes === bytes.length);
    let before = -1;
    for (const record of verified.records) {
      assert.ok(record.first_frame > before, 'records go forward');
      before = record.first_frame;
      const pcm = await read_record(file, key, record);
      const place = record.sequence - 1;
      assert.deepEqual(pcm, tone(place), 'a record has its own samples');
      assert.ok(STEPS.some((step) => record.first_frame === place * step), 'and its own place');
    }
    for (const record of believed.records) {
      try {
        assert.deepEqual(await read_record(file, key, record), tone(record.sequence - 1));
      } catch (error) {
        if (!(error instanceof CallError) || error.code !== 'corrupt') throw error;
      }
    }
    return verified.records.length === 0 ? 'refused' : verified.damaged_stretches > 0 || verified.torn_bytes > 0 ? 'partly' : 'whole';
  },
});
