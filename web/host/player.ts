// Plays a stretch of a visit's stored audio, read from the store worker piece by piece. Main thread.

import type { PageContext } from './page_context.ts';
import { sentence_of } from './sentence.ts';

const PIECE_MS = 15_000;
const AHEAD_SECONDS = 8;
const POSITION_EVERY_MS = 100;
/** Cuts in the middle of a word click without a short rise and fall. */
const FADE_SECONDS = 0.008;

interface Playing {
  visit_id: string;
  start_ms: number;
  end_ms: number;
  /** Context time at which start_ms sounds; undefined until the first piece is there. */
  started_at: number | undefined;
  next_piece_ms: number;
  next_piece_at: number;
  sources: Set<AudioBufferSourceNode>;
  timer: ReturnType<typeof setInterval> | undefined;
  reading: boolean;
  exhausted: boolean;
}

export class Player {
  readonly #context: PageContext;
  #audio: AudioContext | undefined;
  #playing: Playing | undefined;

  constructor(context: PageContext) {
    this.#context = context;
  }

  get playing(): boolean {
    return this.#playing !== undefined;
  }

  /** Call it inside the tap: the first sound of a page needs one. */
  play(visit_id: string, start_ms: number, end_ms: number): void {
    this.stop();
    if (!(end_ms > start_ms)) return;
    this.#audio ??= new AudioContext();
    const resumed = this.#audio.state === 'running' ? Promise.resolve() : this.#audio.resume();
    const playing: Playing = {
      visit_id,
      start_ms,
      end_ms,
      started_at: undefined,
      next_piece_ms: start_ms,
      next_piece_at: 0,
      sources: new Set(),
      timer: undefined,
      reading: false,
      exhausted: false,
    };
    this.#playing = playing;
    this.#report(playing);
    void this.#context.activity.track(resumed.then(() => this.#fill(playing, this.#audio as AudioContext)));
    playing.timer = setInterval(() => this.#tick(playing), POSITION_EVERY_MS);
  }

  stop(): void {
    const playing = this.#playing;
    if (!playing) return;
    this.#playing = undefined;
    clearInterval(playing.timer);
    for (const source of playing.sources) source.stop();
    this.#context.application.on_playback({ playing: false, position_ms: this.#position(playing), end_ms: playing.end_ms });
    // A running context keeps the audio device, and on a tablet the battery, busy.
    void this.#audio?.suspend();
  }

  async #fill(playing: Playing, audio: AudioContext): Promise<void> {
    if (playing.reading || playing.exhausted) return;
    playing.reading = true;
    try {
      while (this.#playing === playing && !playing.exhausted && this.#seconds_ahead(playing, audio) < AHEAD_SECONDS) {
        const end_ms = Math.min(playing.next_piece_ms + PIECE_MS, playing.end_ms);
        const { pcm, sample_rate } = await this.#context.store.call('read_audio', {
          visit_id: playing.visit_id,
          start_ms: playing.next_piece_ms,
          end_ms,
        });
        if (this.#playing !== playing) return;
        if (pcm.length === 0) {
          playing.exhausted = true;
          if (playing.started_at === undefined) {
            this.stop();
            this.#context.application.on_notice('There is no recorded audio at this place.', false);
          }
          return;
        }
        this.#schedule(playing, audio, pcm, sample_rate);
        playing.exhausted = playing.next_piece_ms >= playing.end_ms;
      }
    } catch (error) {
      if (this.#playing !== playing) return;
      this.stop();
      this.#context.application.on_notice(sentence_of(error), true);
    } finally {
      playing.reading = false;
    }
  }

  #schedule(playing: Playing, audio: AudioContext, pcm: Float32Array, sample_rate: number): void {
    const buffer = audio.createBuffer(1, pcm.length, sample_rate);
    buffer.copyToChannel(pcm as Float32Array<ArrayBuffer>, 0);
    const first = playing.started_at === undefined;
    const at = first ? audio.currentTime + 0.02 : playing.next_piece_at;
    playing.started_at ??= at;
    const gain = audio.createGain();
    gain.connect(audio.destination);
    if (first) {
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(1, at + FADE_SECONDS);
    }
    const piece_ms = (pcm.length * 1000) / sample_rate;
    playing.next_piece_ms += piece_ms;
    playing.next_piece_at = at + piece_ms / 1000;
    if (playing.next_piece_ms >= playing.end_ms - 1) {
      playing.next_piece_ms = playing.end_ms;
      gain.gain.setValueAtTime(1, Math.max(at, playing.next_piece_at - FADE_SECONDS));
      gain.gain.linearRampToValueAtTime(0, playing.next_piece_at);
    }
    const source = audio.createBufferSource();
    source.buffer = buffer;
    source.connect(gain);
    playing.sources.add(source);
    source.addEventListener('ended', () => playing.sources.delete(source));
    source.start(at);
  }

  #tick(playing: Playing): void {
    if (this.#playing !== playing || !this.#audio) return;
    const sounded_out = playing.exhausted && !playing.reading && playing.sources.size === 0;
    if (sounded_out) {
      this.stop();
      return;
    }
    void this.#fill(playing, this.#audio);
    this.#report(playing);
  }

  #seconds_ahead(playing: Playing, audio: AudioContext): number {
    return playing.started_at === undefined ? 0 : playing.next_piece_at - audio.currentTime;
  }

  #position(playing: Playing): number {
    if (playing.started_at === undefined || !this.#audio) return playing.start_ms;
    const played_ms = Math.max(0, this.#audio.currentTime - playing.started_at) * 1000;
    return Math.min(playing.start_ms + played_ms, playing.end_ms);
  }

  #report(playing: Playing): void {
    this.#context.application.on_playback({ playing: true, position_ms: this.#position(playing), end_ms: playing.end_ms });
  }
}
