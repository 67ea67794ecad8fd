// Writes web/protocol/shapes.ts from the TypeScript that embind emits for src/platform/shapes.cpp.
//
//   node write_shapes.mjs EMITTED.d.ts OUT.ts          writes it
//   node write_shapes.mjs EMITTED.d.ts OUT.ts --check  fails, with the command to run, when it differs
//
// The copy is committed so that editors and the TypeScript tests need no C++ build; the check keeps it true.

import { readFileSync, writeFileSync } from 'node:fs';

const HEADER = `// Written by tools/shapes/write_shapes.mjs from the embind bindings in src/platform/shapes.cpp. Do not edit:
// change the C++ struct and its binding, build the target \`shapes_write\`, and commit the result. Character
// offsets are UTF-8 byte offsets, times are milliseconds, enums are plain numbers (named in src/domain).

/** Result<T> of src/base/result.h as it leaves a wasm module. */
export type Outcome<T> =
  | ([T] extends [void] ? { ok: true } : { ok: true; value: T })
  | { ok: false; error: { code: string; message: string; detail: string } };
`;

function convert(emitted) {
  const interfaces = [];
  for (const [, name, body] of emitted.matchAll(/^export type (\w+) = \{\n([\s\S]*?)\n\};/gm)) {
    const fields = body.replaceAll('EmbindString', 'string').replace(/,$/gm, '').replace(/$/gm, ';');
    interfaces.push(`export interface ${name} {\n${fields}\n}\n`);
  }
  if (interfaces.length === 0) throw new Error('no shapes in the emitted types: has the emitter changed?');
  return [HEADER, ...interfaces].join('\n');
}

const [input, output, mode] = process.argv.slice(2);
const wanted = convert(readFileSync(input, 'utf8'));
if (mode === '--check') {
  if (readFileSync(output, 'utf8') !== wanted) {
    console.error(`${output} differs from the C++ structs. Build the target shapes_write and commit the result.`);
    process.exit(1);
  }
} else {
  writeFileSync(output, wanted);
}
