import type { Command } from '../command-line/command.ts';
import { flags, projectSet } from '../flags/sets.ts';

const clean: Command = {
  command: 'clean',
  describe: 'Delete the folders that clean-targets names; the run history stays',
  flags: flags('clean-project-files-only', ...projectSet),
  run: async (session) => (await import('../handlers/clean.ts')).cleanProject(session),
};

export default clean;
