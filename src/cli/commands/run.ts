import type { Command } from '../command-line/command.ts';
import { partitionFlags } from '../flags/partitions.ts';
import { flags, runSet } from '../flags/sets.ts';

const run: Command = {
  command: 'run',
  describe: 'Build models',
  flags: [
    ...partitionFlags,
    ...flags(...runSet, 'full-refresh', 'empty', 'event-time-start', 'event-time-end', 'sample'),
  ],
  run: async (session) => (await import('../handlers/run.ts')).runForExitCode(session),
};

export default run;
