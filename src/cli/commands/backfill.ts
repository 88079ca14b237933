import type { Command } from '../command-line/command.ts';
import { backfillFlags, partitionFlags } from '../flags/partitions.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, runSet } from '../flags/sets.ts';

const backfill: Command = {
  command: 'backfill [what..]',
  describe: 'Build partitions and test them: backfill orders+ --from 2024-01-01; backfill ls, show, cancel, resume ID',
  flags: [
    ...partitionFlags,
    ...backfillFlags,
    ...flags(...runSet, 'store-failures', 'resource-types', 'exclude-resource-types'),
    outputFlags.result,
  ],
  printsResult: (values) => values.dry_run === true || values.output === 'json',
  run: async (session) => (await import('../handlers/backfill.ts')).backfill(session),
};

export default backfill;
