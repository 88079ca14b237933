import type { Command } from '../command-line/command.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, runSet } from '../flags/sets.ts';

const compile: Command = {
  command: 'compile',
  describe: 'Write the SQL of models, tests and analyses to the target folder; print it for --select or --inline',
  flags: [
    ...flags(...runSet, 'full-refresh', 'introspect', 'empty', 'inline', 'inject-ephemeral-ctes'),
    outputFlags.result,
  ],
  printsResult: (values) => values.inline !== null || (Array.isArray(values.select) && values.select.length > 0),
  run: async (session) => (await import('../handlers/compile.ts')).compileAndPrint(session),
};

export default compile;
