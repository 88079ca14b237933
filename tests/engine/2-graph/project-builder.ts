import type { LayerRule, Project, ProjectSettings, SelectorDefinition } from '../../../src/1-parse/index.ts';
import type {
  ExposureNode,
  ModelNode,
  Node,
  OperationNode,
  RefArguments,
  SeedNode,
  SnapshotNode,
  SourceNode,
  Span,
  TestNode,
} from '../../../src/core/index.ts';

/** `'b'` or `{ name, package, version }`. */
type Ref = string | Partial<RefArguments>;

type Overrides<T> = Partial<Omit<T, 'refs'>> & { refs?: readonly Ref[] };

function settings(name: string, overrides: Partial<ProjectSettings> = {}): ProjectSettings {
  return {
    name,
    version: '1.0',
    root: '/project',
    pathPrefix: '',
    file: 'project.yml',
    profile: null,
    modelPaths: ['models'],
    seedPaths: ['seeds'],
    macroPaths: ['macros'],
    testPaths: ['tests'],
    analysisPaths: ['analyses'],
    snapshotPaths: ['snapshots'],
    docsPaths: [],
    assetPaths: [],
    targetPath: 'target',
    cleanTargets: [],
    packagesInstallPath: 'packages',
    vars: {},
    quoting: {},
    onRunStart: [],
    onRunEnd: [],
    dispatch: [],
    flags: {},
    layers: new Map(),
    raw: {},
    ...overrides,
  } as ProjectSettings;
}

function span(file: string): Span {
  return { file, start: 0, end: 1 };
}

function toRefs(refs: readonly Ref[]): RefArguments[] {
  return refs.map((ref) => ({
    package: null,
    version: null,
    name: '',
    ...(typeof ref === 'string' ? { name: ref } : ref),
  }));
}

function node<T extends Node>(type: T['resource_type'], folder: string, name: string, overrides: Overrides<T>): T {
  const packageName = overrides.package_name ?? 'shop';
  const file = overrides.original_file_path ?? `${folder}/${name}.sql`;
  const { refs = [], config, ...rest } = overrides;
  const calls = toRefs(refs);
  return {
    resource_type: type,
    unique_id: `${type}.${packageName}.${name}`,
    name,
    package_name: packageName,
    path: `${name}.sql`,
    original_file_path: file,
    fqn: [packageName, name],
    description: '',
    meta: {},
    tags: [],
    origin: {
      definition: span(file),
      refs: calls.map((_, at) => ({ file, start: 10 * (at + 1), end: 10 * (at + 1) + 5 })),
    },
    database: 'db',
    schema: 'main',
    alias: name,
    relation_name: `"db"."main"."${name}"`,
    checksum: { name: 'sha256', checksum: name },
    config: { enabled: true, materialized: 'view', tags: [], meta: {}, ...config },
    unrendered_config: {},
    columns: {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    created_at: 0,
    raw_code: 'select 1',
    language: 'sql',
    sources: [],
    metrics: [],
    depends_on: { nodes: [], macros: [] },
    doc_blocks: [],
    contract: { enforced: false, alias_types: true, checksum: null },
    ...rest,
    refs: calls,
  } as unknown as T;
}

export function model(name: string, overrides: Overrides<ModelNode> = {}): ModelNode {
  return node<ModelNode>('model', 'models', name, {
    layer: null,
    access: 'protected',
    constraints: [],
    version: null,
    latest_version: null,
    deprecation_date: null,
    primary_key: [],
    time_spine: null,
    ...overrides,
  });
}

/** One version of a model, as dbt names it. */
export function versionOf(
  name: string,
  version: number,
  latest: number,
  overrides: Overrides<ModelNode> = {},
): ModelNode {
  return model(name, {
    unique_id: `model.shop.${name}.v${version}`,
    fqn: ['shop', name, `v${version}`],
    original_file_path: `models/${name}_v${version}.sql`,
    alias: `${name}_v${version}`,
    version,
    latest_version: latest,
    ...overrides,
  });
}

export function seed(name: string, overrides: Overrides<SeedNode> = {}): SeedNode {
  return node<SeedNode>('seed', 'seeds', name, {
    root_path: '/project',
    raw_code: '',
    original_file_path: `seeds/${name}.csv`,
    ...overrides,
  });
}

export function snapshot(name: string, overrides: Overrides<SnapshotNode> = {}): SnapshotNode {
  return node<SnapshotNode>('snapshot', 'snapshots', name, overrides);
}

export function operation(name: string, overrides: Overrides<OperationNode> = {}): OperationNode {
  return node<OperationNode>('operation', '.', name, { index: 0, ...overrides });
}

/** A test of the models it refers to; generic with `test_metadata`, else singular. */
export function test(name: string, refs: readonly Ref[], overrides: Overrides<TestNode> = {}): TestNode {
  return node<TestNode>('test', 'tests', name, {
    test_metadata: null,
    column_name: null,
    file_key_name: null,
    attached_node: null,
    refs,
    ...overrides,
  });
}

export function source(sourceName: string, name: string, overrides: Partial<SourceNode> = {}): SourceNode {
  const packageName = overrides.package_name ?? 'shop';
  return {
    resource_type: 'source',
    unique_id: `source.${packageName}.${sourceName}.${name}`,
    name,
    source_name: sourceName,
    package_name: packageName,
    path: 'models/sources.yml',
    original_file_path: 'models/sources.yml',
    fqn: [packageName, sourceName, name],
    description: '',
    meta: {},
    tags: [],
    origin: { definition: span('models/sources.yml') },
    database: 'db',
    schema: sourceName,
    identifier: name,
    config: { enabled: true },
    unrendered_config: {},
    patch_path: null,
    ...overrides,
  } as unknown as SourceNode;
}

export function exposure(name: string, refs: readonly Ref[], overrides: Partial<ExposureNode> = {}): ExposureNode {
  return {
    resource_type: 'exposure',
    unique_id: `exposure.shop.${name}`,
    name,
    package_name: 'shop',
    path: 'exposures.yml',
    original_file_path: 'models/exposures.yml',
    fqn: ['shop', name],
    description: '',
    meta: {},
    tags: [],
    origin: { definition: span('models/exposures.yml') },
    type: 'dashboard',
    owner: {},
    config: { enabled: true },
    unrendered_config: {},
    sources: [],
    metrics: [],
    depends_on: { nodes: [], macros: [] },
    ...overrides,
    refs: toRefs(refs),
  } as unknown as ExposureNode;
}

export interface ProjectParts {
  readonly layers?: Readonly<Record<string, readonly string[]>>;
  readonly flags?: ProjectSettings['flags'];
  readonly packages?: Readonly<Record<string, Partial<ProjectSettings>>>;
  readonly disabled?: readonly (Node | SourceNode | ExposureNode)[];
  readonly selectors?: readonly Partial<SelectorDefinition>[];
  readonly macros?: Project['macros'];
}

/** A project named `shop` of hand-made nodes, sources and exposures. */
export function project(things: readonly (Node | SourceNode | ExposureNode)[], parts: ProjectParts = {}): Project {
  const layers = new Map<string, LayerRule>(
    Object.entries(parts.layers ?? {}).map(([layer, reads]) => [layer, { reads }]),
  );
  const root = settings('shop', { layers, flags: parts.flags ?? {} });
  const packages = Object.entries(parts.packages ?? {}).map(([name, some]) => [name, settings(name, some)] as const);
  const byId = <T extends Node | SourceNode | ExposureNode>(
    isKind: (thing: Node | SourceNode | ExposureNode) => thing is T,
  ) => new Map(things.filter(isKind).map((thing) => [thing.unique_id, thing]));
  return {
    name: 'shop',
    version: '1.0',
    root: '/project',
    settings: root,
    packages: new Map([['shop', root], ...packages]),
    nodes: byId((thing): thing is Node => thing.resource_type !== 'source' && thing.resource_type !== 'exposure'),
    sources: byId((thing): thing is SourceNode => thing.resource_type === 'source'),
    exposures: byId((thing): thing is ExposureNode => thing.resource_type === 'exposure'),
    macros: parts.macros ?? new Map(),
    docs: new Map(),
    groups: new Map(),
    unit_tests: new Map(),
    functions: new Map(),
    metrics: new Map(),
    semantic_models: new Map(),
    saved_queries: new Map(),
    disabled: new Map((parts.disabled ?? []).map((thing) => [thing.unique_id, [thing]])),
    selectors: new Map(
      (parts.selectors ?? []).map((selector) => [
        selector.name ?? '',
        { name: '', description: null, definition: '', ...selector },
      ]),
    ),
    diagnostics: [],
    fingerprint: '',
  };
}
