import type { Command } from '../command-line/command.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, projectSet } from '../flags/sets.ts';

const partitions: Command = {
  command: 'partitions [models..]',
  describe:
    'Show which partitions are filled, stale, missing, failed or in quarantine: ingot partitions fact_sales; ' +
    'partitions add, remove LIST KEY…, keys',
  flags: [...flags('select', 'exclude', 'selector', ...projectSet), outputFlags.result],
  printsResult: () => true,
  run: async (session) => (await import('../handlers/partitions.ts')).showPartitions(session),
};

export default partitions;
