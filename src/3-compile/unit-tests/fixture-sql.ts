import { type Column, type Json, type JsonObject, numberText, type Statements } from '../../core/index.ts';

/** A column that rows are written for. Without a type its values are written as they are. */
export type FixtureColumn = Pick<Column, 'name'> & { readonly type?: string | undefined };

/**
 * Rows as a query: one `select` for each, every value cast to its column's type. What a row does not say is null; names
 * are compared without letter case, as in dbt.
 */
export function fixtureSql(
  rows: readonly JsonObject[],
  columns: readonly FixtureColumn[],
  statements: Statements,
): string {
  if (rows.length > 0) return rows.map((row) => rowSql(row, columns, statements)).join('\nunion all\n');
  return `${rowSql({}, columns, statements)}\nwhere 1 = 0`;
}

function rowSql(row: JsonObject, columns: readonly FixtureColumn[], statements: Statements): string {
  const items = columns.map((column) => `${valueSql(row, column, statements)} as ${statements.quote(column.name)}`);
  return `select ${items.join(', ')}`;
}

/** What a row says of a column, cast to the column's type. */
function valueSql(row: JsonObject, { name, type }: FixtureColumn, statements: Statements): string {
  const key = keyIn(row, name);
  const sql = key === undefined ? 'null' : memberSql(row, key, statements);
  if (type === undefined) return sql;
  // A text must not be cut to the length that a column happens to have: it would then seem right.
  const isText = key !== undefined && typeof row[key] === 'string';
  const wide = isText && /varying/i.test(type) ? (type.split('(')[0] ?? type) : type;
  return statements.expressions.safeCast(sql, wide);
}

function keyIn(row: JsonObject, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.hasOwn(row, name) ? name : Object.keys(row).find((one) => one.toLowerCase() === wanted);
}

/** Lists and mappings are written as most warehouses have them: `[1, 2]`, `{'a': 1}`. */
function memberSql(container: JsonObject | readonly Json[], key: string | number, statements: Statements): string {
  const value = (container as JsonObject)[key] ?? null;
  if (typeof value === 'string') return statements.literal(value);
  if (typeof value === 'number') return numberText(container, key);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map((_, index) => memberSql(value, index, statements)).join(', ')}]`;
  const members = Object.keys(value).map(
    (name) => `${statements.literal(name)}: ${memberSql(value as JsonObject, name, statements)}`,
  );
  return `{${members.join(', ')}}`;
}
