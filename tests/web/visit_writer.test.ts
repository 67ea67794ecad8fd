import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Unheard, unheard_stretches } from '../../web/host/unheard.ts';
import { next_segment_number } from '../../web/host/visit_writer.ts';
import type { Segment } from '../../web/protocol/shapes.ts';

const segment = (id: string, start_ms: number, end_ms: number): Segment => ({
  id,
  start_ms,
  end_ms,
  role: 0,
  text: 'words',
  confidence: 1,
  words: [],
});

test('visit: segment numbers go on after the highest, whatever the order', () => {
  assert.equal(next_segment_number([]), 1);
  assert.equal(next_segment_number([segment('s7', 0, 1), segment('s12', 1, 2), segment('s3', 2, 3)]), 13);
});

test('visit: what follows the last segment of an interrupted recording is heard', () => {
  const recordings = [{ start_ms: 0, end_ms: 60_000 }];
  assert.deepEqual(unheard_stretches(recordings, [segment('s1', 500, 41_000)]), [{ start_ms: 41_000, end_ms: 60_000 }]);
  assert.deepEqual(unheard_stretches(recordings, []), recordings);
});

test('visit: each recording of a resumed visit is looked at by itself', () => {
  const recordings = [
    { start_ms: 0, end_ms: 30_000 },
    { start_ms: 30_000, end_ms: 50_000 },
  ];
  const segments = [segment('s1', 0, 20_000), segment('s2', 31_000, 49_900)];
  assert.deepEqual(unheard_stretches(recordings, segments), [{ start_ms: 20_000, end_ms: 30_000 }]);
});

test('visit: a long silence in a cut recording is heard once more, a short one is not', () => {
  const segments = [segment('s2', 20_000, 30_000), segment('s1', 0, 8_000), segment('s3', 31_000, 40_000)];
  assert.deepEqual(unheard_stretches([{ start_ms: 0, end_ms: 40_000 }], segments), [{ start_ms: 8_000, end_ms: 20_000 }]);
});

test('unheard: what was not listened to is told once, in order, and no more than the audio has', () => {
  const unheard = new Unheard([{ start_ms: 0, end_ms: 1000 }]);
  unheard.stops_at(50_000);
  unheard.stops_at(60_000);
  unheard.add({ start_ms: 20_000, end_ms: 21_000 });
  unheard.goes_on_at(70_000);
  unheard.add({ start_ms: 65_000, end_ms: 72_000 });
  unheard.stops_at(90_000);
  assert.deepEqual(unheard.until(95_000), [
    { start_ms: 0, end_ms: 1000 },
    { start_ms: 20_000, end_ms: 21_000 },
    { start_ms: 50_000, end_ms: 72_000 },
    { start_ms: 90_000, end_ms: 95_000 },
  ]);
});

test('unheard: captions that come late leave nothing to be heard again', () => {
  const unheard = new Unheard([]);
  unheard.stops_at(0);
  unheard.goes_on_at(0);
  assert.deepEqual(unheard.until(60_000), []);
});
