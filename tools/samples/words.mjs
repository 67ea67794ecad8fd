// Word error against a script, with numbers read alike ("fifty milligrams" and "50 mg", "one forty-six over
// eighty-eight" and "146/88"): a recogniser that writes digits has not misheard. Pure.

const ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
  "seventeen eighteen nineteen").split(" ");
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const SPELLED = { mg: "milligrams", ok: "okay", "%": "percent", xray: "x ray", ld: "l d" };

/** What a recogniser rightly leaves out. */
const FILLERS = new Set(["um", "uh", "mm", "hm", "mhm", "er"]);

const value_of = (word) => {
  if (ONES.includes(word)) return ONES.indexOf(word);
  if (TENS.includes(word)) return (TENS.indexOf(word) + 2) * 10;
  return undefined;
};

/** The words of a text as they are compared: lower case, no punctuation, no fillers, every number as its
 *  digits. */
export function compared_words(text) {
  const plain = text.toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/(\d),(?=\d{3})/g, "$1")
    .replace(/(\d)\.(?=\d)/g, "$1 point ").replace(/(\d)\/(?=\d)/g, "$1 over ").replace(/%/g, " percent ")
    .replace(/(\d)([a-z])/g, "$1 $2").replace(/[-\u2013\u2014]/g, " ");
  const words = [];
  let number; // a number in words, as it grows: { value, open } where open is the size of what may still be added
  const flush = () => {
    if (number) words.push(String(number.value));
    number = undefined;
  };
  for (const found of plain.match(/[a-z']+|\d+/g) ?? []) {
    const word = found.replace(/^'+|'+$/g, "");
    if (!word || FILLERS.has(word)) continue;
    const value = value_of(word);
    if (value !== undefined) {
      if (number && value < number.open) number = { value: number.value + value, open: value >= 20 ? 10 : 0 };
      else {
        flush();
        number = { value, open: value >= 20 ? 10 : 0 };
      }
    } else if ((word === "hundred" || word === "thousand") && number) {
      number = { value: number.value * (word === "hundred" ? 100 : 1000), open: 100 };
    } else if (word === "and" && number?.open === 100) {
      continue; // "one hundred and ten"
    } else {
      flush();
      words.push(...(SPELLED[word] ?? word).split(" "));
    }
  }
  flush();
  // "1 46" and "146" are one number, said and written
  return words.reduce((joined, word) => {
    const last = joined.length - 1;
    if (/^\d+$/.test(word) && last >= 0 && /^\d+$/.test(joined[last])) joined[last] += word;
    else joined.push(word);
    return joined;
  }, []);
}

/** Levenshtein distance over whole words. */
export function words_apart(right, given) {
  let row = Array.from({ length: given.length + 1 }, (_, index) => index);
  right.forEach((word, at) => {
    const above = row;
    row = [at + 1];
    given.forEach((other, index) => {
      row.push(Math.min(above[index + 1] + 1, row[index] + 1, above[index] + (word === other ? 0 : 1)));
    });
  });
  return row[given.length];
}

/** @returns {{errors: number, words: number, rate: number}} of what was heard, over the reference's words */
export function word_error(reference, heard) {
  const right = compared_words(reference);
  const errors = words_apart(right, compared_words(heard));
  return { errors, words: right.length, rate: right.length ? errors / right.length : 0 };
}
