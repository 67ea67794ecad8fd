// The browser's pointer, wheel and keyboard events as typed calls into the application. Main thread.
//
// A press is settled inside its own handler: only there do focus() open the soft keyboard, the file picker open
// and the microphone be asked for.

import type { ApplicationSurface } from './application.ts';

export interface InputTarget {
  canvas: HTMLCanvasElement;
  surface: ApplicationSurface;
  /** Ask for a frame at the next display refresh. */
  wake(): void;
  /** Draw now, until everything that the event caused is done. */
  settle(): void;
}

const KEYS_FOR_THE_BROWSER = new Set(['F5', 'F11', 'F12']);

/** Listens until the returned function is called. */
export function listen_to_input(target: InputTarget): () => void {
  const { canvas, surface, wake, settle } = target;
  const controller = new AbortController();
  const options = { signal: controller.signal } as const;
  let touch_id: number | undefined;

  const place = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const is_touch = (event: PointerEvent): boolean => event.pointerType === 'touch' || event.pointerType === 'pen';

  canvas.addEventListener('pointerdown', (event) => {
    const touch = is_touch(event);
    if (touch && touch_id !== undefined) return; // a second finger does nothing of its own
    // Without this the focused field would blur, and what is typed be kept, before Cancel is heard.
    event.preventDefault();
    if (touch) touch_id = event.pointerId;
    canvas.setPointerCapture(event.pointerId);
    const [x, y] = place(event);
    surface.pointer_down(x, y, event.button === 2 ? 1 : event.button === 1 ? 2 : 0, touch, event.timeStamp);
    settle();
  }, options);

  // Mouse events follow pointer events, and their default would still move the focus.
  canvas.addEventListener('mousedown', (event) => event.preventDefault(), options);
  canvas.addEventListener('touchstart', (event) => event.preventDefault(), { ...options, passive: false });

  canvas.addEventListener('pointermove', (event) => {
    const touch = is_touch(event);
    if (touch && event.pointerId !== touch_id) return;
    const [x, y] = place(event);
    surface.pointer_move(x, y, touch, event.timeStamp);
    wake();
  }, options);

  canvas.addEventListener('pointerup', (event) => {
    const touch = is_touch(event);
    if (touch && event.pointerId !== touch_id) return;
    touch_id = undefined;
    const [x, y] = place(event);
    surface.pointer_up(x, y, event.button === 2 ? 1 : event.button === 1 ? 2 : 0, touch, event.timeStamp);
    settle();
  }, options);

  canvas.addEventListener('pointercancel', (event) => {
    if (event.pointerId === touch_id) touch_id = undefined;
    surface.pointer_cancel();
    wake();
  }, options);

  canvas.addEventListener('pointerleave', (event) => {
    if (is_touch(event)) return;
    surface.pointer_leave();
    wake();
  }, options);

  canvas.addEventListener('contextmenu', (event) => event.preventDefault(), options);

  canvas.addEventListener('wheel', (event) => {
    if (event.ctrlKey) return; // the browser's zoom
    event.preventDefault();
    const scale = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 22 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? innerHeight : 1;
    surface.wheel(event.deltaX * scale, event.deltaY * scale);
    wake();
  }, { ...options, passive: false });

  window.addEventListener('keydown', (event) => {
    if (event.isComposing || KEYS_FOR_THE_BROWSER.has(event.key)) return;
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    if (!surface.key_down(event.key, event.shiftKey, event.ctrlKey || event.metaKey, event.altKey)) return;
    event.preventDefault();
    settle();
  }, options);

  return () => controller.abort();
}
