// What the browser must offer, asked before anything is loaded, and what to tell the user when something is
// missing. `read_capabilities` looks; `missing_message` is pure. Main thread.

import type { Message } from './message_screen.ts';
import { script_url } from './trusted_types.ts';

export interface Capabilities {
  secure: boolean;
  wasm_simd: boolean;
  webgl2: boolean;
  storage: boolean;
  isolated: boolean;
  microphone: boolean;
}

export type Missing = keyof Capabilities;

// The smallest module with a 128-bit constant: (func (drop (v128.const 0))).
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 23, 1, 21, 0, 253, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 26, 11,
]);

function has_webgl2(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  // Browsers keep few contexts alive at a time: give this one back before the application asks for its own.
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}

/** Private windows of some browsers offer the folder and then refuse it; and only a worker can see whether files
 *  may be written in place. So a worker tries. */
function has_storage(): Promise<boolean> {
  if (typeof navigator.storage?.getDirectory !== 'function' || !navigator.locks) return Promise.resolve(false);
  return new Promise((resolve) => {
    const worker = new Worker(script_url('boot/storage_probe.worker.js'), { type: 'module' });
    const finish = (found: boolean): void => {
      worker.terminate();
      resolve(found);
    };
    worker.addEventListener('message', (event: MessageEvent<unknown>) => finish(event.data === true));
    worker.addEventListener('error', () => finish(false));
  });
}

export async function read_capabilities(): Promise<Capabilities> {
  return {
    secure: isSecureContext,
    wasm_simd: typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_MODULE),
    webgl2: has_webgl2(),
    storage: await has_storage(),
    isolated: crossOriginIsolated && typeof SharedArrayBuffer === 'function',
    microphone: typeof navigator.mediaDevices?.getUserMedia === 'function' && typeof AudioWorkletNode === 'function',
  };
}

/** In the order in which they are worth telling: an insecure address explains most of what follows it. */
const ORDER: readonly Missing[] = ['secure', 'wasm_simd', 'webgl2', 'storage', 'isolated', 'microphone'];

export function first_missing(found: Capabilities): Missing | undefined {
  return ORDER.find((name) => !found[name]);
}

const NEWER_BROWSER = 'Or open this page in a current Chrome, Edge, Safari or Firefox.';

export function missing_message(missing: Missing): Omit<Message, 'actions'> {
  switch (missing) {
    case 'secure':
      return {
        id: 'not_secure',
        title: 'This address is not protected',
        text: 'Browsers allow the microphone and safe storage only on protected addresses, and Chartside needs both.',
        steps: [
          'Open the same address with https:// in front of it.',
          'If that fails, ask whoever set Chartside up to serve it over https.',
        ],
        detail: 'Not a secure context.',
      };
    case 'wasm_simd':
      return {
        id: 'no_wasm',
        title: 'This browser is too old',
        text: 'It cannot run the part of Chartside that listens and writes.',
        steps: ['Update the browser, and the device if it offers an update.', NEWER_BROWSER],
        detail: 'WebAssembly with SIMD is not available.',
      };
    case 'webgl2':
      return {
        id: 'no_webgl2',
        title: 'This browser will not let Chartside draw',
        text: 'Chartside draws its screens with the graphics chip, and here that is switched off or not allowed.',
        steps: [
          'In the browser’s settings, search for “graphics acceleration”, turn it on, and start the browser again.',
          'Update the browser, and the device if it offers an update.',
          NEWER_BROWSER,
        ],
        detail: 'WebGL 2 is not available.',
      };
    case 'storage':
      return {
        id: 'no_storage',
        title: 'Nothing can be kept here',
        text: 'Chartside saves every second of a visit on this device. In this window the browser does not allow that, so a visit could be lost.',
        steps: [
          'If this is a private or incognito window, open Chartside in an ordinary one.',
          'Allow this site to save data: in the browser’s settings, search for “cookies and site data”.',
          NEWER_BROWSER,
        ],
        detail: 'The origin private file system with synchronous access is not available.',
      };
    case 'isolated':
      return {
        id: 'not_isolated',
        title: 'This page is not sealed off',
        text: 'Chartside only runs sealed off from every other site. The browser did not seal this window, so nothing was opened.',
        steps: [
          'Close all Chartside tabs and open the page again.',
          'If it is shown inside another page, open it in a tab of its own.',
          NEWER_BROWSER,
        ],
        detail: 'The page is not cross-origin isolated; SharedArrayBuffer is not available.',
      };
    case 'microphone':
      return {
        id: 'no_microphone_access',
        title: 'This browser cannot record',
        text: 'It offers no microphone to web pages. You can still read and edit notes here, and open an audio file of a visit.',
        steps: ['To record, open Chartside in a current Chrome, Edge, Safari or Firefox.'],
        detail: 'getUserMedia or AudioWorklet is not available.',
      };
  }
}
