// The web servers of deploy/, started by their configurations as they stand but for name, folder, port and certificate.

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../tools/samples/cut.mjs';

export const SITE = process.env['CHARTSIDE_SITE'] ?? join(ROOT, 'build/web-release/site');

async function free_port(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function replaced(text: string, changes: [string, string][]): string {
  let changed = text;
  for (const [from, to] of changes) {
    assert.ok(changed.includes(from), `the configuration says ${from}`);
    changed = changed.replace(from, to);
  }
  return changed;
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  let said = '';
  server.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) throw new Error(`the server ended: ${said}`);
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((later) => setTimeout(later, 50));
    }
  }
  throw new Error(`the server does not answer: ${said}`);
}

export type ServerName = 'nginx' | 'caddy';
export const SERVER_NAMES: readonly ServerName[] = ['nginx', 'caddy'];

const COMMANDS: Record<ServerName, (port: number, folder: string) => { command: string; args: string[] }> = {
  nginx: (port, folder) => {
    const site = replaced(readFileSync(join(ROOT, 'deploy/nginx.conf'), 'utf8'), [
      ['listen 443 ssl;', `listen 127.0.0.1:${port};`],
      ['    ssl_certificate /etc/ssl/chartside.pem;\n', ''],
      ['    ssl_certificate_key /etc/ssl/chartside.key;\n', ''],
      ['/srv/chartside', SITE],
    ]);
    const path = join(folder, 'nginx.conf');
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
    const user = process.getuid?.() === 0 ? 'user root;' : '';
    writeFileSync(path, `${user} daemon off; pid ${folder}/nginx.pid; error_log stderr; events {} http { access_log off; ${paths}\n${site}\n}`);
    return { command: 'nginx', args: ['-p', folder, '-c', path, '-e', 'stderr'] };
  },
  caddy: (port, folder) => {
    const site = replaced(readFileSync(join(ROOT, 'deploy/Caddyfile'), 'utf8'), [
      ['chartside.example {', `http://127.0.0.1:${port} {`],
      ['/srv/chartside', SITE],
    ]);
    const path = join(folder, 'Caddyfile');
    writeFileSync(path, `{\n\tadmin off\n}\n${site}`);
    return { command: 'caddy', args: ['run', '--config', path, '--adapter', 'caddyfile'] };
  },
};

export interface WebServer {
  url: string;
  close(): Promise<void>;
}

export async function start_web_server(name: ServerName): Promise<WebServer> {
  const folder = mkdtempSync(join(tmpdir(), `chartside-${name}-`));
  const port = await free_port();
  const { command, args } = COMMANDS[name](port, folder);
  const server = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } });
  const url = `http://127.0.0.1:${port}/`;
  const close = async (): Promise<void> => {
    server.kill();
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answers(url, server);
  } catch (error) {
    await close();
    throw error;
  }
  return { url, close };
}
