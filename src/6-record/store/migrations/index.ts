import type { Migration } from 'kysely';
import * as runs from './0001-runs.ts';
import * as backfills from './0002-backfills.ts';
import * as unbuiltSteps from './0003-unbuilt-steps.ts';
import * as partitionKeys from './0004-partition-keys.ts';
import * as leasesByKey from './0005-leases-by-key.ts';
import * as unendedRuns from './0006-unended-runs.ts';

/**
 * Every change of the schema there ever was, by name; names sort in the order of application. Never change one that was
 * released: add one, and raise `schemaVersion`.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-runs': runs,
  '0002-backfills': backfills,
  '0003-unbuilt-steps': unbuiltSteps,
  '0004-partition-keys': partitionKeys,
  '0005-leases-by-key': leasesByKey,
  '0006-unended-runs': unendedRuns,
};
