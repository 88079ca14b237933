import { statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/engine/**/*.test.ts'],
    testTimeout: 60_000,
    // On two cores: each worker waits for its modules, files and processes. With two of them nobody did anything for a quarter of
    // the time, with three for a tenth.
    maxWorkers: 4,
    // A third of the time was loading the same code again for each of two hundred files. What a test changes, it puts back.
    isolate: false,
    env: temporaryFiles(),
  },
});

/**
 * Where the system keeps files in memory, and has room, they lie there: on a disk, the tests that build waited nearly half of
 * their time for files to be synchronised and deleted.
 */
function temporaryFiles(): Record<string, string> {
  const [memory, enough] = ['/dev/shm', 2 ** 30];
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > enough ? { TMPDIR: memory } : {};
  } catch {
    return {};
  }
}
