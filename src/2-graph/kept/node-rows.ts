import { largeParts } from '../../1-parse/index.ts';
import type { GraphNode, Json } from '../../core/index.ts';

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

/** Writes nodes down; the second parts as texts. Ids that they depend on become numbers of nodes. */
export function nodeRows(nodes: readonly GraphNode[]): {
  readonly rows: NodeRows;
  readonly seconds: readonly string[];
} {
  const numbers = new Map(nodes.map((node, number) => [node.unique_id, number]));
  const shapes = new Map<string, readonly [number, Shape]>();
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
  const seconds: string[] = [];
  const ends: number[] = [];
  let end = 0;
  const rows = nodes.map((node): Row => {
    const parts = largeParts(node);
    const shape: Record<keyof Shape, string[]> = { first: [], second: [], large: [] };
    const row: Json[] = [];
    const second: Json[] = [];
    for (const name in node) {
      if (parts && (name === 'raw_code' || name === 'columns')) {
        shape.large.push(name);
        continue;
      }
      const value = (node as unknown as Readonly<Record<string, Json | undefined>>)[name];
      if (value === undefined) continue;
      const isFirst = first.has(name);
      (isFirst ? shape.first : shape.second).push(name);
      (isFirst ? row : second).push(packed(name, value));
    }
    const text = JSON.stringify(second);
    seconds.push(text);
    end += Buffer.byteLength(text);
    ends.push(end);
    return [numberOf(shapes, shape), ...row];
  });
  return { rows: { shapes: [...shapes.values()].map(([, shape]) => shape), table, rows, ends }, seconds };
}

function numberOf(shapes: Map<string, readonly [number, Shape]>, shape: Shape): number {
  const key = `${shape.first.join(' ')}|${shape.second.join(' ')}|${shape.large.join(' ')}`;
  let known = shapes.get(key);
  if (known === undefined) {
    known = [shapes.size, shape];
    shapes.set(key, known);
  }
  return known[0];
}
