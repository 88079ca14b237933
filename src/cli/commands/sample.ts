import type { Command } from '../command.ts';
import type { Flag } from '../flags/flag.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, projectSet } from '../flags/sets.ts';

const rows: Flag = {
  name: 'rows',
  kind: 'number',
  default: 1000,
  describe: 'How many rows to choose of each table; rows that these refer to come beside',
  support: 'yes',
};

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
  flags: [rows, seed, ...flags('select', 'exclude', 'selector', ...projectSet), outputFlags.result],
  printsResult: () => true,
  run: async (session) => (await import('../record-sample.ts')).recordSample(session),
};

export default sample;
