import type { Project } from '../../1-parse/index.ts';
import type { Graph } from '../../2-graph/index.ts';
import type { ChangeSide } from '../../3-compile/index.ts';
import type { ReadManifest } from '../../6-record/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import {
  type GraphNode,
  hasOwnCode,
  type Json,
  type JsonObject,
  type MacroNode,
  type Node,
  type SourceNode,
} from '../../core/index.ts';

/**
 * The project that a manifest tells of, for the target of one that is loaded: its nodes and macros. What a manifest does
 * not tell (settings of the project file, variables, hooks of packages) is taken to be as it is now.
 */
export function baseOfManifest(manifest: ReadManifest, loaded: Loaded): ChangeSide {
  const { graph } = loaded;
  const sections = [
    manifest.nodes,
    manifest.sources,
    manifest.exposures,
    manifest.unit_tests,
    manifest.metrics,
    manifest.semantic_models,
    manifest.saved_queries,
    manifest.functions,
  ];
  const nodes = new Map<string, GraphNode>();
  for (const section of sections) {
    for (const [id, entry] of Object.entries(section))
      nodes.set(id, asHere(nodeOf(entry as JsonObject), graph.nodes.get(id)));
  }
  return { ...loaded, graph: graphOf(nodes, macrosOf(manifest.macros, loaded), graph.project), hasFiles: false };
}

/** A node of the manifest, with what only a parser would know of it. */
function nodeOf(entry: JsonObject): GraphNode {
  const file = String(entry.original_file_path ?? '');
  const definition = { file, start: 0, end: 0 };
  return { ...defaults, ...entry, origin: { definition } } as unknown as GraphNode;
}

/** What older manifests do not have. */
const defaults = {
  config: {},
  unrendered_config: {},
  columns: {},
  contract: { enforced: false, alias_types: true, checksum: null },
  depends_on: { nodes: [], macros: [] },
  refs: [],
  sources: [],
  metrics: [],
  language: 'sql',
  raw_code: '',
  constraints: [],
};

/**
 * A node as it would stand in the present target: another environment alone changes no name. Where a name was asked for
 * in another way, it stays what it was.
 */
function asHere(node: GraphNode, now: GraphNode | undefined): GraphNode {
  if (!now || node.resource_type !== now.resource_type) return node;
  if (node.resource_type === 'source' && now.resource_type === 'source') {
    const same = keysOfSource.every((key) => node[key] === undefined || sameText(node[key], now[key]));
    if (!same || node.identifier !== now.identifier) return node;
    const { database, schema, relation_name, quoting } = now;
    return { ...node, database, schema, relation_name, quoting } satisfies SourceNode;
  }
  if (!hasOwnCode(node) || !hasOwnCode(now)) return node;
  const [then, written] = [node.unrendered_config, now.unrendered_config];
  if (!['database', 'schema', 'alias'].every((key) => sameText(then[key], written[key]))) return node;
  const { database, schema, alias, relation_name } = now;
  return { ...node, database, schema, alias, relation_name } as Node;
}

const keysOfSource = ['unrendered_database', 'unrendered_schema'] as const;
const sameText = (one: Json | undefined, other: Json | undefined): boolean => (one ?? null) === (other ?? null);

/** Macros that came with dbt are not compared with those that come with Ingot. */
function macrosOf(entries: JsonObject, { graph, shelves }: Loaded): ReadonlyMap<string, MacroNode> {
  const { macros, packages } = graph.project;
  const builtIn = new Set(['dbt', `dbt_${shelves.adapter.type}`]);
  const isBuiltIn = (id: string): boolean => builtIn.has(id.split('.')[1] ?? '');
  const found = new Map([...macros].filter(([id]) => !packages.has(id.split('.')[1] ?? '')));
  for (const [id, entry] of Object.entries(entries)) {
    if (isBuiltIn(id)) continue;
    const { macro_sql: text = '', original_file_path: file } = entry as JsonObject;
    const span = { file: String(file ?? ''), start: 0, end: String(text).length };
    found.set(id, { ...(entry as JsonObject), span } as unknown as MacroNode);
  }
  return found;
}

function graphOf(nodes: ReadonlyMap<string, GraphNode>, macros: Project['macros'], head: Project): Graph {
  const of = <Type extends GraphNode['resource_type']>(type: Type) =>
    new Map([...nodes].filter(([, node]) => node.resource_type === type)) as unknown as ReadonlyMap<
      string,
      Extract<GraphNode, { resource_type: Type }>
    >;
  const code = [...nodes].filter(([, node]) => hasOwnCode(node) && node.resource_type !== 'function');
  const project: Project = {
    ...head,
    nodes: new Map(code) as unknown as Project['nodes'],
    sources: of('source'),
    exposures: of('exposure'),
    unit_tests: of('unit_test'),
    functions: of('function'),
    metrics: of('metric'),
    semantic_models: of('semantic_model'),
    saved_queries: of('saved_query'),
    macros,
    disabled: new Map(),
    diagnostics: [],
  };
  const parents = new Map<string, readonly string[]>();
  const children = new Map<string, string[]>([...nodes.keys()].map((id) => [id, []]));
  for (const [id, node] of nodes) {
    const read = 'depends_on' in node ? [...new Set(node.depends_on.nodes)].filter((parent) => nodes.has(parent)) : [];
    parents.set(id, read);
    for (const parent of read) children.get(parent)?.push(id);
  }
  return { project, nodes, parents, children, order: [...nodes.keys()], dropped: new Map(), diagnostics: [] };
}
