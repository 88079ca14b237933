import type { Graph } from '../../2-graph/index.ts';
import type { ColumnInfo, GraphNode } from '../../core/index.ts';
import type { NodeAnalysis, NodeColumn } from './node-analysis.ts';

export interface InheritanceInput {
  readonly graph: Graph;
  readonly analyze: (id: string) => Promise<NodeAnalysis | undefined>;
}

/** Properties files name columns in whatever letter case. */
const keyOf = (name: string): string => name.toLowerCase();

interface Described {
  readonly text: string;
  readonly blocks: readonly string[];
  /** The column that the text was written for. */
  readonly from: string;
}

/**
 * Columns of models and snapshots with the descriptions that nobody wrote for them, but for the columns that they are
 * copies of, through any number of models. By id; nodes that inherit nothing are left out. A column that is copied from
 * several has no description unless they have the same.
 */
export async function inheritedDescriptions(
  input: InheritanceInput,
): Promise<ReadonlyMap<string, Readonly<Record<string, ColumnInfo>>>> {
  const { graph, analyze } = input;
  const described = new Map<string, ReadonlyMap<string, Described>>();
  const found = new Map<string, Readonly<Record<string, ColumnInfo>>>();
  for (const id of graph.order) {
    const node = graph.nodes.get(id);
    if (!node || !('columns' in node)) continue;
    const own = new Map(Object.values(node.columns).map((column) => [keyOf(column.name), column]));
    const texts = new Map([...own].flatMap(([key, column]) => writtenFor(id, key, column)));
    described.set(id, texts);
    if (!inherits(node)) continue;
    const columns: Record<string, ColumnInfo> = { ...node.columns };
    for (const { name, sources } of (await analyze(id))?.columns ?? []) {
      const key = keyOf(name);
      const text = texts.has(key) ? undefined : inherited(sources, described);
      if (!text) continue;
      texts.set(key, text);
      const known = own.get(key);
      columns[known?.name ?? name] = withDescription(known ?? undocumented(name), text);
      found.set(id, columns);
    }
  }
  return found;
}

const inherits = ({ resource_type: type }: GraphNode): boolean => type === 'model' || type === 'snapshot';

function writtenFor(
  id: string,
  key: string,
  { name, description, doc_blocks: blocks }: ColumnInfo,
): readonly (readonly [key: string, Described])[] {
  return description.trim() === '' ? [] : [[key, { text: description, blocks, from: `${id}.${name}` }]];
}

function inherited(
  sources: NodeColumn['sources'],
  described: ReadonlyMap<string, ReadonlyMap<string, Described>>,
): Described | undefined {
  const texts = sources.map(({ nodeId, column, how }) =>
    how === 'copied' ? described.get(nodeId)?.get(keyOf(column)) : undefined,
  );
  const [first] = texts;
  return texts.every((text) => text?.text === first?.text) ? first : undefined;
}

const withDescription = (column: ColumnInfo, { text, blocks, from }: Described): ColumnInfo => ({
  ...column,
  description: text,
  doc_blocks: blocks,
  description_from: from,
});

const undocumented = (name: string): ColumnInfo => ({
  name,
  description: '',
  meta: {},
  data_type: null,
  constraints: [],
  quote: null,
  config: { meta: {}, tags: [] },
  tags: [],
  granularity: null,
  doc_blocks: [],
});
