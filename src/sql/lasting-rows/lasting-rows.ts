import type { Join, Query, QueryBody, Select, TableExpression } from '../tree.ts';
import { holds, type SyntaxNode } from '../visit.ts';
import { aggregates, chooses, isKey, outputOf, type Seen } from './moves.ts';
import { type Around, keyOf, type LastingRowsRequest, type Move, type Rows, reads, tableRows } from './tables.ts';

/**
 * Whether all rows of a query stay when some of the tables that it reads get more rows: a monotonic query. What a count
 * says of them may be more then. `select … where …`, joins and unions are such queries, and groups that are chosen by their
 * keys or by having at least so many rows; the rows without a partner of an outer join are not, nor what a sum decides.
 * False also where that cannot be told.
 */
export function hasLastingRows(query: Query, request: LastingRowsRequest): boolean {
  return rowsIn(query, request) !== 'unsure';
}

/** Whether these rows stay with all of their values: none of them is worked out from several rows. */
export function hasLastingValues(query: Query, request: LastingRowsRequest): boolean {
  return isFixed(rowsIn(query, request));
}

/** Of a query that is nested too deeply to be read, nothing is known. */
function rowsIn(query: Query, request: LastingRowsRequest): Rows {
  try {
    return rowsOf(query, { ...request, tables: undefined });
  } catch (failure) {
    if (failure instanceof RangeError) return 'unsure';
    throw failure;
  }
}

function rowsOf(query: Query, around: Around): Rows {
  const within = withCommonTables(query, around);
  const rows = bodyRows(query.body, within);
  return rows === 'still' || (query.limit === undefined && query.offset === undefined) ? rows : 'unsure';
}

/** Each common table sees those before it. */
function withCommonTables(query: Query, around: Around): Around {
  let within = around;
  for (const { name, columns, query: own } of query.with?.tables ?? []) {
    const key = keyOf(name, within);
    const isItself = (node: SyntaxNode): boolean =>
      node.kind === 'table' && node.name.parts.map((part) => keyOf(part, around)).join('\0') === key;
    const rows = columns.length > 0 || holds(own, isItself) ? unread(own, within) : rowsOf(own, within);
    within = { ...within, tables: { key, rows, next: within.tables } };
  }
  return within;
}

function bodyRows(body: QueryBody, around: Around): Rows {
  switch (body.kind) {
    case 'select':
      return selectRows(body, around);
    case 'nested-query':
      return rowsOf(body.query, around);
    case 'table-query':
      return tableRows(body.name, around);
    case 'set-operation': {
      const first = bodyRows(body.first, around);
      const others = body.rest.map((arm) => ({ ...arm, rows: bodyRows(arm.body, around) }));
      if ([first, ...others.map(({ rows }) => rows)].every((rows) => rows === 'still')) return 'still';
      // Columns of arms stand beside each other by their place, and whether rows are equal, all of them decide.
      const lasts = others.every(({ operator, rows }) =>
        operator === 'union' || operator === 'intersect' ? isFixed(rows) : rows === 'still',
      );
      return lasts && isFixed(first) ? new Map() : 'unsure';
    }
    default:
      return unread(body, around);
  }
}

const isFixed = (rows: Rows): boolean => rows === 'still' || (rows !== 'unsure' && rows.size === 0);

function selectRows(select: Select, around: Around): Rows {
  const from = together(select.from.map((table) => tableExpressionRows(table, around)));
  if (from === 'unsure') return 'unsure';
  const { where, having, qualify, groupBy, items, distinct, connectBy, top, sample } = select;
  const before = from === 'still' ? new Map<string, Move>() : from;
  const isGrouped = groupBy !== undefined || having !== undefined || items.some((item) => aggregates(item, around));
  const seen: Seen = { ...around, moving: before, groups: from !== 'still' && isGrouped };
  const output = outputOf(items, seen);
  const after: Seen = { ...seen, moving: new Map([...before, ...output]) };
  if (from === 'still') return holds(select, (node) => reads(node, around)) ? conditional(select, after) : 'still';
  if (connectBy || top || sample || (typeof distinct === 'object' && distinct.on)) return 'unsure';
  if (distinct === 'distinct' && output.size > 0) return 'unsure';
  // A key of the groups may be named by its place among the columns.
  const keys: readonly SyntaxNode[] = groupBy ? [...groupBy.items, ...items.map(({ expression }) => expression)] : [];
  const isSettled = keys.every((key) => isKey(key, seen)) && [where, having, qualify].every(chooses(after));
  return isSettled ? output : 'unsure';
}

/** Of a SELECT whose own tables are as they were, but not what its expressions read. */
function conditional({ where, having, qualify, groupBy, distinct, connectBy }: Select, seen: Seen): Rows {
  if (groupBy || having || connectBy || (distinct !== undefined && distinct !== 'all')) return 'unsure';
  return [where, qualify].every(chooses(seen)) ? seen.moving : 'unsure';
}

function tableExpressionRows(table: TableExpression, around: Around): Rows {
  switch (table.kind) {
    case 'table':
      if (table.travel || table.changes || table.sample || table.withOrdinality || table.alias?.columns.length) {
        return unread(table, around);
      }
      return tableRows(table.name, around);
    case 'derived-table':
      return table.sample || table.lateral || table.alias?.columns.length
        ? unread(table, around)
        : rowsOf(table.query, around);
    case 'nested-table':
      return tableExpressionRows(table.table, around);
    case 'join':
      return joinRows(table, around);
    default:
      return unread(table, around);
  }
}

function joinRows(join: Join, around: Around): Rows {
  const [left, right] = [tableExpressionRows(join.left, around), tableExpressionRows(join.right, around)];
  const both = together([left, right]);
  if (both === 'still') return join.on && holds(join.on, (node) => reads(node, around)) ? 'unsure' : 'still';
  const outer = join.type === 'left' || join.type === 'anti' ? right : join.type === 'right' ? left : 'still';
  if (both === 'unsure' || outer !== 'still') return 'unsure';
  if (join.type === 'full' || join.type === 'positional' || join.asof || join.natural) return 'unsure';
  const seen: Seen = { ...around, moving: both, groups: false };
  const isFixedKey = (join.using ?? []).every((name) => !both.has(keyOf(name, around)));
  return isFixedKey && chooses(seen)(join.on) ? both : 'unsure';
}

function together(all: readonly Rows[]): Rows {
  const found = new Map<string, Move>();
  for (const rows of all) {
    if (rows === 'unsure') return 'unsure';
    for (const [key, move] of rows === 'still' ? [] : rows) found.set(key, move);
  }
  return all.every((rows) => rows === 'still') ? 'still' : found;
}

/** Of what is not looked into: it stays where nothing in it grows. */
const unread = (node: SyntaxNode, around: Around): Rows =>
  holds(node, (inner) => reads(inner, around)) ? 'unsure' : 'still';
