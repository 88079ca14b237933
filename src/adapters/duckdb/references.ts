import type { References, Relation, Session, Table } from '../../core/index.ts';
import { isInSchema, isNamed } from './catalog-names.ts';
import { statements } from './statements.ts';

type By = Pick<Session, 'query' | 'execute'>;

/** A table with foreign keys, and what makes it as it is. */
interface Referring {
  readonly table: Relation;
  /** Where its rows are meanwhile. */
  readonly backup: Relation;
  readonly definition: string;
  readonly indexes: readonly string[];
  readonly comments: readonly string[];
  readonly keys: readonly ForeignKey[];
}

interface ForeignKey {
  readonly columns: readonly string[];
  readonly to: Relation;
  readonly toColumns: readonly string[];
}

/** Whether foreign keys of other tables point at a table. */
export async function isReferredTo(relation: Relation, by: By): Promise<boolean> {
  return (await referringNames(relation, by)).length > 0;
}

/**
 * DuckDB neither drops nor replaces a table that a foreign key points at, and drops no foreign key: the tables that have
 * such keys are taken away, those first that others of them point at last.
 */
export async function release(relation: Relation, by: By): Promise<() => ReturnType<PutBack>> {
  const found: Referring[] = [];
  for (const name of await referringNames(relation, by)) {
    found.push(await described({ ...relation, identifier: name, type: 'table' }, by));
  }
  for (const { table, backup } of found) {
    const rows = `select * from ${statements.renderRelation(table)}`;
    await by.execute(statements.createTableAs(backup, rows, { replace: true }));
    await by.execute(statements.dropRelation(table));
  }
  return async () => {
    const without: Relation[] = [];
    for (const one of found.toReversed()) {
      if (await putBack(one, by)) without.push(one.table);
    }
    return without;
  };
}

type PutBack = Awaited<ReturnType<References['release']>>;

/** Gives whether its constraints had to be left out: its rows refer to what is no longer there. */
async function putBack({ table, backup, definition, indexes, comments, keys }: Referring, by: By): Promise<boolean> {
  const isWhole = await holdsAll(keys, backup, by);
  if (isWhole) {
    await by.execute(definition);
    await by.execute(`insert into ${statements.renderRelation(table)}\nfrom ${statements.renderRelation(backup)}`);
    await by.execute(statements.dropRelation(backup));
  } else {
    await by.execute(statements.renameRelation(backup, table));
  }
  for (const sql of [...indexes, ...comments]) await by.execute(sql);
  return !isWhole;
}

async function holdsAll(keys: readonly ForeignKey[], rows: Relation, by: By): Promise<boolean> {
  for (const key of keys) if (!(await holds(key, rows, by))) return false;
  return true;
}

/** Whether the columns that a foreign key points at are still a key, of the same types, with all that rows refer to. */
async function holds({ columns, to, toColumns }: ForeignKey, rows: Relation, by: By): Promise<boolean> {
  const unique = await by.query(
    `select constraint_column_names from duckdb_constraints()
where constraint_type in ('PRIMARY KEY', 'UNIQUE') and ${isTable(to, 'table_name')}`,
  );
  if (!unique.rows.some(([names]) => namesOf(names).sort().join('\n') === [...toColumns].sort().join('\n')))
    return false;
  const [types, toTypes] = [await typesOf(rows, by), await typesOf(to, by)];
  if (columns.some((column, index) => types.get(column) !== toTypes.get(toColumns[index] ?? ''))) return false;
  const { quote, renderRelation } = statements;
  const isKnown = columns.map((column) => `given.${quote(column)} is not null`);
  const same = columns.map((column, index) => `known.${quote(toColumns[index] ?? '')} = given.${quote(column)}`);
  const lost = await by.query(
    `select 1 from ${renderRelation(rows)} as given
where ${isKnown.join(' and ')}
  and not exists (select 1 from ${renderRelation(to)} as known where ${same.join(' and ')})
limit 1`,
  );
  return lost.rows.length === 0;
}

/** Tables whose foreign keys point at a table, directly or over others; what nothing points at comes first. */
async function referringNames(relation: Relation, by: By): Promise<readonly string[]> {
  const { rows } = await by.query(
    `with recursive foreign_keys as (
  select table_name, referenced_table from duckdb_constraints()
  where constraint_type = 'FOREIGN KEY' and ${isSchema(relation)} and table_name <> referenced_table
), referring as (
  select table_name, 1 as depth from foreign_keys where ${isNamed('referenced_table', nameOf(relation))}
  union
  select next.table_name, depth + 1 from foreign_keys as next join referring on next.referenced_table = referring.table_name
)
select table_name from referring group by table_name order by max(depth) desc, table_name`,
  );
  return rows.map(([name]) => String(name));
}

async function described(table: Relation, by: By): Promise<Referring> {
  const of = (what: string, name = 'table_name'): string => `from duckdb_${what}() where ${isTable(table, name)}`;
  const [[definition, comment] = []] = (await by.query(`select sql, comment ${of('tables')}`)).rows;
  const indexes = await by.query(`select sql ${of('indexes')} and sql is not null`);
  const described = await by.query(`select column_name, comment ${of('columns')} and comment is not null`);
  const keys = await by.query(
    `select constraint_column_names, referenced_table, referenced_column_names ${of('constraints')}
  and constraint_type = 'FOREIGN KEY' and table_name <> referenced_table`,
  );
  return {
    table,
    backup: { ...table, identifier: `${table.identifier}__dbt_backup` },
    definition: String(definition).replace(named, () => `create table ${statements.renderRelation(table)}(`),
    indexes: indexes.rows.map(([sql]) => String(sql)),
    comments: [
      ...(typeof comment === 'string' ? [statements.commentOnRelation(table, comment)] : []),
      ...statements.commentOnColumns(table, textsOf(described)),
    ],
    keys: keys.rows.map(([columns, to, toColumns]) => ({
      columns: namesOf(columns),
      to: { ...table, identifier: String(to) },
      toColumns: namesOf(toColumns),
    })),
  };
}

/** How DuckDB begins a definition. The name lacks the database. */
const named = /^CREATE TABLE (?:"(?:[^"]|"")*"|[^"(])*\(/;

const textsOf = ({ rows }: Table): ReadonlyMap<string, string> =>
  new Map(rows.map(([name, text]) => [String(name), String(text)]));

const namesOf = (cell: Table['rows'][number][number] | undefined): string[] =>
  Array.isArray(cell) ? cell.map((name) => String(name)) : [];

const typesOf = async (relation: Relation, by: By): Promise<ReadonlyMap<string, string>> =>
  textsOf(await by.query(`describe ${statements.renderRelation(relation)}`));

const isTable = (table: Relation, column: string): string => `${isSchema(table)} and ${isNamed(column, nameOf(table))}`;

const isSchema = ({ database, schema }: Relation): string => isInSchema(database, schema ?? '');

const nameOf = ({ identifier }: Relation): string => identifier ?? '';
