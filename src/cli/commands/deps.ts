import type { Command } from '../command-line/command.ts';
import { flags, projectSet } from '../flags/sets.ts';

const deps: Command = {
  command: 'deps',
  describe: 'Install the packages that packages.yml or dependencies.yml lists',
  flags: flags('lock', 'upgrade', 'add-package', 'source', ...projectSet),
  run: async (session) => (await import('../deps/install-packages.ts')).installPackages(session),
};

export default deps;
