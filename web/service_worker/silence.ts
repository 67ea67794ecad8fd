// What the service worker tells the page about requests that left, or tried to leave.

export interface SilenceReport {
  silence: { bytes_sent: number; refused_requests: number };
}

export function is_silence_report(data: unknown): data is SilenceReport {
  return typeof data === 'object' && data !== null && 'silence' in data;
}
