// Writes TypeScript copies of what embind emits for a module's bindings:
//
//   node write_shapes.mjs EMITTED.d.ts web            writes web/protocol/shapes.ts and web/store/store_module.ts
//   node write_shapes.mjs EMITTED.d.ts web --check    fails, with what to do, when one of them differs
//
// Enums and limits are no part of what embind emits; they are read from the headers that define them.
//
// The copies are committed so that editors and the TypeScript tests need no C++ build; the check keeps them true.
// Which shape belongs to which copy is read from the C++ file that registers it.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = join(dirname(fileURLToPath(import.meta.url)), '../../src');
const read = (path) => readFileSync(join(sources, path), 'utf8');

/** The enums that shapes.h lets cross, named as in C++. */
function enums() {
  const names = [...read('platform/shapes.h').matchAll(/^CHARTSIDE_NUMBER_ENUM\((\w+)\)/gm)].map((match) => match[1]);
  const headers = ['transcript', 'note', 'visit', 'state'].map((name) => read(`domain/${name}.h`)).join('\n');
  return names.map((name) => {
    const body = headers.match(new RegExp(`enum class ${name} : int \\{([^}]*)\\}`))?.[1];
    if (body === undefined) throw new Error(`enum class ${name} is in no header of src/domain that is read here`);
    let next = 0;
    const members = body.replace(/\/\/.*$/gm, '').split(',').map((member) => member.trim()).filter(Boolean).map((member) => {
      const [label, value] = member.split('=').map((part) => part.trim());
      const number = value === undefined ? next : Number(value);
      next = number + 1;
      return `${label}: ${number}`;
    });
    return `export const ${name} = { ${members.join(', ')} } as const;\nexport type ${name} = (typeof ${name})[keyof typeof ${name}];\n`;
  }).join('');
}

function limit_ms(name) {
  const factors = read('audio/limits.h').match(new RegExp(`${name} = ([\\d.* ]+);`))?.[1];
  if (factors === undefined) throw new Error(`${name} is not in src/audio/limits.h`);
  return factors.split('*').reduce((product, factor) => product * Number(factor), 1);
}

const COPIES = [
  {
    source: 'platform/shapes.cpp',
    output: 'protocol/shapes.ts',
    header: `// Written by tools/shapes/write_shapes.mjs from the embind bindings in src/platform/shapes.cpp. Do not edit:
// change the C++ struct and its binding, build the target \`shapes_write\`, and commit the result. Character
// offsets are UTF-8 byte offsets, times are milliseconds, enums are plain numbers.

/** The longest audio of a visit, and the longest that is taken: src/audio/limits.h. */
export const LONGEST_AUDIO_MS = ${limit_ms('longest_audio_ms')};
export const LONGEST_FILE_MS = ${limit_ms('longest_file_ms')};

${enums()}
/** Result<T> of src/base/result.h as it leaves a wasm module. */
export type Outcome<T> =
  | ([T] extends [void] ? { ok: true } : { ok: true; value: T })
  | { ok: false; error: { code: string; message: string; detail: string } };
`,
  },
  {
    source: 'platform/store/bindings.cpp',
    output: 'store/store_module.ts',
    header: `// Written by tools/shapes/write_shapes.mjs from the embind bindings in src/platform/store/bindings.cpp. Do not
// edit: change the bindings, build the target \`shapes_write\`, and commit the result.

import type { Consent, Mark, Note, Outcome, Segment, VisitDocument, VisitSummary } from '../protocol/shapes.ts';
import type { AccessFile } from './folder.ts';

export interface StoreModule {
  PracticeStore: new () => PracticeStore;
  /** Set before PracticeStore.open: database, write-ahead log, journal. Read by library_store.js. */
  store_files?: AccessFile[];
}
`,
  },
];

function convert(emitted, { source, header }) {
  const bindings = read(source);
  const names = new Set([...bindings.matchAll(/(?:value_object|class_)<\w+>\("(\w+)"\)/g)].map((match) => match[1]));
  const bodies = new Map();
  const pattern = /^export (?:type (\w+) = |interface (\w+) (?:extends ClassHandle )?)\{\n([\s\S]*?)\n\};?$/gm;
  for (const [, type_name, class_name, body] of emitted.matchAll(pattern)) {
    const name = type_name ?? class_name;
    const lines = body.split('\n').map((line) => `${line.replaceAll('EmbindString', 'string').replace(/[,;]$/, '')};`);
    // The emitter orders a class's functions as it likes.
    bodies.set(name, (class_name ? lines.sort() : lines).join('\n'));
  }
  const interfaces = [...names].map((name) => {
    if (!bodies.has(name)) throw new Error(`${source}: ${name} is not in the emitted types`);
    return `export interface ${name} {\n${bodies.get(name)}\n}\n`;
  });
  return [header, ...interfaces].join('\n');
}

const [input, web, mode] = process.argv.slice(2);
const emitted = readFileSync(input, 'utf8');
for (const copy of COPIES) {
  const wanted = convert(emitted, copy);
  const path = join(web, copy.output);
  if (mode !== '--check') {
    writeFileSync(path, wanted);
  } else if (readFileSync(path, 'utf8') !== wanted) {
    console.error(`${path} differs from the C++ bindings. Build the target shapes_write and commit the result.`);
    process.exitCode = 1;
  }
}
