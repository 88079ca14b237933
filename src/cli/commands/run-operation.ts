import type { Command } from '../command-line/command.ts';
import type { Flag } from '../flags/flag.ts';
import { flags, projectSet } from '../flags/sets.ts';

const args: Flag = {
  name: 'args',
  kind: 'mapping',
  default: {},
  describe: "Arguments of the macro as YAML or JSON: '{name: value}'",
  support: 'yes',
};

const runOperation: Command = {
  command: 'run-operation <macro>',
  describe: 'Run a macro by itself: ingot run-operation grant_select --args "{role: reporter}"',
  flags: [args, ...flags(...projectSet, 'threads')],
  run: async (session) => (await import('../handlers/run-operation.ts')).runMacro(session),
};

export default runOperation;
