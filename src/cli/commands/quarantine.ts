import type { Command } from '../command-line/command.ts';
import type { Flag } from '../flags/flag.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, projectSet } from '../flags/sets.ts';

const run: Flag = {
  name: 'run',
  kind: 'text',
  default: null,
  describe: 'The run that made the data: its id, or the first letters of it',
  support: 'yes',
};

const partition: Flag = {
  name: 'partition',
  kind: 'text',
  default: null,
  describe: 'Only the data of this partition, as ls writes it',
  support: 'yes',
};

const test: Flag = {
  name: 'test',
  kind: 'text',
  default: null,
  describe: 'show: only the rows that this test finds fault with',
  support: 'yes',
};

const force: Flag = {
  name: 'force',
  kind: 'switch',
  default: false,
  describe: 'release: also where newer data has been published since',
  support: 'yes',
};

const all: Flag = {
  name: 'all',
  kind: 'switch',
  default: false,
  describe: 'drop: everything that is selected, also several of one model',
  support: 'yes',
};

const quarantine: Command = {
  command: 'quarantine <what> [model]',
  describe: 'quarantine ls, show, release or drop: data that failed its tests and was held back',
  flags: [
    run,
    partition,
    test,
    force,
    all,
    ...flags('select', 'exclude', 'selector', 'limit', ...projectSet),
    outputFlags.result,
  ],
  printsResult: () => true,
  run: async (session) => (await import('../handlers/quarantine.ts')).settleQuarantine(session),
};

export default quarantine;
