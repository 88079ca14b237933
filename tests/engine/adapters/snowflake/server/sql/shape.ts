import { Cursor, isWord } from './cursor.ts';
import { firstToken, isGroup, type Node } from './nodes.ts';
import { anyText, isTypeName, longestText, readType, type SqlType } from './types.ts';

/**
 * The engine knows fewer types than Snowflake: no length of a text, no zone of a moment, one type for all that is
 * semi-structured. What a query's own words say about these is kept beside the SQL, as far as it can be read.
 */
export interface KnownColumn {
  readonly name: string;
  readonly type: SqlType | undefined;
}

/** The columns of a query; undefined when even their names are not known. */
export type Shape = readonly KnownColumn[] | undefined;

/** A relation after FROM, under the name it has there. */
export interface NamedShape {
  readonly name: string | undefined;
  readonly shape: Shape;
}

/** A translated query with what is known of its columns. */
export interface Query {
  readonly sql: string;
  readonly shape: Shape;
}

const operators = new Set(['+', '-', '*', '/', '%', '||', '=', '<>', '!=', '<', '>', '<=', '>=', '=>']);
const words = new Set(['AND', 'OR', 'NOT', 'IS', 'IN', 'LIKE', 'ILIKE', 'BETWEEN', 'OVER', 'WITHIN']);

const ofCalls: Readonly<Record<string, SqlType>> = {
  TO_TIMESTAMP_TZ: { name: 'TIMESTAMP_TZ', precision: 0, scale: 9 },
  OBJECT_CONSTRUCT: { name: 'OBJECT' },
  OBJECT_CONSTRUCT_KEEP_NULL: { name: 'OBJECT' },
  TO_OBJECT: { name: 'OBJECT' },
  ARRAY_CONSTRUCT: { name: 'ARRAY' },
  ARRAY_AGG: { name: 'ARRAY' },
  SPLIT: { name: 'ARRAY' },
  TO_ARRAY: { name: 'ARRAY' },
  OBJECT_KEYS: { name: 'ARRAY' },
  MD5: { name: 'TEXT', length: 32 },
};

/** The type that an expression says itself: a column, a cast, a literal, a call that has one type only. */
export function typeOf(nodes: readonly Node[], sources: readonly NamedShape[]): SqlType | undefined {
  const [first, second] = nodes;
  if (!first || nodes.some((node) => isOperator(node))) return undefined;
  const cast = nodes.findLastIndex((node) => node.kind === 'symbol' && node.text === '::');
  if (cast >= 0) return castType(nodes.slice(cast + 1));
  if (first.kind === 'string' && nodes.length === 1) return { name: 'TEXT', length: Math.max(first.value.length, 1) };
  if (isGroup(first) && nodes.length === 1) return typeOf(first.children, sources);
  if (isGroup(second) && first.kind === 'word') return callType(first.value, second.children, nodes.length);
  return columnType(nodes, sources);
}

const isOperator = (node: Node): boolean =>
  (node.kind === 'symbol' && operators.has(node.text)) || (node.kind === 'word' && words.has(node.value));

function castType(nodes: readonly Node[]): SqlType | undefined {
  const cursor = new Cursor(nodes);
  const type = readType(cursor);
  return cursor.done ? type : undefined;
}

function callType(name: string, args: readonly Node[], length: number): SqlType | undefined {
  const as = args.findLastIndex((node) => isWord(node, 'AS'));
  const target = args[as + 1];
  if (
    (name === 'CAST' || name === 'TRY_CAST') &&
    length === 2 &&
    as >= 0 &&
    target &&
    isTypeName(firstToken(target).value)
  ) {
    return castType(args.slice(as + 1));
  }
  return ofCalls[name];
}

/** `a`, `t.a`, `s.t.a`. */
function columnType(nodes: readonly Node[], sources: readonly NamedShape[]): SqlType | undefined {
  const names = nodes.flatMap((node) => (node.kind === 'word' || node.kind === 'quoted' ? [node.value] : []));
  const dots = nodes.filter((node) => node.kind === 'symbol' && node.text === '.').length;
  if (names.length + dots !== nodes.length || dots !== names.length - 1) return undefined;
  const [column, table] = [...names].reverse();
  const among = table === undefined ? sources : sources.filter(({ name }) => name === table);
  const found = among.flatMap(({ shape }) => shape ?? []).filter(({ name }) => name === column);
  return found.length === 1 ? found[0]?.type : undefined;
}

/** Both sides of a set operator: the longer text, or what they agree on. */
export function bothShapes(one: Shape, other: Shape): Shape {
  if (!one || one.length !== other?.length) return undefined;
  return one.map(({ name, type }, index) => ({ name, type: bothTypes(type, other[index]?.type) }));
}

function bothTypes(one: SqlType | undefined, other: SqlType | undefined): SqlType | undefined {
  if (one?.name !== other?.name) return undefined;
  if (one?.name !== 'TEXT') return one;
  return { ...anyText, length: Math.max(one.length ?? longestText, other?.length ?? longestText) };
}
