import type { Command } from '../command-line/command.ts';
import type { Flag } from '../flags/flag.ts';
import { flags, runSet } from '../flags/sets.ts';

const output: Flag = {
  name: 'output',
  aliases: ['o'],
  kind: 'text',
  default: null,
  describe: 'File for the results; default: sources.json in the target folder',
  support: 'yes',
};

const source: Command = {
  command: 'source <what>',
  describe: 'source freshness: check how old the data of sources is',
  flags: [output, ...flags(...runSet)],
  run: async (session) => (await import('../handlers/source-freshness.ts')).checkFreshness(session),
};

export default source;
