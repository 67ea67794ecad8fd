// The store worker's whole service over the store.wasm that ships, with files in memory. A kill is a copy of the
// files: another service opens what the first one had written at that moment.

import assert from 'node:assert/strict';
import path from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../tools/samples/cut.mjs';
import { RingControl, RingWriter, create_ring } from '../../web/capture/ring.ts';
import { CallError, Transferred, type HandlerContext, type Handlers } from '../../web/protocol/call.ts';
import { PCM16_FULL_SCALE } from '../../web/protocol/pcm16.ts';
import type { Segment, VisitSummary } from '../../web/protocol/shapes.ts';
import type { StoreEvents, StoreVerbs } from '../../web/protocol/store.ts';
import type { StoreModule } from '../../web/store/store_module.ts';
import { StoreService } from '../../web/store/store_service.ts';
import { MemoryFolder } from './store_memory.ts';

const SITE = process.env['CHARTSIDE_SITE'] ?? path.join(ROOT, 'build/web-release/site');
const PASSPHRASE = 'river candle été 42';
const RATE = 8000;

let create_module: () => Promise<StoreModule>;

before(async () => {
  const address = pathToFileURL(path.join(SITE, 'wasm/store.mjs')).href;
  ({ default: create_module } = (await import(address)) as { default: () => Promise<StoreModule> });
});

type Told = { [K in keyof StoreEvents]: { event: K; payload: StoreEvents[K] } }[keyof StoreEvents];

class Bench {
  readonly root: MemoryFolder;
  readonly told: Told[] = [];
  locks = 0;
  readonly #handlers: Handlers<StoreVerbs>;

  constructor(root = new MemoryFolder()) {
    this.root = root;
    const service = new StoreService({
      root: async () => root,
      load_module: () => create_module(),
      take_lock: async () => {
        this.locks += 1;
        return () => (this.locks -= 1);
      },
      emit: (event, payload) => this.told.push({ event, payload } as Told),
      argon2_cost: { memory_kib: 64, iterations: 1, parallelism: 1 },
    });
    this.#handlers = service.handlers();
  }

  async call<K extends keyof StoreVerbs>(verb: K, args: StoreVerbs[K]['args']): Promise<StoreVerbs[K]['result']> {
    const context = { signal: new AbortController().signal, progress: () => undefined } as HandlerContext<never>;
    const handler = this.#handlers[verb] as (args: unknown, context: unknown) => Promise<unknown>;
    const result = await handler(args, context);
    return (result instanceof Transferred ? result.value : result) as StoreVerbs[K]['result'];
  }

  saved_ms(): number {
    const last = this.told.filter(({ event }) => event === 'recording_saved').at(-1);
    return (last?.payload as StoreEvents['recording_saved'] | undefined)?.saved_ms ?? 0;
  }
}

function made_visit(id = 'v1'): VisitSummary {
  return {
    id,
    patient: { id: `p-${id}`, name: 'Rosa Álvarez', age_years: 54, sex: 1, pronouns: 1 },
    reason: 'Knee pain',
    scheduled_ms: 1000,
    state: 0,
    audio_ms: 0,
    check_count: 0,
    interrupted: false,
    demo: false,
  };
}

function made_segment(id: string, start_ms: number, text: string): Segment {
  return { id, start_ms, end_ms: start_ms + 900, role: 2, text, confidence: 0.5, words: [] };
}

const consent = { visit_id: 'v1', given_by: 'R. Álvarez', method: 'aloud', recorded_by: 'Dr. Lindqvist', at_ms: 5000 };
const refused = (code: string) => (error: unknown) => error instanceof CallError && error.code === code && error.message.length > 20;

async function bench_with_visit(): Promise<Bench> {
  const bench = new Bench();
  await bench.call('create_practice', { passphrase: PASSPHRASE });
  await bench.call('save_visit', { visit: made_visit() });
  await bench.call('save_consent', { consent });
  return bench;
}

test('store: a practice is made, closed, refused to another passphrase and opened by its own', async () => {
  const bench = new Bench();
  assert.deepEqual(await bench.call('status', {}), { practice_exists: false, demo_exists: false, open: 'none' });
  await assert.rejects(bench.call('unlock_practice', { passphrase: PASSPHRASE }), refused('not_found'));
  await assert.rejects(bench.call('create_practice', { passphrase: 'short' }), refused('invalid_input'));
  await bench.call('create_practice', { passphrase: PASSPHRASE });
  const saved = await bench.call('save_visit', { visit: { ...made_visit(''), id: '' } });
  assert.match(saved.visit_id, /^[0-9a-f]{24}$/);
  assert.ok(Math.abs(saved.saved_at_ms - Date.now()) < 60_000);
  await bench.call('save_preferences', { json: '{"theme":2}' });
  assert.equal((await bench.call('status', {})).open, 'practice');
  await bench.call('close', {});
  assert.equal(bench.locks, 0);
  await assert.rejects(bench.call('list_visits', {}), refused('not_found'));

  const again = new Bench(bench.root);
  assert.equal((await again.call('status', {})).practice_exists, true);
  await assert.rejects(again.call('create_practice', { passphrase: PASSPHRASE }), refused('busy'));
  await assert.rejects(again.call('unlock_practice', { passphrase: 'not the passphrase' }), refused('denied'));
  const opened = await again.call('unlock_practice', { passphrase: PASSPHRASE });
  assert.equal(opened.visits[0]?.patient.name, 'Rosa Álvarez');
  assert.equal(opened.visits[0]?.demo, false);
  assert.equal(opened.preferences_json, '{"theme":2}');
});

test('store: the demo and the practice lie apart, and nothing typed lies in any file', async () => {
  const bench = await bench_with_visit();
  await bench.call('open_demo', {});
  await bench.call('save_visit', { visit: made_visit('d1') });
  assert.equal((await bench.call('list_visits', {})).visits[0]?.demo, true);
  await bench.call('open_demo', {});
  const opened = await bench.call('unlock_practice', { passphrase: PASSPHRASE });
  assert.deepEqual(opened.visits.map(({ id }) => id), ['v1']);
  for (const folder of [bench.root.at('practice'), bench.root.at('demo')]) {
    for (const file of folder.files.values()) {
      const text = Buffer.from(file.snapshot()).toString('latin1');
      assert.doesNotMatch(text, /Rosa|lvarez|Lindqvist|SQLite format 3|river candle/);
    }
  }
});

test('store: a visit with its transcript and note comes back after the worker was killed', async () => {
  const bench = await bench_with_visit();
  const segment = { ...made_segment('s1', 0, 'It hurts — 😀 \0 été'), words: [{ start_char: 0, end_char: 2, start_ms: 1, end_ms: 2, confidence: 0.5 }] };
  await bench.call('save_segments', { visit_id: 'v1', segments: [segment] });
  await bench.call('append_segment', { visit_id: 'v1', segment: made_segment('s2', 1000, 'Where?') });
  const sentence = { id: 'n1', text: 'Knee pain.', evidence: [{ segment_id: 's1', start_char: 0, end_char: 2 }], start_ms: 0, end_ms: 900, flags: ['dose_missing'], origin: 0, drafted_text: '' };
  const note = { sections: [{ id: 'subjective', title: 'Subjective', sentences: [sentence] }], omissions: [] };
  assert.equal((await bench.call('save_note', { visit_id: 'v1', note, what_changed: 'draft' })).revision, 1);
  await bench.call('save_mark', { visit_id: 'v1', mark: { at_ms: 450, label: 'listen' } });

  const after = new Bench(bench.root.copy());
  const opened = await after.call('unlock_practice', { passphrase: PASSPHRASE });
  assert.equal(opened.visits[0]?.check_count, 1);
  const visit = await after.call('load_visit', { visit_id: 'v1' });
  assert.deepEqual(visit.transcript.segments[0], segment);
  assert.equal(visit.transcript.segments.length, 2);
  assert.deepEqual(visit.note, note);
  assert.deepEqual(visit.marks, [{ at_ms: 450, label: 'listen' }]);
  assert.deepEqual(visit.consents, [consent]);
});

test('store: a visit that lacks a field is refused and nothing of it is saved', async () => {
  const bench = await bench_with_visit();
  const { reason: _, ...partial } = made_visit('v2');
  await assert.rejects(bench.call('save_visit', { visit: partial as VisitSummary }));
  await assert.rejects(bench.call('save_visit', { visit: { ...made_visit('v2'), state: 12 } }), refused('invalid_input'));
  assert.equal((await bench.call('list_visits', {})).visits.length, 1);
});

test('store: a recording needs a consent', async () => {
  const bench = new Bench();
  await bench.call('create_practice', { passphrase: PASSPHRASE });
  await bench.call('save_visit', { visit: made_visit() });
  const ring = create_ring(RATE, 5);
  await assert.rejects(bench.call('recording_begin', { visit_id: 'v1', ring, start_ms: 0 }), refused('invalid_input'));
  const without = { visit: made_visit(), consent: { ...consent, given_by: '' }, sample_rate: RATE, start_ms: 0 };
  await assert.rejects(bench.call('import_begin', without), refused('invalid_input'));
});

test('store: a recording that is killed keeps every acknowledged second, is interrupted, and is taken up again', async () => {
  const bench = await bench_with_visit();
  const ring = create_ring(RATE, 30);
  const source = new RingWriter(ring);
  let value = 0;
  const speak = (frames: number): void => {
    for (let i = 0; i < frames; i += 100) source.write(Float32Array.from({ length: 100 }, () => (value++ % 900) / PCM16_FULL_SCALE));
  };
  const { recording_id } = await bench.call('recording_begin', { visit_id: 'v1', ring, start_ms: 0 });
  await assert.rejects(bench.call('open_demo', {}), refused('busy'));
  await assert.rejects(bench.call('delete_visit', { visit_id: 'v1' }), refused('busy'));
  speak(3 * RATE);
  await bench.call('recording_pause', { recording_id });
  speak(RATE / 2);
  await bench.call('recording_pause', { recording_id });
  assert.equal(bench.saved_ms(), 3500);
  assert.equal((await bench.call('audio_extent', { visit_id: 'v1' })).end_ms, 3500);
  speak(700); // in the ring, not yet written: this is what a kill may take

  const killed = bench.root.copy();
  const audio = killed.at('practice', 'audio').file(`${recording_id}.audio`);
  audio.set(Buffer.concat([audio.snapshot(), Buffer.from('half a record')]));
  const after = new Bench(killed);
  const opened = await after.call('unlock_practice', { passphrase: PASSPHRASE });
  assert.equal(opened.visits[0]?.interrupted, true);
  assert.equal(opened.visits[0]?.audio_ms, 3500);
  assert.equal(opened.visits[0]?.state, 1);
  assert.deepEqual(opened.audio_problems, []);
  const read = await after.call('read_audio', { visit_id: 'v1', start_ms: 1000, end_ms: 99_000 });
  assert.equal(read.pcm.length, 2.5 * RATE);
  assert.ok(read.pcm.every((sample, i) => Math.round(sample * PCM16_FULL_SCALE) === (RATE + i) % 900));

  const again = create_ring(RATE, 30);
  const second = await after.call('recording_begin', { visit_id: 'v1', ring: again, start_ms: 3500 });
  new RingWriter(again).write(new Float32Array(4000).fill(0.5));
  new RingControl(again).end();
  assert.deepEqual(await after.call('recording_end', { recording_id: second.recording_id }), { audio_ms: 500 });
  const [visit] = (await after.call('list_visits', {})).visits;
  assert.equal(visit?.audio_ms, 4000);
  assert.equal(visit?.interrupted, false);
  assert.equal(visit?.state, 2);
  await assert.rejects(after.call('recording_end', { recording_id: second.recording_id }), refused('not_found'));
  await bench.call('close', {});
});

test('store: closing while recording keeps what was spoken', async () => {
  const bench = await bench_with_visit();
  const ring = create_ring(RATE, 30);
  await bench.call('recording_begin', { visit_id: 'v1', ring, start_ms: 0 });
  new RingWriter(ring).write(new Float32Array(4000).fill(0.5));
  await bench.call('close', {});
  const opened = await new Bench(bench.root).call('unlock_practice', { passphrase: PASSPHRASE });
  assert.equal(opened.visits[0]?.audio_ms, 500);
});

const opened_file = (start_ms = 0): StoreVerbs['import_begin']['args'] => ({ visit: made_visit(), consent, sample_rate: RATE, start_ms });

test('store: an opened file is kept, or taken back when it was cancelled, before its end or after', async () => {
  const bench = await bench_with_visit();
  const pcm = Int16Array.from({ length: 3 * RATE }, (_, i) => i % 700);
  const kept = await bench.call('import_begin', opened_file());
  assert.deepEqual(await bench.call('import_append', { recording_id: kept.recording_id, pcm }), { audio_ms: 3000 });
  await bench.call('import_end', { recording_id: kept.recording_id });
  for (const is_read_to_its_end of [false, true]) {
    const cancelled = await bench.call('import_begin', opened_file(3000));
    await bench.call('import_append', { recording_id: cancelled.recording_id, pcm });
    if (is_read_to_its_end) await bench.call('import_end', { recording_id: cancelled.recording_id });
    await bench.call('import_discard', { recording_id: cancelled.recording_id });
  }
  assert.equal((await bench.call('load_visit', { visit_id: 'v1' })).consents.length, 2); // with the visit's own
  assert.equal((await bench.call('audio_extent', { visit_id: 'v1' })).end_ms, 3000);
  assert.equal(bench.root.at('practice', 'audio').files.size, 1);
  const read = await bench.call('read_audio', { visit_id: 'v1', start_ms: 2000, end_ms: 2500 });
  assert.ok(read.pcm.every((sample, i) => Math.round(sample * PCM16_FULL_SCALE) === (2 * RATE + i) % 700));
  assert.equal(read.start_ms, 2000);
});

test('store: half a file is not there after a lock or a kill, nor is what it brought', async () => {
  const bench = new Bench();
  await bench.call('create_practice', { passphrase: PASSPHRASE });
  const { recording_id } = await bench.call('import_begin', opened_file());
  await bench.call('import_append', { recording_id, pcm: new Int16Array(2 * RATE) });
  assert.equal((await bench.call('list_visits', {})).visits.length, 1);
  const after = new Bench(bench.root.copy());
  const opened = await after.call('unlock_practice', { passphrase: PASSPHRASE });
  assert.deepEqual(opened.visits, []);
  assert.match(opened.audio_problems[0]?.message ?? '', /while an audio file was being read.*open it again/);
  assert.equal(after.root.at('practice', 'audio').files.size, 0);
  assert.deepEqual((await new Bench(after.root.copy()).call('unlock_practice', { passphrase: PASSPHRASE })).audio_problems, []);
  await bench.call('close', {});
  const again = await new Bench(bench.root).call('unlock_practice', { passphrase: PASSPHRASE });
  assert.deepEqual([again.visits, again.audio_problems], [[], []]);
  assert.equal(bench.root.at('practice', 'audio').files.size, 0);
});

test('store: deleting a visit removes its sound', async () => {
  const bench = await bench_with_visit();
  const { recording_id } = await bench.call('import_begin', opened_file());
  await bench.call('import_append', { recording_id, pcm: new Int16Array(RATE) });
  await bench.call('import_end', { recording_id });
  await bench.call('delete_visit', { visit_id: 'v1' });
  assert.equal(bench.root.at('practice', 'audio').files.size, 0);
  assert.equal((await bench.call('list_visits', {})).visits.length, 0);
});

test('store: a damaged second is told and silent, and a wholly damaged stretch is refused', async () => {
  const bench = await bench_with_visit();
  const { recording_id } = await bench.call('import_begin', opened_file());
  await bench.call('import_append', { recording_id, pcm: new Int16Array(3 * RATE).fill(500) });
  await bench.call('import_end', { recording_id });
  const audio = bench.root.at('practice', 'audio').file(`${recording_id}.audio`);
  audio.bytes[audio.size / 3 + 600] = (audio.bytes[audio.size / 3 + 600] ?? 0) ^ 1;
  const read = await bench.call('read_audio', { visit_id: 'v1', start_ms: 0, end_ms: 3000 });
  assert.equal(read.damaged_ms, 1000);
  assert.equal(read.pcm[1.5 * RATE], 0);
  assert.ok(read.pcm[2.5 * RATE] !== 0);
  await assert.rejects(bench.call('read_audio', { visit_id: 'v1', start_ms: 1200, end_ms: 1300 }), refused('corrupt'));
});

test('store: a full device is told as such and works again when there is room', async () => {
  const bench = await bench_with_visit();
  const segments = [made_segment('s1', 0, 'x'.repeat(200_000))];
  const files = [...bench.root.at('practice').files.values()];
  for (const file of files) file.capacity = file.size;
  await assert.rejects(bench.call('save_segments', { visit_id: 'v1', segments }), refused('out_of_space'));
  for (const file of files) file.capacity = Number.POSITIVE_INFINITY;
  await bench.call('save_segments', { visit_id: 'v1', segments });
  assert.equal((await bench.call('load_visit', { visit_id: 'v1' })).transcript.segments[0]?.text.length, 200_000);
});

test('store: a practice whose first moment was cut is made again, one whose key is damaged later is not', async () => {
  const bench = await bench_with_visit();
  const torn = new MemoryFolder();
  const folder = await torn.folder('practice', true);
  await folder?.open('key', true).then((file) => {
    file?.write(new Uint8Array(300).fill(9), { at: 0 });
    file?.close();
  });
  const first = new Bench(torn);
  assert.equal((await first.call('status', {})).practice_exists, false);
  await first.call('create_practice', { passphrase: PASSPHRASE });

  const later = bench.root.copy();
  later.at('practice').file('key').bytes.fill(9);
  const second = new Bench(later);
  assert.equal((await second.call('status', {})).practice_exists, true);
  await assert.rejects(second.call('unlock_practice', { passphrase: PASSPHRASE }), refused('corrupt'));
  await assert.rejects(second.call('create_practice', { passphrase: PASSPHRASE }), refused('corrupt'));
});

test('store: half an hour of sound opens after a kill within seconds', async () => {
  const bench = await bench_with_visit();
  const minutes = 30;
  const ring = create_ring(16000, 70);
  const source = new RingWriter(ring);
  const { recording_id } = await bench.call('recording_begin', { visit_id: 'v1', ring, start_ms: 0 });
  const quarter = Float32Array.from({ length: 4000 }, (_, i) => (i % 999) / 32767);
  for (let i = 0; i < minutes; i += 1) {
    for (let part = 0; part < 240; part += 1) source.write(quarter);
    await bench.call('recording_pause', { recording_id });
  }
  const after = new Bench(bench.root.copy());
  const started = performance.now();
  const opened = await after.call('unlock_practice', { passphrase: PASSPHRASE });
  const took_ms = performance.now() - started;
  console.log(`opening with ${minutes} minutes to check took ${Math.round(took_ms)} ms`);
  assert.equal(opened.visits[0]?.audio_ms, minutes * 60_000);
  assert.ok(took_ms < 10_000);
  await bench.call('close', {});
});
