import type { Command } from '../command.ts';
import { flags, runSet } from '../flags/sets.ts';

const docs: Command = {
  command: 'docs <what>',
  describe: 'docs generate: write catalog.json, what the warehouse says of the tables, beside manifest.json',
  flags: flags('compile', 'empty-catalog', 'static', ...runSet),
  run: async (session) => (await import('../generate-docs.ts')).generateDocs(session),
};

export default docs;
