import type Database from 'libsql';

/** What `pragma user_version` says of a store to which every migration was applied. A test holds it to their number. */
export const schemaVersion = 6;

/** How many migrations were applied to a store; 0 for a new file. */
export function versionOf(database: Database.Database): number {
  const row = database.prepare('pragma user_version').get() as { user_version: number };
  return row.user_version;
}
