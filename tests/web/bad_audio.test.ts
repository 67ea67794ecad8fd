// The native command line on every sound file that a user may hand us and that is not a clean visit: one sentence
// that says what to do, no invented words, and no crash. Runs the program of `./dev build native-asan`, so
// that a read beside a buffer shows.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { BAD_AUDIO, makeBadAudio } from '../fixtures/make_audio.mjs';
import { ROOT } from '../../tools/samples/cut.mjs';

const program = path.join(process.env['CHARTSIDE_NATIVE_BUILD'] ?? path.join(ROOT, 'build/native-asan'), 'chartside');
const folder = mkdtempSync(path.join(tmpdir(), 'chartside-audio-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Heard {
  segments: { text: string }[];
}

for (const [name, { expect, why }] of Object.entries(BAD_AUDIO)) {
  const outcome = { speech: 'is heard', nothing: 'yields no words and says so', refused: 'is refused with a sentence' }[expect];
  test(`bad audio: ${name} (${why}) ${outcome}`, () => {
    assert.ok(existsSync(program), `${program} is missing: run ./dev build native-asan`);
    const file = makeBadAudio(folder, [name])[name] as string;
    const ran = spawnSync(program, ['transcribe', file, '--json'], { encoding: 'utf8', cwd: ROOT, timeout: 120_000 });
    assert.equal(ran.signal, null, 'it crashed or did not end');
    if (expect === 'refused') {
      assert.equal(ran.status, 1);
      assert.equal(ran.stdout.trim(), '');
      assert.match(ran.stderr, /^[A-Z][^\n]*[.!]\n/, 'a whole sentence comes first');
      assert.match(ran.stderr, /\b(Open|Save|Copy|Record|Cut)\b/, 'it says what to do');
      return;
    }
    assert.equal(ran.status, 0, ran.stderr);
    const { segments } = JSON.parse(ran.stdout) as Heard;
    const text = segments.map((segment) => segment.text).join(' ');
    if (expect === 'speech') assert.match(text.toLowerCase(), /have a seat.*cold out there/s);
    else {
      assert.equal(text, '', 'words were invented');
      assert.match(ran.stderr, /Nothing was heard/);
    }
  });
}
