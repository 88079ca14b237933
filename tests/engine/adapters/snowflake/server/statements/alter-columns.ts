import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../engine/account.ts';
import { type Column, fullName, type Table } from '../engine/catalog.ts';
import { inStatement, isBeingWritten } from '../engine/execute.ts';
import type { Outcome } from '../engine/session.ts';
import { SqlError, unsupported } from '../errors.ts';
import { Cursor } from '../sql/cursor.ts';
import { engineName } from '../sql/names.ts';
import { isGroup, type Node, splitByComma } from '../sql/nodes.ts';
import { displayType, longestText, readType, type SqlType } from '../sql/types.ts';
import { engineColumns, missingColumn, readDefinition } from './column-definitions.ts';
import { makeEmpty } from './create-table.ts';
import { refuse, status } from './statement.ts';

/** How the columns of a table change: what they become, and which old column fills each. */
interface Change {
  readonly columns: readonly Column[];
  readonly sources: ReadonlyMap<string, string>;
}

/** ADD, DROP, RENAME and ALTER COLUMN. The engine's table is made anew: then every change is possible there. */
export async function alterColumns(run: Run, cursor: Cursor, table: Table): Promise<Outcome> {
  const change = readChange(run, cursor, table);
  cursor.expectEnd();
  if (engineColumns(run, change.columns) !== engineColumns(run, table.columns)) await rebuild(run, table, change);
  table.columns = change.columns;
  table.altered = new Date();
  return status('Statement executed successfully.');
}

function readChange(run: Run, cursor: Cursor, table: Table): Change {
  if (cursor.accept('ADD')) return addColumns(run, cursor, table);
  if (cursor.accept('DROP')) return dropColumns(cursor, table);
  if (cursor.accept('RENAME', 'COLUMN')) return renameColumn(cursor, table);
  if (cursor.accept('ALTER') || cursor.accept('MODIFY')) return changeColumns(run, cursor, table);
  return refuse(cursor, cursor.offset + 2);
}

const same = (columns: readonly Column[]): Map<string, string> =>
  new Map(columns.map(({ name }) => [name, engineName(name)]));

function addColumns(run: Run, cursor: Cursor, table: Table): Change {
  if (cursor.sees('ROW') || cursor.sees('CONSTRAINT') || cursor.sees('PRIMARY'))
    throw unsupported('ALTER TABLE ADD of a constraint or policy');
  cursor.accept('COLUMN');
  const ifNotExists = cursor.accept('IF', 'NOT', 'EXISTS');
  const added = splitByComma(cursor.rest()).flatMap((part) => {
    const inner = new Cursor(part);
    inner.accept('COLUMN');
    const definition = readDefinition(run, inner);
    if (!definition.typed) throw inner.unexpected();
    const there = table.columns.some((column) => column.name === definition.name);
    if (there && !ifNotExists) {
      throw new SqlError('001430', '42601', `SQL compilation error:\ncolumn '${definition.name}' already exists`);
    }
    return there ? [] : [definition];
  });
  return { columns: [...table.columns, ...added], sources: same(table.columns) };
}

function dropColumns(cursor: Cursor, table: Table): Change {
  cursor.accept('COLUMN');
  const ifExists = cursor.accept('IF', 'EXISTS');
  const names = splitByComma(cursor.rest()).map((part) => {
    const inner = new Cursor(part);
    inner.accept('COLUMN');
    const name = inner.expectName();
    inner.expectEnd();
    if (!ifExists) requireColumn(table, name);
    return name;
  });
  const columns = table.columns.filter((column) => !names.includes(column.name));
  return { columns, sources: same(columns) };
}

function renameColumn(cursor: Cursor, table: Table): Change {
  const from = requireColumn(table, cursor.expectName());
  cursor.expect('TO');
  const to = cursor.expectName();
  const columns = table.columns.map((column) => (column === from ? { ...column, name: to } : column));
  return {
    columns,
    sources: new Map(columns.map((column, index) => [column.name, engineName(table.columns[index]?.name ?? '')])),
  };
}

/** `alter column a set data type t, column b comment 'x'`, with or without brackets around them. */
function changeColumns(run: Run, cursor: Cursor, table: Table): Change {
  const group = cursor.peek();
  const nodes: readonly Node[] = isGroup(group) ? group.children : cursor.rest();
  if (isGroup(group)) cursor.next();
  let columns: readonly Column[] = table.columns;
  for (const part of splitByComma(nodes)) {
    const inner = new Cursor(part);
    inner.accept('COLUMN');
    const column = requireColumn({ ...table, columns }, inner.expectName());
    const changed = changeColumn(run, inner, column);
    inner.expectEnd();
    columns = columns.map((other) => (other === column ? changed : other));
  }
  return { columns, sources: same(columns) };
}

function changeColumn(run: Run, cursor: Cursor, column: Column): Column {
  if (cursor.accept('SET', 'DATA', 'TYPE') || cursor.accept('TYPE'))
    return { ...column, type: widened(column, readType(cursor)) };
  if (cursor.accept('SET', 'NOT', 'NULL') || cursor.accept('NOT', 'NULL')) return { ...column, nullable: false };
  if (cursor.accept('DROP', 'NOT', 'NULL')) return { ...column, nullable: true };
  if (cursor.accept('COMMENT')) return { ...column, comment: cursor.expectString() };
  if (cursor.accept('DROP', 'DEFAULT')) return withoutDefault(column);
  if (cursor.sees('SET') || cursor.sees('UNSET')) throw unsupported(`ALTER COLUMN ${run.sql.slice(0, 40)}`);
  throw cursor.unexpected();
}

const withoutDefault = ({ default: _, ...column }: Column): Column => column;

/** A type may only grow: a longer text, more digits. */
function widened(column: Column, to: SqlType): SqlType {
  const from = column.type;
  const grows =
    from.name === to.name &&
    (to.name !== 'TEXT' || (to.length ?? longestText) >= (from.length ?? longestText)) &&
    (to.name !== 'FIXED' || ((to.scale ?? 0) === (from.scale ?? 0) && (to.precision ?? 38) >= (from.precision ?? 38)));
  if (grows) return to;
  throw new SqlError(
    '002108',
    '22000',
    `SQL compilation error:\ncannot change column ${column.name} from type ${displayType(from)} to ${displayType(to)}`,
  );
}

function requireColumn(table: Pick<Table, 'columns'>, name: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (!found) throw missingColumn(name);
  return found;
}

/** Copies the rows into a table with the new columns, until nobody wrote meanwhile: no row may be left behind. */
async function rebuild(run: Run, table: Table, change: Change): Promise<void> {
  for (;;) {
    while (isBeingWritten(run, table))
      await sleep(5, undefined, { signal: run.signal }).catch(() => run.signal.throwIfAborted());
    const { version } = table;
    const physical = await copyInto(run, table, change);
    if (table.version === version && !isBeingWritten(run, table)) {
      run.account.engine.bury(table.physical);
      run.account.catalog.commits += 1;
      table.version = run.account.catalog.commits;
      table.physical = physical;
      return;
    }
    run.account.engine.bury(physical);
  }
}

async function copyInto(run: Run, table: Table, { columns, sources }: Change): Promise<string> {
  const filled = columns.filter((column) => sources.has(column.name));
  const added = columns.find((column) => !column.nullable && column.default === undefined && !sources.has(column.name));
  const physical = await makeEmpty(run, columns);
  await inStatement(run, { reads: new Set([table]) }, async (execute) => {
    const rows = Number((await execute(`SELECT count(*) FROM ${table.physical}`)).getRows()[0]?.[0]);
    if (added && rows > 0) throw notNullable(added, table);
    if (filled.length === 0) return;
    const names = filled.map((column) => engineName(column.name)).join(', ');
    const values = filled.map((column) => sources.get(column.name)).join(', ');
    await execute(`INSERT INTO ${physical} (${names}) SELECT ${values} FROM ${table.physical}`);
  });
  return physical;
}

const notNullable = (column: Column, table: Table): SqlError =>
  new SqlError(
    '002001',
    '42601',
    `SQL compilation error:\nNon-nullable column '${column.name}' cannot be added to non-empty table '${fullName(table)}' unless it has a non-null default value.`,
  );
