export function serve_gallery(wasm_folder: string): Promise<{ url: string; close(): void }>;
