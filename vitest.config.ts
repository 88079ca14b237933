import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/engine/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // On two cores: each worker waits for its modules, files and processes. With two of them nobody did anything for a quarter of
    // the time, with three for a tenth.
    maxWorkers: 4,
    // A third of the time was loading the same code again for each of two hundred files. What a test changes, it puts back.
    isolate: false,
    env: temporaryFiles(),
  },
});

/**
 * A folder for what the tests write, which goes with them. Where the system keeps files in memory, and has room, it lies there:
 * on a disk, the tests that build waited nearly half of their time for files to be synchronised and deleted.
 */
function temporaryFiles(): { readonly TMPDIR: string } {
  const folder = mkdtempSync(join(hasRoom('/dev/shm') ? '/dev/shm' : tmpdir(), 'ingot-tests-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return { TMPDIR: folder };
}

function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize > 2 ** 30;
  } catch {
    return false;
  }
}
