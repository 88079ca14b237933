import type { Store } from './open-store.ts';
import type { PartitionKeyRow } from './schema.ts';

/** A list of keys of dynamic partitions, in a target. */
export interface KeyList {
  readonly target: string;
  readonly list: string;
}

type Database = Pick<Store, 'database'>;

/** The keys of all lists of a target, by list, in the order in which they were added. */
export function readPartitionKeys({ database }: Database, target: string): ReadonlyMap<string, readonly string[]> {
  const rows = database
    .prepare('select list, key from partition_keys where target = ? order by position')
    .all([target]);
  const lists = new Map<string, string[]>();
  for (const { list, key } of rows as Pick<PartitionKeyRow, 'list' | 'key'>[]) {
    const known = lists.get(list);
    if (known) known.push(key);
    else lists.set(list, [key]);
  }
  return lists;
}

/** Adds keys to a list; gives those that it did not have. Processes that add at once lose nothing. */
export function addPartitionKeys(
  store: Database,
  list: KeyList,
  keys: readonly string[],
  at: number,
): readonly string[] {
  return together(store, () => keys.filter((key) => insert(store, list, key, at)));
}

/** Takes keys from a list; gives those that it had. */
export function removePartitionKeys(store: Database, list: KeyList, keys: readonly string[]): readonly string[] {
  return together(store, () => keys.filter((key) => remove(store, list, key)));
}

/** Gives a list these keys and no others. Those that it had keep their places. */
export function setPartitionKeys(store: Database, list: KeyList, keys: readonly string[], at: number): void {
  const wanted = new Set(keys);
  together(store, () => {
    const known = readPartitionKeys(store, list.target).get(list.list) ?? [];
    for (const key of known) if (!wanted.has(key)) remove(store, list, key);
    for (const key of keys) insert(store, list, key, at);
  });
}

function insert({ database }: Database, { target, list }: KeyList, key: string, at: number): boolean {
  const statement = 'insert or ignore into partition_keys (target, list, key, added_at) values (?, ?, ?, ?)';
  return database.prepare(statement).run([target, list, key, at]).changes > 0;
}

function remove({ database }: Database, { target, list }: KeyList, key: string): boolean {
  const statement = 'delete from partition_keys where target = ? and list = ? and key = ?';
  return database.prepare(statement).run([target, list, key]).changes > 0;
}

function together<T>({ database }: Database, work: () => T): T {
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (failure) {
    if (database.inTransaction) database.exec('rollback');
    throw failure;
  }
}
