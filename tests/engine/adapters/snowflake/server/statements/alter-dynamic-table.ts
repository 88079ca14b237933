import type { Run } from '../engine/account.ts';
import { inStatement } from '../engine/execute.ts';
import type { Outcome } from '../engine/session.ts';
import { SqlError, unsupported } from '../errors.ts';
import { Cursor } from '../sql/cursor.ts';
import { engineName } from '../sql/names.ts';
import { nest } from '../sql/nodes.ts';
import { tokenize } from '../sql/tokens.ts';
import { setOptions } from './alter.ts';
import { alterColumns } from './alter-columns.ts';
import { queryParts } from './create-table.ts';
import { groupText } from './options.ts';
import { status } from './statement.ts';
import { requireTable } from './target.ts';

const done = (): Outcome => status('Statement executed successfully.');

/** ALTER DYNAMIC TABLE: settings, refresh, suspend and resume. */
export async function alterDynamicTable(run: Run, cursor: Cursor, path: readonly string[]): Promise<Outcome> {
  const table = requireTable(run, path);
  if (table.kind !== 'DYNAMIC TABLE') {
    throw new SqlError(
      '002203',
      '02000',
      `SQL compilation error:\nObject found is of type 'TABLE', not specified type 'DYNAMIC_TABLE'.`,
    );
  }
  if (cursor.accept('REFRESH')) {
    const sql = table.options.get('QUERY') ?? '';
    const query = queryParts({ ...run, sql }, new Cursor(nest(tokenize(sql))).rest());
    const names = table.columns.map((column) => engineName(column.name)).join(', ');
    await inStatement(run, { reads: query.reads, target: table }, async (execute) => {
      await execute(`DELETE FROM ${table.physical}`);
      await execute(`INSERT INTO ${table.physical} (${names}) ${query.sql}`);
    });
    return done();
  }
  if (cursor.sees('ALTER') || cursor.sees('MODIFY')) return describeColumns(run, cursor, table);
  if (cursor.accept('SUSPEND') || cursor.accept('RESUME')) return done();
  if (cursor.accept('CLUSTER', 'BY')) {
    table.clusterBy = groupText(run, cursor.expectGroup().open.start);
    return done();
  }
  if (cursor.accept('DROP', 'CLUSTERING', 'KEY')) {
    table.clusterBy = '';
    return done();
  }
  if (cursor.accept('SET', 'IMMUTABLE', 'WHERE')) {
    table.options.set('IMMUTABLE WHERE', groupText(run, cursor.expectGroup().open.start));
    return done();
  }
  if (cursor.accept('UNSET', 'IMMUTABLE')) {
    table.options.delete('IMMUTABLE WHERE');
    return done();
  }
  return setOptions(cursor, table);
}

/** Of its columns only the comments change. */
function describeColumns(run: Run, cursor: Cursor, table: ReturnType<typeof requireTable>): Promise<Outcome> {
  if (!/\bcomment\b/i.test(run.sql)) throw unsupported('ALTER DYNAMIC TABLE … ALTER of more than comments');
  return alterColumns(run, cursor, table);
}
