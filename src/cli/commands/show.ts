import type { Command } from '../command-line/command.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, runSet } from '../flags/sets.ts';

const show: Command = {
  command: 'show',
  describe: 'Run the SQL of a node or of --inline and show its first rows; nothing is written',
  flags: [...flags(...runSet, 'full-refresh', 'introspect', 'inline', 'inline-direct', 'limit'), outputFlags.result],
  printsResult: () => true,
  run: async (session) => (await import('../handlers/show.ts')).showAndPrint(session),
};

export default show;
