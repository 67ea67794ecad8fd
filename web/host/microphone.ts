// The microphone: opening it, choosing one, and saying in plain words why it cannot be had. Main thread.

import type { InputDevice } from './application.ts';
import { call_error } from './sentence.ts';

/** Two people in a room, no loudspeaker: echo and noise filters cut the quieter voice, so both are off; the gain
 *  control stays on, as the patient often sits farther away. */
const ROOM = { echoCancellation: false, noiseSuppression: false, autoGainControl: true } as const;

export interface MicrophoneListener {
  /** Unplugged, or taken away by the system. No more samples will come. */
  on_ended(): void;
  on_muted(muted: boolean): void;
}

export class Microphone {
  readonly stream: MediaStream;
  readonly device_id: string;
  readonly label: string;
  /** The one that was asked for is gone. */
  readonly replaces_chosen: boolean;
  readonly #track: MediaStreamTrack;
  readonly #listening = new AbortController();

  constructor(stream: MediaStream, replaces_chosen = false) {
    const track = stream.getAudioTracks()[0];
    if (!track) throw call_error('not_found', 'No microphone was found. Plug one in, then start again.');
    this.stream = stream;
    this.#track = track;
    this.device_id = track.getSettings().deviceId ?? '';
    this.label = track.label;
    this.replaces_chosen = replaces_chosen;
  }

  get muted(): boolean {
    return this.#track.muted;
  }

  get live(): boolean {
    return this.#track.readyState === 'live';
  }

  listen(listener: MicrophoneListener): void {
    const options = { signal: this.#listening.signal };
    this.#track.addEventListener('ended', () => listener.on_ended(), options);
    this.#track.addEventListener('mute', () => listener.on_muted(true), options);
    this.#track.addEventListener('unmute', () => listener.on_muted(false), options);
  }

  close(): void {
    this.#listening.abort();
    for (const track of this.stream.getTracks()) track.stop();
  }
}

function microphone_error(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  switch (error.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return call_error(
        'denied',
        'The browser did not allow the microphone. Tap the sign beside the address, allow the microphone, and start again.',
        error.name,
      );
    case 'NotFoundError':
    case 'OverconstrainedError':
      return call_error('not_found', 'No microphone was found. Plug one in or turn it on, then start again.', error.name);
    case 'NotReadableError':
    case 'AbortError':
      return call_error(
        'busy',
        'The microphone is in use by another program, or did not answer. Close that program, then start again.',
        error.name,
      );
    default:
      return call_error('io', 'The microphone could not be opened. Unplug it, plug it in again, and start again.', error.name);
  }
}

/** Call it inside the tap: browsers show their question only then. A chosen device that is gone is replaced by
 *  the system's own choice, since a visit should not fail on a forgotten headset; `replaces_chosen` tells. */
export async function open_microphone(device_id: string): Promise<Microphone> {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw call_error('unsupported', 'This browser offers no microphone to web pages. Open Chartside in a current Chrome, Edge, Safari or Firefox.');
  }
  const chosen = device_id === '' ? ROOM : { ...ROOM, deviceId: { exact: device_id } };
  try {
    return new Microphone(await navigator.mediaDevices.getUserMedia({ audio: chosen }));
  } catch (error) {
    const gone = error instanceof DOMException && ['OverconstrainedError', 'NotFoundError'].includes(error.name);
    if (!gone || device_id === '') throw microphone_error(error);
  }
  try {
    return new Microphone(await navigator.mediaDevices.getUserMedia({ audio: ROOM }), true);
  } catch (error) {
    throw microphone_error(error);
  }
}

/** Labels are empty until the microphone was allowed once; then devices are numbered. */
export async function list_microphones(): Promise<InputDevice[]> {
  if (!navigator.mediaDevices?.enumerateDevices) return [];
  const inputs = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === 'audioinput');
  return inputs
    .filter((device) => device.deviceId !== '')
    .map((device, index) => ({ id: device.deviceId, label: device.label || `Microphone ${index + 1}` }));
}

export function on_microphones_changed(listener: () => void): void {
  navigator.mediaDevices?.addEventListener('devicechange', listener);
}
