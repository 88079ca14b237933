import { noLineage } from '../lineage/index.ts';
import type { Relation } from '../names/index.ts';
import type { ShowQuery } from '../tree.ts';
import { varcharType } from '../types/index.ts';
import type { Context, QueryScope } from './context.ts';

const shown: Readonly<Partial<Record<ShowQuery['verb'], readonly string[]>>> = {
  describe: ['column_name', 'column_type', 'null', 'key', 'default', 'extra'],
};

/** What DESCRIBE and its kin give where a query can stand. */
export function shownRelation(context: Context, { verb, subject }: ShowQuery, around: QueryScope): Relation {
  if (subject?.kind === 'query') context.query(subject, around);
  const names = subject ? shown[verb] : undefined;
  if (!names) return { columns: [], open: true };
  const described = { named: true, type: varcharType, nullable: true, lineage: noLineage };
  return { columns: names.map((name) => ({ ...described, name, key: name })), open: false };
}
