import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { Browser, Driver, serve_site, type Site } from './harness.ts';

// Written out: whoever weakens web/headers.json has to weaken it here too.
const POLICY = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self'", "connect-src 'self'", "style-src 'self'",
  "img-src 'self'", "font-src 'self'", "media-src 'self' blob:", "manifest-src 'self'", "base-uri 'none'", "form-action 'none'",
  "frame-ancestors 'none'", "webrtc 'block'", "require-trusted-types-for 'script'", 'trusted-types app',
  'sandbox allow-scripts allow-same-origin allow-downloads allow-modals', // modals: printing
].join('; ');
const wanted = Object.entries({
  'Content-Security-Policy': POLICY,
  'Connection-Allowlist': '(response-origin)',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
});

let site: Site;
let browser: Browser;
let driver: Driver;
before(async () => {
  site = await serve_site();
  browser = await Browser.open();
  driver = new Driver(browser.page);
});
after(async () => {
  await browser.close();
  site.close();
});

async function check_headers(): Promise<string[]> {
  const paths: string[] = [];
  for (const response of browser.responses.splice(0)) {
    if (response.url().startsWith('blob:')) continue;
    const headers = await response.allHeaders();
    for (const [name, value] of wanted) {
      assert.equal(headers[name.toLowerCase()], value, `${name} of ${response.url()}`);
    }
    paths.push(new URL(response.url()).pathname);
  }
  return paths;
}

test('silence: the policy headers are on every response, workers, worklets and models included', async () => {
  await driver.open(site.url);
  await driver.until('the models are loaded', (state) => state.models_ready);
  const paths = await check_headers();
  for (const part of ['/', '/boot/main.js', '/store/store.worker.js', '/inference/inference.worker.js', '/wasm/app.wasm']) {
    assert.ok(paths.includes(part), `${part} was not asked for; there were ${paths.join(' ')}`);
  }
  assert.deepEqual(browser.errors, []);
});

test('silence: what the sandbox must leave open is open: printing, saving a file, the clipboard; and the page installs', async () => {
  const { page } = browser;
  // Without allow-modals Chromium ignores the call, and says so on the console; with it the page hears that it is printed.
  const is_printed = await page.evaluate(async () => {
    const heard = new Promise((tell) => addEventListener('beforeprint', () => tell(true), { once: true }));
    window.print();
    return Promise.race([heard, new Promise((late) => setTimeout(() => late(false), 2000))]);
  });
  assert.equal(is_printed, true);
  const saved = page.waitForEvent('download');
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['kept'])), download: 'kept.txt' });
    document.body.append(link);
    link.click();
    link.remove();
  });
  assert.equal((await saved).suggestedFilename(), 'kept.txt');
  assert.equal(await page.evaluate(() => navigator.clipboard.writeText('copied').then(() => navigator.clipboard.readText())), 'copied');
  const session = await browser.context.newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors, []);
  const { errors } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  assert.deepEqual(browser.errors, []);
});

test('silence: the service worker keeps the page, adds the same headers, and answers without the server', async () => {
  await driver.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((taken) => navigator.serviceWorker.addEventListener('controllerchange', taken, { once: true }));
  });
  site.close();
  browser.responses.splice(0);
  await driver.reload();
  await driver.until('the models are loaded from the copy', (state) => state.models_ready);
  assert.ok((await check_headers()).length > 5);
  assert.equal(await driver.page.evaluate(() => crossOriginIsolated), true);
});

test('silence: the service worker refuses other origins, queries and what is not in the manifest', async () => {
  const outcomes = await driver.page.evaluate(async (foreign: string) => {
    const tried = ['boot/main.js?x=1', 'nothing/here.txt', foreign, './'];
    const answers: Record<string, string> = {};
    for (const url of tried) {
      answers[url] = await fetch(url).then(
        (response) => String(response.status),
        () => 'refused',
      );
    }
    answers['post'] = await fetch('index.html', { method: 'POST', body: 'x' }).then(
      (response) => String(response.status),
      () => 'refused',
    );
    return answers;
  }, 'http://localhost:9/leak');
  assert.deepEqual(outcomes, {
    'boot/main.js?x=1': 'refused',
    'nothing/here.txt': 'refused',
    'http://localhost:9/leak': 'refused',
    './': '200',
    post: 'refused',
  });
  assert.equal((await driver.state()).bytes_sent, 0);
});

test('silence: what a page without its policy sends elsewhere is counted', async () => {
  const asked: string[] = [];
  const elsewhere = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((ready) => elsewhere.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/leak`;
  const open_site = await serve_site();
  const open_browser = await Browser.open();
  // Nor may the service worker stand in the way, nor Chromium, which trusts no page that did not come from an address.
  await open_browser.page.addInitScript(() => (ServiceWorkerContainer.prototype.register = () => new Promise(() => undefined)));
  await open_browser.page.route((address) => ['/', '/leak'].includes(address.pathname), async (route) => {
    const response = await route.fetch();
    const { 'content-security-policy': _policy, 'connection-allowlist': _allowlist, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  const open_driver = new Driver(open_browser.page);
  await open_driver.open(open_site.url);
  await open_browser.page.evaluate((address) => fetch(address, { mode: 'no-cors' }).catch(() => undefined), url);
  const state = await open_driver.until('the count rises', (now) => now.bytes_sent > 0);
  assert.equal(state.bytes_sent, url.length);
  assert.deepEqual(asked, ['/leak']);
  await open_browser.close();
  open_site.close();
  elsewhere.close();
});
