import type { Command } from '../command-line/command.ts';
import { flags, runSet } from '../flags/sets.ts';

const clone: Command = {
  command: 'clone',
  describe: 'Put what another environment (--state) has under the names of this one: clones where possible, else views',
  flags: flags(...runSet, 'resource-types', 'exclude-resource-types', 'full-refresh'),
  run: async (session) => (await import('../handlers/run.ts')).runForExitCode(session),
};

export default clone;
