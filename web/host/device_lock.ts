// The device's own lock (finger, face, PIN) as a way into the practice: WebAuthn with its PRF extension, which answers the
// same 32 bytes to the same salt, and only after the device knows its owner. Nothing of it leaves the device. Main thread.
//
// Source: Web Authentication Level 3, "Pseudo-random function extension (prf)".

import { call_error } from './sentence.ts';

const OUTPUT_BYTES = 32;
const TIMEOUT_MS = 60_000;

export interface DeviceSlot {
  /** In base64url. */
  credential_id: string;
  /** In base64; 32 bytes. */
  salt: string;
}
export interface DeviceSecret {
  credential_id: string;
  output: Uint8Array<ArrayBuffer>;
}

const random_bytes = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count));
const to_base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const from_base64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const to_url = (base64: string): string => base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const from_url = (base64url: string): string => base64url.replace(/-/g, '+').replace(/_/g, '/');

/** What newer browsers can be asked, and the type library does not know yet. */
type Asked = typeof PublicKeyCredential & { getClientCapabilities?: () => Promise<Record<string, boolean>> };

export async function device_lock_is_possible(): Promise<boolean> {
  if (typeof PublicKeyCredential === 'undefined') return false;
  try {
    if (!(await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable())) return false;
    const capabilities = await (PublicKeyCredential as Asked).getClientCapabilities?.();
    return capabilities?.['extension:prf'] !== false;
  } catch {
    return false;
  }
}

function failed(error: unknown): Error {
  const name = error instanceof DOMException ? error.name : String(error);
  const was_left = name === 'NotAllowedError' || name === 'AbortError';
  return call_error(
    was_left ? 'denied' : 'unsupported',
    was_left ? 'The device did not confirm that it is you. Try again, or use the passphrase.' : 'This device’s lock cannot open the practice. Use the passphrase.',
    name,
  );
}

/** Makes a credential on this device, and asks it once. */
export async function add_device_lock(): Promise<DeviceSecret & DeviceSlot> {
  const salt = random_bytes(32);
  let made: Credential | null;
  try {
    made = await navigator.credentials.create({
      publicKey: {
        rp: { name: 'Chartside' },
        user: { id: random_bytes(16), name: 'Chartside on this device', displayName: 'Chartside on this device' },
        challenge: random_bytes(32), // answered to nobody: the device itself is who is asked
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        authenticatorSelection: { authenticatorAttachment: 'platform', userVerification: 'required', residentKey: 'discouraged' },
        timeout: TIMEOUT_MS,
        extensions: { prf: { eval: { first: salt } } },
      },
    });
  } catch (error) {
    throw failed(error);
  }
  if (!(made instanceof PublicKeyCredential) || made.getClientExtensionResults().prf?.enabled !== true) throw failed('no prf');
  const slot = { credential_id: to_url(to_base64(new Uint8Array(made.rawId))), salt: to_base64(salt) };
  return { ...slot, ...(await ask_device_lock([slot])) };
}

/** The answer of whichever of these credentials the device has. */
export async function ask_device_lock(slots: readonly DeviceSlot[]): Promise<DeviceSecret> {
  let got: Credential | null;
  try {
    got = await navigator.credentials.get({
      publicKey: {
        challenge: random_bytes(32),
        allowCredentials: slots.map(({ credential_id }) => ({ type: 'public-key', id: from_base64(from_url(credential_id)), transports: ['internal'] })),
        userVerification: 'required',
        timeout: TIMEOUT_MS,
        extensions: { prf: { evalByCredential: Object.fromEntries(slots.map(({ credential_id, salt }) => [credential_id, { first: from_base64(salt) }])) } },
      },
    });
  } catch (error) {
    throw failed(error);
  }
  const answer = got instanceof PublicKeyCredential ? got.getClientExtensionResults().prf?.results?.first : undefined;
  if (!answer) throw failed('no answer');
  const output = new Uint8Array(ArrayBuffer.isView(answer) ? answer.buffer.slice(answer.byteOffset, answer.byteOffset + answer.byteLength) : answer) as Uint8Array<ArrayBuffer>;
  if (output.length !== OUTPUT_BYTES) throw failed('length');
  return { credential_id: to_url(to_base64(new Uint8Array((got as PublicKeyCredential).rawId))), output };
}
