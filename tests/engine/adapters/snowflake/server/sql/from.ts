import { unsupported } from '../errors.ts';
import { Cursor } from './cursor.ts';
import { expressionOf, listOf, readExpression, reserved } from './expression.ts';
import { flattenTable } from './flatten.ts';
import { engineName, type Scope } from './names.ts';
import { firstToken, isGroup, type Node } from './nodes.ts';
import { beginsQuery, columnNames, namesOf, readQuery } from './query.ts';
import type { NamedShape, Shape } from './shape.ts';

const joinWords = new Set(['INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS', 'NATURAL', 'JOIN', 'ASOF']);
const refusedAfterTable = new Set([
  'AT',
  'BEFORE',
  'CHANGES',
  'PIVOT',
  'UNPIVOT',
  'SAMPLE',
  'TABLESAMPLE',
  'MATCH_RECOGNIZE',
]);

/** What stands after FROM. */
export interface From {
  readonly sql: string;
  readonly sources: readonly NamedShape[];
  /** Whether USING or NATURAL made one column of two. */
  readonly merged: boolean;
}

/** Reads relations with their joins. */
export function readFrom(cursor: Cursor, scope: Scope): From {
  const first = readFactor(cursor, scope);
  let from: From = { sql: first.sql, sources: first.sources, merged: first.merged };
  for (;;) {
    if (cursor.acceptSymbol(',')) from = joined(from, ', ', readFactor(cursor, scope), '', false);
    else if (cursor.seesAny(joinWords)) from = readJoin(cursor, scope, from);
    else return from;
  }
}

const joined = (left: From, join: string, right: From, condition: string, merged: boolean): From => ({
  sql: `${left.sql}${join}${right.sql}${condition}`,
  sources: [...left.sources, ...right.sources],
  merged: left.merged || right.merged || merged,
});

function readJoin(cursor: Cursor, scope: Scope, left: From): From {
  if (cursor.sees('ASOF')) throw unsupported('ASOF JOIN');
  const words: string[] = [];
  while (!cursor.accept('JOIN')) words.push(cursor.expectWord());
  const join = ` ${[...words, 'JOIN'].join(' ')} `;
  const right = readFactor(cursor, scope);
  if (cursor.accept('ON')) return joined(left, join, right, ` ON ${readExpression(cursor, scope)}`, false);
  if (cursor.accept('USING')) {
    return joined(left, join, right, ` USING (${namesOf(cursor.expectGroup().children).join(', ')})`, true);
  }
  if (words.includes('CROSS') || words.includes('NATURAL'))
    return joined(left, join, right, '', words.includes('NATURAL'));
  // Without a condition a join is a product, and a lateral one has its condition inside.
  return joined(left, join, right, ' ON TRUE', false);
}

function readFactor(cursor: Cursor, scope: Scope): From {
  const { sql, name, columns, shape, inner } = readRelation(cursor, scope);
  refuseAfterTable(cursor);
  const alias = readTableAlias(cursor) ?? name;
  refuseAfterTable(cursor);
  if (alias === undefined && inner) return { ...inner, sql };
  const renamed = alias !== undefined && isGroup(cursor.peek()) ? namesOf(cursor.expectGroup().children) : undefined;
  const given = renamed ?? columns;
  const list = given ? `(${given.join(', ')})` : '';
  const source = { name: alias, shape: renamed ? undefined : shape };
  return { sql: alias === undefined ? sql : `${sql} AS ${engineName(alias)}${list}`, sources: [source], merged: false };
}

/** What follows a relation and is not imitated: some of it by a word that could be a name, were there no bracket. */
function refuseAfterTable(cursor: Cursor): void {
  const node = cursor.peek();
  if (node?.kind !== 'word' || !refusedAfterTable.has(node.value)) return;
  if (reserved.has(node.value) || isGroup(cursor.peek(1))) throw unsupported(node.value);
}

/** The new name of a relation, if one is given. */
export function readTableAlias(cursor: Cursor): string | undefined {
  if (cursor.accept('AS')) return cursor.expectName();
  const node = cursor.peek();
  if (node?.kind === 'quoted') return cursor.expectName();
  if (node?.kind !== 'word' || reserved.has(node.value)) return undefined;
  refuseAfterTable(cursor);
  return cursor.expectName();
}

interface Relation {
  readonly sql: string;
  readonly name?: string;
  readonly columns?: readonly string[];
  readonly shape?: Shape;
  /** Joins in brackets, which have no name together. */
  readonly inner?: From;
}

function readRelation(cursor: Cursor, scope: Scope): Relation {
  const group = cursor.acceptGroup();
  if (group) return bracketed(group.children, scope);
  if (cursor.accept('LATERAL')) {
    if (!isGroup(cursor.peek())) return tableFunction(cursor, scope);
    const { sql, ...query } = bracketed(cursor.expectGroup().children, scope);
    return { ...query, sql: `LATERAL ${sql}` };
  }
  if (cursor.sees('TABLE') && isGroup(cursor.peek(1))) {
    cursor.next();
    return tableFunction(new Cursor(cursor.expectGroup().children), scope);
  }
  if (cursor.accept('VALUES')) {
    const { rows, width } = valuesRows(cursor, scope);
    return { sql: `(VALUES ${rows})`, name: 'VALUES', columns: columnNames(width) };
  }
  if (cursor.seesSymbol('@') || cursor.peek()?.kind === 'string') throw unsupported('query over a stage');
  return named(cursor, scope);
}

function bracketed(nodes: readonly Node[], scope: Scope): Relation {
  const cursor = new Cursor(nodes);
  if (beginsQuery(nodes)) {
    const { sql, shape } = readQuery(cursor, scope);
    cursor.expectEnd();
    return { sql: `(${sql})`, shape };
  }
  const inner = readFrom(cursor, scope);
  cursor.expectEnd();
  return { sql: `(${inner.sql})`, inner };
}

function named(cursor: Cursor, scope: Scope): Relation {
  const start = firstToken(cursor.peek() ?? cursor.next());
  if (start.kind === 'word' && reserved.has(start.value)) throw cursor.unexpected();
  if (start.value === 'IDENTIFIER' && isGroup(cursor.peek(1))) throw unsupported('IDENTIFIER()');
  const path = cursor.expectPath();
  const [only, ...more] = path;
  if (only !== undefined && more.length === 0 && scope.ctes.has(only)) {
    return { sql: engineName(only), name: only, shape: scope.ctes.get(only) };
  }
  const source = scope.around.relation(path, start.place, scope.uses);
  const name = path.at(-1) ?? '';
  if (source.kind === 'table') {
    scope.uses.tables.add(source.table);
    return { sql: source.table.physical, name, shape: source.table.columns };
  }
  scope.uses.queries.set(source.key, source.sql);
  return {
    sql: source.key,
    name,
    columns: source.columns.map((column) => engineName(column.name)),
    shape: source.columns,
  };
}

/** `values (1, 2), (3, 4)` and how many columns it has. */
export function valuesRows(cursor: Cursor, scope: Scope): { readonly rows: string; readonly width: number } {
  const rows: string[] = [];
  let width = 0;
  do {
    const row = listOf(cursor.expectGroup().children, scope);
    width = row.length;
    rows.push(`(${row.join(', ')})`);
  } while (cursor.acceptSymbol(','));
  return { rows: rows.join(', '), width };
}

function tableFunction(cursor: Cursor, scope: Scope): Relation {
  const path = cursor.expectPath();
  const name = path.at(-1) ?? '';
  const { children } = cursor.expectGroup();
  if (name === 'FLATTEN') return { sql: flattenTable(children, scope), name: 'FLATTEN' };
  if (name === 'GENERATOR') return { sql: generator(children, scope), name: 'GENERATOR' };
  const argument = name === 'COPY_HISTORY' ? namedText(children, 'TABLE_NAME') : undefined;
  const source = scope.around.tableFunction(
    name,
    argument ?? (name === 'RESULT_SCAN' ? expressionOf(children, scope) : ''),
  );
  if (source.kind !== 'query') throw unsupported(`table function ${name}`);
  scope.uses.queries.set(source.key, source.sql);
  return {
    sql: source.key,
    name,
    columns: source.columns.map((column) => engineName(column.name)),
    shape: source.columns,
  };
}

/** The text of `name => 'text'`, among other arguments. */
function namedText(nodes: readonly Node[], name: string): string | undefined {
  const at = nodes.findIndex((node) => node.kind === 'word' && node.value === name);
  const value = at < 0 ? undefined : nodes[at + 2];
  return value?.kind === 'string' ? value.value : undefined;
}

function generator(nodes: readonly Node[], scope: Scope): string {
  const cursor = new Cursor(nodes);
  if (!cursor.accept('ROWCOUNT')) throw unsupported('GENERATOR without ROWCOUNT');
  cursor.expectSymbol('=>');
  return `(SELECT 1 FROM range(${expressionOf(cursor.rest(), scope)}))`;
}
