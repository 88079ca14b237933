import type { Column, Json, JsonObject, Statements } from '../../core/index.ts';

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

function valueIn(row: JsonObject, { name }: FixtureColumn): Json {
  const wanted = name.toLowerCase();
  const key = Object.hasOwn(row, name) ? name : Object.keys(row).find((one) => one.toLowerCase() === wanted);
  return (key === undefined ? undefined : row[key]) ?? null;
}

function rowSql(row: JsonObject, columns: readonly FixtureColumn[], statements: Statements): string {
  const items = columns.map((column) => {
    return `${castSql(valueIn(row, column), column.type, statements)} as ${statements.quote(column.name)}`;
  });
  return `select ${items.join(', ')}`;
}

function castSql(value: Json, type: string | undefined, statements: Statements): string {
  const sql = valueSql(value, statements);
  if (type === undefined) return sql;
  // A text must not be cut to the length that a column happens to have: it would then seem right.
  const wide = typeof value === 'string' && /varying/i.test(type) ? (type.split('(')[0] ?? type) : type;
  return statements.expressions.safeCast(sql, wide);
}

/** Lists and mappings are written as most warehouses have them: `[1, 2]`, `{'a': 1}`. */
function valueSql(value: Json, statements: Statements): string {
  if (typeof value === 'string') return statements.literal(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map((one) => valueSql(one, statements)).join(', ')}]`;
  const members = Object.entries(value as JsonObject).map(
    ([name, member]) => `${statements.literal(name)}: ${valueSql(member, statements)}`,
  );
  return `{${members.join(', ')}}`;
}
