import { unsupported } from '../errors.ts';
import { Cursor } from './cursor.ts';
import { readExpression } from './expression.ts';
import { readFrom, valuesRows } from './from.ts';
import { engineName, type Scope } from './names.ts';
import { isGroup, type Node } from './nodes.ts';
import { readItems, shapeOf } from './select-list.ts';
import { bothShapes, type Query, type Shape } from './shape.ts';

/** Whether a bracket holds a query rather than expressions. */
export function beginsQuery(nodes: readonly Node[]): boolean {
  const [first] = nodes;
  if (isGroup(first) && nodes.length > 1 && isSetOperator(nodes[1])) return beginsQuery(first.children);
  if (isGroup(first) && nodes.length === 1) return beginsQuery(first.children);
  return first?.kind === 'word' && ['SELECT', 'WITH', 'VALUES'].includes(first.value);
}

const setOperators = new Set(['UNION', 'INTERSECT', 'EXCEPT', 'MINUS']);
const isSetOperator = (node: Node | undefined): boolean => node?.kind === 'word' && setOperators.has(node.value);

/** Reads a query and writes it for the engine; stops before what does not belong to it. */
export function readQuery(cursor: Cursor, scope: Scope): Query {
  if (cursor.accept('WITH')) return readWith(cursor, scope);
  let { sql, shape } = readOperand(cursor, scope);
  while (cursor.seesAny(setOperators)) {
    const word = cursor.expectWord();
    const operator = word === 'MINUS' ? 'EXCEPT' : word;
    if (operator !== 'UNION' && cursor.sees('ALL')) throw unsupported(`${operator} ALL`);
    const all = cursor.accept('ALL') ? ' ALL' : '';
    if (all === '') cursor.accept('DISTINCT');
    const byName = cursor.accept('BY', 'NAME');
    const right = readOperand(cursor, scope);
    sql += ` ${operator}${all}${byName ? ' BY NAME' : ''} ${right.sql}`;
    shape = byName ? undefined : bothShapes(shape, right.shape);
  }
  if (cursor.accept('ORDER', 'BY')) sql += ` ORDER BY ${readOrder(cursor, scope)}`;
  if (cursor.accept('LIMIT')) sql += ` LIMIT ${readExpression(cursor, scope)}`;
  if (cursor.accept('OFFSET')) sql += ` OFFSET ${readExpression(cursor, scope)}`;
  if (cursor.sees('FETCH')) throw unsupported('FETCH');
  return { sql, shape };
}

function readWith(cursor: Cursor, scope: Scope): Query {
  const recursive = cursor.accept('RECURSIVE');
  const ctes = new Map(scope.ctes);
  const parts: string[] = [];
  do {
    const name = cursor.expectName();
    const columns = isGroup(cursor.peek()) ? namesOf(cursor.expectGroup().children) : undefined;
    cursor.expect('AS');
    const { children } = cursor.expectGroup();
    const self: [string, Shape][] = recursive || !scope.around.knows([name]) ? [[name, undefined]] : [];
    const inner = new Cursor(children);
    const { sql, shape } = readQuery(inner, { ...scope, ctes: new Map([...ctes, ...self]) });
    inner.expectEnd();
    ctes.set(name, columns ? undefined : shape);
    parts.push(`${engineName(name)}${columns ? ` (${columns.join(', ')})` : ''} AS (${sql})`);
  } while (cursor.acceptSymbol(','));
  const { sql, shape } = readQuery(cursor, { ...scope, ctes });
  return { sql: `WITH RECURSIVE ${parts.join(', ')} ${sql}`, shape };
}

export const namesOf = (nodes: readonly Node[]): string[] => {
  const cursor = new Cursor(nodes);
  const names = [engineName(cursor.expectName())];
  while (cursor.acceptSymbol(',')) names.push(engineName(cursor.expectName()));
  cursor.expectEnd();
  return names;
};

function readOperand(cursor: Cursor, scope: Scope): Query {
  const group = cursor.acceptGroup();
  if (group) {
    const inner = new Cursor(group.children);
    const { sql, shape } = readQuery(inner, scope);
    inner.expectEnd();
    return { sql: `(${sql})`, shape };
  }
  if (cursor.accept('VALUES')) {
    const { rows, width } = valuesRows(cursor, scope);
    return { sql: `SELECT * FROM (VALUES ${rows}) AS "VALUES"(${columnNames(width).join(', ')})`, shape: undefined };
  }
  cursor.expect('SELECT');
  return readSelect(cursor, scope);
}

export const columnNames = (width: number): string[] =>
  Array.from({ length: width }, (_, index) => engineName(`COLUMN${index + 1}`));

function readSelect(cursor: Cursor, scope: Scope): Query {
  const out = ['SELECT'];
  if (cursor.accept('DISTINCT')) out.push('DISTINCT');
  else cursor.accept('ALL');
  if (cursor.sees('TOP') && cursor.peek(1)?.kind === 'number') throw unsupported('SELECT TOP');
  const items = readItems(cursor, scope);
  out.push(items.map(({ sql }) => sql).join(', '));
  if (cursor.accept('INTO')) throw unsupported('SELECT INTO');
  const from = cursor.accept('FROM') ? readFrom(cursor, scope) : undefined;
  if (from) out.push('FROM', from.sql);
  if (cursor.sees('START') || cursor.sees('CONNECT')) throw unsupported('CONNECT BY');
  if (cursor.accept('WHERE')) out.push('WHERE', readExpression(cursor, scope));
  if (cursor.accept('GROUP', 'BY')) out.push('GROUP BY', readGrouping(cursor, scope));
  if (cursor.accept('HAVING')) out.push('HAVING', readExpression(cursor, scope));
  if (cursor.accept('QUALIFY')) out.push('QUALIFY', readExpression(cursor, scope));
  if (cursor.sees('WINDOW')) throw unsupported('WINDOW clause');
  return { sql: out.join(' '), shape: shapeOf(items, from) };
}

export function readOrder(cursor: Cursor, scope: Scope): string {
  const parts: string[] = [];
  do {
    const sql = cursor.accept('ALL') ? 'ALL' : readExpression(cursor, scope);
    const direction = cursor.accept('ASC') ? ' ASC' : cursor.accept('DESC') ? ' DESC' : '';
    const nulls = cursor.accept('NULLS') ? ` NULLS ${cursor.expectWord()}` : '';
    parts.push(sql + direction + nulls);
  } while (cursor.acceptSymbol(','));
  return parts.join(', ');
}

function readGrouping(cursor: Cursor, scope: Scope): string {
  if (cursor.accept('ALL')) return 'ALL';
  const parts: string[] = [];
  do {
    const word = cursor.peek();
    if (word?.kind === 'word' && ['ROLLUP', 'CUBE'].includes(word.value) && isGroup(cursor.peek(1))) {
      cursor.next();
      parts.push(`${word.value} (${listed(cursor.expectGroup().children, scope)})`);
    } else if (cursor.sees('GROUPING', 'SETS')) throw unsupported('GROUPING SETS');
    else parts.push(readExpression(cursor, scope));
  } while (cursor.acceptSymbol(','));
  return parts.join(', ');
}

function listed(nodes: readonly Node[], scope: Scope): string {
  const cursor = new Cursor(nodes);
  const parts = [readExpression(cursor, scope)];
  while (cursor.acceptSymbol(',')) parts.push(readExpression(cursor, scope));
  cursor.expectEnd();
  return parts.join(', ');
}

/** A list of nodes that has to be one query. */
export function queryOf(nodes: readonly Node[], scope: Scope): Query {
  const [only] = nodes;
  if (nodes.length === 1 && isGroup(only)) return queryOf(only.children, scope);
  const cursor = new Cursor(nodes);
  const query = readQuery(cursor, scope);
  cursor.expectEnd();
  return query;
}
