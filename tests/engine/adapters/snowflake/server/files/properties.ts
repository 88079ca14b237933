import { Cursor } from '../sql/cursor.ts';
import { firstToken, isGroup, type Node, splitByComma } from '../sql/nodes.ts';

/** A property's value: a word or text, a list of texts, or properties of its own. */
export type Property = string | readonly string[] | Properties;
export type Properties = ReadonlyMap<string, Property>;

/** Reads `A = 1 B = 'x', C = ('x', 'y') D = (TYPE = CSV)` to the end; names are upper case. */
export function readProperties(cursor: Cursor, until: ReadonlySet<string> = new Set()): Map<string, Property> {
  const found = new Map<string, Property>();
  while (!cursor.done && !cursor.seesAny(until)) {
    if (cursor.acceptSymbol(',')) continue;
    const name = cursor.expectWord();
    cursor.expectSymbol('=');
    found.set(name, readProperty(cursor));
  }
  return found;
}

function readProperty(cursor: Cursor): Property {
  const node = cursor.next();
  if (node.kind === 'group') return isGroup(node) ? bracketed(node.children) : firstToken(node).value;
  if (node.text === '-') return `-${firstToken(cursor.next()).text}`;
  // A name may have parts: `FILE_FORMAT = db.schema.name`.
  let text = node.kind === 'string' ? node.value : node.text;
  while (node.kind !== 'string' && cursor.acceptSymbol('.')) text += `.${cursor.expectName()}`;
  return text;
}

function bracketed(nodes: readonly Node[]): Property {
  const [, second] = nodes;
  if (second?.kind === 'symbol' && second.text === '=') return readProperties(new Cursor(nodes));
  return splitByComma(nodes).map((part) => new Cursor(part).expectString());
}

export const textOf = (property: Property | undefined): string | undefined =>
  typeof property === 'string' ? property : undefined;

export const listOf = (property: Property | undefined): readonly string[] =>
  Array.isArray(property) ? property : typeof property === 'string' ? [property] : [];

export const isTrue = (property: Property | undefined): boolean => textOf(property)?.toUpperCase() === 'TRUE';

export const nested = (property: Property | undefined): Properties => (property instanceof Map ? property : new Map());
