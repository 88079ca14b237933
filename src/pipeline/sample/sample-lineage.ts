import type { Graph } from '../../2-graph/index.ts';
import type { NodeAnalysis } from '../../3-compile/index.ts';
import type { ColumnSet, ForeignKey } from './foreign-keys.ts';

/** How a column of a node comes to its values. */
interface Origin {
  readonly from: string;
  readonly how: 'copied' | 'computed' | 'aggregated';
}

/** Where the columns of a project come from: what a sample has to know of its lineage. */
export interface Lineage {
  /** By a column's key, what its values are taken from. */
  readonly origins: ReadonlyMap<string, readonly Origin[]>;
  /** Nodes of which not all columns, or not all that these come from, are known. */
  readonly unknown: ReadonlySet<string>;
}

const separator = '\0';

/** The key of a column, for maps. Letter case does not count: what is written in YAML is seldom what is stored. */
export const columnKey = (nodeId: string, column: string): string => `${nodeId}${separator}${column.toLowerCase()}`;

/** Looks through the SQL of all models and snapshots. */
export async function readLineage(
  graph: Graph,
  analyze: (id: string) => Promise<NodeAnalysis | undefined>,
): Promise<Lineage> {
  const origins = new Map<string, readonly Origin[]>();
  const unknown = new Set<string>();
  for (const id of graph.order) {
    const type = graph.nodes.get(id)?.resource_type;
    if (type !== 'model' && type !== 'snapshot') continue;
    const analysis = await analyze(id);
    const columns = analysis?.columns ?? [];
    if (!analysis?.complete || columns.some(({ sources }) => sources.some(({ column }) => column === '*'))) {
      unknown.add(id);
    }
    for (const { name, sources } of columns) {
      origins.set(
        columnKey(id, name),
        sources.map(({ nodeId, column, how }) => ({ from: columnKey(nodeId, column), how })),
      );
    }
  }
  return { origins, unknown };
}

/**
 * Foreign keys as they hold between those nodes that a sample can have: a key between two models is one between the
 * sources that their columns are taken from.
 *
 * @param isPulled whether a node's own rows are pulled, so that nobody has to look behind it.
 */
export function liftForeignKeys(
  declared: readonly ForeignKey[],
  { origins }: Lineage,
  isPulled: (nodeId: string) => boolean,
): readonly ForeignKey[] {
  const lifted = new Map<string, ForeignKey>();
  for (const { child, parent } of declared) {
    for (const from of setsBehind(child)) {
      for (const to of setsBehind(parent)) {
        const same = from.nodeId === to.nodeId && from.columns.join() === to.columns.join();
        if (!same) lifted.set(JSON.stringify([from, to]), { child: from, parent: to });
      }
    }
  }
  return [...lifted.values()];

  /** The sets of columns, each of one node that is pulled, that a set of columns is taken from. */
  function setsBehind({ nodeId, columns }: ColumnSet): readonly ColumnSet[] {
    const [first, ...rest] = columns.map((column) => pulledBehind(columnKey(nodeId, column)));
    return [...(first ?? [])].flatMap(([id, column]) => {
      const others = rest.map((found) => found.get(id));
      return others.every((other) => other !== undefined) ? [{ nodeId: id, columns: [column, ...others] }] : [];
    });
  }

  /** The columns of pulled nodes that a column is taken from, by the node. What has several origins is no key by itself. */
  function pulledBehind(start: string): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    const seen = new Set<string>();
    const visit = (column: string): void => {
      if (seen.has(column)) return;
      seen.add(column);
      const [nodeId = '', name = ''] = column.split(separator);
      if (isPulled(nodeId)) {
        found.set(nodeId, name);
        return;
      }
      const behind = origins.get(column) ?? [];
      for (const { from, how } of behind) if (how === 'copied' || behind.length === 1) visit(from);
    };
    visit(start);
    return found;
  }
}
