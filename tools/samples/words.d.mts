export function compared_words(text: string): string[];
export function word_error(reference: string, heard: string): { errors: number; words: number; rate: number };
