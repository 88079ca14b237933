import type { Command } from '../command-line/command.ts';
import type { Flag } from '../flags/flag.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, projectSet } from '../flags/sets.ts';

const fix: Flag = {
  name: 'fix',
  kind: 'switch',
  default: false,
  describe: 'Change the files where that mends a finding and alters no result',
  support: 'yes',
};

const rule: Flag = {
  name: 'rule',
  kind: 'words',
  default: [],
  describe: 'Look for these rules alone: --rule implicit-alias. Default: what `lint:` of the project file says',
  support: 'yes',
};

const lint: Command = {
  command: 'lint',
  describe: 'Look through the SQL for habits that lead to faults, without a warehouse',
  flags: [fix, rule, ...flags(...projectSet, 'select', 'exclude', 'selector'), outputFlags.result],
  printsResult: () => true,
  run: async (session) => (await import('../handlers/lint.ts')).lintAndPrint(session),
};

export default lint;
