import type { Command } from '../command-line/command.ts';
import { flags, projectSet } from '../flags/sets.ts';

const parse: Command = {
  command: 'parse',
  describe: 'Read the project, report its problems and write manifest.json',
  flags: flags(...projectSet, 'threads'),
  run: async (session) => (await import('../handlers/run.ts')).runForExitCode(session),
};

export default parse;
