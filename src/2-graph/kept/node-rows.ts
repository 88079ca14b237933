import { largeParts } from '../../1-parse/index.ts';
import { BytePieces, type GraphNode, type Json } from '../../core/index.ts';

/** Nodes in few characters: lists of values, with the names of fields and what nodes have in common only once. */
export interface NodeRows {
  readonly shapes: readonly Shape[];
  /** What rows have in common. */
  readonly table: readonly Json[];
  readonly rows: readonly Row[];
  /** Where the second parts of the rows end, in bytes: each is JSON of its own. */
  readonly ends: readonly number[];
}

/** The fields of nodes of one kind: those of the row, of its second part, and those that are read from elsewhere. */
export interface Shape {
  readonly first: readonly string[];
  readonly second: readonly string[];
  readonly large: readonly string[];
}

export type Row = readonly [shape: number, ...values: readonly Json[]];

/** What nearly every command asks every node for. The rest stands in the second part, which is read for few. */
const first = new Set([
  'unique_id',
  'resource_type',
  'name',
  'package_name',
  'path',
  'original_file_path',
  'fqn',
  'config',
  'tags',
  'depends_on',
  'version',
  'source_name',
]);

/** Where they are made when somebody reads them: not kept, but read from the manifest. */
const large: ReadonlySet<string> = new Set(['raw_code', 'columns']);

/** Fields with what many nodes share: kept in the table. */
export const shared: ReadonlySet<string> = new Set([
  'config',
  'unrendered_config',
  'tags',
  'meta',
  'docs',
  'metrics',
  'contract',
  'doc_blocks',
  'constraints',
  'primary_key',
]);

/** Writes nodes down; the second parts as bytes. Ids that they depend on become numbers of nodes. */
export function nodeRows(nodes: readonly GraphNode[]): {
  readonly rows: NodeRows;
  readonly seconds: readonly Buffer[];
} {
  const numbers = new Map(nodes.map((node, number) => [node.unique_id, number]));
  const shapes = new Shapes();
  const places = new Map<object, number>();
  const table: Json[] = [];
  const placeOf = (value: object): number => {
    let place = places.get(value);
    if (place === undefined) {
      place = table.push(value as Json) - 1;
      places.set(value, place);
    }
    return place;
  };
  const packed = (name: string, value: Json): Json => {
    if (name === 'depends_on') {
      const { nodes: ids, macros } = value as { readonly nodes: readonly string[]; readonly macros: readonly string[] };
      return [placeOf(macros), ...ids.map((id) => numbers.get(id) ?? id)];
    }
    return value !== null && typeof value === 'object' && shared.has(name) ? placeOf(value) : value;
  };
  const seconds = new BytePieces();
  const ends: number[] = [];
  const rows = nodes.map((node): Row => {
    const isLazy = largeParts(node) !== undefined;
    const names: string[] = [];
    const row: Json[] = [];
    const second: Json[] = [];
    for (const name in node) {
      if (isLazy && large.has(name)) {
        names.push(name);
        continue;
      }
      const value = (node as unknown as Readonly<Record<string, Json | undefined>>)[name];
      if (value === undefined) continue;
      names.push(name);
      (first.has(name) ? row : second).push(packed(name, value));
    }
    seconds.add(JSON.stringify(second));
    ends.push(seconds.length);
    return [shapes.numberOf(names, isLazy), ...row];
  });
  return { rows: { shapes: shapes.all, table, rows, ends }, seconds: seconds.pieces };
}

/** The shapes of nodes, by the names of their fields: few for very many nodes. */
class Shapes {
  readonly all: Shape[] = [];
  readonly #names: { readonly names: readonly string[]; readonly isLazy: boolean }[] = [];

  numberOf(names: readonly string[], isLazy: boolean): number {
    const known = this.#names.findIndex((one) => one.isLazy === isLazy && sameNames(one.names, names));
    if (known >= 0) return known;
    const isLarge = (name: string): boolean => isLazy && large.has(name);
    this.all.push({
      first: names.filter((name) => first.has(name)),
      second: names.filter((name) => !first.has(name) && !isLarge(name)),
      large: names.filter(isLarge),
    });
    return this.#names.push({ names, isLazy }) - 1;
  }
}

function sameNames(some: readonly string[], others: readonly string[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at += 1) if (some[at] !== others[at]) return false;
  return true;
}
