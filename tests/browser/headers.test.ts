import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Browser, Driver, REPOSITORY, serve_site, type Site } from './harness.ts';

const wanted = Object.entries(JSON.parse(readFileSync(join(REPOSITORY, 'web/headers.json'), 'utf8')) as Record<string, string>);

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
