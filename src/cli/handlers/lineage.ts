import { type NodeAnalysis, type TraceInput, traceDown, traceUp } from '../../3-compile/index.ts';
import { didYouMeanHint, type GraphNode, searchName } from '../../core/index.ts';
import { usageProblem } from '../command-line/usage.ts';
import type { OpenAnalysis } from '../engine/analysis.ts';
import type { Loaded } from '../engine/loaded.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';
import { type Lineage, lineageText } from '../texts/lineage-text.ts';

/** `lineage`: follows one column through the project. */
export async function traceColumn(session: Session): Promise<ExitCode> {
  const { positional, values } = session.invocation;
  const asked = typeof positional.column === 'string' ? positional.column : undefined;
  const dot = asked?.lastIndexOf('.') ?? -1;
  if (asked === undefined || dot < 1) {
    throw usageProblem('no-column', 'lineage needs a model and its column', 'For example: ingot lineage orders.amount');
  }
  const engine = await session.engine();
  const call = session.call();
  const loaded = await engine.loadProject(call, session.host);
  session.reporter.project(loaded.graph);
  session.reporter.diagnose(loaded.diagnostics);
  if (loaded.diagnostics.some(({ severity }) => severity === 'error')) return 2;
  const node = nodeNamed(asked.slice(0, dot), loaded);
  const analysis = await engine.openAnalysis(loaded, call, session.host);
  try {
    const column = await columnNamed(node, asked.slice(dot + 1), analysis);
    const start = { nodeId: node.unique_id, column };
    const input: TraceInput = { ...analysis, graph: loaded.graph, withFilters: values.with_filters === true };
    const found: Lineage = {
      up: values.direction === 'down' ? undefined : await traceUp(start, input),
      down: values.direction === 'up' ? undefined : await traceDown(start, input),
    };
    session.reporter.print(lineageText(found, String(values.output), (id) => nameOf(loaded.graph.nodes.get(id), id)));
    return 0;
  } finally {
    await analysis.close();
  }
}

const tables = new Set(['model', 'seed', 'snapshot', 'source']);

/** `orders`, `orders.v2`, `package.orders`, or `source.table`. */
function nodeNamed(name: string, { graph }: Loaded): GraphNode {
  const all = [...graph.nodes.values()].filter(({ resource_type: type }) => tables.has(type));
  const named = new Map(all.map((node) => [nameOf(node, ''), node]));
  const found =
    named.get(name) ?? all.find((node) => `${node.package_name}.${node.name}` === name || node.unique_id === name);
  if (found) return found;
  throw usageProblem(
    'unknown-node',
    `There is no model, seed, snapshot or source '${name}'`,
    didYouMeanHint(name, named.keys()),
  );
}

function nameOf(node: GraphNode | undefined, otherwise: string): string {
  return node ? searchName(node) : otherwise;
}

async function columnNamed(node: GraphNode, name: string, analysis: OpenAnalysis): Promise<string> {
  const found: NodeAnalysis | undefined = await analysis.analyze(node.unique_id);
  const names = (found?.columns ?? []).map((column) => column.name);
  const known =
    names.find((one) => analysis.columnKey(one) === analysis.columnKey(name)) ??
    names.find((one) => one.toLowerCase() === name.toLowerCase());
  if (known !== undefined) return known;
  if (found && !found.complete) return name;
  throw usageProblem(
    'unknown-column',
    `'${node.name}' has no column '${name}'`,
    didYouMeanHint(name, names) ?? `It has ${names.join(', ')}`,
  );
}
