import { staticCalls } from '../1-parse/index.ts';
import { type Graph, resolveRef, resolveSource } from '../2-graph/index.ts';
import type { AnalysisNode } from '../core/index.ts';

/** The id that `--inline` SQL has, as in dbt. */
export function inlineIdOf(graph: Graph): string {
  return `sql_operation.${graph.project.name}.inline_query`;
}

/** The graph with `--inline` SQL as one more node. */
export function withInline(graph: Graph, sql: string): Graph {
  const id = inlineIdOf(graph);
  const { name } = graph.project;
  const node: AnalysisNode = {
    resource_type: 'analysis',
    unique_id: id,
    name: 'inline_query',
    package_name: name,
    path: 'sql/inline_query',
    original_file_path: 'inline_query',
    fqn: [name, 'sql', 'inline_query'],
    description: '',
    meta: {},
    tags: [],
    origin: { definition: { file: 'inline_query', start: 0, end: 0 } },
    database: null,
    schema: '',
    alias: 'inline_query',
    relation_name: null,
    checksum: { name: 'none', checksum: '' },
    config: { enabled: true, materialized: 'view', tags: [], meta: {} },
    unrendered_config: {},
    columns: {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    created_at: 0,
    raw_code: sql,
    language: 'sql',
    refs: [],
    sources: [],
    metrics: [],
    depends_on: { nodes: readIn(sql, graph), macros: [] },
    doc_blocks: [],
    contract: { enforced: false, alias_types: true, checksum: null },
  };
  return { ...graph, nodes: new Map([...graph.nodes, [id, node]]) };
}

/** What it reads, so far as that can be read off it: its SQL is looked through with their columns. */
function readIn(sql: string, { project }: Graph): string[] {
  const { refs = [], sources = [] } = staticCalls(sql, 'inline_query') ?? {};
  const found = [
    ...sources.map(({ source, table }) => resolveSource(project, source, table, project.name)),
    ...refs.map((ref) => resolveRef(project, ref, project.name)),
  ];
  return [...new Set(found.flatMap((one) => (one.kind === 'found' ? one.node.unique_id : [])))];
}
