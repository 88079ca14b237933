import type { Command } from '../command.ts';
import { flags, projectSet } from '../flags/sets.ts';

const parse: Command = {
  command: 'parse',
  describe: 'Read the project, report its problems and write manifest.json',
  flags: flags(...projectSet, 'threads'),
  run: async (session) => (await import('../run-and-report.ts')).runForExitCode(session),
};

export default parse;
