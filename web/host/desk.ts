// The application on its canvas: frames when something changed, input, the native text field, sizes. Main thread.

import { CallError } from '../protocol/call.ts';
import type { ApplicationEvents, ApplicationModule, DeskHost, PageHost, ScreenElement, WasmApplication } from './application.ts';
import { listen_to_input } from './input.ts';
import { TextField } from './text_field.ts';

export interface Desk {
  application: ApplicationEvents;
  /** Resolves when nothing asks for a frame any more. */
  idle(): Promise<void>;
  /** Draws at once, out of sight too. */
  settle(): void;
  elements(): ScreenElement[];
  frames_drawn(): number;
}

export interface DeskOptions {
  /** Its id is "canvas"; it fills its parent, which is positioned. */
  canvas: HTMLCanvasElement;
  module: ApplicationModule;
  host: PageHost;
  fonts: { regular: Uint8Array; medium: Uint8Array; semibold: Uint8Array; icons: Uint8Array };
}

// What a page-wide change of size or shape is read from: the soft keyboard shrinks only the visual viewport.
function read_insets(canvas: HTMLCanvasElement): [number, number, number, number] {
  const style = getComputedStyle(canvas);
  const read = (name: string): number => Number.parseFloat(style.getPropertyValue(name)) || 0;
  const box = canvas.getBoundingClientRect();
  const viewport = window.visualViewport;
  const covered = viewport && viewport.scale <= 1.01 ? Math.max(0, box.bottom - (viewport.offsetTop + viewport.height)) : 0;
  return [read('--inset-top'), read('--inset-right'), Math.max(read('--inset-bottom'), covered), read('--inset-left')];
}

export function open_desk(options: DeskOptions): Desk {
  const { canvas, module, host, fonts } = options;
  const parent = canvas.parentElement ?? document.body;

  let surface: WasmApplication | undefined;
  let asked = 0; // handle of the requested animation frame; 0: none
  let idle_waiters: (() => void)[] = [];

  const run_frame = (time_ms: number): void => {
    asked = 0;
    if (!surface) return;
    const more = surface.frame(time_ms);
    show_cursor(surface);
    if (more) wake();
    else if (asked === 0) tell_idle();
  };
  const wake = (): void => {
    if (asked === 0) asked = requestAnimationFrame(run_frame);
  };
  const settle = (): void => {
    if (!surface) return;
    surface.settle(performance.now());
    show_cursor(surface);
    wake();
  };
  const tell_idle = (): void => {
    const waiters = idle_waiters;
    idle_waiters = [];
    for (const waiter of waiters) waiter();
  };
  const show_cursor = (application: WasmApplication): void => {
    const cursor = application.cursor();
    if (canvas.style.cursor !== cursor) canvas.style.cursor = cursor;
  };

  const field = new TextField(parent, {
    changed: (text) => surface?.text_changed(text),
    committed: (text) => surface?.text_committed(text),
    entered: (text) => {
      surface?.text_entered(text);
      settle();
    },
    cancelled: () => {
      surface?.text_cancelled();
      settle();
    },
    next_field: (backwards) => {
      surface?.key_down('Tab', backwards, false, false);
      settle();
    },
  });
  const desk_host: DeskHost = {
    show_text_field: (place, text, caret) => field.show(place, text, caret),
    move_text_field: (place) => field.move(place),
    hide_text_field: () => field.hide(),
    request_frame: wake,
  };
  // The page's host may be a class: its methods are found by name, not copied.
  const whole_host = new Proxy(host as PageHost & DeskHost, {
    get: (target, name) => {
      const own = desk_host[name as keyof DeskHost] as unknown;
      if (own !== undefined) return own;
      const value = target[name as keyof PageHost] as unknown;
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
  });

  const application = new module.Application(whole_host);
  if (!application.start(`#${canvas.id}`)) {
    application.delete();
    throw new CallError({
      code: 'unsupported',
      message: 'This browser cannot draw with WebGL 2. Turn on hardware acceleration, or use a current browser.',
      detail: 'webgl2',
    });
  }
  application.add_font('regular', fonts.regular);
  application.add_font('medium', fonts.medium);
  application.add_font('semibold', fonts.semibold);
  application.add_font('icons', fonts.icons);
  surface = application;

  const resize = (): void => {
    const box = canvas.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    const width = Math.max(1, Math.round(box.width * ratio));
    const height = Math.max(1, Math.round(box.height * ratio));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    application.resize(box.width, box.height, ratio, ...read_insets(canvas));
    // Drawn at once: a canvas that was resized is empty until it is.
    settle();
  };
  new ResizeObserver(resize).observe(canvas);
  window.visualViewport?.addEventListener('resize', resize);
  window.addEventListener('resize', resize);
  canvas.addEventListener('webglcontextlost', () => {
    application.on_blocked('The display was reset', 'Your device took the screen memory back. Reload the page; what was saved is safe.', 'Reload');
  });
  listen_to_input({ canvas, surface: application, wake, settle });
  resize();

  return {
    application,
    idle: () => (asked === 0 ? Promise.resolve() : new Promise((resolve) => idle_waiters.push(resolve))),
    elements: () => JSON.parse(application.elements()) as ScreenElement[],
    settle,
    frames_drawn: () => application.frames_drawn(),
  };
}
