import type { Command } from '../command.ts';
import { flags, runSet } from '../flags/sets.ts';

const docs: Command = {
  command: 'docs <what>',
  describe: 'docs generate: write catalog.json, what the warehouse says of the tables, and a page; docs serve: show it',
  flags: flags('compile', 'empty-catalog', 'static', 'port', 'host', 'browser', ...runSet),
  run: async (session) =>
    session.invocation.positional.what === 'serve'
      ? (await import('../serve-docs.ts')).serveDocs(session)
      : (await import('../generate-docs.ts')).generateDocs(session),
};

export default docs;
