export const ROOT: string;
export const AS_JSON: boolean;
export function option(name: string, otherwise: string): string;
export function report(name: string, unit: string, ours: number[], peer?: number[]): void;
export function remark(text: string): void;
export function give_up(sentence: string): never;
export function needed(file: string, what: string): string;
