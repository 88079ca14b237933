import type { Command } from '../command-line/command.ts';
import { flags, runSet } from '../flags/sets.ts';

const docs: Command = {
  command: 'docs <what>',
  describe: 'docs generate: write catalog.json, what the warehouse says of the tables, and a page; docs serve: show it',
  flags: flags('compile', 'empty-catalog', 'static', 'port', 'host', 'browser', ...runSet),
  run: async (session) =>
    session.invocation.positional.what === 'serve'
      ? (await import('../handlers/docs-serve.ts')).serveDocs(session)
      : (await import('../handlers/docs-generate.ts')).generateDocs(session),
};

export default docs;
