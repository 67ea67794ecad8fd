// The real application fed with made-up events, for looking at its screens and for testing what needs no engine:
// /?screen=review&theme=dark&text=1.3
import type { ApplicationModuleFactory, Note, PageHost } from '../../../web/host/application.ts';
import { open_desk } from '../../../web/host/desk.ts';
import { DOCUMENT, NOTE, NOW_MS, SEGMENTS, VISITS, visit } from './made_up.ts';

const parameters = new URLSearchParams(location.search);
const calls: [string, ...unknown[]][] = [];

const bytes = async (path: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(path)).arrayBuffer());

const [factory, regular, medium, semibold, icons] = await Promise.all([
  // The path is only known to the gallery's server.
  import(/* @vite-ignore */ `${location.origin}/wasm/app.mjs`).then((module: { default: ApplicationModuleFactory }) => module.default),
  bytes('/fonts/Inter_400Regular.ttf'),
  bytes('/fonts/Inter_500Medium.ttf'),
  bytes('/fonts/Inter_600SemiBold.ttf'),
  bytes('/icons/lucide.ttf'),
]);
await document.fonts.load('16px Inter');
await document.fonts.load('600 16px Inter');

// Everything that the application asks of the page is written down; saving answers as a store would.
const host = new Proxy({}, {
  get: (_target, name: string) => (...args: unknown[]) => {
    calls.push([name, ...args]);
    if (name === 'save_note' || name === 'save_visit') queueMicrotask(() => desk.application.on_saved(String(typeof args[0] === 'string' ? args[0] : 'v4'), NOW_MS));
    if (name === 'open_demo') desk.application.on_opened(true);
    if (name === 'create_practice' || name === 'unlock_practice') desk.application.on_opened(false);
    if (name === 'lock') desk.application.on_locked();
    if (name === 'open_visit') desk.application.on_visit_opened(DOCUMENT);
    if (name === 'play') desk.application.on_playback({ playing: true, position_ms: Number(args[1]), end_ms: Number(args[2]) });
    if (name === 'stop_playback') desk.application.on_playback({ playing: false, position_ms: 0, end_ms: 0 });
  },
}) as PageHost;

const desk = open_desk({
  canvas: document.getElementById('canvas') as HTMLCanvasElement,
  module: await factory(),
  host,
  fonts: { regular, medium, semibold, icons },
});
const { application } = desk;

const theme = parameters.get('theme') === 'dark';
application.on_environment(parameters.get('offline') === null, theme, 0);
application.on_tick(NOW_MS, 0);
application.on_devices([{ id: 'a', label: 'Built-in microphone' }, { id: 'b', label: 'Room microphone' }]);
const megabytes = (done: number, total: number, label: string) => ({ label, done_bytes: done * 1e6, total_bytes: total * 1e6, ready: done >= total, failure: '' });
const loading = parameters.get('loading') !== null;
application.on_loading([megabytes(loading ? 12.4 : 28, 28, 'Speech'), megabytes(loading ? 0.4 : 2.1, 2.1, 'Note writing')]);
application.on_ready(!loading);
if (parameters.get('text')) application.on_preferences(JSON.stringify({ theme: 0, text_scale: Number(parameters.get('text')) }));

function press(id: string): void {
  const element = desk.elements().find((one) => one.id === id);
  if (!element) throw new Error(`nothing called ${id}`);
  const canvas = document.getElementById('canvas') as HTMLCanvasElement;
  const where = { clientX: element.x + element.width / 2, clientY: element.y + element.height / 2, pointerId: 1, pointerType: 'touch', bubbles: true };
  canvas.setPointerCapture = () => undefined;
  canvas.dispatchEvent(new PointerEvent('pointerdown', where));
  canvas.dispatchEvent(new PointerEvent('pointerup', where));
}

function samples(): Float32Array {
  // Sixteen seconds of murmur: loud and soft by turns.
  const sound = new Float32Array(16000 * 12);
  let seed = 7;
  const random = (): number => ((seed = (seed * 16807) % 2147483647) / 2147483647);
  let level = 0.02;
  for (let i = 0; i < sound.length; i++) {
    if (i % 1600 === 0) level = 0.003 + 0.12 * random() ** 3;
    sound[i] = (random() * 2 - 1) * level;
  }
  return sound;
}

const show: Record<string, () => Promise<void> | void> = {
  starting: () => undefined,
  welcome: () => application.on_store_status(false),
  unlock: () => application.on_store_status(true),
  blocked: () => application.on_blocked('Chartside is open in another tab', 'Only one tab may write at a time, so that nothing is lost. Close the other one, then reload this page.'),
  today: () => {
    application.on_opened(true);
    application.on_visits(VISITS);
  },
  empty: () => {
    application.on_opened(false);
    application.on_visits([]);
  },
  interrupted: () => {
    application.on_opened(false);
    application.on_visits([...VISITS.slice(0, 3), visit('v7', 'A. Silva', 10, 0, 'Cough', 1, { interrupted: true, audio_ms: 372000 })]);
  },
  notes: async () => {
    show['today']?.();
    await desk.idle();
    press('rail.notes');
  },
  set_up: async () => {
    show['today']?.();
    await desk.idle();
    press('rail.set_up');
  },
  form: async () => {
    show['today']?.();
    await desk.idle();
    press('today.start');
  },
  review: async () => {
    show['today']?.();
    await desk.idle();
    press('visit.v4');
    await desk.idle();
    if (parameters.get('selected') !== null && desk.elements().some((one) => one.id === 'sentence.n1')) press('sentence.n1');
    if (parameters.get('tab')) press(`review.tab.${parameters.get('tab')}`);
    if (parameters.get('press')) {
      await desk.idle();
      press(String(parameters.get('press')));
    }
  },
  record: async () => {
    show['today']?.();
    application.on_visits(VISITS.map((one) => ({ ...one, state: one.id === 'v4' ? 0 : one.state })));
    await desk.idle();
    press('visit.v4');
    await desk.idle();
    press('form.consent.aloud');
    await desk.idle();
    press('form.consent_patient');
    await desk.idle();
    press('form.start');
    application.on_samples(samples());
    application.on_recorder({
      status: 2, visit_id: 'v4', elapsed_ms: 112000, saved_ms: 111000, caption_delay_ms: 900, silent_for_ms: parameters.get('silent') === null ? 0 : 31000,
      stalled_for_ms: 0, overruns: 0, device_id: 'a', failure: '',
    });
    for (const one of SEGMENTS) application.on_segment('v4', one);
    application.on_partial('v4', 'Let me take a look at the', 112000);
    const live: Note = { sections: NOTE.sections.slice(0, 1).map((section) => ({ ...section, sentences: section.sentences.slice(0, 4) })), omissions: [] };
    application.on_note('v4', live, []);
  },
  transcribing: async () => {
    show['today']?.();
    await desk.idle();
    press('visit.v4');
    await desk.idle();
    application.on_transcription({ active: true, visit_id: 'v4', file_name: 'knee-visit.m4a', phase: 'Listening', done_ms: 142000, total_ms: 301000, failure: '' });
  },
};

await show[parameters.get('screen') ?? 'review']?.();
if (parameters.get('notice')) application.on_notice(String(parameters.get('notice')), true);
await desk.idle();
Object.assign(window, { gallery: { desk, calls, press } });
document.documentElement.dataset['ready'] = 'yes';
