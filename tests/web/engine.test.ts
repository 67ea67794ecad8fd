// The engine in wasm against the engine native: the same C++, the same models, two runtimes. Also what the worker's
// listening says to bad input. Needs build/native-asan/chartside and build/web-release/wasm/engine.mjs, or those of the
// builds named by CHARTSIDE_NATIVE_BUILD and CHARTSIDE_WEB_BUILD.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { words_apart } from '../../tools/samples/words.mjs';
import { CallError } from '../../web/protocol/call.ts';
import type { Heard, HeardProgress } from '../../web/protocol/inference.ts';
import { Engine, type EngineFactory } from '../../web/inference/engine.ts';
import { too_long } from '../../web/host/audio_file.ts';
import { LONGEST_FILE_MS } from '../../web/protocol/shapes.ts';
import { transcribe_pcm, transcribe_wav_file } from '../../web/inference/listening.ts';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const native_build = process.env['CHARTSIDE_NATIVE_BUILD'] ?? path.join(root, 'build/native-asan');
const web_build = process.env['CHARTSIDE_WEB_BUILD'] ?? path.join(root, 'build/web-release');
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(root, name)));

// How far the two runtimes may differ. They are different builds of onnxruntime, with their own kernels: sums of
// rounded products differ in the last bit, and an utterance that is nearly a tie may be heard otherwise.
const TIME_TOLERANCE_MS = 50;
const WORDS_THAT_MAY_DIFFER = 0.03;

const pocketsphinx = '/usr/share/pocketsphinx/test/data';
const shared = path.join(root, '../shared/data/speech');

function wavs_in(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith('.wav')).sort().map((name) => path.join(folder, name));
}
const recordings = [...wavs_in(path.join(pocketsphinx, 'librivox')), ...wavs_in(shared)];

let engine: Engine;

before(async () => {
  const { default: factory } = (await import(pathToFileURL(path.join(web_build, 'wasm/engine.mjs')).href)) as {
    default: EngineFactory;
  };
  const onnxruntime = read('web/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm');
  engine = await Engine.create(factory, new Uint8Array(readFileSync(path.join(web_build, 'wasm/engine.wasm'))), onnxruntime);
  await engine.load({
    encoder: read('.cache/assets/moonshine/encoder_model.onnx'),
    decoder: read('.cache/assets/moonshine/decoder_model_merged.onnx'),
    tokens: read('public/models/moonshine_tiny.tokens'),
    voice_activity: read('.cache/assets/silero/silero_vad_v5.onnx'),
    note: read('public/models/note_linear.bin'),
  });
});

interface Context {
  progressed: HeardProgress[];
  signal: AbortSignal;
  progress: (progress: HeardProgress) => void;
}
function context(signal: AbortSignal = new AbortController().signal): Context {
  const progressed: HeardProgress[] = [];
  return { progressed, signal, progress: (progress) => void progressed.push(progress) };
}

function hear(file: Blob, where: Context = context()): Promise<Heard> {
  return transcribe_wav_file(engine, { file, start_ms: 0, first_segment_number: 1, want_audio: false }, where);
}

function wav_of(samples: Int16Array, sample_rate = 16000): Blob {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sample_rate, 24);
  header.writeUInt32LE(sample_rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return new Blob([header, new Int16Array(samples)]);
}

interface NativeSegment {
  start_ms: number;
  end_ms: number;
  text: string;
  speaker: string;
  words: { text: string; start_ms: number; end_ms: number }[];
}
function hear_natively(file: string): NativeSegment[] {
  const output = execFileSync(path.join(native_build, 'chartside'), ['transcribe', file, '--json'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  return (JSON.parse(output.toString()) as { segments: NativeSegment[] }).segments;
}

test('engine: hears in wasm what it hears natively', { skip: recordings.length === 0 && 'no recordings on this machine' }, async (t) => {
  let word_count = 0;
  let differing = 0;
  let audio_ms = 0;
  let wasm_ms = 0;
  for (const file of recordings) {
    const native = hear_natively(file);
    const started = performance.now();
    const wasm = await hear(new Blob([readFileSync(file)]));
    wasm_ms += performance.now() - started;
    audio_ms += wasm.end_ms;
    const name = path.basename(file);
    assert.equal(wasm.segments.length, native.length, `${name}: number of segments`);
    for (const [index, segment] of wasm.segments.entries()) {
      const other = native[index] as NativeSegment;
      assert.ok(Math.abs(segment.start_ms - other.start_ms) <= TIME_TOLERANCE_MS, `${name}: start of segment ${index}`);
      assert.ok(Math.abs(segment.end_ms - other.end_ms) <= TIME_TOLERANCE_MS, `${name}: end of segment ${index}`);
      assert.match(other.speaker, /^(Doctor|Patient)$/, `${name}: speaker of segment ${index}`);
      const words = other.text.split(' ');
      assert.deepEqual(other.words.map((word) => word.text), words, `${name}: words of segment ${index}`);
      word_count += words.length;
      const differ = words_apart(words, segment.text.split(' '));
      differing += differ;
      if (differ > 0) t.diagnostic(`${name}: native "${other.text}", wasm "${segment.text}"`);
    }
  }
  t.diagnostic(`${recordings.length} recordings, ${word_count} words, ${differing} differ; wasm at ${(wasm_ms / audio_ms).toFixed(3)} of real time`);
  assert.ok(differing <= WORDS_THAT_MAY_DIFFER * word_count, `${differing} of ${word_count} words differ`);
});

test('engine: segments do not depend on how samples are cut', { skip: recordings.length === 0 && 'no recordings on this machine' }, async () => {
  const file = readFileSync(recordings[0] as string);
  const pcm = new Int16Array(file.buffer.slice(file.byteOffset + 44, file.byteOffset + file.length - (file.length % 2)));
  const whole = await transcribe_pcm(engine, { source: { kind: 'samples', samples: pcm }, sample_rate: 16000, start_ms: 0, total_ms: 0, first_segment_number: 1 }, context());
  const { port1, port2 } = new MessageChannel();
  let at = 0;
  port1.onmessage = (): void => {
    const samples = pcm.slice(at, at + 777);
    at += samples.length;
    port1.postMessage(samples.length === 0 ? { end: true } : { samples });
  };
  const pieces = await transcribe_pcm(engine, { source: { kind: 'port', port: port2 }, sample_rate: 16000, start_ms: 0, total_ms: 0, first_segment_number: 1 }, context());
  port1.close();
  assert.deepEqual(pieces.segments, whole.segments);
  assert.ok(whole.segments.length > 0);
});

test('engine: says that nothing was heard in silence and noise', async () => {
  const silence = await hear(wav_of(new Int16Array(16000 * 5)));
  let seed = 1;
  const noise = await hear(
    wav_of(Int16Array.from({ length: 16000 * 5 }, () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
      return seed >> 19;
    })),
  );
  for (const heard of [silence, noise]) {
    assert.deepEqual(heard.segments, []);
    assert.match(heard.message, /^Nothing was heard/);
  }
});

test('engine: takes a tenth of a second', async () => {
  const heard = await hear(wav_of(new Int16Array(1600)));
  assert.deepEqual(heard.segments, []);
  assert.equal(heard.end_ms, 100);
});

test('engine: hears no word in a tenth of a second of speech', { skip: recordings.length === 0 && 'no recordings on this machine' }, async () => {
  const file = readFileSync(recordings[0] as string);
  const pcm = new Int16Array(file.buffer.slice(file.byteOffset + 44, file.byteOffset + file.length - (file.length % 2)));
  for (let at = 0; at + 1600 <= pcm.length; at += 8000) {
    assert.deepEqual((await hear(wav_of(pcm.slice(at, at + 1600)))).segments, [], `at ${at / 16} ms`);
  }
});

test('engine: refuses bad files with a sentence that says what to do', async () => {
  const refused = async (file: Blob, pattern: RegExp): Promise<void> => {
    await assert.rejects(hear(file), (error: unknown) => {
      assert.ok(error instanceof CallError);
      assert.equal(error.code, 'invalid_input');
      assert.match(error.message, pattern);
      return true;
    });
  };
  await refused(new Blob([]), /empty \(0 bytes\)/);
  await refused(new Blob(['Dear doctor, this is a letter.\n']), /text file/);
  const whole = wav_of(new Int16Array(16000));
  await refused(whole.slice(0, 8000), /cut off/);
  const hours = Buffer.from(await wav_of(new Int16Array(0)).arrayBuffer());
  hours.writeUInt32LE(3 * 3600 * 32000, 40);
  // A Blob of the right size without its bytes in memory: the header alone decides.
  const long = { size: 44 + 3 * 3600 * 32000, slice: () => new Blob([hours]) } as unknown as Blob;
  await refused(long, /lasts 180 minutes, and Chartside takes up to 90 at a time/);
});

test('engine: refuses what is too long at the same length and in the same words as the page', () => {
  engine.check_length(LONGEST_FILE_MS);
  for (const length_ms of [LONGEST_FILE_MS + 1, 3 * 3_600_000]) {
    assert.throws(() => engine.check_length(length_ms), { code: 'invalid_input', message: too_long(length_ms).message });
  }
});

test('engine: stops when it is cancelled, and hears again afterwards', async () => {
  const controller = new AbortController();
  const where = context(controller.signal);
  where.progress = (): void => controller.abort();
  await assert.rejects(hear(wav_of(new Int16Array(16000 * 60)), where), { code: 'cancelled' });
  assert.deepEqual((await hear(wav_of(new Int16Array(16000)))).segments, []);
});
