import { type GraphNode, hasOwnCode } from '../../core/index.ts';
import type { Tables } from './meaning.ts';
import type { Side } from './side.ts';

/** The columns that a node has, by what their names are compared by. */
export interface TableColumns {
  /** Undefined where none are known. */
  readonly columns: readonly string[] | undefined;
  /** There may be others. */
  readonly open: boolean;
}

const unknownColumns: TableColumns = { columns: undefined, open: true };

export async function columnsIn(side: Side, id: string): Promise<TableColumns> {
  const { columns, complete } = await side.analyze(id);
  if (columns.length === 0) return unknownColumns;
  // A snapshot keeps the columns that its query had once.
  const open = !complete || side.graph.nodes.get(id)?.resource_type === 'snapshot';
  return { columns: [...new Set(columns.map(({ name }) => side.columnKey(name)))], open };
}

/** What the SQL of a node can name: what it depends on, and itself. */
export function namedBy(node: GraphNode): readonly string[] {
  return hasOwnCode(node) || 'depends_on' in node ? [...new Set([...node.depends_on.nodes, node.unique_id])] : [];
}

/** New names of columns that only have another name, by their node, each with the old one. */
export type Renames = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * The columns of everything that a node can name, as the head has them, for SQL of the base and for that of the head: what
 * only has another name is the same column.
 */
export async function sharedColumns(
  ids: readonly string[],
  base: Side,
  head: Side,
  renames: Renames,
): Promise<{ readonly before: Tables; readonly now: Tables }> {
  const found = new Map<string, TableColumns>();
  for (const id of ids) found.set(id, await columnsIn(head.graph.nodes.has(id) ? head : base, id));
  const now: Tables = (id) => found.get(id) ?? unknownColumns;
  return {
    now: (id) => {
      const old = renames.get(id);
      return old ? { ...now(id), identity: (key) => old.get(key) ?? key } : now(id);
    },
    before: (id) => {
      const old = renames.get(id);
      return old ? { ...now(id), columns: now(id).columns?.map((key) => old.get(key) ?? key) } : now(id);
    },
  };
}
