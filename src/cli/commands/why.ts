import type { Command } from '../command-line/command.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, projectSet } from '../flags/sets.ts';

const why: Command = {
  command: 'why <what>',
  describe: "Say why something would be built, skipped or is blocked: ingot why 'fact_sales[2024-03-31]'",
  flags: [...flags(...projectSet), outputFlags.result],
  printsResult: () => true,
  run: async (session) => (await import('../handlers/why.ts')).tellWhy(session),
};

export default why;
