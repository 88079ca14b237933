import type { Command } from '../command-line/command.ts';
import { type Flag, numberOption } from '../flags/flag.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, projectSet } from '../flags/sets.ts';

const seed: Flag = {
  name: 'seed',
  kind: 'text',
  default: '0',
  describe: 'Which rows are chosen: others for another text',
  support: 'yes',
};

const sample: Command = {
  command: 'sample <what>',
  describe: 'sample pull: record some rows of sources and models, masked, as files for ingot ci --offline',
  flags: [
    numberOption('rows', 'How many rows to choose of each table; rows that these refer to come beside. Default: 1000'),
    seed,
    ...flags('select', 'exclude', 'selector', ...projectSet),
    outputFlags.result,
  ],
  printsResult: () => true,
  run: async (session) => (await import('../handlers/sample.ts')).recordSample(session),
};

export default sample;
