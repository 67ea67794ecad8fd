import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RingControl, RingWriter, create_ring } from '../../web/capture/ring.ts';
import { CallError } from '../../web/protocol/call.ts';
import { from_pcm16, PCM16_FULL_SCALE, to_pcm16 } from '../../web/protocol/pcm16.ts';
import {
  AudioKeys,
  AudioRecordWriter,
  read_record,
  scan_records,
} from '../../web/store/audio_records.ts';
import { AudioVault, resample } from '../../web/store/audio_vault.ts';
import type { AccessFile } from '../../web/store/folder.ts';
import { RingRecorder } from '../../web/store/ring_recorder.ts';
import { MemoryFolder, type MemoryBytes } from './store_memory.ts';

const RATE = 8000;

async function a_recording(id = 'r1'): Promise<{ file: AccessFile; bytes: MemoryBytes; key: CryptoKey; folder: MemoryFolder }> {
  const folder = new MemoryFolder();
  const file = await folder.open(`${id}.audio`, true);
  assert.ok(file);
  const keys = await AudioKeys.create(new Uint8Array(32).fill(7));
  return { folder, file, bytes: folder.file(`${id}.audio`), key: await keys.recording_key(id) };
}

function tone(frames: number, seed: number): Int16Array<ArrayBuffer> {
  return Int16Array.from({ length: frames }, (_, i) => ((i * 37 + seed * 911) % 65536) - 32768);
}

async function write_seconds(file: AccessFile, key: CryptoKey, count: number): Promise<AudioRecordWriter> {
  const writer = new AudioRecordWriter(file, key, RATE);
  for (let i = 0; i < count; i += 1) await writer.append(i * RATE, tone(RATE, i));
  writer.flush();
  return writer;
}

test('audio records: what was appended is read back, and nothing of it lies there openly', async () => {
  const { file, bytes, key } = await a_recording();
  await write_seconds(file, key, 3);
  const scan = await scan_records(file, key, true);
  assert.equal(scan.records.length, 3);
  assert.equal(scan.torn_bytes, 0);
  const second = scan.records[1];
  assert.ok(second);
  assert.deepEqual(await read_record(file, key, second), tone(RATE, 1));
  const plain = Buffer.from(tone(64, 1).buffer);
  assert.equal(Buffer.from(bytes.snapshot()).indexOf(plain), -1);
});

test('audio records: a tail torn at any byte is found, and what is before it is whole', async () => {
  const { file, bytes, key } = await a_recording();
  await write_seconds(file, key, 3);
  const whole = bytes.snapshot();
  const record_bytes = whole.length / 3;
  for (let size = 0; size <= whole.length; size += 331) {
    bytes.set(whole.subarray(0, size));
    const scan = await scan_records(file, key, true);
    assert.equal(scan.records.length, Math.floor(size / record_bytes), `size ${size}`);
    assert.equal(scan.good_bytes, scan.records.length * record_bytes);
    assert.equal(scan.torn_bytes, size - scan.good_bytes);
    assert.equal(scan.damaged_stretches, 0);
  }
});

test('audio records: a tail that a power cut left as zeros is torn too', async () => {
  const { file, bytes, key } = await a_recording();
  await write_seconds(file, key, 3);
  const cut = bytes.snapshot();
  cut.fill(0, (cut.length * 2) / 3 + 500);
  bytes.set(cut);
  const scan = await scan_records(file, key, true);
  assert.equal(scan.records.length, 2);
  assert.equal(scan.good_bytes, (cut.length * 2) / 3);
});

test('audio records: every flipped bit is refused, in the header and in the samples', async () => {
  const { file, bytes, key } = await a_recording();
  await write_seconds(file, key, 1);
  const whole = bytes.snapshot();
  const places = [...Array.from({ length: 64 }, (_, i) => i), 500, 5000, whole.length - 17, whole.length - 1];
  for (const at of places) {
    for (const bit of [1, 0x80]) {
      const flipped = whole.slice();
      flipped[at] = (flipped[at] ?? 0) ^ bit;
      bytes.set(flipped);
      const scan = await scan_records(file, key, true);
      assert.equal(scan.records.length, 0, `byte ${at}`);
    }
  }
});

test('audio records: a damaged second in the middle costs that second only', async () => {
  const { file, bytes, key } = await a_recording();
  await write_seconds(file, key, 5);
  const damaged = bytes.snapshot();
  const record_bytes = damaged.length / 5;
  damaged[2 * record_bytes + 900] = (damaged[2 * record_bytes + 900] ?? 0) ^ 4;
  damaged.fill(0xee, record_bytes, record_bytes + 100);
  bytes.set(damaged);
  const scan = await scan_records(file, key, true);
  assert.deepEqual(scan.records.map((record) => record.sequence), [1, 4, 5]);
  assert.equal(scan.damaged_stretches, 1);
  assert.equal(scan.torn_bytes, 0);
});

test("audio records: a record of another recording, or moved within its own, is refused", async () => {
  const one = await a_recording('r1');
  const two = await a_recording('r2');
  await write_seconds(one.file, one.key, 2);
  await write_seconds(two.file, two.key, 2);
  const own = one.bytes.snapshot();
  const half = own.length / 2;
  const mixed = own.slice();
  mixed.set(two.bytes.snapshot().subarray(half), half);
  one.bytes.set(mixed);
  assert.equal((await scan_records(one.file, one.key, true)).records.length, 1);
  const swapped = own.slice();
  swapped.set(own.subarray(half), 0);
  swapped.set(own.subarray(0, half), half);
  one.bytes.set(swapped);
  assert.equal((await scan_records(one.file, one.key, true)).records.length, 1);
});

test('audio records: a full device is told, the file stays whole and the next try succeeds', async () => {
  const { file, bytes, key } = await a_recording();
  const writer = await write_seconds(file, key, 2);
  bytes.capacity = bytes.size + 100;
  await assert.rejects(writer.append(2 * RATE, tone(RATE, 2)), (error: unknown) => error instanceof CallError && error.code === 'out_of_space');
  assert.equal((await scan_records(file, key, true)).torn_bytes, 0);
  bytes.capacity = Number.POSITIVE_INFINITY;
  await writer.append(2 * RATE, tone(RATE, 2));
  assert.equal((await scan_records(file, key, true)).records.length, 3);
});

test('audio records: samples out of range are clipped and come back within a step', () => {
  const samples = Float32Array.from([0, 0.5, -0.5, 1, -1, 2, -2, Number.NaN]);
  const back = from_pcm16(to_pcm16(samples));
  assert.deepEqual([...back].map((x) => Math.round(x * 1000) / 1000), [0, 0.5, -0.5, 1, -1, 1, -1, 0]);
});

test('audio vault: reading across a gap, two recordings and two rates keeps every sample in its place', async () => {
  const folder = new MemoryFolder();
  const vault = new AudioVault(folder, await AudioKeys.create(new Uint8Array(32).fill(7)));
  const first = await vault.create('a', RATE);
  await first.append(0, new Int16Array(RATE).fill(1000));
  await first.append(2 * RATE, new Int16Array(RATE).fill(2000)); // second 1 to 2 is a gap
  first.flush();
  const second = await vault.create('b', 2 * RATE);
  await second.append(0, new Int16Array(2 * RATE).fill(3000));
  second.flush();
  const about = { visit_id: 'v', source: 0, open: true, audio_ms: 0 };
  const recordings = [
    { ...about, id: 'a', sample_rate: RATE, start_ms: 0 },
    { ...about, id: 'b', sample_rate: 2 * RATE, start_ms: 3000 },
  ];
  const read = await vault.read(recordings, 500, 99000);
  assert.equal(read.sample_rate, RATE);
  assert.equal(read.pcm.length, 3.5 * RATE);
  const at = (ms: number): number => Math.round((read.pcm[((ms - 500) * RATE) / 1000] ?? Number.NaN) * PCM16_FULL_SCALE);
  assert.deepEqual([500, 999, 1000, 1999, 2000, 2999, 3000, 3999].map(at), [1000, 1000, 0, 0, 2000, 2000, 3000, 3000]);
  assert.equal((await vault.read(recordings, 4000, 5000)).pcm.length, 0);
  assert.equal(read.damaged_ms, 0);
  vault.close();
});

test('audio vault: linear resampling keeps a slope', () => {
  const samples = Float32Array.from({ length: 100 }, (_, i) => i);
  const up = resample(samples, 100, 200);
  assert.equal(up.length, 200);
  assert.equal(up[101], 50.5);
});

test('ring recorder: everything the microphone wrote is on disk, in order, and told after the flush', async () => {
  const { file, key } = await a_recording();
  const ring = create_ring(RATE, 10);
  const source = new RingWriter(ring);
  const told: number[] = [];
  const gaps: number[] = [];
  let failed = 0;
  const writer = new AudioRecordWriter(file, key, RATE);
  const recorder = new RingRecorder(ring, writer, {
    saved: (frame) => told.push(frame),
    gap: (_, lost) => gaps.push(lost),
    failed: () => (failed += 1),
  });
  let value = 0;
  const speak = (frames: number): void => {
    for (let i = 0; i < frames; i += 128) source.write(Float32Array.from({ length: 128 }, () => (value++ % 1000) / PCM16_FULL_SCALE));
  };
  speak(1280);
  await recorder.write();
  speak(12800); // more than a second: two records
  await recorder.write();
  speak(640);
  new RingControl(ring).end();
  await recorder.end();
  assert.deepEqual(told, [1280, 14080, 14720]);
  assert.equal(failed, 0);
  assert.deepEqual(gaps, []);
  const scan = await scan_records(file, key, true);
  const heard: number[] = [];
  for (const record of scan.records) heard.push(...(await read_record(file, key, record)));
  assert.equal(heard.length, value);
  assert.ok(heard.every((sample, i) => sample === i % 1000));
});

test('ring recorder: a device that refuses for a while loses nothing, and says so until it takes it', async () => {
  const { file, bytes, key } = await a_recording();
  const ring = create_ring(RATE, 10);
  const source = new RingWriter(ring);
  let failed = 0;
  let saved = 0;
  const recorder = new RingRecorder(ring, new AudioRecordWriter(file, key, RATE), {
    saved: (frame) => (saved = frame),
    gap: () => assert.fail('no gap'),
    failed: () => (failed += 1),
  });
  bytes.capacity = 0;
  for (let i = 0; i < 3; i += 1) {
    source.write(new Float32Array(4000).fill(0.1));
    await recorder.write();
  }
  assert.equal(failed, 3);
  await assert.rejects(recorder.end(), (error: unknown) => error instanceof CallError && error.code === 'out_of_space');
  bytes.capacity = Number.POSITIVE_INFINITY;
  await recorder.end();
  assert.equal(saved, 12000);
  assert.equal((await scan_records(file, key, true)).records.length, 3);
});

test('ring recorder: what the ring overwrote is told as a gap and keeps its place', async () => {
  const { file, key } = await a_recording();
  const ring = create_ring(RATE, 1);
  const source = new RingWriter(ring);
  const gaps: [number, number][] = [];
  const recorder = new RingRecorder(ring, new AudioRecordWriter(file, key, RATE), {
    saved: () => undefined,
    gap: (at, lost) => gaps.push([at, lost]),
    failed: () => assert.fail('no failure'),
  });
  source.write(new Float32Array(1000));
  await recorder.write();
  for (let i = 0; i < 20; i += 1) source.write(new Float32Array(4000));
  await recorder.write();
  source.write(new Float32Array(500));
  await recorder.end();
  assert.equal(gaps[0]?.[0], 1000);
  const { records } = await scan_records(file, key, true);
  assert.equal(records.at(-1)?.first_frame, 81000);
  assert.equal(recorder.end_frame, 81500);
});
