// Answers one question and ends: may files be written in place in this window? Worker.

/// <reference lib="webworker" />

async function can_write_in_place(): Promise<boolean> {
  if (typeof FileSystemFileHandle !== 'function') return false;
  if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype)) return false;
  await navigator.storage.getDirectory();
  return true;
}

can_write_in_place().then(
  (found) => postMessage(found),
  () => postMessage(false),
);
