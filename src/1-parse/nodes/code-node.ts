import type { CodeNode, Node, NodeConfig, Span } from '../../core/index.ts';
import type { ConfigRequest, Configured } from '../config/configurator.ts';
import { configDiagnostics } from '../config/problems.ts';
import type { Captured } from '../sql/captured.ts';
import { buildColumns } from './columns.ts';
import { contractOf } from './contract.ts';
import type { Draft } from './draft.ts';
import { makeLazy } from './lazy.ts';
import { layerOf } from './layer.ts';
import type { Linking } from './linking.ts';
import { type Patch, patchConfig, patchPath } from './patch.ts';
import { modelProperties } from './model-properties.ts';
import { relationName } from './relation-name.ts';

const none: readonly never[] = Object.freeze([]);

/** The settings of a draft, with those of its properties. */
export function configureDraft(
  linking: Linking,
  draft: Draft,
  captured: Captured | undefined,
  patch: Patch | undefined,
): Configured {
  const request: ConfigRequest = {
    kind: draft.kind,
    packageName: draft.packageName,
    fqn: draft.fqn,
    properties: patch && patchConfig(patch),
    call: captured?.config,
  };
  return linking.configurator.configure(request);
}

/**
 * The node that templates see while their own file is parsed: nothing but the file and the project settings is known of
 * it yet.
 */
export function provisionalNode(linking: Linking, draft: Draft): CodeNode {
  const { config, unrendered } = configureDraft(linking, draft, undefined, undefined);
  const { target } = linking.world.environment;
  return {
    ...baseOf(linking, draft, config),
    database: target.database,
    schema: target.schema,
    alias: draft.name,
    relation_name: null,
    unrendered_config: unrendered,
    columns: {},
    raw_code: draft.rawCode(),
    refs: none,
    sources: none,
    metrics: none,
    depends_on: { nodes: none, macros: none },
    doc_blocks: none,
    description: '',
    patch_path: null,
    origin: { definition: draft.definition },
    contract: { enforced: false, alias_types: true, checksum: null },
    resource_type: draft.type,
  } as CodeNode & { resource_type: string };
}

function baseOf(
  linking: Linking,
  draft: Draft,
  config: NodeConfig,
): Pick<CodeNode, 'unique_id' | 'name' | 'package_name' | 'path' | 'original_file_path' | 'fqn' | 'checksum' | 'config' | 'tags' | 'meta' | 'group' | 'docs' | 'created_at' | 'language'> {
  return {
    unique_id: draft.uniqueId,
    name: draft.name,
    package_name: draft.packageName,
    path: draft.path,
    original_file_path: draft.originalPath,
    fqn: draft.fqn,
    checksum: draft.checksum,
    config,
    tags: tagsOf(draft.tags, config.tags),
    meta: config.meta,
    group: typeof config.group === 'string' ? config.group || null : null,
    docs: (config.docs ?? { show: true, node_color: null }) as CodeNode['docs'],
    created_at: linking.createdAt,
    language: 'sql',
  };
}

/** Tags that a node has by itself, and those of its settings, each once. */
export function tagsOf(own: readonly string[], configured: readonly string[]): readonly string[] {
  if (own.length === 0 && new Set(configured).size === configured.length) return configured;
  return [...new Set([...own, ...configured])];
}

/** The finished node. */
export function buildNode(linking: Linking, draft: Draft, captured: Captured, patch: Patch | undefined): Node {
  const configured = configureDraft(linking, draft, captured, patch);
  reportConfig(linking, draft, configured, captured.configSpan, patch);
  const { config } = configured;
  const base = baseOf(linking, draft, config);
  const describer = patch && linking.describer(patch.file.found.packageName);
  const written = patch && (patch.version?.description || patch.content.description);
  const templated = written?.includes('{{') || written?.includes('{%');
  const rest = {
    ...base,
    database: null as string | null,
    schema: '',
    alias: draft.name,
    relation_name: null as string | null,
    unrendered_config: configured.unrendered,
    patch_path: patch ? patchPath(patch) : null,
    description: (templated && written ? describer?.text(written) : written) ?? '',
    doc_blocks: (templated && written ? describer?.blocks(written) : undefined) ?? none,
    refs: captured.refs.length === 0 ? none : captured.refs.map(({ name, package: from, version }) => ({ name, package: from, version })),
    sources: captured.sources.length === 0 ? none : captured.sources.map(({ source, table }) => [source, table] as const),
    metrics: captured.metrics ?? none,
    depends_on: { nodes: none, macros: captured.macros },
    contract: contractOf(config),
    origin: {
      definition: draft.definition,
      ...(patch ? { properties: entrySpan(patch) } : {}),
      ...(captured.refs.length > 0 ? { refs: captured.refs.map((ref) => ref.span) } : {}),
      ...(captured.sources.length > 0 ? { sources: captured.sources.map((source) => source.span) } : {}),
    },
    ...byType(linking, draft, patch, config),
  };
  const columns = patch && describer && hasColumns(patch) ? (): CodeNode['columns'] => buildColumns(rawColumns(patch), describer) : undefined;
  const node = makeLazy<CodeNode>(rest as unknown as Omit<CodeNode, 'raw_code' | 'columns'>, { rawCode: draft.rawCode, columns }) as Node;
  nameNode(linking, node);
  return node;
}

function entrySpan({ entry, file }: Patch): Span {
  return { file: file.found.file, start: entry.range[0], end: entry.range[1] };
}

function hasColumns({ content, version }: Patch): boolean {
  return version ? version.columns.length > 0 : content.columns;
}

function rawColumns(patch: Patch): Parameters<typeof buildColumns>[0] {
  return patch.version ? patch.version.columns : (patch.details().columns ?? []);
}

function byType(linking: Linking, draft: Draft, patch: Patch | undefined, config: NodeConfig): object {
  switch (draft.type) {
    case 'model':
      return {
        resource_type: 'model',
        layer: layerOf(linking.world, draft.packageName, draft.path, config),
        ...modelProperties(config, patch),
      };
    case 'seed':
      return { resource_type: 'seed', root_path: draft.rootPath };
    case 'test':
      return { resource_type: 'test', test_metadata: null, column_name: null, file_key_name: null, attached_node: null };
    case 'operation':
      return { resource_type: 'operation', index: draft.index };
    default:
      return { resource_type: draft.type };
  }
}

/** Gives a node its database, schema, alias and relation name. */
export function nameNode(linking: Linking, node: Node): void {
  const named = node as { -readonly [Key in 'database' | 'schema' | 'alias' | 'relation_name']: CodeNode[Key] };
  const { config } = node;
  const { target } = linking.world.environment;
  named.database = target.database;
  named.schema = target.schema;
  named.database = linking.namer.database(config.database ?? null, node);
  named.schema = linking.namer.schema(config.schema ?? null, node);
  named.alias = linking.namer.alias(config.alias ?? null, node);
  if (node.resource_type === 'snapshot') {
    if (typeof config.target_database === 'string' && config.target_database) named.database = config.target_database;
    if (typeof config.target_schema === 'string' && config.target_schema) named.schema = config.target_schema;
  }
  named.relation_name = hasRelation(linking, node) ? relationName(linking.world, named) : null;
}

function hasRelation(linking: Linking, node: Node): boolean {
  switch (node.resource_type) {
    case 'model':
    case 'seed':
    case 'snapshot':
      return node.config.materialized !== 'ephemeral';
    case 'test':
      return node.config.store_failures === true || linking.world.environment.flags.storeFailures;
    default:
      return false;
  }
}

function reportConfig(
  linking: Linking,
  draft: Draft,
  { problems }: Configured,
  call: Span | undefined,
  patch: Patch | undefined,
): void {
  if (problems.length === 0) return;
  const settings = linking.world.packages.get(draft.packageName) ?? linking.world.settings;
  const properties = patch && (linking.spanIn(patch.file, [patch.entry.section, patch.entry.index, 'config'], 'key') ?? entrySpan(patch));
  const project = { file: settings.file, start: 0, end: 0 };
  for (const problem of configDiagnostics(problems, `'${draft.name}'`, { call, properties, project })) linking.report(problem);
}
