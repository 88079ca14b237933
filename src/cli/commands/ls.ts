import type { Command } from '../command-line/command.ts';
import type { Flag } from '../flags/flag.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, projectSet } from '../flags/sets.ts';

/** Here `--models` is no other name of `--select`: it lists models only. */
const models: Flag = {
  name: 'models',
  aliases: ['m', 'model'],
  kind: 'words',
  default: [],
  describe: 'Models to list; nothing but models',
  support: 'yes',
};

const ls: Command = {
  command: 'ls',
  aliases: ['list'],
  describe: 'List the nodes of the project',
  flags: [
    ...flags('select').map((flag) => ({ ...flag, aliases: ['s'] })),
    models,
    ...flags('exclude', 'selector', 'resource-types', 'exclude-resource-types', ...projectSet),
    outputFlags.listing,
    outputFlags.keys,
  ],
  printsResult: () => true,
  run: async (session) => (await import('../handlers/ls.ts')).listNodes(session),
};

export default ls;
