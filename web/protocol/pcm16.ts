// Samples as 16-bit numbers and back: what is stored, sent between threads and read from files agrees. Any thread.

/** What 1.0 is, as in src/audio/pcm16.h. A 16-bit sample that becomes a float and a 16-bit sample again is the same. */
export const PCM16_FULL_SCALE = 32768;

export function to_pcm16(samples: Float32Array): Int16Array<ArrayBuffer> {
  const pcm = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i += 1) {
    const scaled = Math.round((samples[i] as number) * PCM16_FULL_SCALE);
    pcm[i] = scaled > 32767 ? 32767 : scaled < -32768 ? -32768 : scaled; // NaN becomes 0
  }
  return pcm;
}

export function from_pcm16(pcm: Int16Array): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(pcm.length);
  for (let i = 0; i < pcm.length; i += 1) samples[i] = (pcm[i] as number) / PCM16_FULL_SCALE;
  return samples;
}
