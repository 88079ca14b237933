import type { Command } from '../command-line/command.ts';
import type { Flag } from '../flags/flag.ts';
import { flags, projectSet } from '../flags/sets.ts';

const direction: Flag = {
  name: 'direction',
  kind: 'choice',
  choices: ['up', 'down', 'both'],
  default: 'both',
  describe: 'up: what the column is made of; down: what is made of it',
  support: 'yes',
};

const withFilters: Flag = {
  name: 'with-filters',
  kind: 'switch',
  default: false,
  describe: 'Follow the columns that only filter, join, group or order rows, too',
  support: 'yes',
};

const output: Flag = {
  name: 'output',
  kind: 'choice',
  choices: ['text', 'json', 'mermaid'],
  default: 'text',
  describe: 'How the lineage is printed',
  support: 'yes',
};

const lineage: Command = {
  command: 'lineage <column>',
  describe: 'Show what a column is made of, and what is made of it: ingot lineage fact_sales.revenue',
  flags: [direction, withFilters, output, ...flags('introspect', ...projectSet)],
  printsResult: () => true,
  run: async (session) => (await import('../handlers/lineage.ts')).traceColumn(session),
};

export default lineage;
