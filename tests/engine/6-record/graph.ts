import type { Graph } from '../../../src/2-graph/index.ts';
import {
  type Environment,
  type ExposureNode,
  type GraphNode,
  hasOwnCode,
  type ModelNode,
  type Node,
  type SeedNode,
  type SourceNode,
  type TestNode,
} from '../../../src/core/index.ts';

const origin = { definition: { file: 'models/schema.yml', start: 0, end: 0 } };

const config = { enabled: true, materialized: 'view', tags: [], meta: {} };

function code(kind: string, name: string, parents: readonly string[]) {
  return {
    unique_id: `${kind}.shop.${name}`,
    name,
    package_name: 'shop',
    path: `${name}.sql`,
    original_file_path: `models/${name}.sql`,
    fqn: ['shop', name],
    description: '',
    meta: {},
    tags: [],
    origin,
    database: 'dev',
    schema: 'main',
    alias: name,
    relation_name: `"dev"."main"."${name}"`,
    checksum: { name: 'sha256', checksum: 'abc' },
    config,
    unrendered_config: {},
    columns: {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    created_at: 1,
    raw_code: 'select 1',
    language: 'sql',
    refs: [],
    sources: [],
    metrics: [],
    depends_on: { macros: [], nodes: parents },
    doc_blocks: [],
    contract: { enforced: false, alias_types: true, checksum: null },
  } as const;
}

export function model(name: string, parents: readonly string[] = [], change: Partial<ModelNode> = {}): ModelNode {
  return {
    ...code('model', name, parents),
    resource_type: 'model',
    layer: 'silver',
    access: 'protected',
    constraints: [],
    version: null,
    latest_version: null,
    deprecation_date: null,
    primary_key: [],
    time_spine: null,
    ...change,
  };
}

export function seed(name: string): SeedNode {
  return {
    ...code('seed', name, []),
    resource_type: 'seed',
    raw_code: '',
    path: `${name}.csv`,
    original_file_path: `seeds/${name}.csv`,
    config: { ...config, materialized: 'seed' },
    root_path: '/shop',
  };
}

export function genericTest(name: string, parent: string): TestNode {
  return {
    ...code('test', name, [parent]),
    unique_id: `test.shop.${name}.1`,
    resource_type: 'test',
    relation_name: null,
    original_file_path: 'models/schema.yml',
    config: { ...config, materialized: 'test', severity: 'ERROR' },
    test_metadata: { name: 'unique', kwargs: { column_name: 'id' }, namespace: null },
    column_name: 'id',
    file_key_name: 'models.stg',
    attached_node: parent,
  };
}

export function source(name: string): SourceNode {
  return {
    resource_type: 'source',
    unique_id: `source.shop.src.${name}`,
    name,
    package_name: 'shop',
    path: 'models/schema.yml',
    original_file_path: 'models/schema.yml',
    fqn: ['shop', 'src', name],
    description: '',
    meta: {},
    tags: [],
    origin,
    database: 'dev',
    schema: 'src',
    source_name: 'src',
    source_description: '',
    source_meta: {},
    loader: '',
    identifier: name,
    quoting: { database: null, schema: null, identifier: null, column: null },
    loaded_at_field: null,
    loaded_at_query: null,
    freshness: null,
    external: null,
    columns: {},
    config: { enabled: true, materialized: 'source', tags: [], meta: {} },
    patch_path: null,
    unrendered_config: {},
    relation_name: `"dev"."src"."${name}"`,
    created_at: 1,
    unrendered_database: null,
    unrendered_schema: null,
    doc_blocks: [],
  };
}

export function exposure(name: string, parents: readonly string[]): ExposureNode {
  return {
    resource_type: 'exposure',
    unique_id: `exposure.shop.${name}`,
    name,
    package_name: 'shop',
    path: 'schema.yml',
    original_file_path: 'models/schema.yml',
    fqn: ['shop', name],
    description: '',
    meta: {},
    tags: [],
    origin,
    type: 'dashboard',
    owner: { email: null, name: 'me' },
    label: null,
    maturity: null,
    url: null,
    config: { enabled: true, materialized: 'exposure', tags: [], meta: {} },
    unrendered_config: {},
    refs: [],
    sources: [],
    metrics: [],
    depends_on: { macros: [], nodes: parents },
    created_at: 1,
  };
}

/** A graph of these nodes, as the graph room makes it. */
export function graphOf(...nodes: readonly GraphNode[]): Graph {
  const parents = new Map(nodes.map((node) => [node.unique_id, 'depends_on' in node ? node.depends_on.nodes : []]));
  const children = new Map<string, string[]>(nodes.map((node) => [node.unique_id, []]));
  for (const [child, ids] of parents) for (const id of ids) children.get(id)?.push(child);
  const ofKind = <Kind extends GraphNode>(is: (node: GraphNode) => node is Kind): Map<string, Kind> =>
    new Map(nodes.filter(is).map((node) => [node.unique_id, node]));
  const isSource = (node: GraphNode): node is SourceNode => node.resource_type === 'source';
  const isExposure = (node: GraphNode): node is ExposureNode => node.resource_type === 'exposure';
  const isNode = (node: GraphNode): node is Node => hasOwnCode(node);
  return {
    project: {
      name: 'shop',
      version: '1.0',
      root: '/shop',
      settings: { name: 'shop', quoting: {}, targetPath: 'target' },
      packages: new Map(),
      nodes: ofKind(isNode),
      sources: ofKind(isSource),
      exposures: ofKind(isExposure),
      macros: new Map(),
      docs: new Map(),
      groups: new Map(),
      unit_tests: new Map(),
      metrics: new Map(),
      semantic_models: new Map(),
      saved_queries: new Map(),
      functions: new Map(),
      disabled: new Map(),
      selectors: new Map(),
      diagnostics: [],
      fingerprint: '1',
    } as unknown as Graph['project'],
    nodes: new Map(nodes.map((node) => [node.unique_id, node])),
    parents,
    children,
    order: nodes.map((node) => node.unique_id),
    dropped: new Map(),
    diagnostics: [],
  } as unknown as Graph;
}

export const environment: Environment = {
  projectRoot: '/shop',
  target: {
    name: 'dev',
    profileName: 'shop',
    type: 'duckdb',
    database: 'dev',
    schema: 'main',
    threads: 2,
    output: {},
    visible: {},
  },
  vars: {},
  env: () => undefined,
  flags: {
    which: 'build',
    fullRefresh: false,
    failFast: false,
    storeFailures: false,
    empty: false,
    warnError: false,
    others: {},
  },
  invocationId: '5156f963-4cf7-48f3-ba24-d9add023da8f',
  startedAt: new Date('2025-01-02T03:04:05.678Z'),
  version: '0.1.0',
};
