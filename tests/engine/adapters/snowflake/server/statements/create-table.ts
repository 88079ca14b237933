import type { Run } from '../engine/account.ts';
import { type Column, fullName, type Table } from '../engine/catalog.ts';
import { describeQuery, refuseTwins } from '../engine/describe-query.ts';
import { inStatement } from '../engine/execute.ts';
import type { ObjectName } from '../engine/resolve.ts';
import type { Outcome } from '../engine/session.ts';
import { SqlError, unsupported } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { engineName, wholeQuery } from '../sql/names.ts';
import { isGroup, type Node } from '../sql/nodes.ts';
import { queryOf } from '../sql/query.ts';
import type { Query } from '../sql/shape.ts';
import { type Definition, engineColumns, readDefinitions } from './column-definitions.ts';
import { cloneTable, likeTable } from './copy-table.ts';
import { readOptions } from './options.ts';
import { entry, existing, isThere, type Making, put } from './place-object.ts';
import { nameFrom, needWarehouse, scopeOf, sourceText, status } from './statement.ts';

/** CREATE TABLE in all its forms: columns, AS a query, CLONE, LIKE; and CREATE DYNAMIC TABLE. */
export async function createTable(run: Run, cursor: Cursor, making: Making, dynamic: boolean): Promise<Outcome> {
  const kind = dynamic ? 'DYNAMIC TABLE' : 'TABLE';
  const name = nameFrom(run, cursor);
  if (run.account.catalog.linked.has(name.database)) checkLinked(making, dynamic);
  if (cursor.accept('CLONE')) return cloneTable(run, cursor, name, making);
  if (cursor.accept('LIKE')) return likeTable(run, cursor, name, making);
  if (cursor.sees('USING')) throw unsupported('CREATE TABLE USING TEMPLATE');
  const group = cursor.peek();
  const definitions = isGroup(group) ? readDefinitions(run, group) : undefined;
  if (definitions) cursor.next();
  const options = readOptions(run, cursor);
  if (dynamic) checkDynamic(options);
  const there = isThere(run, name, making, kind);
  const query = cursor.accept('AS') ? cursor.rest() : undefined;
  if (!query && !definitions) throw cursor.unexpected();
  if (there) return status(`${name.name} already exists, statement succeeded.`);
  if (definitions?.some((column) => !column.typed) && !query) throw cursor.unexpected();
  if (query) options.set('QUERY', sourceText(run, query));
  const made = query
    ? await fillFrom(run, queryParts(run, query), definitions)
    : { columns: definitions ?? [], physical: await makeEmpty(run, definitions ?? []) };
  const table = newTable(run, name, making, { kind, options, ...made });
  keepGrants(run, name, making, options.has('COPY GRANTS'));
  put(run, table, making.temporary);
  return status(
    dynamic ? `Dynamic table ${name.name} successfully created.` : `Table ${name.name} successfully created.`,
  );
}

/** A catalog of somebody else's has tables of Iceberg, each of which is made once. */
function checkLinked({ iceberg, replace, temporary, transient }: Making, dynamic: boolean): void {
  if (iceberg && !replace && !temporary && !transient && !dynamic) return;
  const what = replace ? 'CREATE OR REPLACE' : 'This kind of table';
  throw new SqlError('391414', '0A000', `${what} is not supported in a catalog-linked database.`);
}

function checkDynamic(options: ReadonlyMap<string, string>): void {
  if (!options.has('WAREHOUSE')) {
    throw new SqlError('002029', '42601', 'SQL compilation error:\nMissing option(s): [WAREHOUSE]');
  }
  if (!options.has('TARGET_LAG') && options.get('SCHEDULER') !== 'DISABLE') {
    throw new SqlError('002029', '42601', 'SQL compilation error:\nMissing option(s): [TARGET_LAG]');
  }
}

type Made = Pick<Table, 'kind' | 'columns' | 'physical' | 'options'>;

export function newTable(run: Run, name: ObjectName, making: Making, made: Made): Table {
  const { catalog } = run.account;
  catalog.commits += 1;
  return {
    ...entry(run, name, made.options.get('COMMENT')),
    ...made,
    transient: making.transient,
    temporary: making.temporary,
    iceberg: making.iceberg,
    clusterBy: made.options.get('CLUSTER BY') ?? '',
    version: catalog.commits,
  };
}

/** Without COPY GRANTS a replaced table loses what was granted on it. */
export function keepGrants(run: Run, name: ObjectName, making: Making, copied: boolean): void {
  if (!making.replace || copied || !existing(run, name, making.temporary)) return;
  const { grants } = run.account.catalog;
  grants.splice(0, grants.length, ...grants.filter((grant) => grant.name !== fullName(name)));
}

export async function makeEmpty(run: Run, columns: readonly Column[]): Promise<string> {
  refuseTwins(columns);
  const physical = run.account.catalog.physicalName();
  await inStatement(run, { reads: new Set() }, (execute) =>
    execute(`CREATE TABLE ${physical} (${engineColumns(run, columns)})`),
  );
  return physical;
}

export interface TableQuery extends Query {
  readonly reads: ReadonlySet<Table>;
  readonly readsViews: boolean;
}

/** A query of a statement, translated. */
export function queryParts(run: Run, nodes: readonly Node[]): TableQuery {
  const scope = scopeOf(run);
  const { sql, shape } = queryOf(nodes, scope);
  return { sql: wholeQuery(scope.uses, sql), shape, reads: scope.uses.tables, readsViews: scope.uses.queries.size > 0 };
}

/** Makes a table of a query's rows; names and types that are given win over the query's. */
async function fillFrom(
  run: Run,
  query: TableQuery,
  given: readonly Definition[] | undefined,
): Promise<{ columns: readonly Column[]; physical: string }> {
  needWarehouse(run);
  const found = await describeQuery(run, query);
  if (given && given.length !== found.length) {
    throw new SqlError(
      '002026',
      '42601',
      `SQL compilation error:\nInvalid number of columns: ${given.length} given, ${found.length} in the query.`,
    );
  }
  const columns: Column[] = given
    ? given.map((column, index) => (column.typed ? column : { ...column, type: found[index]?.type ?? column.type }))
    : found;
  const physical = await makeEmpty(run, columns);
  try {
    const names = columns.map((column) => engineName(column.name)).join(', ');
    await inStatement(run, { reads: query.reads }, (execute) =>
      execute(`INSERT INTO ${physical} (${names}) ${query.sql}`),
    );
  } catch (error) {
    run.account.engine.bury(physical);
    throw error;
  }
  return { columns, physical };
}
