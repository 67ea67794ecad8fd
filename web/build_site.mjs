// Puts the site together: build_site.mjs BUILD_FOLDER -> BUILD_FOLDER/site. Node, no arguments else.
//
// The site mirrors web/: every boot/main.ts, *.worker.ts and *.worklet.ts becomes one bundle of the same name beside
// the files of public/, the wasm modules, onnxruntime's wasm, the models and the fonts. manifest.json names every file
// with its size and SHA-256; the service worker and the inference worker check what they load against it.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const web = dirname(fileURLToPath(import.meta.url));
const repository = dirname(web);
const assets = join(repository, '.cache/assets');
const build_folder = resolve(process.argv[2] ?? join(repository, 'build/web-release'));
const site = join(build_folder, 'site');
const is_debug = build_folder.endsWith('debug');

const SERVICE_WORKER = 'service_worker/service_worker.ts';
const MODELS = {
  'moonshine/encoder_model.onnx': 'models/moonshine/encoder_model.onnx',
  'moonshine/decoder_model_merged.onnx': 'models/moonshine/decoder_model_merged.onnx',
  'silero/silero_vad_v5.onnx': 'models/silero/silero_vad_v5.onnx',
  'fonts/Inter_400Regular.ttf': 'fonts/Inter_400Regular.ttf',
  'fonts/Inter_500Medium.ttf': 'fonts/Inter_500Medium.ttf',
  'fonts/Inter_600SemiBold.ttf': 'fonts/Inter_600SemiBold.ttf',
  'icons/lucide.ttf': 'fonts/lucide.ttf',
};
const ONNXRUNTIME = ['ort-wasm-simd-threaded.wasm', 'ort-wasm-simd-threaded.mjs'];

/** Every file under a folder, as paths relative to it with '/'. */
function files_under(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function entry_points() {
  return files_under(web).filter(
    (path) => !path.startsWith('node_modules/') && /(^boot\/main|\.worker|\.worklet)\.ts$/.test(path),
  );
}

/** An import of '../wasm/engine.mjs' stays one: the modules are files of the site, in the same place as seen from web/. */
const keep_wasm_imports = {
  name: 'keep-wasm-imports',
  setup(build) {
    build.onResolve({ filter: /\/wasm\/[a-z]+\.mjs$/ }, ({ path }) => ({ path, external: true }));
  },
};

async function bundle(entries, define = {}) {
  const result = await build({
    absWorkingDir: web,
    entryPoints: entries,
    outdir: site,
    outbase: web,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: ['es2022'],
    minify: !is_debug,
    sourcemap: is_debug ? 'inline' : false,
    legalComments: 'none', // licences.txt carries them
    external: ['node:*'],
    plugins: [keep_wasm_imports],
    define,
    logLevel: 'warning',
  });
  return result.outputFiles.map((file) => [relative(site, file.path), Buffer.from(file.contents)]);
}

/** All the parts but manifest.json and the service worker: path in the site -> bytes. */
async function collect() {
  const parts = new Map();
  for (const path of files_under(join(repository, 'public'))) {
    if (!path.endsWith('.md')) parts.set(path, readFileSync(join(repository, 'public', path)));
  }
  for (const path of files_under(join(build_folder, 'wasm'))) {
    if (/\.(mjs|wasm)$/.test(path)) parts.set(`wasm/${path}`, readFileSync(join(build_folder, 'wasm', path)));
  }
  for (const [from, to] of Object.entries(MODELS)) parts.set(to, readFileSync(join(assets, from)));
  for (const name of ONNXRUNTIME) {
    parts.set(`onnxruntime/${name}`, readFileSync(join(web, 'node_modules/onnxruntime-web/dist', name)));
  }
  parts.set('licences.txt', licences());
  const entries = entry_points();
  if (entries.length > 0) for (const [path, bytes] of await bundle(entries)) parts.set(path, bytes);
  return parts;
}

/** One text with the licence of everything that ships. tools/setup/licences/shipped.txt: name, licence, file. */
function licences() {
  const folder = join(repository, 'tools/setup/licences');
  const chapters = readFileSync(join(folder, 'shipped.txt'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('#'))
    .map((line) => {
      const [name, licence, file] = line.split(/ {2,}/);
      const text = readFileSync(join(repository, file), 'utf8').trim();
      return `${'='.repeat(78)}\n${name} (${licence})\n${'='.repeat(78)}\n\n${text}\n`;
    });
  return Buffer.from(`Chartside is made with these works of others.\n\n${chapters.join('\n')}`);
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Leaves an unchanged file alone, so that its time, and with it the browser's copy, stays valid. */
function write_if_changed(path, bytes) {
  const target = join(site, path);
  if (existsSync(target) && statSync(target).size === bytes.length && readFileSync(target).equals(bytes)) return;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, bytes);
}

async function main() {
  const parts = await collect();
  const files = {};
  for (const path of [...parts.keys()].sort()) {
    files[path] = { bytes: parts.get(path).length, sha256: sha256(parts.get(path)) };
  }
  const version = sha256(JSON.stringify(files)).slice(0, 16);
  parts.set('manifest.json', Buffer.from(`${JSON.stringify({ version, files }, null, 1)}\n`));
  if (existsSync(join(web, SERVICE_WORKER))) {
    // At the root, because its folder is its scope; with the version inside, so that it changes when any file does.
    const [[, bytes]] = await bundle([SERVICE_WORKER], { SITE_VERSION: JSON.stringify(version) });
    parts.set('service_worker.js', bytes);
  }
  for (const [path, bytes] of parts) write_if_changed(path, bytes);
  for (const path of files_under(site)) if (!parts.has(path)) rmSync(join(site, path));
  console.log(`site: ${parts.size} files, version ${version}, in ${relative(repository, site)}`);
}

await main();
