// Locks the practice when nobody is there: no touch, key or pointer for the practice's own number of minutes, in sight or
// not. Said for the last half minute, so that somebody who only reads can stay. Main thread.

/** How long before it is said. */
export const SAID_BEFORE_MS = 30_000;
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'input'] as const;

export interface Guarded {
  /** Nothing to lock, or something goes on that must not be cut off: counts as somebody being there. */
  is_needed(): boolean;
  /** Whole seconds until it locks; 0: not soon. */
  soon(seconds: number): void;
  lock(): void;
}

export class AutoLock {
  readonly #guarded: Guarded;
  #after_ms = 5 * 60_000;
  #last_sign_ms = Date.now();
  #said_seconds = 0;

  constructor(guarded: Guarded) {
    this.#guarded = guarded;
  }

  start(): void {
    const sign = (): void => this.#sign();
    for (const event of SIGNS_OF_LIFE) addEventListener(event, sign, { capture: true, passive: true });
    document.addEventListener('visibilitychange', () => this.look());
  }

  set minutes(minutes: number) {
    this.#after_ms = minutes * 60_000;
  }

  /** Call it each second. A page out of sight gets there once a minute in some browsers, and not at all while the device
   *  sleeps: what counts is the clock, and it is looked at again the moment the page is back. */
  look(now_ms = Date.now()): void {
    if (this.#guarded.is_needed()) {
      this.#last_sign_ms = now_ms;
      this.#say(0);
      return;
    }
    const left_ms = this.#last_sign_ms + this.#after_ms - now_ms;
    if (left_ms > 0) {
      this.#say(left_ms <= SAID_BEFORE_MS ? Math.ceil(left_ms / 1000) : 0);
      return;
    }
    this.#last_sign_ms = now_ms; // asked once; where it cannot lock now it is tried again after as long
    this.#say(0);
    this.#guarded.lock();
  }

  #say(seconds: number): void {
    if (seconds === this.#said_seconds) return;
    this.#said_seconds = seconds;
    this.#guarded.soon(seconds);
  }

  #sign(): void {
    const now_ms = Date.now();
    this.look(now_ms); // somebody who comes back too late finds it locked
    this.#last_sign_ms = now_ms;
    this.#say(0);
  }
}
