// The page's host as it ships, over the store that ships, with files in memory; the browser, the microphone and the
// engine are stand-ins that a test plays. Every call crosses a MessageChannel, as it does to a worker.

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../tools/samples/cut.mjs';
import { RingWriter, type RingBuffers } from '../../web/capture/ring.ts';
import { Activity } from '../../web/host/activity.ts';
import type { ApplicationEvents } from '../../web/host/application.ts';
import type { TabChannel } from '../../web/host/hand_over.ts';
import type { WorkerCalls } from '../../web/host/page_context.ts';
import type { Page } from '../../web/host/page_host.ts';
import { Caller, CallError, serve, type CallOptions, type Channel, type EventMap, type HandlerContext, type Handlers, type VerbMap, type WireError } from '../../web/protocol/call.ts';
import type { Heard, HeardProgress, InferenceEvents, InferenceVerbs, PcmChunk } from '../../web/protocol/inference.ts';
import type { Consent, Note, Segment, VisitDocument, VisitSummary } from '../../web/protocol/shapes.ts';
import type { StoreEvents, StoreVerbs } from '../../web/protocol/store.ts';
import type { StoreModule } from '../../web/store/store_module.ts';
import { StoreService } from '../../web/store/store_service.ts';
import { MemoryFolder } from './store_memory.ts';

const SITE = process.env['CHARTSIDE_SITE'] ?? path.join(ROOT, 'build/web-release/site');
export const PASSPHRASE = 'river candle stone 42';
export const RATE = 8000;

export const VISIT: VisitSummary = {
  id: 'v1',
  patient: { id: 'p1', name: 'Rosa Alvarez', age_years: 54, sex: 1, pronouns: 1 },
  reason: 'Knee pain', scheduled_ms: 1000, state: 0, audio_ms: 0, check_count: 0, interrupted: false, demo: false,
};
export const CONSENT: Consent = { visit_id: 'v1', given_by: 'R. Alvarez', method: 'aloud', recorded_by: 'Dr. Lindqvist', at_ms: 5000 };

// ---- the browser ----

interface PlayedBrowser {
  microphone_refused: boolean;
  source_refused: boolean;
  rings: RingBuffers[];
  open_microphones: number;
  tracks: FakeTrack[];
  contexts: FakeAudioContext[];
  on_asked: (() => void) | undefined;
  /** Awaited before a microphone is given. */
  asks: Promise<void> | undefined;
  devices: { kind: string; deviceId: string; label: string }[];
  /** What the file picker yields. */
  file: File | undefined;
  /** Awaited before a file is decoded. */
  decodes: Promise<void> | undefined;
  /** Length of the sound that any file but a WAV decodes to; 0: there is none. */
  decoded_seconds: number;
  reloads: number;
}
const untouched = (): PlayedBrowser => ({
  microphone_refused: false, source_refused: false, rings: [], open_microphones: 0, tracks: [], contexts: [],
  on_asked: undefined, asks: undefined, devices: [], file: undefined, decodes: undefined, decoded_seconds: 2, reloads: 0,
});
export const browser = untouched();

class FakeTrack extends EventTarget {
  readyState = 'live';
  muted = false;
  label = 'Built-in';
  getSettings(): { deviceId: string } {
    return { deviceId: 'built-in' };
  }
  /** As the system takes it away. */
  lose(): void {
    if (this.readyState === 'live') browser.open_microphones -= 1;
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
  mute(muted: boolean): void {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }
  stop(): void {
    if (this.readyState === 'live') browser.open_microphones -= 1;
    this.readyState = 'ended';
  }
}
class FakeStream {
  readonly #track = new FakeTrack();
  constructor() {
    browser.tracks.push(this.#track);
  }
  getAudioTracks(): FakeTrack[] {
    return [this.#track];
  }
  getTracks(): FakeTrack[] {
    return [this.#track];
  }
}
class FakeAudioContext extends EventTarget {
  state = 'running';
  resumes: 'at once' | 'never' = 'at once';
  readonly sampleRate = RATE;
  readonly audioWorklet = { addModule: async (): Promise<void> => undefined };
  constructor() {
    super();
    browser.contexts.push(this);
  }
  async close(): Promise<void> {
    this.state = 'closed';
  }
  change_to(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
  resume(): Promise<void> {
    if (this.resumes === 'never') return new Promise(() => undefined);
    if (this.state !== 'running') this.change_to('running');
    return Promise.resolve();
  }
  createMediaStreamSource(): { connect(): void; disconnect(): void } {
    if (browser.source_refused && browser.rings.length > 0) throw new DOMException('rates differ', 'NotSupportedError');
    return { connect: () => undefined, disconnect: () => undefined };
  }
}
class FakeWorkletNode {
  constructor(_context: unknown, _name: string, options: { processorOptions: { ring: RingBuffers } }) {
    browser.rings.push(options.processorOptions.ring);
  }
}

/** Says nothing of a file before it is decoded. */
class FakePlayer extends EventTarget {
  set src(_url: string) {
    setTimeout(() => this.dispatchEvent(new Event('error')));
  }
  removeAttribute(): void {}
}
class FakeDecoder {
  async decodeAudioData(): Promise<unknown> {
    await browser.decodes;
    if (browser.decoded_seconds === 0) throw new DOMException('no sound', 'EncodingError');
    const samples = new Float32Array(browser.decoded_seconds * RATE).fill(0.25);
    return { duration: browser.decoded_seconds, sampleRate: RATE, numberOfChannels: 1, getChannelData: () => samples };
  }
}

function furnish_browser(): void {
  const picker = (): EventTarget & { files: File[]; click(): void } => {
    const input = Object.assign(new EventTarget(), {
      files: [] as File[],
      click: (): void => {
        if (browser.file) input.files = [browser.file];
        setTimeout(() => input.dispatchEvent(new Event(browser.file ? 'change' : 'cancel')));
      },
    });
    return input;
  };
  const document = Object.assign(new EventTarget(), { hidden: false, baseURI: 'http://127.0.0.1/', createElement: picker });
  const media = Object.assign(new EventTarget(), {
    getUserMedia: async ({ audio }: { audio: { deviceId?: { exact: string } } }): Promise<FakeStream> => {
      browser.on_asked?.();
      await browser.asks;
      const wanted = audio.deviceId?.exact;
      if (wanted !== undefined && !browser.devices.some(({ deviceId }) => deviceId === wanted)) throw new DOMException('gone', 'OverconstrainedError');
      if (browser.microphone_refused) throw new DOMException('no', 'NotAllowedError');
      browser.open_microphones += 1;
      return new FakeStream();
    },
    enumerateDevices: async (): Promise<unknown[]> => browser.devices,
  });
  const window = new EventTarget();
  const globals = {
    document,
    location: { origin: 'http://127.0.0.1', reload: () => (browser.reloads += 1) },
    Audio: FakePlayer,
    OfflineAudioContext: FakeDecoder,
    AudioContext: FakeAudioContext,
    AudioWorkletNode: FakeWorkletNode,
    addEventListener: window.addEventListener.bind(window),
    dispatchEvent: window.dispatchEvent.bind(window),
    navigator: { mediaDevices: media, storage: {} },
  };
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

// ---- the workers ----

class ChannelClient<M extends VerbMap<M>, E extends EventMap<E>> implements WorkerCalls<M, E> {
  readonly #caller: Caller<M, E>;
  readonly #crash_listeners: (() => void)[] = [];
  readonly #port: MessagePort;
  readonly asked: string[] = [];
  /** Called before a call is sent; what it throws or awaits befalls the call. */
  before: ((verb: string, args: unknown) => Promise<void> | undefined) | undefined;
  /** What is answered in the worker's stead. */
  readonly answers: Partial<{ [K in keyof M]: M[K]['result'] }> = {};

  constructor(port: MessagePort) {
    this.#port = port;
    this.#caller = new Caller<M, E>(port as unknown as Channel);
    port.start();
  }
  call<K extends keyof M & string>(verb: K, args: M[K]['args'], options: CallOptions<M[K]['progress']> = {}): Promise<M[K]['result']> {
    this.asked.push(verb);
    const answer = this.answers[verb];
    if (answer !== undefined) return Promise.resolve(answer as M[K]['result']);
    const waits = this.before?.(verb, args);
    return waits ? waits.then(() => this.#caller.call(verb, args, options)) : this.#caller.call(verb, args, options);
  }
  on<K extends keyof E & string>(event: K, listener: (payload: E[K]) => void): void {
    this.#caller.on(event, listener);
  }
  on_crash(listener: () => void): void {
    this.#crash_listeners.push(listener);
  }
  crash(): void {
    for (const listener of this.#crash_listeners) listener();
  }
  end(_reason: WireError): void {}
  close(): void {
    this.#port.close();
  }
}

export function heard_segment(number: number, start_ms: number, end_ms: number, text: string): Segment {
  return { id: `s${number}`, start_ms, end_ms, role: 0, text, confidence: 1, words: [] };
}

/** Writes a sentence for each segment. */
function draft_of(segments: readonly Segment[]): Note {
  const sentences = segments.map((segment, index) => ({
    id: `n${index + 1}`, text: `${segment.text}.`, evidence: [{ segment_id: segment.id, start_char: 0, end_char: 3 }],
    start_ms: segment.start_ms, end_ms: segment.end_ms, flags: [], origin: 0, drafted_text: '',
  }));
  return { sections: [{ id: 'subjective', title: 'Subjective', sentences }], omissions: [] };
}

/** An engine that hears what the test has it hear. */
export class PlayedEngine {
  live: { start_ms: number; first_frame: number; paused: boolean } | undefined;
  hearing = false;
  write_fails = false;
  load_waits: Promise<void> | undefined;
  /** Called before each stretch of stored audio is heard; what it throws or awaits befalls the hearing. */
  before_hearing: ((signal: AbortSignal) => Promise<void>) | undefined;
  hear_wav: ((context: HandlerContext<HeardProgress>) => Promise<Heard>) | undefined;
  readonly reheard: { start_ms: number; end_ms: number }[] = [];
  emit: (<K extends keyof InferenceEvents & string>(event: K, payload: InferenceEvents[K]) => void) | undefined;

  say(segment: Segment): void {
    this.emit?.('segment', { segment });
  }

  stop(): void {
    this.live = undefined;
  }

  handlers(): Handlers<InferenceVerbs> {
    const nothing = { segments: [], end_ms: 0, message: '' };
    return {
      load: async () => {
        await this.load_waits;
        return { load_ms: 0 };
      },
      start_live: async ({ start_ms, first_frame }) => {
        if (this.hearing) throw new CallError({ code: 'busy', message: 'Something is being listened to already.', detail: '' });
        this.live = { start_ms, first_frame, paused: false };
      },
      pause_live: async () => {
        if (!this.live) throw new CallError({ code: 'not_found', message: 'No recording is being listened to.', detail: '' });
        this.live.paused = true;
        return { heard_ms: 0 };
      },
      continue_live: async () => {
        if (this.live) this.live.paused = false;
      },
      finish_live: async () => {
        this.live = undefined;
        return nothing;
      },
      transcribe_pcm: async ({ source, sample_rate, start_ms, first_segment_number }, { signal }) => {
        if (this.live || this.hearing) throw new CallError({ code: 'busy', message: 'Something is being listened to already.', detail: '' });
        this.hearing = true;
        await this.before_hearing?.(signal).finally(() => (this.hearing = false));
        this.hearing = false;
        let frames = 0;
        if (source.kind === 'port') {
          const { port } = source;
          for (;;) {
            const chunk = await new Promise<PcmChunk>((resolve) => {
              port.onmessage = (event: MessageEvent<PcmChunk>): void => resolve(event.data);
              port.postMessage('next');
            });
            if (!('samples' in chunk)) break;
            frames += chunk.samples.length;
          }
          port.close();
        }
        const end_ms = start_ms + (frames * 1000) / sample_rate;
        this.reheard.push({ start_ms: Math.round(start_ms), end_ms: Math.round(end_ms) });
        const segment = heard_segment(first_segment_number, start_ms, end_ms, `Heard again from ${Math.round(start_ms / 1000)}`);
        return { segments: [segment], end_ms, message: '' };
      },
      transcribe_wav_file: async (_args, context) => (this.hear_wav ? this.hear_wav(context) : nothing),
      write_note: async ({ transcript }) => {
        if (this.write_fails) throw new CallError({ code: 'internal', message: 'The note could not be written.', detail: '' });
        return { note: draft_of(transcript.segments), roles: transcript.segments.map((_, index) => 1 + (index % 2)) };
      },
    };
  }
}

// ---- the page ----

type Told = { [K in keyof ApplicationEvents]: { event: K; values: Parameters<ApplicationEvents[K]> } }[keyof ApplicationEvents];
type ValuesOf<K extends keyof ApplicationEvents> = Parameters<ApplicationEvents[K]>;

export class HostBench {
  readonly root: MemoryFolder;
  readonly told: Told[] = [];
  readonly engine = new PlayedEngine();
  readonly store: ChannelClient<StoreVerbs, StoreEvents>;
  readonly inference: ChannelClient<InferenceVerbs, InferenceEvents>;
  readonly page: Page;
  /** The way to other tabs: what this one says, and what a test lets another say. */
  readonly tabs: TabChannel & { said: { kind: string; id: string; why?: string }[] } = {
    onmessage: null,
    said: [],
    postMessage(message) {
      this.said.push(message as { kind: string; id: string });
    },
  };
  readonly #waiting = new Set<() => void>();
  readonly #ports: MessagePort[] = [];

  private constructor(page_class: typeof Page, create_module: () => Promise<StoreModule>, root: MemoryFolder) {
    this.root = root;
    const store_ports = new MessageChannel();
    const engine_ports = new MessageChannel();
    this.#ports.push(store_ports.port2, engine_ports.port2);
    let emit_store: (<K extends keyof StoreEvents & string>(event: K, payload: StoreEvents[K]) => void) | undefined;
    const service = new StoreService({
      root: async () => root,
      load_module: create_module,
      take_lock: async () => () => undefined,
      emit: (event, payload) => emit_store?.(event, payload),
      argon2_cost: { memory_kib: 64, iterations: 1, parallelism: 1 },
    });
    emit_store = serve<StoreVerbs, StoreEvents>(store_ports.port2 as unknown as Channel, service.handlers());
    this.engine.emit = serve<InferenceVerbs, InferenceEvents>(engine_ports.port2 as unknown as Channel, this.engine.handlers());
    for (const port of this.#ports) port.start();
    this.store = new ChannelClient(store_ports.port1);
    this.inference = new ChannelClient(engine_ports.port1);
    const application = new Proxy({} as ApplicationEvents, {
      get: (_target, event) => (...values: unknown[]): void => {
        this.told.push({ event, values } as unknown as Told);
        for (const look of [...this.#waiting]) look();
      },
    });
    this.page = new page_class({ application, store: this.store, inference: this.inference, activity: new Activity(), tabs: this.tabs });
  }

  /** `before_start` may hold things up. */
  static async open(options: { root?: MemoryFolder; before_start?: (bench: HostBench) => void } = {}): Promise<HostBench> {
    furnish_browser();
    Object.assign(browser, untouched());
    const { Page: page_class } = await import('../../web/host/page_host.ts');
    const { default: create_module } = (await import(pathToFileURL(path.join(SITE, 'wasm/store.mjs')).href)) as { default: () => Promise<StoreModule> };
    const bench = new HostBench(page_class, create_module, options.root ?? new MemoryFolder());
    options.before_start?.(bench);
    bench.page.start();
    if (options.root) bench.page.unlock_practice(PASSPHRASE);
    else bench.page.create_practice(PASSPHRASE);
    await bench.until('on_opened');
    if (!bench.engine.load_waits) await bench.until('on_ready', (ready) => ready);
    return bench;
  }

  async close(): Promise<void> {
    await this.store.call('close', {}).catch(() => undefined);
    this.store.crash(); // ends what a test left recording
    this.store.close();
    this.inference.close();
    for (const port of this.#ports) port.close();
  }

  /** The values of the first event from `since` on that `matches`. */
  until<K extends keyof ApplicationEvents>(event: K, matches: (...values: ValuesOf<K>) => boolean = () => true, since = 0): Promise<ValuesOf<K>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`no ${event} that matches; told ${JSON.stringify(this.told.slice(-12)).slice(0, 2000)}`));
      }, 10_000);
      const look = (): void => {
        const found = this.told.slice(since).find((told) => told.event === event && matches(...(told.values as ValuesOf<K>)));
        if (!found) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found.values as ValuesOf<K>);
      };
      this.#waiting.add(look);
      look();
    });
  }
  /** Until this tab's newest word to the others is of this kind. */
  async until_said(kind: string): Promise<void> {
    for (let tries = 0; this.tabs.said.at(-1)?.kind !== kind; tries += 1) {
      if (tries > 400) throw new Error(`no ${kind}; said ${JSON.stringify(this.tabs.said)}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  count(event: keyof ApplicationEvents): number {
    return this.told.filter((told) => told.event === event).length;
  }
  notices(): string[] {
    return this.told.flatMap((told) => (told.event === 'on_notice' || told.event === 'on_note_failed' || told.event === 'on_save_failed' ? [told.values[0]] : []));
  }

  async record(visit: VisitSummary = VISIT): Promise<void> {
    const since = this.told.length;
    this.page.start_recording(visit, { ...CONSENT, visit_id: visit.id }, '');
    await this.until('on_recorder', ({ status }) => status === 2, since);
  }
  async resume(): Promise<void> {
    const since = this.told.length;
    this.page.resume_recording((await this.load()).summary, '');
    await this.until('on_recorder', ({ status }) => status === 2, since);
  }
  /** Fails where the draft was not written, unless that is what the test is about. */
  async finish(draft: 'written' | 'fails' = 'written'): Promise<void> {
    const since = this.told.length;
    this.page.finish_recording();
    await this.until('on_recorder', ({ status }) => status === 0, since);
    await this.until('on_transcription', ({ active, phase }) => !active && phase === '', since);
    if (draft === 'written') await this.until('on_note', () => true, since);
  }
  /** Sound into the ring of the newest recording. */
  speak(seconds: number): void {
    const writer = new RingWriter(browser.rings.at(-1) as RingBuffers);
    for (let frames = 0; frames < seconds * RATE; frames += 800) writer.write(new Float32Array(800).fill(0.25));
  }
  /** A segment, and until the store has it. */
  async hear(number: number, start_ms: number, end_ms: number, text: string): Promise<void> {
    const since = this.told.length;
    this.engine.say(heard_segment(number, start_ms, end_ms, text));
    await this.until('on_saved', () => true, since);
  }
  load(visit_id = 'v1'): Promise<VisitDocument> {
    return this.store.call('load_visit', { visit_id });
  }
  async sentences(visit_id = 'v1'): Promise<string[]> {
    return (await this.load(visit_id)).note.sections.flatMap((section) => section.sentences.map((sentence) => sentence.text));
  }
}
