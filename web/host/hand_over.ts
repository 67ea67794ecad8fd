// Which of several Chartside tabs has the practice. The one lock says who has it (web/store/store.worker.ts); here a tab
// asks the one that has it to let go, and that one does, or says why not. Main thread.
//
//   asking tab -> all    ask      with an id of its own
//   owner      -> all    refuse   that id, with a sentence;  or  give, once its files are closed
//
// BroadcastChannel reaches the tabs of this browser at this origin, and nobody else.

export const HAND_OVER_CHANNEL = 'chartside-hand-over';
/** An owner that does not even answer is asleep or stuck. It may save for a while before it gives. */
const ANSWER_WITHIN_MS = 5000;
const NO_ANSWER = 'The other tab does not answer. Close it there; this one then goes on by itself.';

type Message =
  | { kind: 'ask'; id: string }
  | { kind: 'refuse'; id: string; why: string }
  | { kind: 'give'; id: string };

function is_message(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('id' in value)) return false;
  const { kind } = value;
  return typeof value.id === 'string' && (kind === 'ask' || kind === 'give' || (kind === 'refuse' && 'why' in value && typeof value.why === 'string'));
}

/** The part of a BroadcastChannel that is used. */
export interface TabChannel {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
}

export interface Owner {
  /** False in a tab that waits itself. */
  has_practice(): boolean;
  /** Saves, closes the files and forgets the keys. Settles with '' when the lock is free, else with why it is kept. */
  let_go(): Promise<string>;
}

export class HandOver {
  readonly #channel: TabChannel;
  readonly #owner: Owner;
  #answer: ((why: string) => void) | undefined;
  #asked_as = '';

  constructor(channel: TabChannel, owner: Owner) {
    this.#channel = channel;
    this.#owner = owner;
    this.#channel.onmessage = ({ data }) => {
      if (is_message(data)) void this.#hear(data);
    };
  }

  /** Asks whoever has the practice to let go. Settles with '' when it did, else with a sentence that says why not. */
  ask(): Promise<string> {
    this.#asked_as = crypto.randomUUID();
    this.#answer?.(''); // an earlier question is overtaken by this one
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#answer?.(NO_ANSWER), ANSWER_WITHIN_MS);
      this.#answer = (why) => {
        clearTimeout(timer);
        this.#answer = undefined;
        resolve(why);
      };
      this.#send({ kind: 'ask', id: this.#asked_as });
    });
  }

  async #hear(message: Message): Promise<void> {
    if (message.kind === 'ask') {
      if (!this.#owner.has_practice()) return;
      const why = await this.#owner.let_go();
      this.#send(why === '' ? { kind: 'give', id: message.id } : { kind: 'refuse', id: message.id, why });
      return;
    }
    if (message.id === this.#asked_as) this.#answer?.(message.kind === 'give' ? '' : message.why);
  }

  #send(message: Message): void {
    this.#channel.postMessage(message);
  }
}
