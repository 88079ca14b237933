import type { Command } from '../command.ts';
import { flags } from '../flags/sets.ts';

const init: Command = {
  command: 'init [name]',
  describe: 'Start a new project: a folder with a small warehouse that builds right away',
  flags: flags('skip-profile-setup', 'profiles-dir', 'project-dir', 'vars'),
  run: async (session) => (await import('../start-project.ts')).startProject(session),
};

export default init;
