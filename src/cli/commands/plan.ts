import type { Command } from '../command-line/command.ts';
import type { Flag } from '../flags/flag.ts';
import { buildFlags, partitionFlags } from '../flags/partitions.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, runSet } from '../flags/sets.ts';

const statements: Flag = {
  name: 'statements',
  kind: 'switch',
  default: false,
  describe: 'Show what would be sent, where that is known before; JSON has it always',
  support: 'yes',
};

const plan: Command = {
  command: 'plan',
  describe: 'Say what ingot build would do, in which order and why, and what it would leave out',
  flags: [
    ...partitionFlags,
    ...buildFlags,
    ...flags(
      ...runSet,
      'resource-types',
      'exclude-resource-types',
      'full-refresh',
      'empty',
      'event-time-start',
      'event-time-end',
      'introspect',
      'compile',
    ),
    statements,
    outputFlags.result,
  ],
  printsResult: () => true,
  run: async (session) => (await import('../handlers/plan.ts')).showPlan(session),
};

export default plan;
