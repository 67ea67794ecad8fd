export function compared_words(text: string): string[];
export function words_apart(right: readonly string[], given: readonly string[]): number;
export function word_error(reference: string, heard: string): { errors: number; words: number; rate: number };
