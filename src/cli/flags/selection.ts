import type { Flag } from './flag.ts';

const resourceTypes = [
  'metric',
  'semantic_model',
  'saved_query',
  'source',
  'analysis',
  'model',
  'test',
  'unit_test',
  'exposure',
  'snapshot',
  'seed',
  'function',
  'default',
];

/** What a command works on. */
export const selectionFlags: readonly Flag[] = [
  {
    name: 'select',
    aliases: ['s', 'm', 'models', 'model'],
    kind: 'words',
    default: [],
    describe: 'Nodes to include: names, folders, tag:x, +parents, children+',
    support: 'yes',
  },
  {
    name: 'exclude',
    kind: 'words',
    default: [],
    describe: 'Nodes to leave out',
    support: 'yes',
  },
  { name: 'selector', kind: 'text', default: null, describe: 'A selector of selectors.yml', support: 'yes' },
  {
    name: 'resource-types',
    aliases: ['resource-type'],
    kind: 'words',
    choices: [...resourceTypes, 'all'],
    default: [],
    env: 'RESOURCE_TYPES',
    describe: 'Only nodes of these types',
    support: 'yes',
  },
  {
    name: 'exclude-resource-types',
    aliases: ['exclude-resource-type'],
    kind: 'words',
    choices: resourceTypes,
    default: [],
    env: 'EXCLUDE_RESOURCE_TYPES',
    describe: 'No nodes of these types',
    support: 'yes',
  },
];
