// A page with nothing but the store worker, for the tests that kill it. Runs in Chromium; store_kill.test.ts bundles it.

import { RingWriter, create_ring } from '../../web/capture/ring.ts';
import { Caller } from '../../web/protocol/call.ts';
import { PCM16_FULL_SCALE } from '../../web/protocol/pcm16.ts';
import type { StoreEvents, StoreVerbs } from '../../web/protocol/store.ts';

export const RATE = 48_000;
export const PASSPHRASE = 'river candle lamp 42';
const BLOCK = 128;

/** What the test's side is told, in order: it outlives the browser. */
declare global {
  interface Window {
    tell(kind: 'segment' | 'saved_ms' | 'written_ms' | 'recording', value: string): Promise<void>;
    kill_page: KillPage;
  }
}

/** The sample at a frame: what is read back tells its own place. */
export const sample_at = (frame: number): number => ((frame * 7919) % 20_001) - 10_000;

export interface Found {
  segments: string[];
  interrupted: boolean;
  audio_ms: number;
  wrong_samples: number;
}

export class KillPage {
  readonly #worker = new Worker('/store/store.worker.js', { type: 'module' });
  readonly store = new Caller<StoreVerbs, StoreEvents>(this.#worker as never);
  #visit_id = '';

  async open(): Promise<void> {
    const { practice_exists } = await this.store.call('status', {});
    const verb = practice_exists ? 'unlock_practice' : 'create_practice';
    await this.store.call(verb, { passphrase: PASSPHRASE });
  }

  /** Records and commits until the process is killed; blocks its own thread now and then, as a busy page does. */
  async work(round: number): Promise<void> {
    this.#visit_id = `round-${round}`;
    const visit_id = this.#visit_id;
    const patient = { id: `p${round}`, name: 'Made Up', age_years: 50, sex: 0, pronouns: 0 };
    const derived = { audio_ms: 0, check_count: 0, interrupted: false, demo: false };
    await this.store.call('save_visit', { visit: { id: visit_id, patient, reason: '', scheduled_ms: round, state: 0, ...derived } });
    await this.store.call('save_consent', { consent: { visit_id, given_by: 'A', method: 'aloud', recorded_by: 'B', at_ms: 1 } });
    this.store.on('recording_saved', ({ saved_ms }) => void window.tell('saved_ms', String(saved_ms)));
    this.#speak(await this.#begin(visit_id));
    for (let i = 0; ; i += 1) {
      const text = `segment ${i} ${'x'.repeat((i % 7) * 900)}`;
      const segment = { id: `s${i}`, start_ms: i, end_ms: i + 1, role: 1, text, confidence: 1, words: [] };
      await this.store.call('append_segment', { visit_id, segment });
      await window.tell('segment', text);
    }
  }

  async #begin(visit_id: string): Promise<RingWriter> {
    const ring = create_ring(RATE, 30);
    await this.store.call('recording_begin', { visit_id, ring, start_ms: 0 });
    return new RingWriter(ring);
  }

  #speak(writer: RingWriter): void {
    const started = performance.now();
    const block = new Float32Array(BLOCK);
    let frame = 0;
    setInterval(() => {
      const due = ((performance.now() - started) * RATE) / 1000;
      while (frame + BLOCK <= due) {
        for (let i = 0; i < BLOCK; i += 1) block[i] = sample_at(frame + i) / PCM16_FULL_SCALE;
        writer.write(block);
        frame += BLOCK;
      }
      void window.tell('written_ms', String((frame * 1000) / RATE));
    }, 10);
  }

  async find(round: number): Promise<Found> {
    const visit_id = `round-${round}`;
    const visit = await this.store.call('load_visit', { visit_id });
    const { pcm } = await this.store.call('read_audio', { visit_id, start_ms: 0, end_ms: 1e9 });
    let wrong_samples = 0;
    pcm.forEach((sample, frame) => {
      if (Math.round(sample * PCM16_FULL_SCALE) !== sample_at(frame)) wrong_samples += 1;
    });
    const { interrupted, audio_ms } = visit.summary;
    return { segments: visit.transcript.segments.map(({ text }) => text), interrupted, audio_ms, wrong_samples };
  }

  /** Takes its turn at the practice among other tabs, again and again, until the page is gone: opens it, saves, closes it. */
  async share(name: string): Promise<void> {
    for (let i = 0; ; i += 1) {
      try {
        await this.open();
      } catch {
        continue; // another tab has it, for longer than one waits
      }
      for (let saved = 0; saved < 3; saved += 1) {
        const id = `${name}-${i}-${saved}`;
        const segment = { id, start_ms: i, end_ms: i + 1, role: 1, text: id, confidence: 1, words: [] };
        await this.store.call('append_segment', { visit_id: 'round-0', segment });
        await window.tell('segment', id);
      }
      await this.store.call('close', {});
    }
  }

  /** Keeps each of these words somewhere: as a name, a reason, something said, a note, a preference, a sound's bytes. */
  async keep(words: readonly string[]): Promise<void> {
    const preferences: string[] = [];
    for (const [i, word] of words.entries()) {
      const visit_id = `kept-${i}`;
      const patient = { id: `kept-patient-${i}`, name: i % 5 === 0 ? word : 'Made Up', age_years: 50, sex: 0, pronouns: 0 };
      const derived = { audio_ms: 0, check_count: 0, interrupted: false, demo: false };
      const visit = { id: visit_id, patient, reason: i % 5 === 1 ? word : '', scheduled_ms: i, state: 0, ...derived };
      const consent = { visit_id, given_by: 'A', method: 'aloud', recorded_by: 'B', at_ms: 1 };
      const begun = await this.store.call('import_begin', { visit, consent, sample_rate: RATE, start_ms: 0 });
      // The word itself is the sound: an even number of bytes, many times over.
      const bytes = new TextEncoder().encode(`${word}${word}`.repeat(200));
      await this.store.call('import_append', { recording_id: begun.recording_id, pcm: new Int16Array(bytes.buffer) });
      await this.store.call('import_end', { recording_id: begun.recording_id });
      const segment = { id: 's1', start_ms: 0, end_ms: 1, role: 1, text: i % 5 === 2 ? word : 'said', confidence: 1, words: [] };
      await this.store.call('append_segment', { visit_id, segment });
      const text = i % 5 === 3 ? word : 'written';
      const evidence = [{ segment_id: 's1', start_char: 0, end_char: 4 }];
      const sentence = { id: 'n1', text, evidence, start_ms: 0, end_ms: 1, flags: [], origin: 0, drafted_text: '' };
      await this.store.call('save_note', { visit_id, note: { sections: [{ id: 'subjective', title: 'Subjective', sentences: [sentence] }], omissions: [] }, what_changed: word });
      if (i % 5 === 4) preferences.push(word);
    }
    await this.store.call('save_preferences', { json: JSON.stringify({ clinician_name: preferences.join(' ') }) });
  }

  /** Which of these words the open practice still tells. */
  async told(count: number): Promise<string> {
    let told = '';
    for (let i = 0; i < count; i += 1) told += JSON.stringify(await this.store.call('load_visit', { visit_id: `kept-${i}` }));
    return told;
  }

  /** The sentence with which a second owner is turned away. */
  async refusal(): Promise<string> {
    const second = new KillPage();
    try {
      await second.store.call('status', {});
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      second.#worker.terminate();
    }
  }

  /** Milliseconds of each of `count` commits of a segment of 4 KB, as the page sees them and sorted. */
  async commit_times(count: number): Promise<number[]> {
    const times: number[] = [];
    for (let i = 0; i < count; i += 1) {
      const segment = { id: `t${i}`, start_ms: i, end_ms: i, role: 1, text: 'y'.repeat(4096), confidence: 1, words: [] };
      const started = performance.now();
      await this.store.call('append_segment', { visit_id: 'round-0', segment });
      times.push(performance.now() - started);
    }
    return times.sort((a, b) => a - b);
  }
}

// Imported by the test for its constants too, where there is no window.
if (typeof window !== 'undefined') window.kill_page = new KillPage();
