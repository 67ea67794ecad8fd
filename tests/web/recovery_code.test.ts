import assert from 'node:assert/strict';
import { test } from 'node:test';
import { make_recovery_code, read_recovery_code } from '../../web/store/recovery_code.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const is_code = (typed: string): boolean => read_recovery_code(typed).kind === 'code';

test('recovery code: it has seven groups of four, reads itself, and no two are alike', () => {
  const seen = new Set<string>();
  for (let i = 0; i < 200; i += 1) {
    const code = make_recovery_code();
    assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
    assert.deepEqual(read_recovery_code(code), { kind: 'code', code });
    seen.add(code);
  }
  assert.equal(seen.size, 200);
});

test('recovery code: it may be typed in small letters, without hyphens, and with O for 0 and l for 1', () => {
  let code = make_recovery_code();
  while (!/0/.test(code) || !/1/.test(code)) code = make_recovery_code();
  assert.deepEqual(read_recovery_code(code.toLowerCase().replace(/-/g, ' ')), { kind: 'code', code });
  assert.deepEqual(read_recovery_code(code.replace(/0/g, 'o').replace(/1/g, 'l').replace(/-/g, '')), { kind: 'code', code });
});

test('recovery code: every single wrong character is noticed, and the group where it stands is named', () => {
  const code = make_recovery_code();
  for (let at = 0; at < code.length; at += 1) {
    if (code[at] === '-') continue;
    for (const other of ALPHABET) {
      if (other === code[at]) continue;
      const reading = read_recovery_code(code.slice(0, at) + other + code.slice(at + 1));
      assert.ok(reading.kind === 'mistyped', `${other} at ${at}`);
      assert.match(reading.message, new RegExp(`group ${Math.floor(at / 5) + 1}\\.`));
    }
  }
});

test('recovery code: any two characters that changed places are noticed, and so are any two wrong ones', () => {
  const characters = [...make_recovery_code().replace(/-/g, '')];
  for (let a = 0; a < characters.length; a += 1) {
    for (let b = a + 1; b < characters.length; b += 1) {
      const [first, second] = [characters[a] as string, characters[b] as string];
      const swapped = characters.slice();
      [swapped[a], swapped[b]] = [second, first];
      if (first !== second) assert.ok(!is_code(swapped.join('')), `${a} and ${b} swapped`);
      const next = (character: string, by: number): string => ALPHABET[(ALPHABET.indexOf(character) + by) % 32] as string;
      for (const [i, j] of [[1, 1], [3, 30], [16, 9]] as const) {
        const wrong = characters.slice();
        [wrong[a], wrong[b]] = [next(first, i), next(second, j)];
        assert.ok(!is_code(wrong.join('')), `${a} and ${b} wrong`);
      }
    }
  }
});

test('recovery code: one that is too short or holds a foreign character is told from a passphrase', () => {
  const code = make_recovery_code();
  const digits = `${code.slice(0, 5)}7${code.slice(6)}`;
  assert.equal(read_recovery_code(digits.slice(0, -1)).kind, 'mistyped');
  assert.equal(read_recovery_code(`${digits.slice(0, -1)}U`).kind, 'mistyped');
  assert.equal(read_recovery_code('correct horse battery').kind, 'other');
  assert.equal(read_recovery_code('').kind, 'other');
});
