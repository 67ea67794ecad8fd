import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next_segment_number, unheard_stretches } from '../../web/host/visit_writer.ts';
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
  assert.deepEqual(unheard_stretches(recordings, [segment('s1', 500, 41_000)], []), [{ start_ms: 41_000, end_ms: 60_000 }]);
  assert.deepEqual(unheard_stretches(recordings, [], []), recordings);
});

test('visit: each recording of a resumed visit is looked at by itself', () => {
  const recordings = [
    { start_ms: 0, end_ms: 30_000 },
    { start_ms: 30_000, end_ms: 50_000 },
  ];
  const segments = [segment('s1', 0, 20_000), segment('s2', 31_000, 49_900)];
  assert.deepEqual(unheard_stretches(recordings, segments, []), [{ start_ms: 20_000, end_ms: 30_000 }]);
});

test('visit: a stretch that is known and found is heard once', () => {
  const recordings = [{ start_ms: 0, end_ms: 30_000 }];
  const known = [{ start_ms: 5_000, end_ms: 30_000 }];
  assert.deepEqual(unheard_stretches(recordings, [segment('s1', 0, 8_000)], known), [{ start_ms: 5_000, end_ms: 30_000 }]);
});
