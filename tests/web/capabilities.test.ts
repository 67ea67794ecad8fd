import assert from 'node:assert/strict';
import { test } from 'node:test';
import { first_missing, missing_message, type Capabilities, type Missing } from '../../web/boot/capabilities.ts';

const everything: Capabilities = { secure: true, wasm_simd: true, webgl2: true, storage: true, isolated: true, microphone: true };

test('boot: nothing is missing in a browser that offers everything', () => {
  assert.equal(first_missing(everything), undefined);
});

test('boot: an insecure address is told first, since it explains the rest', () => {
  assert.equal(first_missing({ ...everything, secure: false, storage: false, isolated: false, microphone: false }), 'secure');
});

test('boot: every missing part has a sentence and something to do', () => {
  for (const name of Object.keys(everything) as Missing[]) {
    const message = missing_message(name);
    assert.ok(message.title.length > 0 && message.text.endsWith('.') && message.steps.length > 0, name);
    assert.ok(!/WebGL|SharedArrayBuffer|OPFS|worklet|wasm/i.test(message.title + message.text + message.steps.join(' ')), name);
  }
});
