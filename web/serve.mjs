// Serves the built site on this machine only, with the headers that keep the page silent. Node's standard library.
//
//   serve.mjs [FOLDER] [PORT]   or   serve.mjs --dir FOLDER --port PORT
//
// Without a port it takes 8080 or the next free one; with port 0 the system picks. Prints the address on one line.

import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { media_type_of } from './media_types.mjs';

const web = dirname(fileURLToPath(import.meta.url));
const { values, positionals } = parseArgs({
  options: { dir: { type: 'string' }, port: { type: 'string' } },
  allowPositionals: true,
});
const folder = resolve(values.dir ?? positionals[0] ?? join(dirname(web), 'build/web-release/site'));
const wanted_port = values.port ?? positionals[1];
const headers = JSON.parse(readFileSync(join(web, 'headers.json'), 'utf8'));

/** The file behind a request path, or undefined: never one outside the folder. */
function locate(request_path) {
  let decoded;
  try {
    decoded = decodeURIComponent(request_path);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0')) return undefined;
  const path = normalize(join(folder, decoded.endsWith('/') ? `${decoded}index.html` : decoded));
  if (!path.startsWith(folder + sep)) return undefined;
  const details = statSync(path, { throwIfNoEntry: false });
  return details?.isFile() ? { path, size: details.size, etag: `"${details.size}-${Math.trunc(details.mtimeMs)}"` } : undefined;
}

/** One range of bytes, inclusive; undefined for no or several ranges (then the whole file goes); null if unsatisfiable. */
function parse_range(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start > end ? null : { start, end };
}

function answer(request, response) {
  const send = (status, extra, text) => {
    response.writeHead(status, { ...headers, ...extra });
    response.end(text);
  };
  const plain = { 'Content-Type': media_type_of('refusal.txt') };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return send(405, { ...plain, Allow: 'GET, HEAD' }, 'Only GET is answered here.\n');
  }
  const file = locate(new URL(request.url, 'http://localhost').pathname);
  if (!file) return send(404, plain, 'There is no such file.\n');

  const common = {
    'Content-Type': media_type_of(file.path),
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-cache',
    ETag: file.etag,
  };
  if (request.headers['if-none-match'] === file.etag) return send(304, common);
  const range = parse_range(request.headers.range, file.size);
  if (range === null) return send(416, { ...plain, 'Content-Range': `bytes */${file.size}` }, 'No such range.\n');
  const length = range ? range.end - range.start + 1 : file.size;
  const sized = { ...common, 'Content-Length': length };
  if (range) sized['Content-Range'] = `bytes ${range.start}-${range.end}/${file.size}`;
  response.writeHead(range ? 206 : 200, { ...headers, ...sized });
  if (request.method === 'HEAD' || length === 0) return response.end();
  const stream = createReadStream(file.path, range ?? {});
  stream.on('error', () => response.destroy());
  response.on('close', () => stream.destroy());
  stream.pipe(response);
}

function listen(port, attempts_left) {
  const server = createServer((request, response) => {
    try {
      answer(request, response);
    } catch (error) {
      console.error(`serve: ${request.url}: ${error.message}`);
      if (!response.headersSent) response.writeHead(500, headers);
      response.end();
    }
  });
  server.once('error', (error) => {
    if (error.code === 'EADDRINUSE' && attempts_left > 0) return listen(port + 1, attempts_left - 1);
    console.error(`serve: port ${port} cannot be used (${error.code}). Name another: ./dev serve PORT`);
    process.exit(1);
  });
  server.listen(port, '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${server.address().port}/`);
  });
}

if (!statSync(join(folder, 'index.html'), { throwIfNoEntry: false })) {
  console.error(`serve: ${folder} holds no index.html. Build the site first: ./dev build`);
  process.exit(1);
}
if (wanted_port !== undefined && !/^\d{1,5}$/.test(wanted_port)) {
  console.error(`serve: '${wanted_port}' is not a port number.`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
listen(Number(wanted_port ?? 8080), wanted_port === undefined ? 50 : 0);
