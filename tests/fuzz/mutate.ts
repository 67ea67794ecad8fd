// A fuzzer for what is parsed in TypeScript, where libFuzzer does not reach: damaged and hostile files made out of whole
// ones. Every input follows from a printed seed.
//
//   node --import ./web/typescript_loader.mjs tests/fuzz/NAME_fuzz.ts [--seconds N] [--seed N] [--input HEX]
//
// Ends with status 1 at the first input for which a promise does not hold, and prints it.

export interface Fuzzed {
  name: string;
  /** Whole files to begin with. */
  seeds: Uint8Array<ArrayBuffer>[];
  /** Sums that an attacker would set right again after a change; applied to half of the inputs. */
  repair?: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
  /** Throws where a promise does not hold. Says in one word what became of the input, which is counted. */
  check: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;
}

/** One input that takes longer than this would stand in a user's way. */
const LONGEST_INPUT_MS = 2000;
const SPECIAL = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 47, 48, 63, 64, 127, 128, 255, 256, 4095, 4096, 65535, 0x7fffffff, 0x80000000, 0xffffffff];

/** Mulberry32: small, seeded, good enough to choose places. */
export function random_of(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

type Change = (bytes: Uint8Array<ArrayBuffer>, random: (below: number) => number, seeds: Uint8Array<ArrayBuffer>[]) => Uint8Array<ArrayBuffer>;

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// Damage is likelier where lengths and names stand than in the middle of what they tell.
const place = (size: number, random: (below: number) => number): number => (random(2) === 0 ? random(Math.min(size, 96)) : random(size));

const CHANGES: Change[] = [
  (bytes, random) => {
    const at = place(bytes.length, random);
    bytes[at] = (bytes[at] as number) ^ (1 << random(8));
    return bytes;
  },
  (bytes, random) => {
    bytes[place(bytes.length, random)] = random(256);
    return bytes;
  },
  (bytes, random) => {
    if (bytes.length < 4) return bytes;
    const value = SPECIAL[random(SPECIAL.length)] as number;
    new DataView(bytes.buffer).setUint32(place(bytes.length - 3, random), value, random(4) !== 0);
    return bytes;
  },
  (bytes, random) => bytes.slice(0, random(bytes.length + 1)),
  (bytes, random) => bytes.slice(random(bytes.length + 1)),
  (bytes, random) => {
    const from = random(bytes.length);
    const count = random(Math.min(bytes.length - from, 4096) + 1);
    return joined(bytes.subarray(0, from), bytes.subarray(from + count));
  },
  (bytes, random) => {
    const from = random(bytes.length);
    const count = random(Math.min(bytes.length - from, 4096) + 1);
    const to = random(bytes.length + 1);
    return joined(bytes.subarray(0, to), bytes.slice(from, from + count), bytes.subarray(to));
  },
  (bytes, random, seeds) => {
    const other = seeds[random(seeds.length)] as Uint8Array<ArrayBuffer>;
    return joined(bytes.subarray(0, random(bytes.length + 1)), other.subarray(random(other.length + 1)));
  },
  (bytes, random) => {
    const from = random(bytes.length);
    bytes.fill(random(2) * 255, from, from + random(Math.min(bytes.length - from, 512) + 1));
    return bytes;
  },
];

function mutated(seed: number, seeds: Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const random = random_of(seed);
  let bytes = (seeds[random(seeds.length)] as Uint8Array<ArrayBuffer>).slice();
  for (let left = 1 + random(4); left > 0 && bytes.length > 0; left -= 1) {
    bytes = (CHANGES[random(CHANGES.length)] as Change)(bytes, random, seeds);
  }
  return bytes;
}

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

/** Fuzzes for the seconds of the command line (5 unless told), then prints what was done. */
export async function fuzz({ name, seeds, repair, check }: Fuzzed): Promise<void> {
  const first = option('seed', Date.now() % 1_000_000_000);
  const until = performance.now() + option('seconds', 5) * 1000;
  const outcomes = new Map<string, number>();
  let runs = 0;
  for (let seed = first; runs < seeds.length || performance.now() < until; seed += 1, runs += 1) {
    let bytes = runs < seeds.length ? (seeds[runs] as Uint8Array<ArrayBuffer>) : mutated(seed, seeds);
    if (runs >= seeds.length && repair && seed % 2 === 0) bytes = await repair(bytes);
    const started = performance.now();
    try {
      const outcome = await check(bytes.slice());
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      const took_ms = performance.now() - started;
      if (took_ms > LONGEST_INPUT_MS) throw new Error(`it took ${took_ms.toFixed(0)} ms`);
    } catch (error) {
      console.error(`${name}: seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
      console.error(`input: ${Buffer.from(bytes.subarray(0, 8192)).toString('hex')}`);
      process.exit(1);
    }
  }
  const said = [...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ');
  console.log(`${name}: ${runs} runs from seed ${first}: ${said}`);
}
