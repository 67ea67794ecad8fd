// Lets Node run our TypeScript as it lies: node --import ./web/typescript_loader.mjs --test tests/web/*.test.ts
// Types are erased by esbuild and not checked here (tsc does that); packages are those of web/, wherever the file is;
// a JSON import needs no attribute, as in the bundles.

import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) register(import.meta.url);

const is_package = (specifier) => !/^(\.|\/|[a-z]+:)/.test(specifier);

export async function resolve(specifier, context, next) {
  return next(specifier, is_package(specifier) ? { ...context, parentURL: import.meta.url } : context);
}

export async function load(url, context, next) {
  const file = url.startsWith('file:') ? fileURLToPath(url) : '';
  if (file.endsWith('.ts')) {
    const { transform } = await import('esbuild');
    const source = await readFile(file, 'utf8');
    const { code } = await transform(source, { loader: 'ts', format: 'esm', target: 'node20', sourcemap: 'inline', sourcefile: file });
    return { format: 'module', source: code, shortCircuit: true };
  }
  if (file.endsWith('.json')) {
    return { format: 'module', source: `export default ${await readFile(file, 'utf8')};`, shortCircuit: true };
  }
  return next(url, context);
}
