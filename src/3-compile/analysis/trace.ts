import type { Graph } from '../../2-graph/index.ts';
import type { FilterHow, How } from '../../sql/index.ts';
import type { NodeAnalysis, NodeColumn } from './node-analysis.ts';

/** A column on its way through the models. */
export interface ColumnTrace {
  readonly nodeId: string;
  readonly column: string;
  readonly type: string | undefined;
  /** How the value gets from the one to the other; undefined where the trace starts. */
  readonly how?: How | FilterHow | undefined;
  /** What it is taken from (up), or what is taken from it (down). */
  readonly next: readonly ColumnTrace[];
  /** It stands in the trace with all that follows already. */
  readonly repeated?: boolean;
}

export interface TraceInput {
  readonly graph: Graph;
  readonly analyze: (id: string) => Promise<NodeAnalysis | undefined>;
  /** What the name of a column is compared by. */
  readonly columnKey: (name: string) => string;
  /** Whether columns that only filter, join, group or order are followed too. */
  readonly withFilters: boolean;
}

interface Step {
  readonly nodeId: string;
  readonly column: string;
  readonly how?: How | FilterHow;
}

/** Where a column's value comes from, through any number of models to sources. */
export function traceUp(start: Step, input: TraceInput): Promise<ColumnTrace> {
  return trace(start, input, async ({ nodeId, column }) => {
    const analysis = await input.analyze(nodeId);
    const found = analysis && columnOf(analysis, column, input);
    return [...(found?.sources ?? []), ...(input.withFilters ? (analysis?.filters ?? []) : [])];
  });
}

/** What is made of a column, through any number of models. */
export function traceDown(start: Step, input: TraceInput): Promise<ColumnTrace> {
  return trace(start, input, async ({ nodeId, column }) => {
    const key = input.columnKey(column);
    const isMeant = (one: Step): boolean =>
      one.nodeId === nodeId && (input.columnKey(one.column) === key || one.column === '*');
    const found: Step[] = [];
    for (const reader of readers(nodeId, input.graph)) {
      const analysis = await input.analyze(reader);
      for (const { name, sources } of analysis?.columns ?? []) {
        const source = sources.find(isMeant);
        if (source) found.push({ nodeId: reader, column: name, how: source.how });
      }
      const filter = input.withFilters ? analysis?.filters.find(isMeant) : undefined;
      if (filter) found.push({ nodeId: reader, column: '*', how: filter.how });
    }
    return found;
  });
}

/** Depth first, without recursion into what was shown before: lineage has many diamonds. */
async function trace(
  { nodeId, column, how }: Step,
  input: TraceInput,
  nextOf: (step: Step) => Promise<readonly Step[]>,
  seen = new Set<string>(),
): Promise<ColumnTrace> {
  const analysis = await input.analyze(nodeId);
  const found = analysis && columnOf(analysis, column, input);
  const shown = { nodeId, column: found?.name ?? column, type: found?.type, how };
  const key = `${nodeId} ${input.columnKey(column)}`;
  const steps = column === '*' ? [] : await nextOf({ nodeId, column });
  if (seen.has(key)) return { ...shown, next: [], repeated: steps.length > 0 };
  seen.add(key);
  const next: ColumnTrace[] = [];
  for (const step of steps) next.push(await trace(step, input, nextOf, seen));
  return { ...shown, next };
}

function columnOf(analysis: NodeAnalysis, column: string, { columnKey }: TraceInput): NodeColumn | undefined {
  const key = columnKey(column);
  return analysis.columns.find(({ name }) => columnKey(name) === key);
}

/** The models whose SQL reads a node: an ephemeral one stands in that of its readers. */
function readers(nodeId: string, graph: Graph): readonly string[] {
  const found = new Set<string>();
  const visit = (id: string): void => {
    for (const child of graph.children.get(id) ?? []) {
      const node = graph.nodes.get(child);
      if (found.has(child) || (node?.resource_type !== 'model' && node?.resource_type !== 'snapshot')) continue;
      found.add(child);
      if (node.config.materialized === 'ephemeral') visit(child);
    }
  };
  visit(nodeId);
  return [...found];
}
