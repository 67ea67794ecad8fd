// What the Chromium tests share: the site's server, a browser on a profile that outlives it, and a driver that
// waits on the page's own state (window.__chartside), never on a number of milliseconds.
//
//   CHARTSIDE_SITE  the built site, else build/web-release/site
//   CHROMIUM        the browser, else /usr/bin/chromium

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContext, BrowserType, Page, Request, Response } from 'playwright-core';
import { ROOT } from '../../tools/samples/cut.mjs';
import type { ScreenElement } from '../../web/host/application.ts';
import type { Inspection, PageState } from '../../web/host/inspection.ts';

declare global {
  interface Window {
    readonly __chartside?: Inspection;
  }
}

// Not import.meta.dirname: the test may have been bundled to another folder.
export const REPOSITORY = ROOT;
export const SITE = resolve(process.env['CHARTSIDE_SITE'] ?? join(REPOSITORY, 'build/web-release/site'));
/** Generated sound and screenshots. */
export const BUILD = join(REPOSITORY, 'build/browser_tests');
const WAIT_MS = 120_000;
const CLOSE_MS = 60_000;
/** A visit is heard and written in a few minutes, on a busy machine too. */
const IDLE_MS = 400_000;

// Installed under web/, where Node does not look from here.
const { chromium } = createRequire(join(REPOSITORY, 'web/package.json'))('playwright-core') as { chromium: BrowserType };

/** A page or a browser that hangs fails its test; it does not hold up all the others. */
async function within<Value>(what: string, work: Promise<Value>, limit_ms: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) => (timer = setTimeout(() => fail(new Error(`${what}: not within ${limit_ms} ms`)), limit_ms)));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export interface Site {
  url: string;
  close(): void;
}

/** The server that ships, on a free port. */
export async function serve_site(): Promise<Site> {
  const server: ChildProcess = spawn(process.execPath, [join(REPOSITORY, 'web/serve.mjs'), '--dir', SITE, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((found, failed) => {
    server.stdout?.on('data', (text: Buffer) => {
      const address = /http:\/\/\S+/.exec(text.toString());
      if (address) found(address[0]);
    });
    server.on('exit', (code) => failed(new Error(`web/serve.mjs ended with ${code}`)));
  });
  return { url, close: () => server.kill() };
}

/** Answers nothing and notes who was asked for: the only way out of the browser besides our server. */
class Sink {
  readonly asked: string[] = [];
  readonly #server: Server = createServer((request, response) => {
    this.asked.push(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });

  async open(): Promise<number> {
    this.#server.on('connect', (request, socket) => {
      this.asked.push(`CONNECT ${request.url}`);
      socket.end('HTTP/1.1 502 Refused\r\n\r\n');
    });
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
  }
}

export interface BrowserOptions {
  /** Kept between browsers; a fresh one when not given. */
  profile?: string;
  /** A WAV file that is played once as the microphone. */
  microphone?: string;
  microphone_allowed?: boolean;
  viewport?: { width: number; height: number };
  dark?: boolean;
  touch?: boolean;
  /** False: the canvas stays blank, for tests that ask where things are and not how they look. */
  paints?: boolean;
  arguments?: string[];
}

// Chromium's own services ask its vendor for things whatever page is open. They are off, so that whoever still asks
// is the page. Chromium keeps only the last switch of this name: what the driver switches off is named again.
const FEATURES_OFF = [
  'AutofillServerCommunication',
  'OptimizationHints',
  'OptimizationGuideModelDownloading',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'MediaRouter',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'PaintHolding',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
];
/** Bypasses the proxy and answers nothing. */
const NOWHERE = 'https://127.0.0.1:9/';

export function fresh_profile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'chartside-profile-'));
  // The first text field with a word in it makes Chromium fetch the dictionary of its language, though nothing is checked.
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify({ browser: { enable_spellchecking: false }, spellcheck: { dictionaries: [], dictionary: '' } }));
  return profile;
}

export class Browser {
  readonly profile: string;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly requests: Request[] = [];
  readonly responses: Response[] = [];
  readonly errors: string[] = [];
  readonly #sink: Sink;
  readonly #temporary: boolean;

  private constructor(context: BrowserContext, page: Page, profile: string, temporary: boolean, sink: Sink) {
    this.context = context;
    this.page = page;
    this.profile = profile;
    this.#temporary = temporary;
    this.#sink = sink;
    context.on('request', (request) => this.requests.push(request));
    context.on('response', (response) => this.responses.push(response));
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      // Chromium 156 does not know the directive yet; the allowlist closes what it would.
      if (message.type() === 'error' && !message.text().includes("'webrtc'")) this.errors.push(message.text());
    });
  }

  static async open(options: BrowserOptions = {}): Promise<Browser> {
    const profile = options.profile ?? fresh_profile();
    const sink = new Sink();
    const sink_port = await sink.open();
    const microphone = options.microphone
      ? ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${options.microphone}%noloop`]
      : ['--use-fake-device-for-media-stream'];
    const allowed = options.microphone_allowed ?? true;
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      headless: true,
      acceptDownloads: true,
      viewport: options.viewport ?? { width: 1180, height: 820 },
      // A quarter of the pixels, since every one is drawn by the processor here; places are in CSS pixels all the same.
      deviceScaleFactor: 0.5,
      colorScheme: options.dark ? 'dark' : 'light',
      hasTouch: options.touch ?? false,
      permissions: allowed ? ['microphone', 'clipboard-read', 'clipboard-write'] : [],
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--disable-features=${FEATURES_OFF.join(',')}`,
        `--gaia-url=${NOWHERE}`,
        `--component-updater=url-source=${NOWHERE}`,
        `--optimization-guide-service-get-models-url=${NOWHERE}`,
        `--optimization-guide-service-get-hints-url=${NOWHERE}`,
        '--use-gl=angle',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        '--autoplay-policy=user-gesture-required',
        `--proxy-server=http://127.0.0.1:${sink_port}`,
        '--proxy-bypass-list=127.0.0.1',
        ...microphone,
        ...(allowed ? ['--use-fake-ui-for-media-stream'] : ['--deny-permission-prompts']),
        ...(options.arguments ?? []),
      ],
    });
    if (options.paints === false) await context.addInitScript(() => (WebGL2RenderingContext.prototype.drawElements = () => undefined));
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(WAIT_MS);
    return new Browser(context, page, profile, options.profile === undefined, sink);
  }

  /** Whatever left, or tried to leave, for anywhere but `site`. */
  foreign_requests(site: Site): string[] {
    const inside = (url: string): boolean => url.startsWith(site.url) || url.startsWith(`blob:${site.url}`);
    const by_page = this.requests.map((request) => request.url()).filter((url) => !inside(url));
    return [...by_page, ...this.#sink.asked];
  }

  /** The browser's own process, by the lock it keeps in its profile. */
  get process_id(): number {
    const owner = readlinkSync(join(this.profile, 'SingletonLock'));
    return Number(owner.slice(owner.lastIndexOf('-') + 1));
  }

  /** As a crash or an empty battery would: no handler of the page or of the browser runs. */
  async kill(): Promise<void> {
    const closed = new Promise<void>((done) => this.context.once('close', () => done()));
    process.kill(this.process_id, 'SIGKILL');
    await closed;
    this.#sink.close();
  }

  async close(): Promise<void> {
    await within('the browser closes', this.context.close(), CLOSE_MS).catch((error: unknown) => {
      process.kill(this.process_id, 'SIGKILL');
      throw error;
    });
    this.#sink.close();
    if (this.#temporary) rmSync(this.profile, { recursive: true, force: true });
  }
}

/** Drives a page by what it says of itself. */
export class Driver {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.opened();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.opened();
  }

  /** Until the application is there, or a message screen that says why not. */
  async opened(): Promise<void> {
    const ready = (): Promise<void> =>
      new Promise<void>((tell) => {
        const message = document.getElementById('message') as HTMLElement;
        const look = (): boolean => message.hidden || message.dataset['state'] !== undefined;
        if (look()) return tell();
        new MutationObserver(() => look() && tell()).observe(message, { attributes: true });
      });
    for (;;) {
      try {
        return await this.page.evaluate(ready);
      } catch (error) {
        // The page loads itself once more when the service worker has to seal it.
        if (!(error instanceof Error) || !/context was destroyed|navigation/.test(error.message)) throw error;
        await this.page.waitForLoadState('domcontentloaded');
      }
    }
  }

  message_state(): Promise<string | undefined> {
    return this.page.evaluate(() => {
      const message = document.getElementById('message') as HTMLElement;
      return message.hidden ? undefined : message.dataset['state'];
    });
  }

  async state(): Promise<PageState> {
    const state = this.page.evaluate(() => window.__chartside?.state() ?? '{}');
    return JSON.parse(await within('the page says its state', state, WAIT_MS)) as PageState;
  }

  async elements(): Promise<ScreenElement[]> {
    const elements = this.page.evaluate(() => window.__chartside?.elements() ?? '[]');
    return JSON.parse(await within('the page says what it shows', elements, WAIT_MS)) as ScreenElement[];
  }

  frames_drawn(): Promise<number> {
    return this.page.evaluate(() => window.__chartside?.frames_drawn() ?? 0);
  }

  idle(): Promise<void> {
    return within('the page has nothing left to do', this.page.evaluate(() => window.__chartside?.idle()), IDLE_MS);
  }

  /** Waits for an event after which `holds` is true of the page's state. */
  async until(what: string, holds: (state: PageState) => boolean, limit_ms = WAIT_MS): Promise<PageState> {
    const deadline = Date.now() + limit_ms;
    for (;;) {
      // Asked before the state is read, so that no event falls between.
      const changed = this.page.evaluate(() => window.__chartside?.changed());
      changed.catch(() => undefined);
      const state = await this.state();
      if (holds(state)) return state;
      const left_ms = deadline - Date.now();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<'late'>((done) => (timer = setTimeout(() => done('late'), left_ms)));
      const outcome = await Promise.race([changed, late]);
      clearTimeout(timer);
      if (outcome === 'late') assert.fail(`${what}: not within ${limit_ms} ms. The page says: ${summary_of(state)}`);
    }
  }

  async element(id: string | RegExp): Promise<ScreenElement> {
    const elements = await this.elements();
    const fits = (element: ScreenElement): boolean => (typeof id === 'string' ? element.id === id : id.test(element.id));
    const found = elements.find((element) => fits(element) && element.visible);
    assert.ok(found, `no ${String(id)} on the screen; there are ${elements.map((element) => element.id).join(', ')}`);
    return found;
  }

  async has(id: string | RegExp): Promise<boolean> {
    const elements = await this.elements();
    return elements.some((element) => element.visible && (typeof id === 'string' ? element.id === id : id.test(element.id)));
  }

  /** Waits until something with this id is drawn: a frame follows an event, it does not come with it. */
  appears(id: string | RegExp): Promise<ScreenElement> {
    return this.#drawn(id, () => true);
  }

  /** The one with this id once `holds` of it and it rests, or as it is when the time is over. What was typed last may
   *  still move it: a tap at its old place would hit nothing. */
  async #drawn(id: string | RegExp, holds: (element: ScreenElement) => boolean): Promise<ScreenElement> {
    const deadline = Date.now() + WAIT_MS;
    let place = '';
    let rests = 0;
    for (;;) {
      const late = Date.now() > deadline;
      if (late || (await this.has(id))) {
        const element = await this.element(id);
        const { x, y, width, height } = element;
        const now = `${x} ${y} ${width} ${height}`;
        rests = now === place && holds(element) ? rests + 1 : 0;
        place = now;
        if (late || rests === 2) return element;
      }
      await this.page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
    }
  }

  async tap(id: string | RegExp): Promise<void> {
    // What a keystroke switched on is on in the next frame.
    const element = await this.#drawn(id, (drawn) => drawn.enabled);
    assert.ok(element.enabled, `${element.id} is switched off`);
    await this.page.mouse.click(element.x + element.width / 2, element.y + element.height / 2);
  }
}

function summary_of(state: PageState): string {
  const { recorder, transcription, notices, open, open_problem, models_ready, loading } = state;
  const visits = state.visits?.map((visit) => [visit.patient.name, visit.state, visit.audio_ms]);
  return JSON.stringify({ visits, open, open_problem, models_ready, loading, recorder, transcription, notices: notices?.slice(-4) });
}

export function build_folder(...names: string[]): string {
  const folder = join(BUILD, ...names);
  mkdirSync(folder, { recursive: true });
  return folder;
}
