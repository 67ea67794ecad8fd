// The one word error of the tests and benchmarks: what counts as misheard, and what is only written otherwise.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compared_words, word_error, words_apart } from '../../tools/samples/words.mjs';

test('words: a number in words and in digits is the same number', () => {
  for (const [spoken, written] of [
    ['fifty milligrams', '50 mg'],
    ['one forty-six over eighty-eight', '146/88'],
    ['one hundred and ten degrees', '110 degrees'],
    ['eight point one percent', '8.1%'],
    ['one thousand milligrams', '1,000 mg'],
  ] as const) {
    assert.deepEqual(compared_words(spoken), compared_words(written));
  }
  assert.notDeepEqual(compared_words('fifteen milligrams'), compared_words('50 mg'));
});

test('words: fillers, case and punctuation are no error; a word that is missing, added or wrong is one', () => {
  assert.equal(word_error('Um, it hurts. Uh, here.', 'it hurts here').errors, 0);
  assert.deepEqual(word_error('she denies fever', 'He denies a fever'), { errors: 2, words: 3, rate: 2 / 3 });
  assert.equal(word_error('one thing', '').rate, 1);
  assert.equal(words_apart([], ['invented']), 1);
});
