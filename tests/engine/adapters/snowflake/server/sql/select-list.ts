import { unsupported } from '../errors.ts';
import { Cursor } from './cursor.ts';
import { readExpression, reserved } from './expression.ts';
import type { From } from './from.ts';
import { engineName, type Scope } from './names.ts';
import { firstToken, type Node } from './nodes.ts';
import { namesOf } from './query.ts';
import { type Shape, typeOf } from './shape.ts';

/** A piece of a select list; its columns are known when FROM has been read. */
export interface Item {
  readonly sql: string;
  readonly columns: (from: From) => Shape;
}

/** What is known of the columns of a select list. */
export function shapeOf(items: readonly Item[], from: From = { sql: '', sources: [], merged: false }): Shape {
  const shapes = items.map((item) => item.columns(from));
  return shapes.some((shape) => shape === undefined) ? undefined : shapes.flatMap((shape) => shape ?? []);
}

/** Reads the select list. */
export function readItems(cursor: Cursor, scope: Scope): Item[] {
  const items: Item[] = [];
  do {
    // A comma may stand before FROM.
    if (items.length > 0 && cursor.sees('FROM')) break;
    items.push(readStarItem(cursor, scope) ?? readItem(cursor, scope));
  } while (cursor.acceptSymbol(','));
  return items;
}

function readItem(cursor: Cursor, scope: Scope): Item {
  const start = cursor.offset;
  const sql = readExpression(cursor, scope);
  const nodes = cursor.nodes.slice(start, cursor.offset);
  const written = isColumn(nodes) ? undefined : textOf(cursor, start, scope);
  const alias = readAlias(cursor);
  const name = alias ?? written ?? firstToken(nodes.at(-1) as Node).value;
  const columns = ({ sources }: From): Shape => [{ name, type: typeOf(nodes, sources) }];
  const named = alias !== undefined || written !== undefined;
  return { sql: named ? `${sql} AS ${engineName(name)}` : sql, columns };
}

/** `*` and `t.*`. */
function readStarItem(cursor: Cursor, scope: Scope): Item | undefined {
  let ahead = 0;
  while (isName(cursor.peek(ahead)) && cursor.seesSymbol('.', ahead + 1)) ahead += 2;
  if (!cursor.seesSymbol('*', ahead)) return undefined;
  const table = ahead === 0 ? undefined : firstToken(cursor.peek(ahead - 2) as Node).value;
  cursor.offset += ahead + 1;
  const options = readStarOptions(cursor, scope);
  const columns = ({ sources, merged }: From): Shape => {
    const meant = table === undefined ? sources : sources.filter(({ name }) => name === table);
    if (options !== '' || (merged && table === undefined) || meant.some(({ shape }) => !shape)) return undefined;
    return meant.flatMap(({ shape }) => shape ?? []);
  };
  return { sql: `${table === undefined ? '' : `${engineName(table)}.`}*${options}`, columns };
}

const isName = (node: Node | undefined): boolean => node?.kind === 'word' || node?.kind === 'quoted';

/** `* exclude (a) replace (x as b) rename (c as d)`. */
function readStarOptions(cursor: Cursor, scope: Scope): string {
  let out = '';
  if (cursor.sees('ILIKE')) throw unsupported('SELECT * ILIKE');
  if (cursor.accept('EXCLUDE')) {
    const group = cursor.acceptGroup();
    out += ` EXCLUDE (${group ? namesOf(group.children).join(', ') : engineName(cursor.expectName())})`;
  }
  if (cursor.accept('REPLACE')) {
    const inner = new Cursor(cursor.expectGroup().children);
    const parts: string[] = [];
    do {
      const sql = readExpression(inner, scope);
      inner.expect('AS');
      parts.push(`${sql} AS ${engineName(inner.expectName())}`);
    } while (inner.acceptSymbol(','));
    out += ` REPLACE (${parts.join(', ')})`;
  }
  if (cursor.accept('RENAME')) {
    const group = cursor.acceptGroup();
    const inner = group ? new Cursor(group.children) : cursor;
    const parts: string[] = [];
    do {
      const from = engineName(inner.expectName());
      inner.expect('AS');
      parts.push(`${from} AS ${engineName(inner.expectName())}`);
    } while (group && inner.acceptSymbol(','));
    out += ` RENAME (${parts.join(', ')})`;
  }
  return out;
}

/** `as name`, or a name right after an operand. */
function readAlias(cursor: Cursor): string | undefined {
  if (cursor.accept('AS')) return cursor.expectName();
  const node = cursor.peek();
  const free = node?.kind === 'quoted' || (node?.kind === 'word' && !reserved.has(node.value));
  return free ? cursor.expectName() : undefined;
}

const isColumn = (nodes: readonly Node[]): boolean =>
  firstToken(nodes.at(-1) as Node).value !== 'NEXTVAL' &&
  nodes.every((node) => isName(node) || (node.kind === 'symbol' && node.text === '.')) &&
  !(nodes.length === 1 && ['NULL', 'TRUE', 'FALSE'].includes(firstToken(nodes[0] as Node).value));

/** A column without a name is called as its expression is written, in upper case. */
function textOf(cursor: Cursor, start: number, scope: Scope): string {
  const from = firstToken(cursor.nodes[start] as Node).start;
  const after = cursor.peek();
  const end = after ? firstToken(after).start : endOf(cursor.nodes[cursor.offset - 1] as Node, scope);
  const text = scope.sql.slice(from, end).trim();
  return text.replace(/'(?:[^']|'')*'|[^']+/g, (part) => (part.startsWith("'") ? part : part.toUpperCase()));
}

function endOf(node: Node, scope: Scope): number {
  if (node.kind !== 'group') return node.start + node.text.length;
  const last = node.children.at(-1);
  const inside = last ? endOf(last, scope) : node.open.start + node.open.text.length;
  const closer = /[)\]}]|end/iy;
  closer.lastIndex = inside + (/^\s*/.exec(scope.sql.slice(inside))?.[0].length ?? 0);
  return closer.test(scope.sql) ? closer.lastIndex : inside;
}
