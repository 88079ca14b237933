import { largeParts } from '../../1-parse/index.ts';
import type { GraphNode, Json } from '../../core/index.ts';
import { BlockWriter } from './row-blocks.ts';

/** Nodes in few characters: lists of values, with the names of fields and what nodes have in common only once. */
export interface NodeRows {
  /** Unique ids, in the order of the rows; behind them those of what rows depend on and that has no row. */
  readonly ids: readonly string[];
  readonly shapes: readonly Shape[];
  /** What rows have in common. */
  readonly table: readonly Json[];
  /** Where the blocks of rows and of their second parts end, in bytes. */
  readonly ends: { readonly first: readonly number[]; readonly second: readonly number[] };
  /** Sums of the blocks of second parts, which are read one by one. */
  readonly sums: readonly number[];
}

/** How many rows are read at once. Nodes that are asked for together mostly stand together. */
export const blockSizes = { first: 128, second: 16 } as const;

/** The fields of nodes of one kind: those of the row, of its second part, and those that are read from elsewhere. */
export interface Shape {
  readonly first: readonly string[];
  readonly second: readonly string[];
  readonly large: readonly string[];
}

/** What nearly every command asks every node for. The rest stands in the second part, which is read for few. */
const first = new Set([
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

/** Writes nodes down. The first part of a row begins with the number of its shape; what it depends on stands in `parents`. */
export function nodeRows(nodes: readonly GraphNode[]): {
  readonly rows: NodeRows;
  /** Of ids. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly first: readonly Buffer[];
  readonly second: readonly Buffer[];
  /** For each row the numbers of the ids that it depends on. */
  readonly parents: readonly (readonly number[])[];
} {
  const ids = nodes.map((node) => node.unique_id);
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const shapes = new Shapes();
  const table = new SharedValues();
  const numberOf = (id: string): number => {
    const number = numbers.get(id) ?? ids.push(id) - 1;
    numbers.set(id, number);
    return number;
  };
  const packed = (name: string, value: Json): Json => {
    if (name === 'depends_on') return table.placeOf((value as unknown as DependsOn).macros);
    return value !== null && typeof value === 'object' && shared.has(name) ? table.placeOf(value) : value;
  };
  const parents = nodes.map((node) => ('depends_on' in node ? node.depends_on.nodes.map(numberOf) : []));
  const firsts = new BlockWriter(blockSizes.first);
  const seconds = new BlockWriter(blockSizes.second);
  for (const node of nodes) {
    const isLazy = largeParts(node) !== undefined;
    const names: string[] = [];
    const row: Json[] = [];
    const second: Json[] = [];
    for (const name in node) {
      if (name === 'unique_id') continue;
      if (isLazy && large.has(name)) {
        names.push(name);
        continue;
      }
      const value = (node as unknown as Readonly<Record<string, Json | undefined>>)[name];
      if (value === undefined) continue;
      names.push(name);
      (first.has(name) ? row : second).push(packed(name, value));
    }
    firsts.add([shapes.numberOf(names, isLazy), ...row]);
    seconds.add(second);
  }
  const pieces = { first: firsts.finish(), second: seconds.finish() };
  const ends = { first: firsts.ends, second: seconds.ends };
  const rows = { ids, shapes: shapes.all, table: table.all, ends, sums: seconds.sums };
  return { rows, numbers, ...pieces, parents };
}

interface DependsOn {
  readonly macros: readonly string[];
}

/** What nodes have in common, once: the same object, or one that is written the same. */
class SharedValues {
  readonly all: Json[] = [];
  readonly #places = new Map<object, number>();
  readonly #written = new Map<string, number>();

  placeOf(value: object): number {
    let place = this.#places.get(value);
    if (place === undefined) {
      const text = JSON.stringify(value);
      place = this.#written.get(text) ?? this.all.push(value as Json) - 1;
      this.#written.set(text, place);
      this.#places.set(value, place);
    }
    return place;
  }
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
