// The capture ring: one writer that never waits, readers that notice when they were lapped.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create_ring, MAX_WRITE_FRAMES, RingControl, RingReader, RingWriter } from '../../web/capture/ring.ts';

function counting(start: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => (start + index) % 100_000);
}

test('ring: two readers get every sample once, at their own pace', () => {
  const ring = create_ring(16000, 1);
  const writer = new RingWriter(ring);
  const readers = [new RingReader(ring), new RingReader(ring)];
  const targets = [new Float32Array(100), new Float32Array(5000)];
  const next = [0, 0];
  for (let written = 0; written < 300_000; written += 128) {
    writer.write(counting(written, 128));
    readers.forEach((reader, who) => {
      if (who === 1 && written % 4096 !== 0) return;
      for (;;) {
        const target = targets[who] as Float32Array;
        const { frames, first_frame, lost_frames } = reader.read(target);
        assert.equal(lost_frames, 0);
        if (frames === 0) break;
        assert.equal(first_frame, next[who]);
        assert.deepEqual(target.subarray(0, frames), counting(first_frame, frames));
        next[who] = first_frame + frames;
      }
    });
  }
  assert.equal(next[0], Math.ceil(300_000 / 128) * 128);
});

test('ring: a lapped reader counts what it lost and goes on at the newest data', () => {
  const ring = create_ring(16000, 1);
  const writer = new RingWriter(ring);
  const reader = new RingReader(ring);
  const capacity = new RingControl(ring).capacity;
  for (let written = 0; written < 2 * capacity; written += 128) writer.write(counting(written, 128));
  const target = new Float32Array(256);
  const first = reader.read(target);
  assert.equal(first.lost_frames, 2 * capacity);
  assert.equal(reader.overruns, 1);
  assert.equal(reader.lost_frames, 2 * capacity);
  writer.write(counting(2 * capacity, 128));
  const second = reader.read(target);
  assert.equal(second.first_frame, 2 * capacity);
  assert.equal(second.frames, 128);
  assert.equal(second.lost_frames, 0);
});

test('ring: a pause drops samples for every reader at the same frame', () => {
  const ring = create_ring(48000, 1);
  const writer = new RingWriter(ring);
  const control = new RingControl(ring);
  const reader = new RingReader(ring);
  writer.write(counting(0, 128));
  control.set_paused(true);
  writer.write(counting(128, 128));
  control.set_paused(false);
  writer.write(counting(500, 128));
  const target = new Float32Array(1000);
  assert.equal(reader.read(target).frames, 256);
  assert.equal(target[128], 500);
  assert.equal(control.written_frames, 256);
});

test('ring: counters pass 2^32 frames', () => {
  const ring = create_ring(48000, 1);
  const words = new Int32Array(ring.header);
  words[4] = -256; // the low word, 256 frames before it wraps
  const writer = new RingWriter(ring);
  const reader = new RingReader(ring);
  const start = 2 ** 32 - 256;
  assert.equal(reader.cursor, start);
  for (let block = 0; block < 6; block++) writer.write(counting(block * 128, 128));
  const target = new Float32Array(768);
  const { frames, first_frame } = reader.read(target);
  assert.equal(first_frame, start);
  assert.equal(frames, 768);
  assert.deepEqual(target, counting(0, 768));
  assert.equal(new RingControl(ring).written_frames, 2 ** 32 + 512);
});

test('ring: an ended ring is drained and takes nothing more; a foreign buffer is refused', () => {
  const ring = create_ring(16000, 1);
  const writer = new RingWriter(ring);
  const reader = new RingReader(ring);
  writer.write(counting(0, 64));
  new RingControl(ring).end();
  writer.write(counting(64, 64));
  assert.equal(reader.drained, false);
  assert.equal(reader.read(new Float32Array(MAX_WRITE_FRAMES)).frames, 64);
  assert.equal(reader.drained, true);
  assert.throws(() => new RingReader({ header: new SharedArrayBuffer(32), samples: new SharedArrayBuffer(64) }), TypeError);
});
