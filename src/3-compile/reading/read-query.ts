import { foldName, type Identifier, type Query, type QueryBody, type SetOperation } from '../../sql/index.ts';
import { unsureBounds } from './conditions.ts';
import { readTableNamed } from './read-from.ts';
import { readSelect } from './read-select.ts';
import { type Around, type CommonTables, type Reader, scopeOf } from './reader.ts';
import { contentOf, hashOf, joined, type Rows, settled, unclear, unclearRows, type Value } from './relation.ts';
import { look, sortData } from './values.ts';

/** Reads a query: which tables it reads, and what it makes of them. */
export function readQuery(query: Query, around: Around): Rows {
  const within: Around = { ...around, tables: tablesOf(query, around) };
  const rows = readBody(query.body, within, query);
  const { limit, offset, limitPercent } = query;
  if (limit === undefined && offset === undefined) return rows;
  const scope = scopeOf(within, [{ path: [], rows }]);
  const shape = hashOf(
    'limit',
    rows.shape,
    limitPercent,
    look([limit, offset], scope).data,
    query.orderByAll ? [look(query.orderByAll, scope).data, contentOf(rows)] : null,
    sortData(query.orderBy, scope, rows),
  );
  // Which rows a limit leaves out, all of them decide.
  return settledRows(rows, shape);
}

function readBody(body: QueryBody, around: Around, tail: Pick<Query, 'orderBy'>): Rows {
  switch (body.kind) {
    case 'select':
      return readSelect(body, around, tail);
    case 'nested-query':
      return readQuery(body.query, around);
    case 'set-operation':
      return readSetOperation(body, around);
    case 'table-query':
      return readTableNamed(body.name, body, around);
    case 'values':
      return unclearRows([], hashOf('values', look(body.rows, scopeOf(around, [])).data));
    default:
      return unclearRows([], hashOf('unread', look(body, scopeOf(around, [])).data, commonTables(around)));
  }
}

/** Of what cannot be read nobody knows which of them it reads. */
function commonTables({ tables, reader }: Around): unknown {
  const found: unknown[] = [];
  for (let level = tables; level; level = level.next) found.push(contentOf(reader.commonTable(level, reader)));
  return found;
}

/** Each common table sees those before it. */
function tablesOf(query: Query, { tables, reader }: Around): CommonTables | undefined {
  const { names } = reader.dialect;
  let next = tables;
  for (const definition of query.with?.tables ?? []) {
    const mayRecurse = query.with?.recursive || names.recursionByItself;
    const recursive = Boolean(mayRecurse) && definition.query.body.kind === 'set-operation';
    next = { key: foldName(definition.name, names), definition, recursive, next };
  }
  return next;
}

/** The rows of a common table, read for one of those that read it. */
export function readCommonTable(table: CommonTables, reader: Reader): Rows {
  const { definition, recursive, itself, next } = table;
  if (itself) return unclearRows([], hashOf('itself', recursions(table)));
  const rows = recursive
    ? readRecursive(table, reader)
    : readQuery(definition.query, { outer: undefined, tables: next, reader });
  return renamed(rows, definition.columns, reader.dialect.names);
}

/** What rounds of a recursion read depends on those before; nobody can tell which rows that are. */
function readRecursive(table: CommonTables, reader: Reader): Rows {
  const tables: CommonTables = { ...table, itself: true };
  const rows = readQuery(table.definition.query, { outer: undefined, tables, reader });
  reader.bounds.push(unsureBounds(unclear(rows.scans, ''), undefined, reader.everything));
  // What the one round makes of a column, the next may choose by.
  return settledRows(rows, hashOf(contentOf(rows)));
}

function recursions(table: CommonTables): number {
  let count = 0;
  for (let level: CommonTables | undefined = table; level; level = level.next) if (level.recursive) count += 1;
  return count;
}

/** Rows whose first columns have other names. */
function renamed(rows: Rows, names: readonly Identifier[], rules: Parameters<typeof foldName>[1]): Rows {
  if (names.length === 0) return rows;
  const values = [...rows.columns.values()];
  const columns = [...rows.columns].map(([key, value], index): [string, Value] => {
    const name = names[index];
    return [name ? foldName(name, rules) : key, value];
  });
  if (values.length >= names.length) return { ...rows, columns: new Map(columns) };
  return unclearRows(rows.scans, rows.shape);
}

function settledRows(rows: Rows, shape: string): Rows {
  const columns = new Map([...rows.columns].map(([key, { mark }]) => [key, settled(mark)]));
  const { unlisted } = rows;
  return { ...rows, columns, shape, unlisted: unlisted && ((key) => settled(unlisted(key).mark)) };
}

/** The columns of the arms stand beside each other by their place. */
function readSetOperation(body: SetOperation, around: Around): Rows {
  const first = readBody(body.first, around, { orderBy: [] });
  const arms = body.rest.map((arm) => ({ arm, rows: readBody(arm.body, around, { orderBy: [] }) }));
  const all = [first, ...arms.map(({ rows }) => rows)];
  const scans = all.flatMap((rows) => rows.scans);
  const operators = arms.map(({ arm }) => [arm.operator, arm.quantifier ?? null, arm.byName]);
  const keepsAll = arms.every(({ arm }) => arm.operator === 'union' && arm.quantifier === 'all');
  const shapes = all.map(({ shape }) => shape);
  if (all.some(({ unlisted }) => unlisted) || arms.some(({ arm }) => arm.byName)) {
    return unclearRows(scans, hashOf(operators, all.map(contentOf)));
  }
  const columns = [...first.columns].map(([key, value], index): [string, Value] => {
    const values = [value, ...arms.flatMap(({ rows }) => [...rows.columns.values()][index] ?? [])];
    return [key, joined(values, hashOf('union', ...values.map(({ mark }) => mark)))];
  });
  // Whether rows are equal, all of their columns decide.
  const shape = hashOf(operators, shapes, keepsAll ? null : all.map(marksOf));
  return { columns: new Map(columns), scans, shape };
}

const marksOf = ({ columns }: Rows): readonly string[] => [...columns.values()].map(({ mark }) => mark);
