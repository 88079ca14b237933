import type { Command } from '../command-line/command.ts';
import { buildFlags, partitionFlags, planFlag } from '../flags/partitions.ts';
import { flags, runSet } from '../flags/sets.ts';

const build: Command = {
  command: 'build',
  describe: 'Load seeds, build models and test them, in the order of the graph',
  flags: [
    ...partitionFlags,
    ...buildFlags,
    planFlag,
    ...flags(
      ...runSet,
      'resource-types',
      'exclude-resource-types',
      'full-refresh',
      'store-failures',
      'empty',
      'event-time-start',
      'event-time-end',
      'sample',
      'show',
      'export-saved-queries',
      'include-saved-query',
    ),
  ],
  run: async (session) => (await import('../handlers/run.ts')).runForExitCode(session),
};

export default build;
