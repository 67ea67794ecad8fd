/** The checkout that holds public/samples. */
export const ROOT: string;
export interface SampleTurn {
  start_ms: number;
  end_ms: number;
  role: string;
  text: string;
}
export interface SampleCut {
  path: string;
  duration_ms: number;
  turns: SampleTurn[];
}
export function sampleTurns(name: string, root?: string): SampleTurn[];
export function ffmpeg(args: string[]): void;
export function cutSample(
  name: string,
  seconds: number,
  outPath: string,
  options?: { rate_hz?: number; from_seconds?: number; root?: string },
): SampleCut;
