// Fetches the files that the engine needs, with progress over all of them, and refuses what does not match the
// site's manifest. Inference worker.
//
// Each file is read as a stream into a buffer of its known size, so that a wrong size stops early; the hash is
// taken over the whole (the browser's own SHA-256 takes no stream).

import { CallError } from '../protocol/call.ts';
import { INFERENCE_FILES, type LoadProgress, type SiteManifest } from '../protocol/inference.ts';
import { sha256_hex } from '../protocol/sha256.ts';

export type InferenceFile = keyof typeof INFERENCE_FILES;
export type FetchedFiles = Record<InferenceFile, Uint8Array>;

const LABELS: Record<InferenceFile, string> = {
  engine: 'Speech engine',
  onnxruntime: 'Speech engine',
  encoder: 'Speech model',
  decoder: 'Speech model',
  tokens: 'Speech model',
  voice_activity: 'Voice detector',
  note: 'Note model',
};
const TELL_EVERY_BYTES = 256 * 1024;

function damaged(path: string, detail: string): CallError {
  return new CallError({
    code: 'corrupt',
    message: 'A model file arrived damaged. Reload the page to fetch it again; if it happens again, tell whoever runs this site.',
    detail: `${path}: ${detail}`,
  });
}

function unreachable(path: string, detail: string): CallError {
  return new CallError({
    code: 'io',
    message: 'The speech model could not be fetched. Check the connection and try again; what was saved is safe.',
    detail: `${path}: ${detail}`,
  });
}

async function fetch_checked(url: URL, path: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal, credentials: 'omit' });
  } catch (error) {
    if (signal.aborted) throw error;
    throw unreachable(path, String(error));
  }
  if (!response.ok || !response.body) throw unreachable(path, `status ${response.status}`);
  return response;
}

async function read_body(
  response: Response,
  path: string,
  byte_count: number,
  on_bytes: (count: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(byte_count);
  let at = 0;
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > byte_count) {
      await reader.cancel();
      throw damaged(path, `longer than ${byte_count} bytes`);
    }
    bytes.set(value, at);
    at += value.length;
    on_bytes(value.length);
  }
  if (at !== byte_count) throw damaged(path, `${at} of ${byte_count} bytes`);
  return bytes;
}

async function fetch_manifest(base_url: string, signal: AbortSignal): Promise<SiteManifest> {
  const response = await fetch_checked(new URL('manifest.json', base_url), 'manifest.json', signal);
  const manifest = (await response.json()) as unknown;
  if (typeof manifest !== 'object' || manifest === null || typeof (manifest as { files?: unknown }).files !== 'object') {
    throw damaged('manifest.json', 'no list of files');
  }
  return manifest as SiteManifest;
}

export async function fetch_model_files(
  base_url: string,
  signal: AbortSignal,
  on_progress: (progress: LoadProgress) => void,
): Promise<FetchedFiles> {
  const manifest = await fetch_manifest(base_url, signal);
  const names = Object.keys(INFERENCE_FILES) as InferenceFile[];
  const listed = names.map((name) => {
    const entry = manifest.files[INFERENCE_FILES[name]];
    if (!entry) throw unreachable(INFERENCE_FILES[name], 'not in manifest.json');
    return { name, path: INFERENCE_FILES[name], ...entry };
  });
  const total_bytes = listed.reduce((sum, file) => sum + file.bytes, 0);
  let done_bytes = 0;
  let told_bytes = 0;
  const fetched: Partial<FetchedFiles> = {};
  for (const file of listed) {
    const label = LABELS[file.name];
    on_progress({ label, done_bytes, total_bytes });
    const response = await fetch_checked(new URL(file.path, base_url), file.path, signal);
    const bytes = await read_body(response, file.path, file.bytes, (count) => {
      done_bytes += count;
      if (done_bytes - told_bytes < TELL_EVERY_BYTES) return;
      told_bytes = done_bytes;
      on_progress({ label, done_bytes, total_bytes });
    });
    if ((await sha256_hex(bytes)) !== file.sha256) throw damaged(file.path, 'SHA-256 differs');
    fetched[file.name] = bytes;
  }
  on_progress({ label: 'Starting the speech model', done_bytes, total_bytes });
  return fetched as FetchedFiles;
}
