import { unsupported } from '../../errors.ts';
import { Cursor } from '../cursor.ts';
import { listOf } from '../expression.ts';
import { literal, type Scope } from '../names.ts';
import { isGroup } from '../nodes.ts';
import { readOrder } from '../query.ts';
import type { Token } from '../tokens.ts';
import { aggregates } from './aggregates.ts';
import { type Call, constant, partsOf, type Rule } from './call.ts';
import { casts } from './casts.ts';
import { conditionals } from './conditionals.ts';
import { dates } from './dates.ts';
import { numbers } from './numbers.ts';
import { semiStructured } from './semi-structured.ts';
import { strings } from './strings.ts';

const rules: ReadonlyMap<string, Rule> = new Map(
  [aggregates, casts, conditionals, dates, numbers, semiStructured, strings].flatMap((shelf) => Object.entries(shelf)),
);

/** Functions that are called without brackets. */
const bare = new Set([
  'CURRENT_DATE',
  'CURRENT_TIME',
  'CURRENT_TIMESTAMP',
  'CURRENT_USER',
  'LOCALTIME',
  'LOCALTIMESTAMP',
]);

export const isBareFunction = (name: string): boolean => bare.has(name);

/** Writes a call for the engine. A function that no rule knows is refused by its name. */
export function callFunction(path: readonly string[], cursor: Cursor, scope: Scope, token: Token): string {
  const name = path.at(-1) ?? '';
  const group = cursor.acceptGroup();
  const order = readWithinGroup(cursor, scope);
  const nulls = readNulls(cursor);
  const over = cursor.accept('OVER') ? readOver(cursor, scope, name) : '';
  const call: Call = { name, token, group, scope, order, over, ...partsOf(group) };
  const fact = scope.around.fact(name, constant(call, 0));
  if (fact !== undefined) return fact;
  const rule = rules.get(name);
  if (!rule || path.length > 1) throw unsupported(`function ${path.join('.')}`);
  const sql = rule(call);
  return nulls && sql.includes(' OVER ') ? sql.replace(/\)( OVER \()/, `${nulls})$1`) : sql;
}

function readWithinGroup(cursor: Cursor, scope: Scope): string | undefined {
  if (!cursor.sees('WITHIN', 'GROUP')) return undefined;
  cursor.expect('WITHIN', 'GROUP');
  const inner = new Cursor(cursor.expectGroup().children);
  inner.expect('ORDER', 'BY');
  const order = readOrder(inner, scope);
  inner.expectEnd();
  return order;
}

function readNulls(cursor: Cursor): string {
  if (cursor.accept('IGNORE', 'NULLS')) return ' IGNORE NULLS';
  cursor.accept('RESPECT', 'NULLS');
  return '';
}

const frames = /^(ROWS|RANGE)$/;
const wholeFrame = new Set(['FIRST_VALUE', 'LAST_VALUE', 'NTH_VALUE']);

function readOver(cursor: Cursor, scope: Scope, name: string): string {
  if (!isGroup(cursor.peek())) throw unsupported('named window');
  const inner = new Cursor(cursor.expectGroup().children);
  const out: string[] = [];
  if (inner.accept('PARTITION', 'BY')) {
    const nodes = inner.until(new Set(['ORDER', 'ROWS', 'RANGE']));
    out.push(`PARTITION BY ${listOf(nodes, scope).join(', ')}`);
  }
  if (inner.accept('ORDER', 'BY')) {
    const ordered = new Cursor(inner.until(new Set(['ROWS', 'RANGE'])));
    out.push(`ORDER BY ${readOrder(ordered, scope)}`);
    ordered.expectEnd();
  }
  const frame: string[] = [];
  while (!inner.done) {
    const node = inner.next();
    if (node.kind !== 'word' && node.kind !== 'number') throw unsupported('window frame');
    frame.push(node.text.toUpperCase());
  }
  if (frame.length > 0 && !frames.test(frame[0] ?? '')) throw unsupported(`window frame ${frame.join(' ')}`);
  // Snowflake looks at the whole window here where the standard stops at the current row.
  if (frame.length === 0 && wholeFrame.has(name))
    frame.push('ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING');
  return ` OVER (${[...out, ...frame].join(' ')})`;
}

/** An SQL literal of a fact, for `current_database()` and its like. */
export const factLiteral = (value: string | undefined): string =>
  value === undefined ? 'CAST(NULL AS VARCHAR)' : literal(value);
