import type { Migration } from 'kysely';
import * as runs from './0001-runs.ts';

/**
 * Every change of the schema there ever was, by name; names sort in the order of application. Never change one that was
 * released: add one, and raise `schemaVersion`.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-runs': runs,
};
