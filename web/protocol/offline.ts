// What the page and the service worker both know of the copy for offline.

export const CACHE_PREFIX = 'chartside-';
/** Written by the build: every file of the site but itself and the service worker's. */
export const MANIFEST = 'manifest.json';
