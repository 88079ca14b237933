import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/engine/**/*.test.ts'],
    testTimeout: 60_000,
    // Two cores: one worker leaves the other to DuckDB, so two is as fast as it gets.
    maxWorkers: 2,
    // A third of the time was loading the same code again for each of two hundred files. What a test changes, it puts back.
    isolate: false,
  },
});
