// Keeps the screen on while recording: a tablet that sleeps stops its microphone. Main thread.

export class WakeLock {
  #sentinel: WakeLockSentinel | undefined;
  #wanted = false;

  constructor() {
    // The browser drops the lock when the page is hidden; take it again when it is seen.
    document.addEventListener('visibilitychange', () => void this.#take());
  }

  hold(): void {
    this.#wanted = true;
    void this.#take();
  }

  release(): void {
    this.#wanted = false;
    void this.#sentinel?.release();
    this.#sentinel = undefined;
  }

  async #take(): Promise<void> {
    if (!this.#wanted || document.hidden || !('wakeLock' in navigator)) return;
    if (this.#sentinel && !this.#sentinel.released) return;
    try {
      const sentinel = await navigator.wakeLock.request('screen');
      if (this.#wanted) this.#sentinel = sentinel;
      else await sentinel.release();
    } catch {
      // Refused when the battery is low. Recording goes on; the heartbeat tells if the device stops it.
    }
  }
}
