import type { Flag } from './flag.ts';

/** Which partitions a command builds. */
export const partitionFlags: readonly Flag[] = [
  {
    name: 'partition',
    kind: 'words',
    spaced: true,
    default: [],
    describe: 'Partitions to build, by key, or by a date or month that they lie in: 2024-03-31 2024-02',
    support: 'yes',
  },
  { name: 'from', kind: 'text', default: null, describe: 'Partitions from this date on, inclusive', support: 'yes' },
  { name: 'to', kind: 'text', default: null, describe: 'Partitions up to this date, inclusive', support: 'yes' },
  {
    name: 'dimension',
    kind: 'words',
    spaced: true,
    default: [],
    describe: 'Only partitions with these values: region=EU region=US',
    support: 'yes',
  },
  {
    name: 'batch-size',
    kind: 'number',
    default: null,
    describe: 'How many partitions one statement builds',
    support: 'yes',
  },
];

/** What a build can do besides building what is missing. */
export const buildFlags: readonly Flag[] = [
  {
    name: 'stale',
    kind: 'switch',
    default: false,
    describe: 'Build partitions that are out of date, too; of partitions that are named, only these',
    support: 'yes',
  },
];

/** A build that was planned. */
export const planFlag: Flag = {
  name: 'plan',
  kind: 'text',
  default: null,
  describe: 'Do exactly what a file says that ingot plan --output json wrote, or say what has changed since',
  support: 'yes',
};

/** What a backfill leaves out of the partitions that are named. */
export const backfillFlags: readonly Flag[] = [
  { name: 'missing', kind: 'switch', default: false, describe: 'Only partitions that are not filled', support: 'yes' },
  {
    name: 'failed-only',
    kind: 'switch',
    default: false,
    describe: 'Only partitions that failed or were held back, and what was left out because of that',
    support: 'yes',
  },
  {
    name: 'stale',
    kind: 'switch',
    default: false,
    describe: 'Only partitions that are out of date: their logic, or what they read, has changed',
    support: 'yes',
  },
  {
    name: 'max-parallel',
    kind: 'number',
    default: null,
    describe: 'How many partitions are built at once; default: the threads of the target',
    support: 'yes',
  },
  {
    name: 'newest-first',
    kind: 'switch',
    default: false,
    describe: 'Begin with the newest partitions; default: with the oldest',
    support: 'yes',
  },
  {
    name: 'dry-run',
    kind: 'switch',
    default: false,
    describe: 'Say what would be built, and build nothing',
    support: 'yes',
  },
];
