import type { Run } from '../engine/account.ts';
import type { Table } from '../engine/catalog.ts';
import { inStatement } from '../engine/execute.ts';
import { SqlError, unsupported } from '../errors.ts';
import { Cursor, isWord } from '../sql/cursor.ts';
import { expressionOf } from '../sql/expression.ts';
import { engineName, type Scope, withQueries } from '../sql/names.ts';
import { isGroup, splitByComma } from '../sql/nodes.ts';
import { beginsQuery, readQuery } from '../sql/query.ts';
import { counts, needWarehouse, type Statement, scopeOf, typeIds } from './statement.ts';
import { beginImplicitly, requireWritable, withLock } from './target.ts';

/** INSERT [OVERWRITE] INTO: values or a query. An insert waits for nobody. */
export const insert: Statement = async (run, cursor) => {
  const overwrite = cursor.accept('OVERWRITE');
  if (cursor.sees('ALL') || cursor.sees('FIRST')) throw unsupported('multi-table INSERT');
  cursor.expect('INTO');
  cursor.accept('TABLE');
  const path = cursor.expectPath();
  const rows = (table: Table): Promise<number> => insertInto(run, cursor, table, overwrite);
  if (overwrite) return inserted(await withLock(run, path, rows));
  needWarehouse(run);
  beginImplicitly(run);
  return inserted(await rows(requireWritable(run, path)));
};

const inserted = (rows: number) => counts({ 'number of rows inserted': rows }, typeIds.insert);

async function insertInto(run: Run, cursor: Cursor, table: Table, overwrite: boolean): Promise<number> {
  const scope = scopeOf(run);
  const columns = columnList(cursor, table);
  const source = readSource(cursor, scope);
  cursor.expectEnd();
  const target = `${table.physical} (${columns.map(engineName).join(', ')})`;
  const touches = { reads: scope.uses.tables, target: table };
  return inStatement(run, touches, async (execute) => {
    if (!overwrite) {
      return countOf(await execute(`${withQueries(scope.uses)}INSERT INTO ${target} ${source}`));
    }
    // What is inserted may come from the rows that go.
    const stage = run.account.catalog.physicalName().replace('main.', 'temp.');
    await execute(`CREATE TEMP TABLE ${stage} AS ${withQueries(scope.uses)}${source}`);
    await execute(`DELETE FROM ${table.physical}`);
    const rows = countOf(await execute(`INSERT INTO ${target} SELECT * FROM ${stage}`));
    await execute(`DROP TABLE ${stage}`);
    return rows;
  });
}

/** The columns that are given values: named, or all of them in order. */
function columnList(cursor: Cursor, table: Table): string[] {
  const all = table.columns.map((column) => column.name);
  const group = cursor.peek();
  if (!isGroup(group) || beginsQuery(group.children)) return all;
  cursor.next();
  return splitByComma(group.children).map((part) => {
    const inner = new Cursor(part);
    const place = inner.offset;
    const name = inner.expectName();
    inner.expectEnd();
    if (all.includes(name)) return name;
    inner.offset = place;
    throw unknownColumn(inner, name);
  });
}

function unknownColumn(cursor: Cursor, name: string): SqlError {
  const node = cursor.peek();
  const place = node && node.kind !== 'group' ? node.place : { line: 1, position: 0 };
  return new SqlError(
    '000904',
    '42000',
    `SQL compilation error: error line ${place.line} at position ${place.position}\ninvalid identifier '${name}'`,
    place,
  );
}

function readSource(cursor: Cursor, scope: Scope): string {
  if (!cursor.sees('VALUES')) return readQuery(cursor, scope).sql;
  cursor.next();
  const rows: string[] = [];
  do {
    const parts = splitByComma(cursor.expectGroup().children);
    const values = parts.map((part) =>
      part.length === 1 && isWord(part[0], 'DEFAULT') ? 'DEFAULT' : expressionOf(part, scope),
    );
    rows.push(`(${values.join(', ')})`);
  } while (cursor.acceptSymbol(','));
  return `VALUES ${rows.join(', ')}`;
}

/** How many rows the engine says it changed. */
export function countOf(reader: { readonly getRows: () => readonly (readonly unknown[])[] }): number {
  return Number(reader.getRows()[0]?.[0] ?? 0);
}
