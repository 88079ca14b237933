import type { Command } from '../command-line/command.ts';
import { flags, runSet } from '../flags/sets.ts';

const test: Command = {
  command: 'test',
  describe: 'Test what is in the warehouse',
  flags: flags(...runSet, 'resource-types', 'exclude-resource-types', 'store-failures'),
  run: async (session) => (await import('../handlers/run.ts')).runForExitCode(session),
};

export default test;
