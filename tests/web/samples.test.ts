// What the demo shows is what was written and spoken: the shipped samples against their scripts and their index.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT, sampleTurns } from '../../tools/samples/cut.mjs';

interface Sample {
  id: string;
  name: string;
  age_years: number;
  sex: string;
  pronouns: string;
  reason: string;
  audio: string;
  duration_ms: number;
  script: string;
  turns: string;
}

const folder = path.join(ROOT, 'public/samples');
const { samples } = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8')) as { samples: Sample[] };

/** Length of an Ogg Opus file: the last page's granule position less the samples to skip, at 48 kHz. */
function opus_duration_ms(file: string): number {
  const bytes = readFileSync(file);
  assert.equal(bytes.toString('latin1', 0, 4), 'OggS', `${file} is not an Ogg file`);
  const head = bytes.indexOf('OpusHead');
  assert.ok(head > 0, `${file} is not Opus`);
  assert.equal(bytes[head + 9], 1, `${file} is not mono`);
  const skipped = bytes.readUInt16LE(head + 10);
  const last_page = bytes.lastIndexOf('OggS');
  return (Number(bytes.readBigInt64LE(last_page + 6)) - skipped) / 48;
}

test('samples: the index lists three visits, each of 3 to 6 minutes', () => {
  assert.deepEqual(samples.map((sample) => sample.id), ['knee_pain', 'diabetes_follow_up', 'headache']);
  for (const sample of samples) {
    assert.ok(sample.duration_ms > 3 * 60_000 && sample.duration_ms < 6 * 60_000, sample.id);
    assert.match(sample.name, /^[A-Z]\. [A-Z][a-z]+$/);
    assert.ok(sample.age_years > 0);
    assert.ok(['female', 'male'].includes(sample.sex));
    assert.ok(['she', 'he', 'they', 'unstated'].includes(sample.pronouns));
  }
});

test('samples: the sound is as long as the index says, and all of it together is a few megabytes', () => {
  let bytes = 0;
  for (const sample of samples) {
    const file = path.join(folder, sample.audio);
    bytes += statSync(file).size;
    assert.ok(Math.abs(opus_duration_ms(file) - sample.duration_ms) < 5, `${sample.id}: ${opus_duration_ms(file)} ms`);
  }
  assert.ok(bytes < 4_500_000, `${bytes} bytes`);
});

test('samples: the script beside the sound is the one that the tests score against', () => {
  for (const sample of samples) {
    const script = readFileSync(path.join(ROOT, 'tests/fixtures/visits', `${sample.id}.txt`), 'utf8');
    assert.equal(readFileSync(path.join(folder, sample.script), 'utf8'), script);
    const spoken = sampleTurns(sample.id).map((turn) => `${turn.role}: ${turn.text}\n`).join('');
    assert.equal(spoken, script);
    assert.match(script, /^[\n\x20-\x7e]*$/);
  }
});

test('samples: turns follow one another with the pauses of talk, inside the sound', () => {
  for (const sample of samples) {
    let end_ms = 0;
    for (const turn of sampleTurns(sample.id)) {
      const pause_ms = turn.start_ms - end_ms;
      assert.ok(pause_ms >= 249 && pause_ms <= 701, `${sample.id}: a pause of ${pause_ms} ms before "${turn.text}"`);
      assert.ok(turn.end_ms > turn.start_ms);
      end_ms = turn.end_ms;
    }
    assert.ok(end_ms < sample.duration_ms);
  }
});

test('samples: every drug that a right note holds is said in the script', () => {
  for (const sample of samples) {
    const script = readFileSync(path.join(folder, sample.script), 'utf8').toLowerCase();
    const expected = JSON.parse(
      readFileSync(path.join(ROOT, 'tests/fixtures/visits', `${sample.id}.expected.json`), 'utf8'),
    ) as { patient: { name: string; age_years: number }; drugs: { name: string }[] };
    assert.equal(expected.patient.name, sample.name);
    assert.equal(expected.patient.age_years, sample.age_years);
    for (const drug of expected.drugs) assert.ok(script.includes(drug.name.toLowerCase()), drug.name);
  }
});

test('samples: it is written where they come from and under which licences', () => {
  const provenance = readFileSync(path.join(folder, 'PROVENANCE.md'), 'utf8');
  for (const word of ['hibari-tts', 'Apache-2.0', 'pyworld', 'MIT', 'made-up', 'make_samples.py']) {
    assert.ok(provenance.includes(word), word);
  }
});
