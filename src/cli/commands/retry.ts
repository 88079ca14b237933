import type { Command } from '../command-line/command.ts';
import { flags, projectSet } from '../flags/sets.ts';

const retry: Command = {
  command: 'retry',
  describe: 'Run again what failed or was skipped in the last run',
  flags: flags(...projectSet, 'threads', 'full-refresh'),
  run: async (session) => (await import('../handlers/retry.ts')).retryRun(session),
};

export default retry;
