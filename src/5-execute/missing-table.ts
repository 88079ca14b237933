import { type Graph, isTransparent } from '../2-graph/index.ts';
import {
  type Diagnostic,
  didYouMean,
  type GraphNode,
  type ModelNode,
  type SeedNode,
  type SnapshotNode,
  type SourceNode,
  StatementError,
  spokenName,
} from '../core/index.ts';

/**
 * What to do about a table that is not there, as the project sees it: the warehouse guesses among the tables that it
 * has, and knows neither what is not built yet nor what the project calls a table.
 */
export function missingTableAdvice(
  failure: unknown,
  node: { readonly unique_id: string },
  graph: Graph,
): Pick<Diagnostic, 'hint' | 'notes'> {
  const cause = failure instanceof StatementError ? failure : (failure as { readonly cause?: unknown } | null)?.cause;
  const table = cause instanceof StatementError ? cause.missingTable : undefined;
  if (table === undefined) return {};
  const read = readTables(node.unique_id, graph).find((one) => identifierOf(one).toLowerCase() === table.toLowerCase());
  if (read?.resource_type === 'source') return sourceAdvice(read, node.unique_id);
  if (read?.resource_type === 'seed') return { hint: `Load the seed first: ingot seed --select ${read.name}` };
  if (read) return { hint: `Build what it reads first: ingot build --select ${read.name}` };
  const hint = modelHint(table, node.unique_id, graph) ?? sourceHint(table, graph);
  return hint === undefined ? {} : { hint };
}

type Asset = ModelNode | SeedNode | SnapshotNode | SourceNode;

const kinds: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot', 'source']);

const isAsset = (node: GraphNode): node is Asset => kinds.has(node.resource_type);

/** What a node's SQL names: its parents, and what the views and ephemeral models among them name. */
function readTables(id: string, graph: Graph, seen = new Set<string>()): Asset[] {
  seen.add(id);
  const own = graph.nodes.get(id);
  const parents = (graph.parents.get(id) ?? []).filter((parent) => !seen.has(parent));
  return [
    ...(own?.resource_type === 'source' || own?.resource_type === 'seed' ? [own] : []),
    ...parents.flatMap((parent) => {
      const node = graph.nodes.get(parent);
      if (!node || !isAsset(node)) return [];
      if (node.resource_type === 'source' || !isTransparent(node, graph)) return [node];
      return [node, ...readTables(parent, graph, seen)];
    }),
  ];
}

const identifierOf = (node: Asset): string => (node.resource_type === 'source' ? node.identifier : node.alias);

function sourceAdvice(source: SourceNode, reader: string): Pick<Diagnostic, 'hint' | 'notes'> {
  const hint = "Load the source's table first, or mend the database, schema or identifier of its entry";
  const note = { message: `the source is ${spokenName(source)} by its entry`, span: source.origin.definition };
  return { hint, notes: source.unique_id === reader ? [] : [note] };
}

/** Model, seed or snapshot: behind type and package, the id is the name. */
const refable = /^(model|seed|snapshot)\.[^.]+\.([^.]+)$/;

function modelHint(table: string, reader: string, { nodes }: Graph): string | undefined {
  const kindOf = new Map<string, string>();
  for (const id of nodes.keys()) {
    const [, kind, name] = refable.exec(id) ?? [];
    if (kind !== undefined && name !== undefined && id !== reader) kindOf.set(name, kind);
  }
  const name = didYouMean(table, kindOf.keys());
  return name && `To read the ${kindOf.get(name)} '${name}', write {{ ref('${name}') }}`;
}

function sourceHint(table: string, { project }: Graph): string | undefined {
  const named = new Map([...project.sources.values()].map((source) => [identifierOf(source), source]));
  const source = named.get(didYouMean(table, named.keys()) ?? '');
  const [group, name] = [source?.source_name, source?.name];
  return source && `To read the source '${group}.${name}', write {{ source('${group}', '${name}') }}`;
}
