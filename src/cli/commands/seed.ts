import type { Command } from '../command-line/command.ts';
import { flags, runSet } from '../flags/sets.ts';

const seed: Command = {
  command: 'seed',
  describe: 'Load CSV files into the warehouse',
  flags: flags(...runSet, 'full-refresh', 'show'),
  run: async (session) => (await import('../handlers/seed.ts')).seedAndShow(session),
};

export default seed;
