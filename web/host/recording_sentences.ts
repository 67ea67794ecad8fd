// What a person is told while a visit is recorded. Pure data; main thread.

import { LONGEST_AUDIO_MS } from '../protocol/shapes.ts';

const FULL_MINUTES = LONGEST_AUDIO_MS / 60_000;

export const UNPLUGGED = 'The microphone was unplugged or taken away. What was said so far is saved. Plug it in or choose another, then press Continue.';
export const MUTED = 'The microphone is muted by the device or the headset. Unmute it there.';
export const SUSPENDED = 'The device stopped the microphone, as for a call. What was said so far is saved. Come back to this page to go on.';
export const STALLED = 'Nothing arrives from the microphone. Check that it is plugged in and switched on.';
export const STORE_GONE = 'Saving stopped, so the recording was stopped too. What was saved is safe: unlock, then press Continue recording.';
export const NOT_WRITTEN = 'The last seconds could not be saved yet. Keep this page open and free some space on the device: it is tried again until they are saved.';
export const NEARLY_FULL = `This visit reaches ${FULL_MINUTES} minutes in 5 minutes; then the recording is finished and its note is written. Go on with a new visit for the same patient.`;
export const FULL = `The recording reached ${FULL_MINUTES} minutes, the most that one visit holds, and was finished. All of it is kept and its note is being written. To go on, start a new visit for the same patient.`;
export const NO_ROOM = `This visit has ${FULL_MINUTES} minutes of audio already, the most that one visit holds. Start a new visit for the same patient.`;

export const chosen_is_missing = (label: string): string =>
  `The microphone that you chose is not connected. This visit is recorded with ${label === '' ? 'the device’s own' : `“${label}”`}.`;
