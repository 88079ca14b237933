import type { Command } from '../command-line/command.ts';
import type { Flag } from '../flags/flag.ts';
import { flags } from '../flags/sets.ts';

const ci: Flag = {
  name: 'ci',
  kind: 'choice',
  choices: ['github'],
  default: null,
  describe: 'Write the workflow that reviews pull requests; without a name, for the project that is here',
  support: 'yes',
};

const init: Command = {
  command: 'init [name]',
  describe: 'Start a new project: a folder with a small warehouse that builds right away',
  flags: [ci, ...flags('skip-profile-setup', 'profiles-dir', 'project-dir', 'vars')],
  run: async (session) => (await import('../handlers/init.ts')).startProject(session),
};

export default init;
