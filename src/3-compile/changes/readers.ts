import { type GraphNode, isTest } from '../../core/index.ts';
import { columnsIn, namedBy } from './catalogue.ts';
import { compareQueries } from './own-code.ts';
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
  const queries = await side.queries(reader.unique_id);
  if (!queries) return true;
  const tables = new Map(
    await Promise.all(namedBy(reader).map(async (name) => [name, await columnsIn(side, name)] as const)),
  );
  const plain = (name: string) => tables.get(name) ?? { columns: undefined };
  const difference = compareQueries(queries, queries, plain, (name) =>
    name === id ? { ...plain(name), version: (key) => (key === column ? 'other' : undefined) } : plain(name),
  );
  return !difference || difference.rows || difference.values.length > 0 || difference.unlisted;
}
