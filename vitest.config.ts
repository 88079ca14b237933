import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/engine/**/*.test.ts'],
    testTimeout: 60_000,
    // On two cores: with two workers a quarter of the time nobody did anything, since each waits for its modules, files and
    // processes.
    maxWorkers: 3,
    // A third of the time was loading the same code again for each of two hundred files. What a test changes, it puts back.
    isolate: false,
  },
});
