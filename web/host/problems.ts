// What is wrong with a recording now, for the one line that tells it. Several things may be at once: when one is over,
// the next that still holds is told. Pure; main thread.

/** The gravest first. */
const ORDER = ['store', 'unplugged', 'refused', 'suspended', 'muted', 'stalled'] as const;

export type Problem = (typeof ORDER)[number];

export class Problems {
  readonly #sentences = new Map<Problem, string>();

  /** An empty sentence: it is over. */
  set(problem: Problem, sentence: string): void {
    if (sentence === '') this.#sentences.delete(problem);
    else this.#sentences.set(problem, sentence);
  }

  has(problem: Problem): boolean {
    return this.#sentences.has(problem);
  }

  /** The one to tell, or ''. */
  get gravest(): string {
    const problem = ORDER.find((name) => this.#sentences.has(name));
    return (problem && this.#sentences.get(problem)) ?? '';
  }
}
