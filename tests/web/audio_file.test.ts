import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file_kind, pieces_of } from '../../web/host/audio_file.ts';
import { from_pcm16, PCM16_FULL_SCALE, to_pcm16 } from '../../web/protocol/pcm16.ts';

const wave_head = (): Uint8Array<ArrayBuffer> => new TextEncoder().encode('RIFF\x10\0\0\0WAVEfmt ');

test('file: a WAV is known by its first bytes, not by its name', async () => {
  assert.equal(await file_kind(new Blob([wave_head()])), 'wav');
  assert.equal(await file_kind(new File(['hello, this is text'], 'visit.wav')), 'other');
});

test('file: an empty file gets a sentence that says what to do', async () => {
  await assert.rejects(file_kind(new Blob([])), /empty.*choose it once more/);
});

test('file: samples are clipped, not wrapped, on their way to 16 bits', () => {
  assert.deepEqual([...to_pcm16(new Float32Array([0, 1, -1, 1.5, -1.5]))], [0, 32767, -32768, 32767, -32768]);
});

test('file: every 16-bit sample comes back as it was', () => {
  const all = Int16Array.from({ length: 65536 }, (_, index) => index - 32768);
  assert.deepEqual(to_pcm16(from_pcm16(all)), all);
});

test('file: pieces hold every sample once, in order', () => {
  const samples = Float32Array.from({ length: 2500 }, (_, index) => index / PCM16_FULL_SCALE);
  const pieces = [...pieces_of({ samples, sample_rate: 1000, duration_ms: 2500 }, 1)];
  assert.deepEqual(pieces.map((piece) => piece.length), [1000, 1000, 500]);
  assert.deepEqual(pieces.flatMap((piece) => [...piece]), Array.from({ length: 2500 }, (_, index) => index));
});
