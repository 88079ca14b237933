import type { Command } from '../command-line/command.ts';
import { flags, runSet } from '../flags/sets.ts';

const snapshot: Command = {
  command: 'snapshot',
  describe: 'Keep the versions of rows that change',
  flags: flags(...runSet, 'empty'),
  run: async (session) => (await import('../handlers/run.ts')).runForExitCode(session),
};

export default snapshot;
