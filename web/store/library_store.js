// What store.wasm asks of the browser's files. Linked into the module (--js-library); the store worker's thread.
//
// `Module.store_files` holds the four open FileSystemSyncAccessHandles: database, write-ahead log, journal, before. They
// are opened and closed by web/store/store_service.ts; nothing here opens, creates or deletes.
//
// Faults: 0 none, 1 failed, 2 the device is full. A count or size is -1 on failure.

addToLibrary({
  $chartside_fault: (error) => {
    return error && error.name === 'QuotaExceededError' ? 2 : 1;
  },

  chartside_file_read: (file, target, byte_count, offset) => {
    try {
      return Module['store_files'][file].read(HEAPU8.subarray(target, target + byte_count), { at: offset });
    } catch {
      return -1;
    }
  },

  chartside_file_write__deps: ['$chartside_fault'],
  chartside_file_write: (file, bytes, byte_count, offset) => {
    try {
      // A short write without an exception is how some browsers report a full device.
      const written = Module['store_files'][file].write(HEAPU8.subarray(bytes, bytes + byte_count), { at: offset });
      return written === byte_count ? 0 : 2;
    } catch (error) {
      return chartside_fault(error);
    }
  },

  chartside_file_truncate__deps: ['$chartside_fault'],
  chartside_file_truncate: (file, byte_count) => {
    try {
      Module['store_files'][file].truncate(byte_count);
      return 0;
    } catch (error) {
      return chartside_fault(error);
    }
  },

  chartside_file_flush__deps: ['$chartside_fault'],
  chartside_file_flush: (file) => {
    try {
      Module['store_files'][file].flush();
      return 0;
    } catch (error) {
      return chartside_fault(error);
    }
  },

  chartside_file_size: (file) => {
    try {
      return Module['store_files'][file].getSize();
    } catch {
      return -1;
    }
  },
});
