export function media_type_of(path: string): string;
