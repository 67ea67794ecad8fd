// The real application fed with made-up events, for looking at its screens and for testing what needs no engine:
// /?screen=review.selected&theme=dark&text=1.3 . The screens are listed in screens.ts.
import type { ApplicationModuleFactory, PageHost } from '../../../web/host/application.ts';
import { open_desk } from '../../../web/host/desk.ts';
import { NOW_MS } from './made_up.ts';
import { documents, screens, type Stage } from './screens.ts';

const parameters = new URLSearchParams(location.search);
const calls: [string, ...unknown[]][] = [];

const bytes = async (path: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(path)).arrayBuffer());

const [factory, regular, medium, semibold, icons] = await Promise.all([
  // The path is only known to the gallery's server.
  import(/* @vite-ignore */ `${location.origin}/wasm/app.mjs`).then((module: { default: ApplicationModuleFactory }) => module.default),
  bytes('/fonts/Inter_400Regular.ttf'),
  bytes('/fonts/Inter_500Medium.ttf'),
  bytes('/fonts/Inter_600SemiBold.ttf'),
  bytes('/fonts/lucide.ttf'),
]);
await document.fonts.load('16px Inter');
await document.fonts.load('600 16px Inter');

// Everything that the application asks of the page is written down; saving answers as a store would.
const host = new Proxy({}, {
  get: (_target, name: string) => (...args: unknown[]) => {
    calls.push([name, ...args]);
    if (name === 'save_note' || name === 'save_visit') queueMicrotask(() => desk.application.on_saved(String(typeof args[0] === 'string' ? args[0] : 'v4'), NOW_MS));
    if (name === 'open_demo') desk.application.on_opened(true);
    if (name === 'lock') desk.application.on_locked();
    if (name === 'open_visit') desk.application.on_visit_opened(documents.next);
    if (name === 'play') desk.application.on_playback({ playing: true, position_ms: Number(args[1]) + 900, end_ms: Number(args[2]) });
    if (name === 'stop_playback') desk.application.on_playback({ playing: false, position_ms: 0, end_ms: 0 });
  },
}) as PageHost;

const canvas = document.getElementById('canvas') as HTMLCanvasElement;
canvas.setPointerCapture = () => undefined; // made-up pointers cannot be captured
const desk = open_desk({ canvas, module: await factory(), host, fonts: { regular, medium, semibold, icons } });

// A tap as a finger's, on a control that is scrolled to first where it is out of sight.
async function press(id: string): Promise<void> {
  await desk.idle();
  const middle = { clientX: innerWidth / 2, clientY: innerHeight / 2, bubbles: true, cancelable: true };
  for (let turn = 0; turn < 30; turn++) {
    const element = desk.elements().find((one) => one.id === id);
    if (!element) throw new Error(`nothing called ${id}`);
    if (element.visible && element.height > 20) {
      const where = { clientX: element.x + element.width / 2, clientY: element.y + element.height / 2, pointerId: 1, pointerType: 'touch', bubbles: true };
      canvas.dispatchEvent(new PointerEvent('pointerdown', where));
      canvas.dispatchEvent(new PointerEvent('pointerup', where));
      await desk.idle();
      return;
    }
    canvas.dispatchEvent(new PointerEvent('pointermove', { ...middle, pointerType: 'mouse' }));
    canvas.dispatchEvent(new WheelEvent('wheel', { ...middle, deltaY: 120 }));
    await desk.idle();
  }
  throw new Error(`${id} cannot be scrolled to`);
}

async function type(text: string): Promise<void> {
  const field = document.querySelector('.text-field');
  if (!(field instanceof HTMLTextAreaElement) && !(field instanceof HTMLInputElement)) throw new Error('no field to type in');
  field.value = text;
  field.dispatchEvent(new Event('input'));
  await desk.idle();
}

async function keyboard(height_px: number): Promise<void> {
  const keys = document.createElement('div');
  keys.className = 'keyboard';
  keys.style.height = `${height_px}px`;
  document.body.append(keys);
  canvas.style.setProperty('--inset-bottom', `${height_px}px`);
  window.dispatchEvent(new Event('resize'));
  await desk.idle();
}

const stage: Stage = { application: desk.application, press, type, keyboard, idle: () => desk.idle(), shows: (id) => desk.elements().some((one) => one.id === id) };
const wanted = parameters.get('screen') ?? 'review';
const show = screens[wanted];
if (!show) throw new Error(`no screen called ${wanted}`);
const dark = parameters.has('theme') ? parameters.get('theme') === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
desk.application.on_environment(true, dark, 0);
desk.application.on_offline_copy(1);
desk.application.on_tick(NOW_MS, 0);
if (parameters.has('text')) desk.application.on_preferences(JSON.stringify({ theme: 0, text_scale: Number(parameters.get('text')) }));
await show(stage);
await desk.idle();
Object.assign(window, { gallery: { desk, calls, press, type } });
document.documentElement.dataset['ready'] = 'yes';
