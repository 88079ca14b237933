import { isInvalid, type MaterializedRows, type View } from '../engine/catalog.ts';
import type { Cell } from '../engine/cells.ts';
import type { Outcome } from '../engine/session.ts';
import { SqlError } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import type { TableQuery } from './create-table.ts';
import { groupText } from './options.ts';
import { type Lister, objectsAt, seconds, words } from './show-place.ts';
import { status } from './statement.ts';

/** A materialized view reads one table, and nothing else. */
export function materializedRows({ reads, readsViews }: TableQuery, clusterBy = ''): MaterializedRows {
  const [base, ...others] = reads;
  if (base?.kind === 'TABLE' && others.length === 0 && !readsViews) return { base, clusterBy };
  const reason =
    others.length > 0 ? 'More than one table referenced in the view definition' : 'It has to read one table';
  throw new SqlError('002212', '0A000', `SQL compilation error:\nInvalid materialized view definition. ${reason}.`);
}

/** ALTER MATERIALIZED VIEW: its clustering; undefined where something else is asked for. */
export function alterRows(sql: string, cursor: Cursor, rows: MaterializedRows): Outcome | undefined {
  if (cursor.accept('CLUSTER', 'BY')) rows.clusterBy = groupText({ sql }, cursor.expectGroup().open.start);
  else if (cursor.accept('DROP', 'CLUSTERING', 'KEY')) rows.clusterBy = '';
  else return undefined;
  cursor.expectEnd();
  return status('Statement executed successfully.');
}

export const materializedViews: Lister = {
  columns: words(
    'created_on name reserved database_name schema_name cluster_by rows bytes source_database_name source_schema_name source_table_name refreshed_on compacted_on owner invalid invalid_reason behind_by comment text is_secure automatic_clustering owner_role_type budget',
  ),
  rows: (run, place) =>
    objectsAt(run, place).flatMap((object) => {
      if (object.kind !== 'VIEW' || !object.materialized) return [];
      return [
        { name: object.name, cells: cellsOf(object, object.materialized, isInvalid(run.account.catalog, object)) },
      ];
    }),
};

function cellsOf(view: View, { base, clusterBy }: MaterializedRows, invalid: boolean): Cell[] {
  const { created, altered, name, database, schema, owner, comment, text, secure } = view;
  return [
    ...[seconds(created), name, '', database, schema, clusterBy === '' ? '' : `LINEAR${clusterBy}`, null, null],
    ...[base.database, base.schema, base.name, seconds(altered), seconds(altered), owner],
    ...[String(invalid), invalid ? 'Base table was dropped.' : null, '0s', comment, text, String(secure)],
    ...['OFF', 'ROLE', null],
  ];
}
