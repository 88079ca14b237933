import type { Command } from '../command-line/command.ts';
import { flags } from '../flags/sets.ts';

const debug: Command = {
  command: 'debug',
  describe: 'Check the project file, the profile and the connection',
  flags: flags('connection', 'config-dir', 'profiles-dir', 'project-dir', 'vars', 'threads', 'target-path'),
  run: async (session) => (await import('../handlers/debug.ts')).checkSetup(session),
};

export default debug;
