import type { Run } from '../engine/account.ts';
import type { Table } from '../engine/catalog.ts';
import type { StagedFile } from './stage.ts';

/** A file that was loaded into a table. */
export interface Load {
  readonly file: string;
  readonly md5: string;
  readonly at: Date;
  readonly rows: number;
  readonly parsed: number;
  readonly errors: number;
  readonly firstError: string | null;
  readonly status: 'LOADED' | 'PARTIALLY_LOADED' | 'LOAD_FAILED';
}

const remembered = 64 * 24 * 60 * 60 * 1000;

/** What was loaded into each table. A table that is made anew or emptied forgets it. */
const histories = new WeakMap<Table, Load[]>();

export const loadsOf = (table: Table): readonly Load[] => histories.get(table) ?? [];

export function forgetLoads(table: Table): void {
  histories.delete(table);
}

/** Keeps what was loaded; a transaction that is rolled back takes it along. */
export function rememberLoads({ session }: Run, table: Table, loads: readonly Load[]): void {
  const keep = (): void => void histories.set(table, [...loadsOf(table), ...loads]);
  if (session.transaction) session.transaction.atCommit.push(keep);
  else keep();
}

/**
 * Whether a file has to be loaded: not if it was within 64 days, with the same content; and if nobody can know it any
 * more, since file and table are both older, only where the statement says so.
 */
export function isToLoad({ account }: Run, table: Table, file: StagedFile, uncertain: boolean): boolean {
  const now = account.now().getTime();
  const isOld = (date: Date): boolean => now - date.getTime() > remembered;
  const loads = loadsOf(table);
  const known = loads.filter((load) => load.file === file.name && load.status !== 'LOAD_FAILED' && !isOld(load.at));
  if (known.length > 0) return known.at(-1)?.md5 !== file.md5;
  const [first] = loads;
  return uncertain || !(isOld(file.modified) && first !== undefined && isOld(first.at));
}
