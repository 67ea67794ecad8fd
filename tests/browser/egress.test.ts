// The page is asked to talk, in every way that we know, and nobody may hear it: not a listener to which every other name
// leads, not Chromium's own log of the names it looked up and the connections it began. Without a policy the same
// attempts are heard, so the listener is not deaf.

import assert from 'node:assert/strict';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer as create_http, type Server } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import type { Page, Worker } from 'playwright-core';
import { DeployedSite } from './deployed_site.ts';
import { FROM_PAGE, FROM_PAGE_LEAVING, FROM_WORKER, type Target } from './egress_attempts.ts';
import { SERVER_NAMES, start_web_server } from '../web/web_servers.ts';
import { Browser, Driver, build_folder, serve_site } from './harness.ts';

const OUTSIDE = 'outside.test';
/** From the last attempt until the last of it would have come. */
const HEARD_WITHIN_MS = 2500;

/** Hears whatever arrives: names in HTTP and TLS, datagrams. */
class Listener {
  readonly heard = new Set<string>();
  #port = 0;
  readonly #server = createServer((socket) => {
    socket.on('data', (bytes) => this.#hear(bytes.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => undefined);
    setTimeout(() => socket.destroy(), 500);
  });
  readonly #udp: UdpSocket = createSocket('udp4');
  readonly #stun: UdpSocket = createSocket('udp4');
  #stun_port = 0;

  async open(): Promise<void> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    this.#port = (this.#server.address() as AddressInfo).port;
    this.#udp.on('message', () => this.heard.add('QUIC'));
    this.#stun.on('message', () => this.heard.add('STUN'));
    await new Promise<void>((ready) => this.#udp.bind(this.#port, '127.0.0.1', ready));
    await new Promise<void>((ready) => this.#stun.bind(0, '127.0.0.1', ready));
    this.#stun_port = this.#stun.address().port;
  }

  target(name: string): Target {
    const host = `${name}.${OUTSIDE}`;
    const at = `${host}:${this.#port}`;
    return { http: `http://${at}/${name}`, https: `https://${at}/${name}`, ws: `ws://${at}/${name}`, wss: `wss://${at}/${name}`, host, stun: `127.0.0.1:${this.#stun_port}` };
  }

  close(): void {
    this.#server.close();
    this.#udp.close();
    this.#stun.close();
  }

  #hear(text: string): void {
    const names = [...text.matchAll(/([a-z0-9-]+)\.outside\.test/g)].map((match) => match[1] as string);
    for (const name of names) this.heard.add(name);
    if (names.length === 0) this.heard.add('a connection without a name');
  }
}

/** Names that Chromium looked up or connected to, by its own log. */
function names_in_log(path: string): Set<string> {
  const log = readFileSync(path, 'utf8');
  const constants = JSON.parse(/"logEventTypes":(\{[^}]*\})/.exec(log)?.[1] ?? '{}') as Record<string, number>;
  const wanted = new Set(
    Object.entries(constants).flatMap(([name, number]) => (/^(HOST_RESOLVER_(MANAGER|SYSTEM|DNS)|TCP_CONNECT|UDP_CONNECT|QUIC_SESSION$|SSL_CONNECT$)/.test(name) ? [number] : [])),
  );
  assert.ok(wanted.size > 3, 'the log says what its numbers mean');
  const names = new Set<string>();
  for (const line of log.split('\n')) {
    const type = Number(/"type":(\d+)\}?,?$/.exec(line)?.[1]);
    if (!wanted.has(type)) continue;
    for (const match of line.matchAll(/([a-z0-9-]+)\.outside\.test/g)) names.add(match[1] as string);
  }
  return names;
}

const listener = new Listener();
before(() => listener.open());
after(() => listener.close());

interface Battery {
  made: string[];
  heard: string[];
}

async function attempt(where: Page | Worker, realm: string, name: string, run: (to: Target) => unknown): Promise<string> {
  const target = listener.target(`${realm}-${name}`);
  // By its text: what runs over there has nothing of this file.
  const made = (where as Page).evaluate(`(async () => { try { await (${run.toString()})(${JSON.stringify(target)}); } catch {} })()`);
  await Promise.race([made.catch(() => undefined), new Promise((late) => setTimeout(late, 300))]);
  return `${realm}-${name}`;
}

async function run_battery(prefix: string, open: (page: Page) => Promise<void>): Promise<Battery> {
  listener.heard.clear();
  const log = join(build_folder('egress'), `${prefix}.json`);
  const browser = await Browser.open({
    viewport: { width: 400, height: 300 },
    paints: false,
    arguments: [`--host-resolver-rules=MAP *.${OUTSIDE} 127.0.0.1`, '--no-proxy-server', `--log-net-log=${log}`, '--net-log-capture-mode=Everything', '--enable-experimental-web-platform-features'],
  });
  const made: string[] = [];
  const page = browser.page;
  await open(page);
  const page_url = page.url();
  const [worker] = page.workers();
  const [service_worker] = browser.context.serviceWorkers();
  assert.ok(worker && service_worker, 'there are a worker and a service worker');
  const all = (where: Page | Worker, realm: string, ways: typeof FROM_PAGE): Promise<string[]> =>
    Promise.all(Object.entries(ways).map(([name, run]) => attempt(where, `${prefix}-${realm}`, name, run)));
  made.push(...(await all(worker, 'worker', FROM_WORKER)), ...(await all(service_worker, 'sw', FROM_WORKER)), ...(await all(page, 'page', FROM_PAGE)));
  for (const [name, run] of Object.entries(FROM_PAGE_LEAVING)) {
    const leaving = await browser.context.newPage();
    await leaving.goto(page_url, { waitUntil: 'domcontentloaded' });
    made.push(await attempt(leaving, `${prefix}-leaving`, name, run));
  }
  await new Promise((later) => setTimeout(later, HEARD_WITHIN_MS));
  await browser.close();
  return { made, heard: [...new Set([...listener.heard, ...names_in_log(log)])].sort() };
}

function tell(t: TestContext, { made, heard }: Battery): void {
  t.diagnostic(`${made.length} attempts, ${heard.length} heard${heard.length > 0 && heard.length < 12 ? `: ${heard.join(', ')}` : ''}`);
}

test('egress: a page without a policy is heard by most ways, so the listener hears', async (t) => {
  const worker = 'self.onmessage = () => undefined;';
  const server: Server = create_http((request, response) => {
    const is_script = request.url?.endsWith('.js') === true;
    response.writeHead(200, { 'Content-Type': is_script ? 'text/javascript' : 'text/html' });
    response.end(is_script ? worker : '<!doctype html><title>open</title><body><script>new Worker("/worker.js"); navigator.serviceWorker.register("/sw.js");</script>');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const battery = await run_battery('open', async (page) => {
    await page.goto(url);
    await page.evaluate(() => navigator.serviceWorker.ready);
  });
  server.closeAllConnections();
  server.close();
  tell(t, battery);
  t.diagnostic(`not heard: ${battery.made.filter((name) => !battery.heard.includes(name)).join(', ')}`);
  assert.ok(battery.heard.length > battery.made.length / 2, `${battery.heard.length} of ${battery.made.length} were heard`);
  assert.ok(battery.heard.includes('STUN') && battery.heard.includes('QUIC'), 'datagrams are heard');
});

async function open_chartside(page: Page, url: string): Promise<void> {
  await new Driver(page).open(url);
  await page.evaluate(() => navigator.serviceWorker.ready);
}

test('egress: with the server’s headers nothing is heard, from page, worker and service worker', async (t) => {
  const site = await serve_site();
  const battery = await run_battery('server', (page) => open_chartside(page, site.url));
  site.close();
  tell(t, battery);
  assert.deepEqual(battery.heard, []);
});

test('egress: where the host sends no headers, the service worker’s silence the page and its workers', async (t) => {
  const site = new DeployedSite({ sealing: false });
  await site.open();
  const battery = await run_battery('sealed', (page) => open_chartside(page, site.url));
  site.close();
  tell(t, battery);
  // The service worker is itself under no policy there: its script came without headers. What runs in it is its own code,
  // which asks for files of the site's manifest and for nothing else (offline.test.ts); no page can put code into it.
  const by_others = battery.heard.filter((name) => !name.startsWith('sealed-sw-') && name !== 'QUIC');
  assert.deepEqual(by_others, []);
});

// The same headers from other servers (tests/web/deploy.test.ts compares them): tried where a change is about to land.
for (const name of process.env['CI'] === 'true' ? SERVER_NAMES : []) {
  test(`egress: from ${name} too nothing is heard`, async (t) => {
    const server = await start_web_server(name);
    const battery = await run_battery(name, (page) => open_chartside(page, server.url));
    await server.close();
    tell(t, battery);
    assert.deepEqual(battery.heard, []);
  });
}
