import type { Command } from '../command-line/command.ts';
import { textOption } from '../flags/flag.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, projectSet } from '../flags/sets.ts';

const changes: Command = {
  command: 'changes',
  describe:
    'Say what is other than in an earlier state of the project, by meaning, and who is affected: --base origin/main',
  flags: [
    textOption('base', 'Compare with the commit where the work tree left this branch, tag or commit'),
    textOption('state', 'Compare with the manifest.json in this folder, or at this address'),
    ...flags(...projectSet),
    outputFlags.result,
  ],
  printsResult: () => true,
  run: async (session) => (await import('../handlers/changes.ts')).changesAndPrint(session),
};

export default changes;
