import { type GraphNode, isTest } from '../../core/index.ts';
import { columnsIn, namedBy } from './catalogue.ts';
import { type ColumnUses, columnUses } from './column-uses.ts';
import type { Side } from './side.ts';

/**
 * Who reads a column of a node: those whose result would be another without it. Tests are nobody; who says nothing of
 * columns, like an exposure, reads all of them.
 */
export async function readersOf(id: string, column: string, side: Side): Promise<readonly string[]> {
  const found: string[] = [];
  for (const child of side.graph.children.get(id) ?? []) {
    const node = side.graph.nodes.get(child);
    if (node && !isTest(node) && (await readsColumn(node, id, column, side))) found.push(child);
  }
  return found;
}

async function readsColumn(reader: GraphNode, id: string, column: string, side: Side): Promise<boolean> {
  const uses = await usesIn(reader, id, side);
  if (!uses) return true;
  const { rows, values, unlisted } = uses.of(column);
  return rows || unlisted || values.length > 0;
}

const known = new WeakMap<Side, Map<string, Promise<ColumnUses | undefined>>>();

/** What a reader makes of the columns of a node; undefined where nobody can tell. Worked out once for all of them. */
function usesIn(reader: GraphNode, id: string, side: Side): Promise<ColumnUses | undefined> {
  const ofSide = known.get(side) ?? new Map<string, Promise<ColumnUses | undefined>>();
  known.set(side, ofSide);
  const key = `${reader.unique_id} ${id}`;
  const uses = ofSide.get(key) ?? findUses(reader, id, side);
  ofSide.set(key, uses);
  return uses;
}

async function findUses(reader: GraphNode, id: string, side: Side): Promise<ColumnUses | undefined> {
  const queries = await side.queries(reader.unique_id);
  if (!queries) return undefined;
  const tables = new Map(
    await Promise.all(namedBy(reader).map(async (name) => [name, await columnsIn(side, name)] as const)),
  );
  return columnUses(queries, (name) => tables.get(name) ?? { columns: undefined }, id);
}
