// The recovery code: 130 random bits as 26 letters and digits that are hard to mistake for each other, and two more that
// check them, printed in seven groups of four. Pure.
//
// The check is a Reed-Solomon code over the 32 characters: any one or two wrong characters are noticed, so any two that
// changed places are too, and where one is wrong it says in which group to look.

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DATA_CHARACTERS = 26;
export const CODE_CHARACTERS = 28;
export const GROUP_CHARACTERS = 4;

// The field of 32 elements, as powers of x modulo x^5 + x^2 + 1.
const POWERS: number[] = [];
for (let i = 0, value = 1; i < 31; i += 1) {
  POWERS.push(value);
  value <<= 1;
  if (value & 32) value ^= 0b100101;
}
const LOGS = new Map(POWERS.map((value, power) => [value, power]));

const times = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : (POWERS[((LOGS.get(a) as number) + (LOGS.get(b) as number)) % 31] as number);
const divided = (a: number, b: number): number =>
  a === 0 ? 0 : (POWERS[((LOGS.get(a) as number) - (LOGS.get(b) as number) + 31) % 31] as number);

/** The word as a polynomial, its first character the highest power, at x^power. */
function value_at(word: readonly number[], power: number): number {
  const at = POWERS[power] as number;
  return word.reduce((sum, digit) => times(sum, at) ^ digit, 0);
}

function with_check(data: readonly number[]): number[] {
  // Divided by (y - x)(y - x^2): what is left is the check.
  const [linear, constant] = [(POWERS[1] as number) ^ (POWERS[2] as number), POWERS[3] as number];
  let [high, low] = [0, 0];
  for (const digit of data) {
    const lead = digit ^ high;
    [high, low] = [low ^ times(lead, linear), times(lead, constant)];
  }
  return [...data, high, low];
}

export function make_recovery_code(): string {
  // 32 divides 256: every character is as likely as any other.
  const data = Array.from(crypto.getRandomValues(new Uint8Array(DATA_CHARACTERS)), (byte) => byte & 31);
  return grouped(with_check(data).map((digit) => ALPHABET[digit]).join(''));
}

function grouped(characters: string): string {
  return (characters.match(new RegExp(`.{1,${GROUP_CHARACTERS}}`, 'g')) ?? []).join('-');
}

/** Upper case, without what parts the groups; O is read as 0, I and L as 1. */
function plain_characters(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replace(/[\s\-‐-―_.]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
}

export type CodeReading =
  | { kind: 'code'; code: string }
  | { kind: 'mistyped'; message: string }
  /** Cannot be a recovery code; a passphrase perhaps. */
  | { kind: 'other' };

export function read_recovery_code(typed: string): CodeReading {
  const characters = plain_characters(typed);
  const digits = [...characters].map((character) => ALPHABET.indexOf(character));
  const close = Math.abs(characters.length - CODE_CHARACTERS) <= 2 && /[0-9]/.test(characters);
  if (digits.includes(-1)) {
    const wrong = [...characters][digits.indexOf(-1)];
    return close ? { kind: 'mistyped', message: `There is no “${wrong}” in a recovery code. Look again at the paper.` } : { kind: 'other' };
  }
  if (digits.length !== CODE_CHARACTERS) {
    const message = `A recovery code has ${CODE_CHARACTERS} characters; these are ${digits.length}. Look again at the paper.`;
    return close ? { kind: 'mistyped', message } : { kind: 'other' };
  }
  const first = value_at(digits, 1);
  const second = value_at(digits, 2);
  if (first === 0 && second === 0) return { kind: 'code', code: grouped(characters) };
  return { kind: 'mistyped', message: `${place_of(first, second)} Look again at the paper.` };
}

/** Where one character is wrong, it stands at the power second / first. */
function place_of(first: number, second: number): string {
  const power = first === 0 || second === 0 ? undefined : LOGS.get(divided(second, first));
  if (power === undefined || power >= CODE_CHARACTERS) return 'Some characters of this recovery code are wrong.';
  const group = Math.floor((CODE_CHARACTERS - 1 - power) / GROUP_CHARACTERS) + 1;
  return `This recovery code has a wrong character, probably in group ${group}.`;
}

/** What the code's key is drawn from. */
export function recovery_code_bytes(code: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(plain_characters(code)) as Uint8Array<ArrayBuffer>;
}
