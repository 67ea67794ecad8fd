// The browser's SHA-256, over the whole of some bytes: it takes no stream. Any thread.

export async function sha256(bytes: BufferSource): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** As the site's manifest writes it. */
export async function sha256_hex(bytes: BufferSource): Promise<string> {
  return Array.from(await sha256(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
